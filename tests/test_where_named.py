"""Words, labels and prompts that name a machine, a side or a terminal, in the forms that real tutorials have."""

import pytest

from replayer.sources.session import Command
from tests.tutorials import fenced, session, terminals


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("On the server:", "On the client:"),
        ("### On the server", "### On the client"),
        ("**Server side**", "**Client side**"),
        ("On host1:", "Then, on host2:"),
        ("## Host A", "## Host B"),
        ("在服务器上执行：", "在客户端执行："),
        ("サーバー側で:", "クライアントで以下を実行:"),
        ("서버에서:", "클라이언트에서:"),
        ("На сервере:", "На клиенте:"),
        ("Auf Host 1:", "Auf Host 2:"),
        ("Sur le serveur :", "Côté client :"),
        ("En el servidor:", "En el cliente:"),
        ("Trên máy A:", "Trên máy B:"),
        ("Tab A:", "Tab B:"),
    ],
)
def test_machines_and_sides_that_words_name_are_terminals(first: str, second: str) -> None:
    text = f"{first}\n\n" + fenced("nc -l 9000") + f"{second}\n\n" + fenced("nc -z 10.0.0.1 9000")
    text += f"{first}\n\n" + fenced("ip link")
    told = terminals(text)
    assert told[0] == told[2] == "main" and told[1] != "main"


@pytest.mark.parametrize("words", ["The server answers.", "On both hosts:", "On the server and the client:", "Hosts"])
def test_sentences_about_machines_send_nobody_there(words: str) -> None:
    text = "On the client:\n\n" + fenced("ip link") + f"{words}\n\n" + fenced("ip addr")
    assert set(terminals(text)) == {"main"}


def test_who_is_in_the_shell_of_a_side_stays_there() -> None:
    text = "On the server:\n\n" + fenced("ip link") + fenced("ip netns exec client bash")
    text += "On the client:\n\n" + fenced("ip addr")
    assert set(terminals(text)) == {"main"}


def test_a_side_goes_on_below_smaller_headings() -> None:
    text = "## Server\n\n" + fenced("ip link") + "## Client\n\n### Start\n\n" + fenced("ip addr")
    text += "## Afterwards\n\n" + fenced("ip rule")
    assert terminals(text) == ["main", "client", "main"]


def test_names_of_machines_may_hold_underscores() -> None:
    text = "In `host_1`:\n\n" + fenced("ip link") + "Similarly, on `host 2`:\n\n" + fenced("ip addr")
    text += "In `host_2`:\n\n" + fenced("ip rule")
    assert terminals(text) == ["main", "host2", "host2"]


def test_the_second_command_is_no_second_terminal() -> None:
    text = "$ ip link\n\n如果第二个命令没有返回，说明不支持：\n\n$ ip addr\n"
    assert set(terminals(text, "a.txt")) == {"main"}


def test_a_side_where_nothing_is_typed_is_no_terminal() -> None:
    text = "### a.On the client\n\nConnect it.\n\n### b.On the server\n\n" + fenced("ip link")
    text += "### c.On the client\n\n" + fenced("ip addr")
    assert terminals(text) == ["main", "client"]


def test_a_container_in_the_background_is_no_shell_that_is_entered() -> None:
    text = fenced("[root@a ~]# docker run -itd --name x busybox", "[root@b ~]# ip link", "[root@a ~]# ip addr")
    assert terminals(text) == ["main", "b", "main"]


OTHERS = [
    "T2:",
    "Term 2:",
    "In tmux pane 2:",
    "In a parallel session:",
    "In another one:",
    "In a second ssh connection:",
    "新开一个 shell：",
    "再开一个 ssh 会话",
    "別ターミナルで",
    "ターミナル②",
    "別のセッションで",
    "새로운 세션에서",
    "Откройте ещё один терминал:",
    "Terminal n°2 :",
]


@pytest.mark.parametrize("words", OTHERS)
def test_more_words_for_another_terminal(words: str) -> None:
    text = fenced("tcpdump -i br0") + f"{words}\n\n" + fenced("ping -c 1 10.0.0.2")
    assert terminals(text) == ["main", "terminal2"]


@pytest.mark.parametrize("words", ["session 2 of the course", "In the second step:", "In another namespace:"])
def test_words_for_no_terminal(words: str) -> None:
    text = fenced("ip link") + f"{words}\n\n" + fenced("ip addr")
    assert set(terminals(text)) == {"main"}


@pytest.mark.parametrize(
    "label", ["[Terminal:2]", "[Terminal 2]", "Terminal 2:", "Terminal 2: $", "(console 2)$", "终端2："]
)
def test_labels_before_a_command_name_its_terminal(label: str) -> None:
    text = fenced(f"{label.replace('2', '1')} ping -c 1 10.0.0.1", "# then", f"{label} tcpdump -l")
    found = [item for item in session(text).items if isinstance(item, Command)]
    assert [(item.text, item.terminal) for item in found] == [
        ("ping -c 1 10.0.0.1", "main"),
        ("tcpdump -l", "terminal2"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "我们再测试一下，在`Node-2`上执行：",
        "类似的，在Node-2上执行下面的命令：",
        "To test it, on node 2 run:",
        "在Node-2上执行",
    ],
)
def test_machines_that_the_end_of_a_sentence_names(words: str) -> None:
    text = "在`Node-1`上执行：\n\n" + fenced("ip link") + f"{words}\n\n" + fenced("ip addr")
    assert terminals(text) == ["main", "node2"]


def test_words_and_prompts_name_the_same_machines() -> None:
    text = fenced("[root@node0 ~]# ip link") + "On node1:\n\n" + fenced("ip addr add 10.0.0.1/24 dev eth0")
    text += fenced("[root@node1 ~]# ip addr") + "node0:\n\n" + fenced("# ip rule")
    found = [(item.text.split()[1], item.terminal) for item in session(text).items if isinstance(item, Command)]
    assert found == [("link", "main"), ("addr", "node1"), ("addr", "node1"), ("rule", "main")]


def test_who_entered_a_container_stays_in_it() -> None:
    text = fenced("[root@a ~]# ip link") + fenced("[root@b ~]# docker exec -it c sh", "/ # ip addr", "/ # exit")
    assert terminals(text) == ["main", "b", "b", "b"]
