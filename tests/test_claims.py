"""Of which command the words of a tutorial tell, and what they claim of it."""

import pytest

from replayer.tutorial import read_tutorial
from tests.growth import assert_linear
from tests.tutorials import PING, claims, doubts, fenced, outputs


@pytest.mark.parametrize("joy", ["Perfect!", "Voilà!", "完美！"])
def test_joy_directly_below_a_ping_tells_of_it(joy: str) -> None:
    assert claims(f"{fenced(f'$ {PING}')}\n{joy}\n")[PING] == [("outcome", "通")]
    assert claims(f"{joy}\n\n{fenced(f'$ {PING}')}")[PING] == []
    assert claims(f"Check that a is isolated from b.\n\n{fenced(f'$ {PING}')}\n{joy}\n")[PING] == []
    assert claims(f"{fenced(f'$ {PING}')}\n{joy[:-1]} for what comes next.\n")[PING] == []


FIRST, SECOND = "ping -c 1 10.0.0.1", "ping -c 1 10.0.0.2"


@pytest.mark.parametrize(
    "text",
    [
        fenced(f"$ {PING}  # fails"),
        fenced(f"$ {PING}", "# still not reachable"),
        fenced(f"$ {PING}") + "ns2 doesn't answer yet.\n",
        "At first ns2 cannot be reached:\n\n" + fenced(f"$ {PING}"),
        fenced(f"# {PING}", "不通"),
        fenced(f"$ {PING}   // 不通"),
        "Voyons :\n\n" + fenced(f"$ {PING}") + "La machine ne répond pas.\n",
    ],
)
def test_words_beside_after_and_before_a_command(text: str) -> None:
    assert claims(text)[PING] == [("outcome", "不通")]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        # Words before a colon introduce what follows, past the steps that lead to it.
        (
            "It answers:\n\n" + fenced(FIRST) + "The other does not answer:\n\n" + fenced("ip link set a up", SECOND),
            "通",
            "不通",
        ),
        # Only the last sentence does; those before it tell of what stands above.
        (fenced(FIRST) + "It works! But the other cannot be reached:\n\n" + fenced(SECOND), "通", "不通"),
        # A command that asks follows: it is that one's. None follows: it is the one above.
        (fenced(FIRST) + "No reply, so look:\n\n" + fenced("ip route") + "Then:\n\n" + fenced(SECOND), "不通", ""),
        ("## a: fails\n\n" + fenced(FIRST) + "## b: works\n\n" + fenced("ip route flush cache", SECOND), "不通", "通"),
        # Comments stand above their commands where the first of them does.
        (fenced("# works", FIRST, "# does not work", SECOND), "通", "不通"),
        (fenced(FIRST, "# works", SECOND, "# does not work"), "通", "不通"),
        # What turns the outcome round is said of what follows.
        ("It fails:\n\n" + fenced(FIRST) + "Put it back and it works again.\n\n" + fenced(SECOND), "不通", "通"),
        ("It works:\n\n" + fenced(FIRST) + "As I said, it works.\n\n" + fenced(SECOND), "通", ""),
        ("Both of them answer:\n\n" + fenced(FIRST, SECOND), "通", "通"),
        ("It answers:\n\n" + fenced(FIRST, SECOND), "通", ""),
        # Something is stated above the first, nothing below the last: so all of it stands above.
        ("- ns1: works\n\n" + fenced(FIRST) + "- ns2: fails\n\n" + fenced(SECOND), "通", "不通"),
        (fenced(FIRST) + "- ns1: works\n\n" + fenced(SECOND) + "- ns2: fails\n\n", "通", "不通"),
        # Words that nobody knows stand above the first of them.
        (
            "To begin with they are as thick as thieves.\n\n" + fenced(FIRST) + "Now it fails.\n\n" + fenced(SECOND),
            "",
            "不通",
        ),
        # Told above, and the opposite of what follows.
        (
            "They see each other.\n\n" + fenced(FIRST) + "But the host cannot be reached.\n\n" + fenced(SECOND),
            "通",
            "不通",
        ),
        ("So ask.\n\n" + fenced(FIRST) + "But it cannot be reached.\n\n" + fenced(SECOND), "不通", ""),
        # A verdict stands before its reason.
        (fenced(FIRST + "  # works, the router does not answer", SECOND), "通", ""),
        # The next one is the one below.
        (fenced(FIRST) + "Nobody listens any more, so the next one fails.\n\n" + fenced(SECOND), "", "不通"),
    ],
)
def test_of_which_command_words_tell(text: str, first: str, second: str) -> None:
    told = claims(text)
    assert [claim for _, claim in told[FIRST]] == [first] * bool(first)
    assert [claim for _, claim in told[SECOND]] == [second] * bool(second)


def test_words_about_another_address_are_not_this_commands() -> None:
    text = fenced(f"$ {PING}", "$ ping -c 1 10.0.0.3") + "10.0.0.2 cannot be reached.\n"
    assert claims(text)["ping -c 1 10.0.0.3"] == []


def test_words_about_all_of_several_pings() -> None:
    text = fenced(f"$ {PING}", "$ ping -c 1 10.0.0.3") + "Both pings succeed.\n"
    assert claims(text) == {PING: [("outcome", "通")], "ping -c 1 10.0.0.3": [("outcome", "通")]}


def test_words_tell_of_whom_by_addresses_names_and_numbers() -> None:
    other = "ping -c 1 10.0.0.3"
    both = {PING: [("outcome", "通")], other: [("outcome", "不通")]}
    text = fenced(f"$ {PING}", f"$ {other}")
    assert claims(text + "The first works, the second does not.\n") == both
    assert claims(text + "10.0.0.2 answers, but 10.0.0.3 does not.\n") == both
    assert claims(text + "第一个能通，第二个不通。\n") == both


def test_names_of_namespaces_tell_of_whom() -> None:
    text = fenced(
        "$ ip netns add left",
        "$ ip netns add right",
        "$ ip -n left addr add 10.0.0.1/24 dev a",
        "$ ip -n right addr add 10.0.0.2/24 dev b",
        f"$ ip netns exec left {PING}",
    )
    command = f"ip netns exec left {PING}"
    assert claims(text + "left can ping right.\n")[command] == [("outcome", "通")]
    assert claims(fenced("$ ip netns add far") + text + "far can't be reached.\n")[command] == []
    both = "far can't ping left, but left can ping right.\n"
    assert claims(fenced("$ ip netns add far") + text + both)[command] == [("outcome", "通")]


def test_a_container_that_asks() -> None:
    text = fenced("$ docker exec -it box ping -c 1 10.0.0.2  # works")
    assert claims(text)["docker exec -it box ping -c 1 10.0.0.2"] == [("outcome", "通")]


def test_words_that_contradict_the_output_are_a_doubt() -> None:
    text = fenced(f"$ {PING}  # fails", "1 packets transmitted, 1 received, 0% packet loss, time 0ms")
    assert claims(text)[PING] == []
    assert any("fails" in doubt for doubt in doubts(text))


def test_no_output_is_claimed() -> None:
    assert claims(fenced("$ ip netns", "(no output)"))["ip netns"] == [("empty", "")]
    assert claims(fenced("# ip netns", "此处为空"))["ip netns"] == [("empty", "")]


@pytest.mark.parametrize(
    "words",
    [
        "The command returns nothing.",
        "此时没有任何输出。",
        "何も表示されません。",
        "아무것도 출력되지 않습니다.",
        "Ничего не выводится, потому что ничего не показано: команда ничего не выводит.",
        "La commande n'affiche rien.",
        "El comando no muestra nada.",
        "Der Befehl zeigt nichts.",
        "Lệnh không hiển thị gì.",
    ],
)
def test_no_output_in_words(words: str) -> None:
    assert claims(fenced("$ ip netns list") + words + "\n")["ip netns list"] == [("empty", "")]
    assert claims(fenced("$ ip netns add a") + words + "\n")["ip netns add a"] == []


def test_exit_statuses_in_words() -> None:
    assert claims(fenced("$ ip link add a") + "It exits with status 2.\n")["ip link add a"] == [("exit", "2")]
    assert claims(fenced("$ ip link add a") + "退出码为 255。\n")["ip link add a"] == [("exit", "255")]
    assert claims(fenced("$ ip link add a") + "If it exits with 1, look.\n")["ip link add a"] == []


def test_what_is_quoted_as_printed() -> None:
    assert claims(fenced("$ cat /proc/sys/net/ipv4/ip_forward  # => 0")) == {
        "cat /proc/sys/net/ipv4/ip_forward": [("contains", "0")]
    }
    assert claims(fenced("$ curl 10.0.0.2") + 'You should see "hello" now.\n') == {
        "curl 10.0.0.2": [("contains", "hello")]
    }


def test_what_is_said_while_a_ping_goes_on() -> None:
    text = fenced("ping 10.0.0.2", "# still unreachable", "# second terminal", "ip -n a link set b up")
    assert claims(text)["ping 10.0.0.2"] == [("outcome", "不通")]


def test_words_behind_an_arrow_are_about_the_output() -> None:
    assert outputs(fenced("$ iptables -L POSTROUTING -n  → MASQUERADE rule visible")) == []


@pytest.mark.parametrize(
    "lines",
    [
        "me@h:~# ping -c 1 10.0.0.1\n64 bytes from 10.0.0.1: ttl=64\n\n",
        "# works\nping -c 1 10.0.0.1\n",
        "> me@h:~# ping -c 1 10.0.0.1\n>\n",
        "It works:\nping 10.0.0.1\nip link set a up\n",
    ],
)
def test_the_words_around_a_command_are_few(lines: str) -> None:
    assert_linear(100, lambda size: lines * size, lambda text: read_tutorial(text, "a.txt"))


@pytest.mark.parametrize(
    "words",
    ["Once we add a route, this will work.", "In the next part we will be able to ping it."],
)
def test_what_will_be_later_is_not_claimed_now(words: str) -> None:
    assert not any(claims(fenced("$ ping -c 1 10.0.0.2") + f"{words}\n").values())


def test_what_ping_sums_up_in_prose() -> None:
    text = "ip netns exec a ping -c 3 10.0.2.2  \n\nExpected:  \n3 packets transmitted, 3 received  \n"
    assert list(claims(f"# T\n\n{text}").values()) == [[("outcome", "通")]]


@pytest.mark.parametrize(
    "words",
    [
        "A reply! Without a route, ping fails.",
        "It works. If you take the cable away, ping fails.",
        "已经能通了。如果把 v2 关掉，就 ping 不通了。",
        "届きました。ちなみにv0を落とすと、もちろん届かなくなります。",
        "대답이 왔습니다. 라우팅이 없으면 핑은 실패합니다.",
        "Сосед ответил. Если положить v0, пинг перестанет проходить.",
        "Ça marche. Sans l'adresse sur v0, le ping échoue.",
        "Ya responde. Si quitamos el cable, el ping falla.",
        "Es funktioniert. Ohne Adresse schlägt der Ping fehl.",
        "Ping thành công. Nếu tắt v0 thì ping sẽ không được.",
    ],
)
def test_another_case_is_not_the_one_shown(words: str) -> None:
    assert claims(fenced(f"$ {PING}") + f"{words}\n")[PING] == [("outcome", "通")]


@pytest.mark.parametrize("words", ["With a rule, the ping would fail.", "Mit einer Regel würde der Ping scheitern."])
def test_what_would_be_is_not_claimed(words: str) -> None:
    assert claims(fenced(f"$ {PING}") + f"{words}\n\n" + fenced(f"$ {SECOND} ")) == {PING: []}
    expected = "As you would expect, it fails.\n"
    assert claims(fenced(f"$ {PING}") + expected)[PING] == [("outcome", "不通")]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        (
            "Over the first link the peer answers:",
            "With that one cut, nothing comes back.",
            "With the second it works.",
        ),
        ("Avec le premier lien, ça marche :", "Coupons-le : plus rien ne passe.", "Avec le second, ça remarche."),
        ("Über die erste Leitung klappt es:", "Wird sie gekappt, herrscht Stille.", "Mit der zweiten klappt es."),
        ("走第一条线能通：", "把它断开以后就不通了。", "换成第二条线之后又通了。"),
        ("Qua đường thứ nhất ping được:", "Ngắt nó đi thì mất liên lạc.", "Bật đường thứ hai thì lại thông."),
    ],
)
def test_a_step_and_what_comes_of_it_stand_above_the_commands_that_take_it(first: str, second: str, third: str) -> None:
    pings = [f"ping -c {n} 10.0.0.2" for n in (1, 2, 3)]
    text = f"{first}\n\n{fenced(pings[0])}\n{second}\n\n{fenced('ip link set a down', pings[1])}\n{third}\n\n"
    told = claims(f"# T\n\n{text}{fenced('ip link set b up', pings[2])}")
    assert [told[ping] for ping in pings] == [[("outcome", "通")], [("outcome", "不通")], [("outcome", "通")]]
    after = f"Ask first:\n\n{fenced('ip link set a up', pings[0])}\nWith the link up it works.\n\n"
    assert claims(after + fenced("ip link set a down", pings[1]))[pings[0]] == [("outcome", "通")]


def test_a_step_that_is_ordered_is_not_done_yet() -> None:
    for words in ("Bring the port up again and the ping recovers.", "Возвращаем порт, и пинг снова проходит."):
        text = fenced("ip link set a down", FIRST) + f"{words}\n\n" + fenced("ip link set a up", SECOND)
        assert claims(text)[FIRST] == []
        assert claims(text)[SECOND] == [("outcome", "通")]


def test_a_case_that_is_made_next_is_claimed() -> None:
    text = (
        fenced(f"$ {PING}") + "If we take the cable away, ping fails:\n\n" + fenced("$ ip link del v0", f"$ {SECOND} ")
    )
    assert claims(text)[SECOND] == [("outcome", "不通")]
    assert claims(fenced(f"$ {PING}") + "If all went well, you get a reply.\n")[PING] == [("outcome", "通")]


def test_what_is_said_of_services_is_not_said_of_pings() -> None:
    curl = "curl -m 1 10.0.0.2:80"
    text = fenced(f"$ {PING}") + "Nobody listens at port 80, the connection is refused.\n\n"
    assert claims(text)[PING] == []
    both = fenced(f"$ {curl}", f"$ {PING}") + "The ping is answered, but port 80 is blocked.\n"
    assert claims(both) == {curl: [("outcome", "不通")], PING: [("outcome", "通")]}


def test_tables_of_commands_and_their_results() -> None:
    head = "| command | result |\n|---|---|\n"
    table = f"{head}| `{FIRST}` | ok |\n| `{SECOND}` | no answer |\n"
    told = {FIRST: [("outcome", "通")], SECOND: [("outcome", "不通")]}
    assert claims(table) == told
    assert claims(fenced(FIRST, "ip link", SECOND) + table) == {**told, "ip link": []}
    assert claims(table.replace("result", "meaning")) == {}
    stages = f"{head}| `{FIRST}` | ok |\n| `{FIRST}` | no answer |\n"
    assert claims(stages) == {}


def test_a_word_that_a_command_echoes_is_its_output_and_no_verdict() -> None:
    script = "#!/bin/sh\nping -c 1 10.0.0.2 && echo yes   # => yes\nping -c 1 10.0.0.3 || echo no  # => no\n"
    told = claims(script, "a.sh")
    assert told["ping -c 1 10.0.0.2 && echo yes"] == [("contains", "yes")]
    assert told["ping -c 1 10.0.0.3 || echo no"] == [("contains", "no")]
    assert claims("#!/bin/sh\nping -c 1 10.0.0.2   # => yes\n", "a.sh")[PING] == [("outcome", "通")]


def test_an_arrow_on_the_line_below_a_command_tells_its_output() -> None:
    script = "#!/bin/sh\nsysctl net.ipv4.ip_forward\n# => net.ipv4.ip_forward = 1\nip netns list\n# -> the next one\n"
    told = claims(script, "a.sh")
    assert told["sysctl net.ipv4.ip_forward"] == [("contains", "net.ipv4.ip_forward = 1")]
    assert told["ip netns list"] == []
