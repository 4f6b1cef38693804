"""What is typed though it stands in a sentence or without a prompt, and what blog engines did to it."""

import pytest

from replayer.reading.named import asks_to_type
from replayer.reading.typography import plain, restored
from replayer.sources.session import Command
from replayer.tutorial import read_tutorial
from tests.growth import assert_linear
from tests.tutorials import fenced, typed


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("tcpdump –nni eth0", "tcpdump -nni eth0"),
        ("iptables –t nat –A POSTROUTING ––jump MASQUERADE", "iptables -t nat -A POSTROUTING --jump MASQUERADE"),
        ("iptables -A INPUT –dport 80", "iptables -A INPUT --dport 80"),
        ("tcpdump ‘host 10.0.0.1’", "tcpdump 'host 10.0.0.1'"),
        ("echo “a b” > x", 'echo "a b" > x'),
        ("echo it’s", "echo it’s"),
        ("ip link add a-b type veth", "ip link add a-b type veth"),
    ],
)
def test_dashes_and_quotes_of_blog_engines(written: str, meant: str) -> None:
    text, changed = restored(written, written.split()[0])
    assert text == meant
    assert bool(changed) == (written != meant)


def test_signs_that_cannot_be_seen_are_not_typed() -> None:
    assert plain("ip\xa0link\u200b show") == "ip link show"
    assert typed(fenced("ip\xa0link\u200b show", "ip addr")) == ["ip link show", "ip addr"]


@pytest.mark.parametrize(
    ("paragraph", "asked"),
    [
        ("1. Run ip netns add ns1.", True),
        ("ip netns add ns1", True),
        ("First, execute the command ip netns add ns1 as root", True),
        ("执行 ip netns add ns1 命令", True),
        ("ip netns add ns1 を実行します", True),
        ("Выполните ip netns add ns1", True),
        ("If you run ip netns add ns1 twice, it fails", False),
        ("What ip netns add ns1 does is to make a namespace", False),
        ("The output of ip netns add ns1 is empty", False),
    ],
)
def test_sentences_that_ask_to_type(paragraph: str, asked: bool) -> None:
    assert asks_to_type(paragraph, "ip netns add ns1") == asked


def test_code_in_a_list_is_typed_where_the_sentence_asks() -> None:
    text = "1. Run `ip netns add ns1`.\n2. `ip netns` shows it.\n3. Run `ip link`:\n\n" + fenced("ip link")
    assert typed(text) == ["ip netns add ns1", "ip link"]


def test_a_hash_is_a_prompt_in_a_block_without_other_commands() -> None:
    bare = fenced("ip netns add a", "ip netns add b", "# ip netns del a", "ip netns del b")
    assert typed(bare + fenced("# ip link show a", "whatever it printed", "# ip addr"))[3:] == [
        "ip link show a",
        "ip addr",
    ]
    assert typed(bare) == ["ip netns add a", "ip netns add b", "ip netns del b"]


def test_a_here_document_with_the_prompts_of_a_shell_that_wants_more() -> None:
    text = fenced("# nft -f - <<EOF", "> table ip a {", ">   chain b { }", "> }", "> EOF", "# nft list ruleset")
    assert typed(text) == ["nft -f - <<EOF\ntable ip a {\n  chain b { }\n}\nEOF", "nft list ruleset"]


def test_numbers_before_lines() -> None:
    assert typed(fenced("1  ip netns add a", "2  ip netns add b", "3  ip netns")) == [
        "ip netns add a",
        "ip netns add b",
        "ip netns",
    ]


def test_paragraphs_of_commands_in_a_text_with_prompts() -> None:
    text = fenced("$ ip link") + "\nBlock it:\n\niptables -A INPUT -s 10.0.0.9 -j DROP\n\nand look.\n"
    assert typed(text) == ["ip link", "iptables -A INPUT -s 10.0.0.9 -j DROP"]


def test_a_language_that_is_wrong() -> None:
    assert typed(fenced("ip netns add a", "# and", "ip -n a link set lo up", language="csharp")) == [
        "ip netns add a",
        "ip -n a link set lo up",
    ]
    assert typed(fenced("import os", 'os.system("ip link")', language="python")) == []


def test_commands_of_the_texts_own() -> None:
    text = fenced(
        "source ./lib.sh", "# what there is", "showall", "showall a b", "", "frobnicate --all b", language="sh"
    )
    assert typed(text) == ["source ./lib.sh", "showall", "showall a b", "frobnicate --all b"]
    assert typed(fenced("ip netns list", "", "ns1", "ns2")) == ["ip netns list"]
    assert typed(fenced("ip netns", "# shows", "ns1", "ns2")) == ["ip netns"]


def test_a_comment_behind_a_backslash() -> None:
    assert typed(fenced("iptables -t nat \\", "  -A POSTROUTING \\ # behind", "  -j MASQUERADE # all")) == [
        "iptables -t nat \\\n  -A POSTROUTING \\\n  -j MASQUERADE # all"
    ]


def test_prompts_that_show_more_than_a_host() -> None:
    for prompt in ("➜  ~ ", "➜  lab git:(main) ✗ ", "lab:/srv/net 0-# ", "me@h~$ ", "me@h]# ", "$ me@h:~$ "):
        assert typed(fenced(f"{prompt}ip link", f"{prompt}frob -x")) == ["ip link", "frob -x"], prompt


def test_the_last_command_of_a_block_shown_again_in_the_next() -> None:
    ping = "ping -c 1 10.0.0.2"
    text = fenced("ip link", ping) + "\n" + fenced(f"$ {ping}", "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.")
    assert typed(text) == ["ip link", ping]


def test_a_shell_says_itself_that_it_ends() -> None:
    assert typed(fenced("$ bash", "$ exit", "exit", "$ ip link")) == ["bash", "exit", "ip link"]


@pytest.mark.parametrize("piece", [" ", "sudo ", "A=1 ", "[a ", "(a b c d ", "–a ", "> "])
def test_a_long_line_is_read_in_time_that_grows_with_it(piece: str) -> None:
    assert_linear(3_000, lambda size: f"ip {piece * size}link", lambda text: read_tutorial(text, "a.txt"))


def test_a_here_document_in_a_list_ends_at_the_beginning_of_a_line() -> None:
    text = "   $ cat > a <<EOF\n   one\n     two\n   EOF\n   $ cat a\n"
    assert typed(text, "a.txt") == ["cat > a <<EOF\none\n  two\nEOF", "cat a"]


def test_commands_without_a_prompt_among_those_with_one() -> None:
    text = fenced("mysql -u root", "mysql> select 1;") + fenced(
        "$ ip netns list", "ns1", "", "ip netns add -x b", "$ ip link"
    )
    assert typed(text) == ["mysql -u root", "ip netns list", "ip netns add -x b", "ip link"]


def test_an_endless_command_listed_and_shown_at_once_is_typed_once() -> None:
    text = (
        fenced("ip link", "ping 10.0.0.2")
        + "\n"
        + fenced("$ ping 10.0.0.2", "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.")
    )
    assert typed(text) == ["ip link", "ping 10.0.0.2"]


def test_a_hash_within_a_shell_that_was_opened() -> None:
    bare = fenced("ip link", "ip addr", "ip route", "ip rule", "ip neigh")
    inside = fenced("$ sudo frobshell", "# ip link set a up", "# ip addr add 10.0.0.1/24 dev a", "# exit", "$ ip link")
    told = fenced("# ping host2", "$ ping -c 1 10.0.0.2", "# ip link", "$ ip -br link")
    assert typed(bare + inside)[5:] == [
        "sudo frobshell",
        "ip link set a up",
        "ip addr add 10.0.0.1/24 dev a",
        "exit",
        "ip link",
    ]
    assert typed(bare + told)[5:] == ["ping -c 1 10.0.0.2", "ip -br link"]


def test_unknown_programs_behind_the_prompts_of_the_text() -> None:
    text = fenced("# ip link", "# ip addr") + fenced("# frob-net add-port a --ip=10.0.0.1") + fenced("$> ip route")
    assert typed(text) == ["ip link", "ip addr", "frob-net add-port a --ip=10.0.0.1", "ip route"]


def test_an_alias_has_a_value() -> None:
    assert typed(fenced("# modprobe -c | grep veth", "alias rtnl_link_veth veth", "", "# ip link")) == [
        "modprobe -c | grep veth",
        "ip link",
    ]


def test_one_arrow_does_not_make_a_text_of_bare_commands_one_with_prompts() -> None:
    bare = [f"ip link set a{n} up" for n in range(6)]
    assert typed("\n".join([*bare, "> ip addr"]), "a.txt")[:6] == bare
    assert typed("tcpdump & tcpflow\n\nip link\n", "a.txt") == ["ip link"]


def test_the_prompt_of_a_home_alone() -> None:
    text = fenced("~$ frob show blue router", "x  operational") + fenced("~$ ping -c 1 10.0.0.2", "PING 10.0.0.2")
    assert typed(text) == ["frob show blue router", "ping -c 1 10.0.0.2"]


def test_several_variables_on_one_line() -> None:
    assert typed(fenced("A=/sys/fs; B=/run", "ls $A $B")) == ["A=/sys/fs; B=/run", "ls $A $B"]


def test_an_empty_prompt_shows_which_shell_a_terminal_is_in() -> None:
    text = fenced(
        "# terminal 1",
        "root@n0:~# docker exec -it c1 bash",
        "root@c1:/# ",
        "# terminal 2",
        "root@n0:~# docker exec -it c2 bash",
        "root@c2:/# ",
    ) + fenced("root@c2:/# nc -l 9999", "root@c1:/# nc c2 9999")
    commands = [item for item in read_tutorial(text, "a.md").session.items if isinstance(item, Command)]
    assert [item.terminal for item in commands] == ["main", "terminal2", "terminal2", "main"]


def test_commands_in_quotes() -> None:
    assert typed("# Prova\n\n## Terminale 1:\n'nc -l 12345'\n\n## Terminale 2:\n'nc localhost 12345'\n") == [
        "nc -l 12345",
        "nc localhost 12345",
    ]
    assert typed("1. Eseguire: 'ss -t'\n2. Run “ip -br link” now.\n") == ["ss -t", "ip -br link"]
    assert not typed("The option of 'ip -br link' is short, and isn't 'ss -t' fine?\n")


def test_lists_of_commands_in_plain_text() -> None:
    text = (
        "Steps:\n\n1. ip netns add ns1\n2. ping -c 1 10.0.0.1\n- ip link set a netns ns1\n- ping tells nothing more.\n"
    )
    assert typed(text, "a.txt") == ["ip netns add ns1", "ping -c 1 10.0.0.1", "ip link set a netns ns1"]


def test_variables_without_a_prompt_among_prompts_in_plain_text() -> None:
    text = 'Names:\n\nNS="red"\nOTHER="x"\n- Create it\nh1$ip netns add $NS\nh1$ip netns show\nred\n'
    assert typed(text, "a.txt") == ['NS="red"', "ip netns add $NS", "ip netns show"]


def test_commands_in_a_fence_of_some_program() -> None:
    lines = [f"iptables -A INPUT -p tcp --dport {port} -j ACCEPT" for port in (22, 80, 443)]
    assert typed(fenced(*lines, "例：iptables -L", language="tsx")) == lines
    assert not typed(fenced("print(1)", "ip link set a up", language="python"))


def test_words_before_in_are_no_variables() -> None:
    text = "# Names\n\nUse that name in all of them.\n\n" + fenced("ip link add name ${name} type bond")
    assert not typed(text)
    assert typed(fenced("for n in a b; do", "  ip netns add $n", "done", "read -r x y <<< '1 2'; echo $x"))


def test_a_command_where_the_language_of_a_fence_stands() -> None:
    assert typed("Step 1\\\n```ip netns add red\\\nip netns add blue\n```\n") == [
        "ip netns add red",
        "ip netns add blue",
    ]
    assert typed("```ip netns add red```\n\n```sh title=ip\nip link\n```\n") == ["ip netns add red", "ip link"]
