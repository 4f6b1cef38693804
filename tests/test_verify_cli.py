"""`replay verify` as a person calls it: what it prints, writes and returns, and copies with what was found."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from replayer.cli.claims import row
from replayer.cli.region import width_of
from replayer.cli.texts import collect_texts
from replayer.formats.chinese import chinese
from replayer.formats.speech import SPEECHES
from replayer.project import UsageError
from replayer.verification import Found
from tests.calling import replay, replay_in_bash
from tests.conftest import REPO
from tests.verifying import LATE, WIRED, text_of

ENGLISH = SPEECHES["en"]
COPIES = (".md", ".html")
HOLDS = """\
$ ip link add one type veth peer name two
$ ip link set one up
$ ip addr add 10.0.0.1/24 dev one
$ ping -c 1 -W 1 10.0.0.1
1 packets transmitted, 1 received, 0% packet loss, time 0ms
"""
FAILS = HOLDS + "$ ping -c 1 -W 1 10.0.0.2\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\n"
UNTRIED = HOLDS + "$ ping -c 1 -W 1 9.9.9.9\n1 packets transmitted, 1 received, 0% packet loss, time 0ms\n"
MARKDOWN = """\
---
title: one wire
---
# One wire <script>alert(1)</script>

1. Make it:

   ```bash
   sudo ip link add one type veth peer name two
   sudo ip addr add 10.0.0.1/24 dev one
   ```

2. Ask:

   ```console
   $ ping -c 1 -W 1 10.0.0.1
   1 packets transmitted, 1 received, 0% packet loss, time 0ms
   $ ping -c 1 -W 1 10.0.0.2
   1 packets transmitted, 1 received, 0% packet loss, time 0ms
   ```

The end.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "prose.txt").write_text("Bridges join what is apart.\n", encoding="utf-8")
    for name, text in (("holds.txt", HOLDS), ("fails.txt", FAILS), ("untried.txt", UNTRIED), ("wire.md", MARKDOWN)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("call", "code", "said"),
    [
        (["holds.txt"], 0, "1 claim: 1 holds; 3 other commands ran"),
        (["fails.txt"], 1, "2 claims: 1 holds, 1 does not hold; 3 other commands ran"),
        (["untried.txt"], 0, "2 claims: 1 holds, 1 could not be tried; 3 other commands ran"),
        (["untried.txt", "--strict"], 1, "likely    9.9.9.9 is on the Internet"),
        (["fails.txt", "-q"], 1, "likely    "),
        (["prose.txt"], 0, "no command was found"),
        (["prose.txt", "--strict"], 1, "no command was found"),
    ],
)
def test_the_exit_code_says_whether_the_claims_hold(folder: Path, call: list[str], code: int, said: str) -> None:
    done = replay("verify", *call, "--fast", cwd=folder)
    assert done.returncode == code
    assert said in done.stdout
    assert ("✓ holds" in done.stdout) == ("-q" not in call and "prose.txt" not in call)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["nothing.txt"], "nothing.txt: there is no such file"),
        (["holds.txt", "none.md", "nor.md"], "none.md: there is no such file\nnor.md: there is no such file"),
        (["holds.txt", "fails.txt", "--annotate", "x.md"], "2 tutorials are verified, and x.md is one file"),
        (["holds.txt", "fails.txt", "--recorded", "x.jsonl"], "--recorded: 2 tutorials are verified"),
        ([".", "--annotate", "."], "--annotate: wire.md is the tutorial itself"),
        (["holds.txt", "--from", "latex"], "--from: 'latex' is not known"),
        (["holds.txt", "--annotate", "x.pdf"], "--annotate: x.pdf: an annotated copy is an .md or an .html"),
        (["wire.md", "--annotate", "wire.md"], "--annotate: wire.md is the tutorial itself"),
        (["holds.txt", "--timeout", "soon"], "--timeout: "),
        (["holds.txt", "--sandbox", "vm"], "--sandbox: 'vm' is not known"),
        (["holds.txt", "--recorded", "none.jsonl"], "none.jsonl: the recording cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, call: list[str], said: str) -> None:
    done = replay("verify", *call, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (folder / ".replay").exists()


def test_a_row_keeps_the_claim_and_both_ends_of_its_command() -> None:
    command = "sudo ip netns exec client ping -c 2 172.16.2.10"
    found = Found(1, 1, command, "通", "通", "holds")
    assert row(found, 0, ENGLISH) == row(found, 80, ENGLISH) == f"{command}: 通"
    assert width_of(row(found, 40, ENGLISH)) == 40
    assert row(found, 40, ENGLISH).startswith("sudo ip") and row(found, 40, ENGLISH).endswith("172.16.2.10: 通")
    assert width_of(row(replace(found, claimed="it prints " * 20), 40, ENGLISH)) <= 40


def test_many_tutorials_have_a_table_each_and_one_sum(folder: Path) -> None:
    (folder / "deep").mkdir()
    (folder / "deep" / "fails.txt").write_text(FAILS.replace("10.0.0.2", "10.0.0.3"), encoding="utf-8")
    (folder / "deep" / "scenario.yaml").write_text("steps: []\n", encoding="utf-8")
    done = replay("verify", "holds.txt", "deep", "--fast", cwd=folder)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line and line[:1] != " "] == [
        "holds.txt",
        "1 claim: 1 holds; 3 other commands ran",
        "deep/fails.txt",
        "2 claims: 1 holds, 1 does not hold; 3 other commands ran",
        "2 tutorials, 3 claims: 2 hold, 1 does not hold; 6 other commands ran",
    ]
    assert done.stdout.endswith("  ✗ deep/fails.txt  2 claims: 1 holds, 1 does not hold; 3 other commands ran\n")
    told = json.loads(
        replay("verify", "holds.txt", "deep", "--json", "--recorded", ".replay/verify", cwd=folder).stdout
    )
    assert (told["holds"], told["does_not_hold"]) == (2, 1)
    assert [one["tutorial"] for one in told["tutorials"]] == ["holds.txt", "deep/fails.txt"]


def test_recordings_and_copies_of_many_do_not_meet(folder: Path) -> None:
    for name in ("a/intro.txt", "a/intro.md", "b/intro.txt"):
        (folder / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "in" / name).write_text(f"Of {name}.\n", encoding="utf-8")
    (folder / "here").mkdir()
    for _ in range(2):  # the copies of an earlier time are not read
        assert replay("verify", "../in", "in.d", "--annotate", "x/", cwd=folder / "here").returncode == 2
        assert replay("verify", "../in", "--annotate", "../in/checked", cwd=folder / "here").returncode == 0
        copies = {str(path.relative_to(folder / "in/checked")) for path in (folder / "in/checked").rglob("*.*")}
        assert copies == {f"{name}{ending}" for name in ("a/intro.txt", "a/intro.md", "b/intro") for ending in COPIES}
        assert len(list((folder / "here/.replay/verify").iterdir())) == 3
    assert replay("verify", "a/intro.txt", "a/intro.md", cwd=folder / "in").returncode == 0
    kept = [path.relative_to(folder / "in/.replay") for path in (folder / "in/.replay").rglob("*.jsonl")]
    assert {str(path) for path in kept} == {"verify/a/intro.txt.jsonl", "verify/a/intro.md.jsonl"}


def test_an_annotated_copy_among_tutorials_is_none(folder: Path) -> None:
    targets = [part for name in ("copy.md", "copy.HTML", "sub/") for part in ("--annotate", name)]
    assert replay("verify", "wire.md", "--fast", *targets, cwd=folder).returncode == 1
    assert {path.name for path in folder.rglob("*.*")} >= {"copy.md", "copy.HTML", "wire.html"}
    assert [path.name for path in collect_texts([folder])] == [
        "fails.txt",
        "holds.txt",
        "prose.txt",
        "untried.txt",
        "wire.md",
    ]
    assert collect_texts([folder / "copy.md"]) == [folder / "copy.md"]  # as it is named
    with pytest.raises(UsageError, match="no tutorial is in this folder"):
        collect_texts([folder / "sub"])


def test_each_copy_is_tried_and_one_that_cannot_be_written_whole_is_not_there(folder: Path) -> None:
    targets = ["--annotate", "page.html", "--annotate", "holds.txt/copy.md", "--annotate", "copy.md"]
    done = replay_in_bash(f"verify holds.txt {' '.join(targets)}", folder, before="ulimit -f 8; exec")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "page.html: it cannot be written: File too large",
        "holds.txt/copy.md: it cannot be written: File exists",
    ]
    assert "annotated  copy.md" in done.stdout
    assert {path.name for path in folder.iterdir()} >= {"copy.md"}
    assert not [path.name for path in folder.iterdir() if "page" in path.name or path.name.startswith(".replay-")]


@pytest.mark.parametrize("call", ["holds.txt", "holds.txt prose.txt", "holds.txt --json"])
def test_a_report_that_cannot_be_written_is_told(folder: Path, call: str) -> None:
    done = replay_in_bash(f"verify {call} --fast >/dev/full", folder)
    assert done.returncode == 2
    assert done.stderr.count("standard output: ") == 1 and "No space left on device" in done.stderr


def test_the_report_as_json_names_line_command_claim_and_cause(folder: Path) -> None:
    done = replay("verify", "fails.txt", "--json", "--fast", cwd=folder)
    told = json.loads(done.stdout)
    assert (told["holds"], told["does_not_hold"], told["could_not_be_tried"]) == (1, 1, 0)
    claim = told["claims"][1]
    assert (claim["line"], claim["command"]) == (7, "ping -c 1 -W 1 10.0.0.2")
    assert (claim["claimed"], claim["observed"], claim["holds"]) == ("通", "不通", "does not hold")
    assert claim["causes"][0].startswith("one in the main namespace has no carrier: two in the main namespace is down")
    assert "ip -j -d address" in claim["looked"]


def test_a_run_can_be_reported_again_from_its_recording(folder: Path) -> None:
    first = replay("verify", "fails.txt", "--json", "--fast", cwd=folder)
    again = replay("verify", "fails.txt", "--json", "--recorded", ".replay/verify/fails.txt.jsonl", cwd=folder)
    assert again.stdout == first.stdout
    other = replay("verify", "holds.txt", "--recorded", ".replay/verify/fails.txt.jsonl", cwd=folder)
    assert other.returncode == 2
    assert "is a run of another text" in other.stderr


def test_an_answer_that_came_later_is_told_in_table_and_copies(folder: Path) -> None:
    (folder / "late.txt").write_text(text_of(WIRED, LATE, "PING 通: ping -c 1 -W 1 10.0.0.2"), encoding="utf-8")
    copies = ["--annotate", "copy.md", "--annotate", "copy.html"]
    done = replay("verify", "late.txt", "--fast", *copies, cwd=folder)
    assert "10.0.0.2: 通\n         observed  不通 at once, 通 a moment later\n1 claim" in done.stdout
    assert "10.0.0.2: 通  \n> observed: 不通 at once, 通 a moment later" in (folder / "copy.md").read_text("utf-8")
    assert (folder / "copy.html").read_text("utf-8").count(">不通 at once, 通 a moment later<") == 2
    again = ["--recorded", ".replay/verify", "--explain", "--language", "zh"]
    told = replay("verify", "late.txt", *again, cwd=folder).stdout
    assert "         实际      起初不通，片刻后通\n         查看      ip netns list" in told


def test_table_and_copy_can_be_in_chinese(folder: Path) -> None:
    done = replay("verify", "wire.md", "--fast", "--language", "zh", "--annotate", "copy.md", cwd=folder)
    assert "✗ 不成立              ping -c 1 -W 1 10.0.0.2: 通\n         实际      ping 无法判断：" in done.stdout
    assert "\n         可能原因  主命名空间中的 one 未启用（down）\n" in done.stdout
    assert "2 条说法：1 条成立，1 条不成立；另外 2 条命令已执行" in done.stdout
    copy = (folder / "copy.md").read_text(encoding="utf-8")
    assert "> ✗ **不成立** （第 19 行） ping -c 1 -W 1 10.0.0.2: 通" in copy
    assert "可能原因: 主命名空间中的 one 未启用（down）" in copy


@pytest.mark.parametrize(
    ("english", "told"),
    [
        ("not in the output", "输出中没有"),
        ("'a | b' in the output", "输出中有 'a | b'"),
        ("on the way back, lo in the main namespace is down", "返程：主命名空间中的 lo 未启用（down）"),
        ("RTNETLINK answers: File exists", "RTNETLINK answers: File exists"),
        ("in {place} is {0}", "in {place} is {0}"),
        ("a" * 100_000, "a" * 100_000),
    ],
)
def test_what_is_known_is_told_in_chinese_and_the_rest_as_it_is(english: str, told: str) -> None:
    assert chinese(english) == told


def test_every_row_has_a_gap_before_its_command(folder: Path) -> None:
    done = replay("verify", "untried.txt", "--fast", cwd=folder)
    begins = {line.index("ping") for line in done.stdout.splitlines() if re.match(r" +\d+  [✓–]", line)}
    assert begins == {done.stdout.splitlines()[1].index("command: claim")}
    assert "could not be tried  ping" in done.stdout


def test_explain_shows_what_was_looked_at(folder: Path) -> None:
    done = replay("verify", "fails.txt", "--explain", "--fast", cwd=folder)
    assert re.search(r"looked    ip -j -d address\n +lo <UP,LOWER_UP> 127.0.0.1/8 ::1/128\n +two <> veth", done.stdout)


def test_a_copy_of_a_tutorial_in_markdown_is_that_tutorial_with_remarks(folder: Path) -> None:
    replay("verify", "wire.md", "--fast", "--annotate", "copy.md", cwd=folder)
    copy = (folder / "copy.md").read_text(encoding="utf-8")
    kept = [line for line in copy.split("\n") if not line.lstrip().startswith(">") and line.strip()]
    assert kept == [line for line in MARKDOWN.split("\n") if line.strip()]
    assert copy.startswith("---\ntitle: one wire\n---\n\n> 2 claims: 1 holds, 1 does not hold")
    tokens = MarkdownIt().parse(copy.partition("---\n\n")[2])
    quotes = [token for token in tokens if token.type == "blockquote_open"]
    assert [token.level for token in quotes] == [0, 2, 2]  # two stand in the list's item
    assert sum(token.type == "ordered_list_open" for token in tokens) == 1


def test_a_copy_of_a_plain_text_has_its_numbered_lines_and_remarks_below_each_claim(folder: Path) -> None:
    replay("verify", "fails.txt", "--fast", "--annotate", "copy.md", cwd=folder)
    blocks = MarkdownIt().parse((folder / "copy.md").read_text(encoding="utf-8"))
    fences = [token.content for token in blocks if token.type == "fence"]
    lines = [line for fence in fences for line in fence.splitlines()]
    assert [line.split("  ", 1)[1] for line in lines] == FAILS.splitlines()
    assert fences[0].splitlines()[-1].startswith("5  1 packets transmitted")


def test_a_copy_as_a_page(folder: Path, browser: Browser) -> None:
    replay("verify", "wire.md", "--fast", "--annotate", "copy.html", cwd=folder)
    page = browser.new_page(locale="en")
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("dialog", lambda dialog: faults.append(dialog.message))
    page.goto((folder / "copy.html").as_uri())
    rows = page.locator("tbody tr")
    assert rows.count() == 2
    assert "does not hold" in rows.nth(1).inner_text()
    assert page.locator(".numbered code").all_inner_texts()[3] == "# One wire <script>alert(1)</script>"
    rows.nth(1).locator("a").click()
    assert page.url.endswith("#line-19")
    assert page.locator("#line-19").inner_text().endswith("time 0ms")
    page.locator("#language").click()
    assert "不成立" in rows.nth(1).inner_text()
    assert "主命名空间中的 one 未启用" in rows.nth(1).inner_text()
    assert "另外 2 条命令已执行" in page.locator(".sum").inner_text()
    page.locator("#language").click()
    assert "one in the main namespace is down" in rows.nth(1).inner_text()
    assert faults == []


def test_the_seed_holds_but_for_what_its_authors_mac_breaks(tmp_path: Path) -> None:
    done = replay("verify", str(REPO / "tests/data/seed.txt"), "--fast", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    outcomes = [one for one in told["claims"] if one["claimed"] in ("通", "不通")]
    assert len(outcomes) == 14
    broken = [one for one in told["claims"] if one["holds"] == "does not hold"]
    assert [one["line"] for one in broken] == [106]
    assert "takes only what comes from 36:50:43:11:71:c0" in broken[0]["causes"][0]


def test_a_copy_of_a_page_is_what_was_read_in_it(folder: Path) -> None:
    shown = HOLDS.replace("$ ping", "</code></pre><p>Ask:</p><pre><code>$ ping")
    (folder / "page.html").write_text(f"<html><body><h1>Wire</h1>\n<pre><code>{shown}</code></pre></body></html>")
    replay("verify", "page.html", "--fast", "--annotate", "copy.md", cwd=folder)
    copy = (folder / "copy.md").read_text(encoding="utf-8")
    assert "<pre>" not in copy
    lines = [line[3:] for line in copy.partition("```\n")[2].partition("```")[0].splitlines() if line.strip()]
    assert lines == ["# Wire", *HOLDS.splitlines()[:3], "Ask:", *HOLDS.splitlines()[3:]]


PAGE = """\
<html><body><h1>Wire</h1>
<p>List it, with <code>ip</code>:</p>
<pre><code>$ ip link show lo
1: lo: &lt;LOOPBACK,UP,LOWER_UP&gt; mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
</code></pre>
<p>Ask:</p>
<pre><code>$ ping 127.0.0.1
PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.
64 bytes from 127.0.0.1: icmp_seq=1 ttl=64 time=0.02 ms
^C
--- 127.0.0.1 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
</code></pre>
</body></html>
"""
SESSION = [
    re.sub("<[^>]*>", "", line).replace("&lt;", "<").replace("&gt;", ">")
    for line in PAGE.splitlines()
    if line.startswith(("<pre>", "1", "6", "P", "-", "^", " "))
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", PAGE),
        ("typescript", "Script started on 2024-01-01 10:00:00+00:00\n" + "\r\n".join(SESSION) + "\r\n"),
    ],
)
def test_a_copy_has_the_texts_own_lines_each_once_in_their_order(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    replay("verify", name, "--fast", "--annotate", "copy.md", "--annotate", "copy.html", cwd=folder)
    fences = [
        token.content
        for token in MarkdownIt().parse((folder / "copy.md").read_text(encoding="utf-8"))
        if token.type == "fence"
    ]
    lines = [line for fence in fences for line in fence.splitlines() if line]
    numbers = [int(line.split()[0]) for line in lines]
    assert numbers == sorted(set(numbers))
    own = [re.sub(r"^ *\d+  ", "", line) for line in lines]
    assert [line for line in own if line not in ("# Wire", "List it, with ip:", "Ask:")] == SESSION
    assert [fence.splitlines()[-1].split()[1] for fence in fences] == ["link/loopback", "1"]
    page = (folder / "copy.html").read_text(encoding="utf-8")
    assert re.findall(r"<code>(.*?)</code></div>", page.partition("copy-of")[2]).count("...") == 0


def test_a_capture_that_saw_only_requests_for_a_neighbour_is_explained(tmp_path: Path) -> None:
    """What the scenario does besides, the transcript does not tell: ns1 has a neighbour entry made by hand."""
    done = replay("verify", str(REPO / "transcripts/vepa.txt"), "--fast", "--json", cwd=tmp_path)
    [capture] = [one for one in json.loads(done.stdout)["claims"] if one["command"] == "tcpdump -i veth11 icmp"]
    assert capture["holds"] == "does not hold"
    assert "nobody answered ns1 who has 192.168.0.12, so nothing else was sent to it" in capture["causes"]
