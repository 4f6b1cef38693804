"""What a documented output claims: statistics, failures, listings, captures; and what of it is not compared."""

import pytest

from replayer.sources.authored import author
from replayer.sources.session import Command, Stopped
from replayer.tutorial import read_tutorial
from tests.tutorials import PING, claims, doubts, fenced, outputs


@pytest.mark.parametrize(("options", "shown"), [("%{http_code}", "200"), (r"HTTP %{response_code}\n", "HTTP 404")])
def test_a_status_that_curl_is_told_to_write_is_compared_too(options: str, shown: str) -> None:
    command = f"curl -s -o /dev/null -w '{options}' http://10.0.0.2/"
    assert claims(fenced(f"$ {command}", shown))[command] == [("outcome", "通"), ("contains", shown[-3:])]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("1 packets transmitted, 1 received, 0% packet loss, time 0ms", "通"),
        ("1 packets transmitted, 0 received, 100% packet loss, time 0ms", "不通"),
        ("1 Pakete übertragen, 0 empfangen, 100% Paketverlust", "不通"),
        ("1 paquets transmis, 1 reçus, 0 % perte de paquets", "通"),
        ("1 paquetes transmitidos, 0 recibidos, 100% paquetes perdidos", "不通"),
        ("已发送 1 个包， 已接收 1 个包, 0% 包丢失", "通"),
        ("1 пакетов передано, 0 получено, 100% потеряно", "不通"),
        ("送信パケット数 1, 受信パケット数 0, パケット損失 100%", "不通"),
        ("64 バイト応答 送信元 10.0.0.2: icmp_seq=1 ttl=64 時間=0.043ミリ秒", "通"),
        ("64 байта из 10.0.0.2: icmp_seq=1 ttl=64 время=0.05 мс", "通"),
        ("64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.05 ms", "通"),
        ("From 10.0.0.1 icmp_seq=1 Destination Host Unreachable", "不通"),
    ],
)
def test_statistics_tell_in_every_language(line: str, word: str) -> None:
    text = fenced(f"$ {PING}", "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.", line)
    assert claims(text)[PING] == [("outcome", word)]


def test_an_output_of_another_address_is_a_doubt_and_no_claim() -> None:
    text = fenced(
        f"$ {PING}",
        "PING 10.0.0.9 (10.0.0.9) 56(84) bytes of data.",
        "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
    )
    assert claims(text)[PING] == []
    assert any("10.0.0.9" in doubt for doubt in doubts(text))


@pytest.mark.parametrize(
    ("command", "line", "words"),
    [
        (PING, "ping: connect: Network is unreachable", "Network is unreachable"),
        ("ip link add br0 type bridge", "RTNETLINK answers: File exists", "RTNETLINK answers: File exists"),
        ("curl 10.0.0.2", "curl: (7) Failed to connect to 10.0.0.2 port 80: Connection refused", "Connection refused"),
    ],
)
def test_messages_of_failure_are_meant(command: str, line: str, words: str) -> None:
    found = claims(fenced(f"$ {command}", line))[command]
    assert found in ([("fails", words)], [("outcome", "不通")])


def test_a_path_that_moved_is_not_meant() -> None:
    line = 'Cannot remove namespace file "/var/run/netns/a": No such file or directory'
    assert claims(fenced("$ ip netns del a", line)) == {"ip netns del a": [("fails", 'a": No such file or directory')]}


def test_messages_of_translated_systems() -> None:
    assert claims(fenced(f"$ {PING}", "connect: 网络不可达"))[PING] == [("fails", "Network is unreachable")]


def test_a_listing_in_a_namespace_that_was_entered_is_whole() -> None:
    listing = "1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN"
    [claim] = outputs(fenced("$ unshare -n bash", "$ ip link", listing))
    assert claim.lines == (listing,)


def test_failures_that_kernels_word_otherwise_are_told_by_their_status() -> None:
    told = "RTNETLINK answers: Operation not supported"
    session = read_tutorial(fenced("$ ip link add a type vlan", told), "a.md").session
    [command] = [item for item in session.items if isinstance(item, Command)]
    assert [(c.kind, c.value) for c in command.claims] == [("fails", told)]
    assert "{exit: [1, 2, 126, 127, 255]}" in author(session).text


def test_what_an_author_marked_in_an_output() -> None:
    text = fenced(
        "$ ip -n ns1 route",
        "**default** via 10.0.0.1 dev v0   <--- this one",
        "10.0.0.0/24 dev v0 proto kernel scope link src 10.0.0.2",
    )
    [claim] = outputs(text)
    assert claim.lines[0] == "default via 10.0.0.1 dev v0"


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("echo '<b onclick=\"x\">&amp;</b>'", '<b onclick="x">&amp;</b>'),
        ('echo "<b id=\\"x\\">a</b>"', '<b id="x">a</b>'),
        ("echo '**a** __b__'", "**a** __b__"),
        ("printf 'port 80  # http\\n'", "port 80  # http"),
        ("printf 'port 80 <-- http\\n'", "port 80 <-- http"),
        ("echo 'Press Ctrl-C to stop'", "Press Ctrl-C to stop"),
        ("echo 'stop it by ^C'", "stop it by ^C"),
    ],
)
def test_what_a_command_itself_says_is_no_mark(command: str, line: str) -> None:
    assert [claim.lines for claim in outputs(fenced(f"$ {command}", line))] == [(line,)]


def test_what_prints_nothing_printed_nothing() -> None:
    assert outputs(fenced("$ cd /tmp", "some words that follow")) == []


def test_files_of_the_author_are_not_compared() -> None:
    assert outputs(fenced("$ cat /etc/hosts", "127.0.0.1 localhost", "10.0.0.9 mine")) == []
    assert len(outputs(fenced("$ echo a > f", "$ cat f", "a"))) == 1


def test_a_namespace_that_ip_is_told_of_is_whole() -> None:
    listing = "1: lo: <LOOPBACK> mtu 65536 qdisc noop state DOWN"
    assert [c.lines for c in outputs(fenced("$ ip -n ns1 link", listing))] == [(listing,)]


def test_what_kernels_put_into_every_namespace_is_left_out() -> None:
    lines = ("1: lo: <LOOPBACK> mtu 65536", "2: tunl0@NONE: <NOARP> mtu 1480", "3: v0@if4: <UP> mtu 1500")
    [claim] = outputs(fenced("$ ip -n ns1 link", *lines))
    assert claim.lines == ("...", lines[0], "...", lines[2], "...")


def test_the_mac_of_a_bridge_is_its_ports() -> None:
    listing = ("3: br0: <UP> mtu 1500", "    link/ether 1a:f5:b2:8e:ca:a5 brd ff:ff:ff:ff:ff:ff")
    made = ("$ ip link add br0 type bridge", "$ ip link show br0", *listing)
    [claim] = outputs(fenced(*made))
    assert claim.lines[2] == "    link/ether xx:xx:xx:xx:xx:xx brd ff:ff:ff:ff:ff:ff"
    [claim] = outputs(fenced(*made, "$ ip link set m0 address 1a:f5:b2:8e:ca:a5"))
    assert claim.lines[2] == listing[1]


def test_an_output_of_another_command_is_none_of_ip_netns() -> None:
    text = fenced("$ ip netns list", "6: v0@v1: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN")
    assert claims(text)["ip netns list"] == []
    assert claims(fenced("$ ip netns list", "a (id: 0)", "b"))["ip netns list"] == [("output", "")]


def test_an_output_that_is_all_left_out_claims_nothing() -> None:
    assert outputs(fenced("$ ssh box", "...")) == []


@pytest.mark.parametrize(("line", "printed"), [("^Ca", "a"), ("a ^C", "a"), ("a (^C quits)", "a (^C quits)")])
def test_keys_that_were_pressed_are_no_output(line: str, printed: str) -> None:
    assert [claim.lines for claim in outputs(fenced("$ ./a", line))] == [(printed,)]


def test_tags_that_a_page_left_are_no_output() -> None:
    assert outputs(fenced("$ ip netns add a", "    </code>")) == []


def test_an_excerpt_of_a_namespaces_interfaces() -> None:
    [claim] = outputs(fenced("$ ip -n ns1 link", "3: v0@if4: <UP> mtu 1500"))
    assert claim.lines == ("...", "3: v0@if4: <UP> mtu 1500", "...")


def test_packets_that_say_the_same_count_once_and_names_are_the_authors() -> None:
    lines = [
        f"12:00:0{n}.000001 IP {a} > {b}: ICMP echo {what}, id 7, seq {n}, length 64"
        for n in (1, 2, 3)
        for a, b, what in (("box.lan", "dns.google", "request"), ("dns.google", "box.lan", "reply"))
    ]
    [claim] = outputs(fenced("$ tcpdump -c 6 -i br0", *lines))
    packet = "12:00:01.000001 IP ... > ...: ICMP echo {}, id 7, seq 1, length 64"
    assert claim.lines == ("...", packet.format("request"), "...", packet.format("reply"), "...")


def test_a_listing_keeps_what_the_text_made() -> None:
    text = fenced(
        "$ ip link add br0 type bridge",
        "$ ip link",
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN",
        "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
        "2: ens33: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP",
        "    link/ether 00:0c:29:aa:bb:cc brd ff:ff:ff:ff:ff:ff",
        "3: br0: <BROADCAST,MULTICAST> mtu 1500 qdisc noop state DOWN",
        "    link/ether 5e:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff",
    )
    [claim] = outputs(text)
    assert [line[:7] for line in claim.lines] == [
        *("...", "1: lo: ", "    lin"),
        *("...", "3: br0:", "    lin", "..."),
    ]


def test_a_capture_lets_other_packets_pass() -> None:
    text = fenced("$ tcpdump -c 1 -i br0", "12:00:00.000001 IP 10.0.0.1 > 10.0.0.2: ICMP echo request")
    [claim] = outputs(text)
    assert [line[:3] for line in claim.lines] == ["...", "12:", "..."]


@pytest.mark.parametrize(
    ("before", "command", "line"),
    [
        # Names with a variable are those of a loop or a function.
        (
            "for i in 1 2; do ip link add br$i type veth peer name v$i; done",
            "bridge link",
            "4: br1@v1: <UP> master br0",
        ),
        ("ip link set dev e0 arp off", "ip link show e0", "4: e0@if5: <BROADCAST,NOARP,UP> mtu 1500 qdisc noqueue"),
        (
            "bridge vlan add dev p1 vid 10; ip link add p1 type veth",
            "bridge vlan show",
            "p1     10 PVID Egress Untagged",
        ),
        ("ping -c 1 10.0.0.2 > /dev/null", "arp -n", "10.0.0.2      ether   06:cc:1f:90:3a:5d   C       e0"),
        ("ip route add 10.7.0.0/16 via 10.0.0.2", "ip route get 10.7.0.1", "10.7.0.1 via 10.0.0.2 dev e0 src 10.0.0.1"),
        ("ip netns add a", "ip -n a route show type blackhole", "blackhole 10.200.0.0/16"),
    ],
)
def test_what_the_text_made_or_changed_is_in_listings(before: str, command: str, line: str) -> None:
    told = {c.lines for c in outputs(fenced(f"$ {before}", f"$ {command}", line)) if c.kind == "output"}
    assert any(line in lines for lines in told)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("ip route get 10.7.0.1", "10.7.0.1 via 10.0.0.2 dev e0 src 10.0.0.1"),
        ("arp -n", "Address     HWtype  HWaddress"),
    ],
)
def test_what_the_text_did_not_make_is_not(command: str, line: str) -> None:
    assert outputs(fenced(f"$ {command}", line)) == []


def test_an_answer_that_is_sent_away_is_none() -> None:
    told = claims(fenced("$ ping -c1 10.0.0.1 > /dev/null && echo OK", "OK"))
    assert [kind for [(kind, _)] in told.values()] == ["output"]


def test_a_usage_is_a_failure() -> None:
    told = claims(fenced("$ tc qdisc add dev e0 root tbf", '"burst" requires "rate".', "Usage: ... tbf limit BYTES"))
    assert [kind for [(kind, _)] in told.values()] == ["fails"]


def test_busybox_complains_below_its_header() -> None:
    told = claims(
        fenced("$ ping -c 1 10.0.0.1", "PING 10.0.0.1 (10.0.0.1): 56 data bytes", "ping: sendto: Network unreachable")
    )
    assert list(told.values()) == [[("fails", "Network unreachable")]]


def test_what_is_said_of_a_neighbour_of_ones_own_interface() -> None:
    [claim] = outputs(
        fenced("$ ip link add w0 type veth", "$ ip neigh show dev w0", "10.0.0.2 lladdr 6a:09:3f:d1:2e:70 STALE")
    )
    assert claim.lines == ("10.0.0.2 lladdr 6a:09:3f:d1:2e:70 STALE",)


def test_notices_of_jobs_are_no_output() -> None:
    assert outputs(fenced("$ nc -l 8000 &", "[1] 4711")) == []
    [claim] = outputs(fenced("$ echo test", "test", "[1]+  Done                    nc -l 8000"))
    assert claim.lines == ("test",)


@pytest.mark.parametrize(
    ("command", "line"),
    [
        ("wg genkey", "oM3PZ1Htc7FnACoIZGhCyrfeR+Y8Yh34WzDaulNEjGs="),
        ("tcpdump -D", "1.eth0 [Up, Running]"),
        ("lsof -n | head", "统计进程的句柄占用"),
    ],
)
def test_what_no_other_machine_prints_is_not_compared(command: str, line: str) -> None:
    assert outputs(fenced(f"$ {command}", line)) == []


def test_a_failure_behind_a_label() -> None:
    told = claims(fenced("ping -c 1 10.0.0.2") + "**测试结果**:connect: Network is unreachable\n")
    assert list(told.values()) == [[("fails", "Network is unreachable")]]


def test_who_was_asked_is_in_the_table_of_neighbours() -> None:
    line = "? (10.0.0.2) at 00:90:27:3C:41:9F [ether] on eth0"
    told = outputs(fenced("$ ping -c 1 10.0.0.2 > /dev/null", "$ arp -a", line))
    assert [line in claim.lines for claim in told] == [True]


def test_captures_without_times_and_with_broken_lines() -> None:
    shown = [
        "7a:87:09:62:f1:9c > 1a:7f:ad:06:7d:92, ethertype IPv4 (0x0800), length 98:",
        "    10.0.0.1 > 10.0.0.2: ICMP echo request, id 1734, seq 1, length 64",
    ]
    text = "".join(
        [
            fenced("$ tcpdump -n -e -i r1-eth0 icmp"),
            "**Terminal 2**:\n\n",
            fenced("$ tcpdump -n -e -i r1-eth1 icmp"),
            "**Terminal 1**:\n\n",
            fenced("$ ping -c 1 10.0.0.2"),
        ]
    )
    items = read_tutorial(f"**Terminal 3**:\n\n{text}Terminal 3:\n\n{fenced(*shown)}", "a.md").session.items
    (stopped,) = [item for item in items if isinstance(item, Stopped) and item.claims]
    assert stopped.terminal == "terminal3"
    assert stopped.claims[0].lines == ("...", f"... {shown[0]} {shown[1].strip()} ...", "...")


def test_an_address_below_a_listing_is_in_it() -> None:
    assert claims(fenced("ip addr show eth0") + "It has:\n\n" + fenced("10.0.1.2/24")) == {
        "ip addr show eth0": [("contains", "10.0.1.2/24")]
    }


def test_what_packets_hold_stands_behind_bytes_that_nobody_reads() -> None:
    shown = [
        "IP 10.0.0.1.44770 > 10.0.0.2.80: Flags [P.], seq 1:80, ack 1, length 79: HTTP: GET / HTTP/1.1",
        "GET / HTTP/1.1",
        "Host: 10.0.0.2",
        "IP 10.0.0.2.80 > 10.0.0.1.44770: Flags [.], ack 80, length 0",
    ]
    [claim] = outputs(fenced("$ tcpdump -n -A -c 2 tcp port 80", *shown))
    assert claim.lines == (
        "...",
        f"... {shown[0].replace('length 79', 'length ...')} ...",
        "...",
        "... GET / HTTP/1.1",
        "Host: 10.0.0.2",
        "...",
        f"... {shown[3]} ...",
        "...",
    )


def test_a_job_in_the_background_prints_among_the_outputs_of_others() -> None:
    text = "$ python3 -m http.server 8000 &\n$ curl -s http://127.0.0.1:8000/\nhello\n$ kill %1\n$ echo hello\nhello\n"
    session = read_tutorial(text, "text.txt").session
    lines = [claim.lines for item in session.items if isinstance(item, Command) for claim in item.claims]
    assert lines == [("...", "hello", "..."), ("hello",)]
