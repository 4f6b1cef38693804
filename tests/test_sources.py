"""Reading scenarios: what is refused, where, and with which advice; and that no input can do worse."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from replayer.problems import PROBLEMS_SHOWN, Problem, ScenarioError, nearest
from replayer.scenario import Include, Note, Run, Scenario, Send, Stop, Wait
from replayer.sources import MOST_BYTES, SOURCES, load
from replayer.sources import tree as yaml_tree
from replayer.sources.native import read
from replayer.variables import load_vars_file, merge_variables, parse_var
from tests.growth import assert_linear

EXAMPLE = r"""
title: macvlan, VEPA mode
source: https://www.jianshu.com/p/ffd9675f6f41
requires: {commands: [ip, bridge, ping, tcpdump], links: [bridge, veth, macvlan]}
vars: {net: 192.168.0, bridge: br0}
steps:
  - include: common/macvlan.yaml
    with: {mode: vepa}
  - note: 此模式下macvlan之间是隔离的,需要交换机支持hairpin功能才能通信
  - run: ip netns exec ns1 ping -c 1 {{ net }}.1
    expect: 通
  - run: ip netns exec ns1 ping -c 1 {{ net }}.12
    expect: 不通
  - run: tcpdump -i veth11 icmp
    terminal: monitor
    until: listening on               # synchronises: the step ends here, the command goes on
  - run: ip netns exec ns1 ping -c 1 {{ net }}.12
    expect: 不通
  - stop: monitor                     # Ctrl-C; the expectations judge all that it printed
    expect:
      - contains: "{{ net }}.11 > {{ net }}.12: ICMP echo request"
      - lacks: ICMP echo reply
  - run: ip link show {{ bridge }}
    capture: {bridge_mac: 'link/ether (\S+)'}
  - run: ip netns exec ns1 ip link | grep ether
    expect: {output: "link/ether {{ bridge_mac }} brd ff:ff:ff:ff:ff:ff link-netns ns3"}
""".lstrip()


def problems_of(text: str) -> list[Problem]:
    with pytest.raises(ScenarioError) as refused:
        read(text, "t.yaml")
    return list(refused.value.problems)


def check(found: list[Problem], expected: list[tuple[str, str]]) -> None:
    """Every problem stands where it should, and its message has the essential words."""
    places = [f"{p.at.line}:{p.at.column}" for p in found]
    assert places == [place for place, _ in expected], [*map(str, found)]
    for problem, (_, words) in zip(found, expected, strict=True):
        for word in words.split(" + "):
            assert word in str(problem)


def test_the_example_of_the_design() -> None:
    scenario = read(EXAMPLE, "vepa.yaml")
    kinds = [type(s) for s in scenario.steps]
    assert kinds == [Include, Note, Run, Run, Run, Run, Stop, Run, Run]
    assert [s.at.line for s in scenario.steps] == [6, 8, 9, 11, 13, 16, 18, 22, 24]
    assert {s.at.column for s in scenario.steps} == {5}
    stop = scenario.steps[6]
    assert isinstance(stop, Stop) and stop.expect is not None
    assert stop.expect[1].lacks == ("ICMP echo reply",)
    assert str(stop.position("expect", 1, "lacks", 0)) == "vepa.yaml:21:16"


def test_scalars_stay_text() -> None:
    text = "vars: {mac: 12:34:56:11:22:33, no: no, one: 1, date: 2024-01-01, oct: 010, empty: , tilde: ~}\nsteps: []"
    assert read(text, "t").vars == {
        "mac": "12:34:56:11:22:33", "no": "no", "one": "1", "date": "2024-01-01", "oct": "010",
        "empty": "", "tilde": "",
    }  # fmt: skip


def test_lone_values_stand_for_lists() -> None:
    scenario = read(
        """
tags: one
outcomes: {restarted: 'restarting'}
steps:
  - run: sudo x
    expect: [通, {contains: a, exit: 1}, {exit: [0, 2], lacks: [b, c], json: {a.b: 1, c: }}]
    send: {expect: 'Password:', send: x}
    eventually: 5s
    timeout: 2m
  - send: q
    terminal: m
  - wait: m
""",
        "t",
    )
    run, send, wait = scenario.steps
    assert isinstance(run, Run) and run.expect and isinstance(send, Send) and isinstance(wait, Wait)
    assert scenario.tags == ("one",) and scenario.outcomes["restarted"].matches == "restarting"
    assert [e.exit for e in run.expect] == [None, (1,), (0, 2)]
    assert run.expect[0].outcome == "通" and run.expect[1].contains == ("a",)
    assert run.expect[2].json_ == {"a.b": "1", "c": None}
    assert (run.send[0].expect, run.send[0].send) == ("Password:", "x")
    assert run.eventually and run.eventually.timeout == 5 and run.timeout == 120


STEP = "steps:\n  - run: a\n"
BAD: list[tuple[str, str, str]] = [
    # the syntax of YAML
    ("steps:\n\t- run: a\n", "2:1", "a tab in the indentation + spaces"),
    (STEP + "\t  expect: b\n", "3:1", "a tab in the indentation"),
    ("steps:\n  - run: {{ net }}.1 x\n", "2:10", "{{ is a mapping + quote the whole value: '{{ net }}.1 x'"),
    ("steps:\n  - run: {{ net }}\n", "2:10", "{{ is a mapping + quote the whole value: '{{ net }}'"),
    (STEP + "    expect:\n      - lacks: {{ net }}.1\n", "4:16", "quote the whole value: '{{ net }}.1'"),
    ("steps:\n  - run: 'abc\n  - run: x\n", "2:10", "the quote opened here is never closed"),
    ('steps:\n  - run: "abc\n  - run: x\n', "2:10", "the quote opened here is never closed"),
    ("steps:\n  - run: echo a: b\n", "2:16", "': ' inside an unquoted text + quote the whole value"),
    ("steps:\n  - run: @foo\n", "2:10", "cannot begin with '@' + quote"),
    ("steps:\n  - run: `foo`\n", "2:10", "cannot begin with '`' + quote"),
    ("steps:\n  - run: [ -f x ] && y\n", "2:10", "begins with [ + quote the whole value: '[ -f x ] && y'"),
    ('steps:\n  - run: "a" && b\n', "2:10", "text goes on after the closing quote"),
    ("steps:\n  - note: 'it's'\n", "2:11", "text goes on after the closing quote + ('')"),
    ('steps:\n  - run: "a\\(b"\n', "2:12", "no escape + single quotes"),
    (STEP + "   expect: b\n", "3:4", "does not fit the lines above + column"),
    ("steps:\n  - run: |\n  x\n", "3:3", "neither a key with its value + indent"),
    ("%foo\n", "1:1", "directive + quote"),
    ("a: [b\n", "1:4", "the '[' opened here is never closed"),
    ("a: [b,\n", "2:1", "the file ends inside [ … ]"),
    ("a: \x1b[3m\n", "1:4", "U+001B + \\x1b"),
    ("? [a]\n: b\n", "1:3", "a key must be text"),
    ('steps:\n  - run: echo "a # b"\n', "2:18", "` #` begins a comment + quote the whole value"),
    # what YAML has and scenarios do not
    (STEP + "---\nsteps: []\n", "3:1", "a second document + one scenario"),
    (STEP + "  - run: b\n    run: c\n", "4:5", "'run' is given twice + line 3"),
    ("steps: &a\n  - *a\n", "2:5", "*a stands inside what it stands for"),
    ("steps:\n  - run: *foo\n", "2:10", "nothing is called &foo + quote it: '*foo"),
    ("steps:\n  - run: !x foo\n", "2:10", "the YAML tag '!x' + quote"),
    ("vars: &v {a: b}\nsteps:\n  - run: x\n    <<: *v\n", "4:5", "merge keys + include + vars"),
    ("a: " + "[" * 200 + "]" * 200, "1:103", "more than 100 levels"),
    # keys
    ("stepz:\n  - run: a\n", "1:1", "unknown key 'stepz' + did you mean 'steps'?"),
    ("steps:\n  - rnu: a\n", "2:5", "unknown key 'rnu' + did you mean 'run'?"),
    ("steps:\n  - foo: a\n", "2:5", "does not say what to do + run, note, include, stop, wait, send"),
    (STEP + "    exepct: 通\n", "3:5", "unknown key 'exepct' + did you mean 'expect'?"),
    (STEP + "    expect: {contians: x}\n", "3:14", "unknown key 'contians' + did you mean 'contains'?"),
    (STEP + "    expect: [通, {xyz: x}]\n", "3:18", "unknown key 'xyz' + known are: outcome, exit, contains"),
    (STEP + "    eventually: {evry: 1s}\n", "3:18", "unknown key 'evry' + did you mean 'every'?"),
    (STEP + "    send: [{send: x, expct: a}]\n", "3:22", "unknown key 'expct' + did you mean 'expect'?"),
    ("requires: {comands: x}\nsteps: []\n", "1:12", "unknown key 'comands' + did you mean 'commands'?"),
    ("tokens: {a: {match: x, kind: measure, matches: y}}\nsteps: []\n", "1:14", "did you mean 'matches'?"),
    (STEP + "    at: x\n", "3:5", "unknown key 'at'"),
    (STEP + "    places: x\n", "3:5", "unknown key 'places'"),
    (STEP + "    expect: {json_: {a: b}}\n", "3:14", "unknown key 'json_' + did you mean 'json'?"),
    ("steps:\n  - include: a\n    with_: {a: b}\n", "3:5", "unknown key 'with_' + did you mean 'with'?"),
    (STEP + "    note: b\n", "3:5", "one thing, this one has 'run' and 'note'"),
    ("steps:\n  - stop: b\n    terminal: m\n", "3:5", "unknown key 'terminal'"),
    # values
    ("- run: a\n", "1:1", "a scenario is a mapping, this is a list"),
    ("foo\n", "1:1", "a scenario is a mapping, this is text"),
    ("steps: x\n", "1:8", "a list of steps, this is text + dash"),
    ("steps:\n", "1:7", "'steps' is empty"),
    ("steps:\n  - foo\n", "2:5", "a step is a mapping, this is text + `- run: …`"),
    ("steps:\n  -\n", "2:4", "an empty step"),
    ("steps:\n  - run:\n", "2:9", "'run' is empty"),
    ("steps:\n  - run: ''\n", "2:10", "'run' is empty"),
    ("steps:\n  - run: ~\n", "2:10", "'run' is empty"),
    (STEP + "    expect:\n", "3:12", "'expect' has no value + remove the key"),
    (STEP + "    expect: {output: null}\n", "3:22", "'output' has no value + quoted"),
    ("vars:\n" + STEP, "1:6", "'vars' has no value"),
    ("steps:\n  - run: [a, b]\n", "2:10", "'run' is text, this is a list"),
    ("steps:\n  - run: { echo a; }\n", "2:10", "'run' is text, this is a mapping + quote it"),
    (STEP + "    tags: {a: b}\n", "3:11", "text or a list of texts, this is a mapping"),
    (STEP + "    timeout: 3x\n", "3:14", "'3x' is no duration + 500ms, 3s, 2m"),
    (STEP + "    timeout: -3\n", "3:14", "'-3' is no duration"),
    (STEP + "    timeout: 0s\n", "3:14", "more than 0"),
    (STEP + "    timeout: " + "9" * 400 + "\n", "3:14", "at most a week"),
    (STEP + "    eventually: {timeout: 1s, every: 0}\n", "3:38", "more than 0"),
    (STEP + "    expect: {within: soon}\n", "3:22", "'soon' is no duration"),
    (STEP + "    expect: {exit: x}\n", "3:20", "'exit' is a whole number, this is 'x'"),
    (STEP + "    expect: {exit: [1, 999]}\n", "3:24", "from 0 to 255"),
    (STEP + "    show: outcom\n", "3:11", "unknown value 'outcom' of 'show' + did you mean 'outcome'?"),
    (STEP + "    on_failure: halt\n", "3:17", "unknown value 'halt' + continue, stop"),
    ("on_failure: halt\n" + STEP, "1:13", "unknown value 'halt' + continue, stop"),
    ("size: {columns: 3}\n" + STEP, "1:17", "'columns' is at least 20"),
    ("size: {rows: x}\n" + STEP, "1:14", "'rows' is a whole number"),
    ("size: 3\n" + STEP, "1:7", "'size' is a mapping, this is text + columns, rows"),
    ("vars: [a]\n" + STEP, "1:7", "'vars' is a mapping, this is a list"),
    ("vars: {1x: a}\n" + STEP, "1:8", "'1x' cannot name a variable"),
    ("vars: {not: a}\n" + STEP, "1:8", "a word of the template language"),
    (STEP + "    capture: {a b: x}\n", "3:15", "'a b' cannot name a variable"),
    (STEP + "    capture: foo\n", "3:14", "'capture' is a mapping, this is text"),
    (STEP + "    terminal: 9x\n", "3:15", "'9x' cannot name a terminal"),
    (STEP + "    send: [{expect: b}]\n", "3:12", "'send' is missing here"),
    ("tokens: {a: {matches: x, kind: ident}}\n" + STEP, "1:32", "'ident' + did you mean 'identity'?"),
    ("tokens: {a: {kind: measure}}\n" + STEP, "1:13", "'matches' is missing here"),
    ("matrix: {a: b}\n" + STEP, "1:13", "'a' is a list, this is text"),
    ("outcomes: {通: x}\n" + STEP, "1:12", "the outcome '通' has a fixed sense"),
    ("outcomes: {unreachable: x}\n" + STEP, "1:12", "'unreachable' has a fixed sense"),
]


@pytest.mark.parametrize(("text", "place", "words"), BAD)
def test_bad_input(text: str, place: str, words: str) -> None:
    found = problems_of(text)
    check(found[:1], [(place, words)])
    # One mistake is one problem, except that a misspelt key may leave a needed one missing.
    assert len(found) == 1 or "<<" in text, [*map(str, found)]


def test_all_problems_of_a_file_at_once() -> None:
    text = (
        "titel: x\nsize: {rows: 1}\nsteps:\n  - rnu: a\n"
        "  - run: b\n    timeout: x\n    expect: {exti: 0}\n    expect: 通\n"
    )
    check(
        problems_of(text),
        [
            ("1:1", "'titel' + did you mean 'title'?"),
            ("2:14", "at least 5"),
            ("4:5", "'rnu'"),
            ("6:14", "'x' is no duration"),
            ("7:14", "'exti' + did you mean 'exit'?"),
            ("8:5", "'expect' is given twice"),
        ],
    )


def test_message_shows_the_line_with_a_caret() -> None:
    [problem] = problems_of("steps:\n  - note: 中文\n  - run: [中文, {a: b}]\n")
    assert str(problem).splitlines()[1:] == ["      - run: [中文, {a: b}]", "             ^"]
    [wide] = problems_of("steps: [{run: x, tags: [中文, {a: b}]}]\n")
    shown, caret = str(wide).splitlines()[1:]
    # Chinese takes two columns of a terminal.
    assert caret.index("^") == shown.index("{a") + 2


def test_many_problems_are_counted() -> None:
    with pytest.raises(ScenarioError) as refused:
        read("steps:\n" + "  - foo: x\n" * 500, "t.yaml")
    assert len(refused.value.problems) == 500
    assert str(refused.value).endswith(f"… and {500 - PROBLEMS_SHOWN} more problems")


def test_a_billion_laughs() -> None:
    def laughs(width: int) -> str:
        lines = [f"a: &a [{','.join('x' * width)}]"]
        for before, name in zip("abcdefgh", "bcdefghi", strict=True):
            lines.append(f"{name}: &{name} [{','.join([f'*{before}'] * width)}]")
        return "\n".join(lines)

    [problem] = problems_of(laughs(10))
    assert "more than 300,000 values" in problem.what
    assert_linear(10, laughs, problems_of)


def test_aliases_cannot_nest_deeper_than_brackets() -> None:
    lines = ["a0: &a0 x"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 200)]
    assert "more than 100 levels" in problems_of("\n".join(lines))[0].what


def test_aliases_are_values() -> None:
    text = "vars: {a: &a {x: '1'}, b: *a}\nsteps:\n  - run: &r ls\n  - run: *r\n"
    scenario = read(text, "t")
    assert scenario.vars["a"] == scenario.vars["b"]
    assert [s.run for s in scenario.steps if isinstance(s, Run)] == ["ls", "ls"]


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_tree, "Loader", yaml.BaseLoader)
    assert len(read(EXAMPLE, "t").steps) == 9
    assert [s.at.line for s in read(EXAMPLE, "t").steps] == [6, 8, 9, 11, 13, 16, 18, 22, 24]
    assert "'expect' has no value" in problems_of(STEP + "    expect:\n")[0].what
    for text, _, _ in BAD:
        problems_of(text)


# Files


def unreadable(path: str | Path) -> str:
    with pytest.raises(ScenarioError) as refused:
        load(path)
    return str(refused.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    good = tmp_path / "vepa.yaml"
    good.write_text(EXAMPLE, encoding="utf-8")
    assert load(good).title == load(str(good)).title == "macvlan, VEPA mode"
    assert f"did you mean '{good}'?" in unreadable(tmp_path / "veap.yaml")
    assert "no such file" in unreadable(tmp_path / "no" / "x.yaml")
    assert "directory" in unreadable(tmp_path)
    assert "cannot be read" in unreadable("a\0b")
    assert "cannot be read" in unreadable("x" * 5000)
    for raw, words in [
        (b"", "the file is empty"),
        (b"\n \n# nothing\n", "the file is empty"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\x7fELF\0\0", "binary"),
        ("title: 中文\nsteps: 'é".encode() + b"\xff'", ":2:10: the byte 0xff is not UTF-8"),
        ("title: 中文".encode("gb18030"), ":1:8: the byte 0xd6 is not UTF-8"),
        (b"a" * (MOST_BYTES + 1), "larger than 8 MB"),
    ]:
        file = tmp_path / "x.yaml"
        file.write_bytes(raw)
        assert words in unreadable(file)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xef\xbb\xbftitle: x\nsteps: []\n")
    assert load(file).title == "x"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("title: x")
    file.chmod(0)
    assert "Permission denied" in unreadable(file)


def test_endless_files_end() -> None:
    assert "no file but a device" in unreadable("/dev/zero")


# Variables from outside


def test_variables_from_outside(tmp_path: Path) -> None:
    assert parse_var("a=b=c") == ("a", "b=c")
    assert parse_var("a=") == ("a", "")
    for bad, words in [("a", "no '='"), ("1=2", "cannot name a variable"), ("=x", "cannot name a variable")]:
        with pytest.raises(ScenarioError, match="--var: ") as refused:
            parse_var(bad)
        assert words in str(refused.value)
    file = tmp_path / "vars.yaml"
    file.write_text("net: 10.0.0\nhosts: [a, 1]\nempty:\n")
    assert load_vars_file(str(file)) == {"net": "10.0.0", "hosts": ["a", "1"], "empty": ""}
    assert merge_variables([str(file)], ["net=x"])["net"] == "x"
    file.write_text("a b: c\n")
    with pytest.raises(ScenarioError) as several:
        merge_variables([str(file), str(tmp_path / "none.yaml")], ["x"])
    assert len(several.value.problems) == 3
    file.write_text("- a\n")
    with pytest.raises(ScenarioError, match="variables are a mapping, this is a list"):
        load_vars_file(str(file))


def test_nearest() -> None:
    assert nearest("serevr", ["client", "server"]) == "server"
    assert nearest("Expect", ["expect"]) == "expect"
    assert nearest("zzz", ["client", "server"]) is None
    assert nearest("", ["a"]) is None


# Properties

_WORDS = """steps: run: x ' " {{a}} [ ] { } , &a *a !t | > # % ~ ... expect: 通 vars: loop: when: timeout: -1
capture: send: title: {a:b} [a,b]"""
_SIGNS = [
    "\n",
    "\n  ",
    "- ",
    ": ",
    "\t",
    "? ",
    "<<: ",
    "---\n",
    "\x85",
    "\u2028",
    "\ufeff",
    "\ud800",
    "\0",
    "\r",
    " ",
]
FRAGMENTS = st.sampled_from([*_SIGNS, *_WORDS.split(), *(f"{w} " for w in _WORDS.split())])


def only_scenario_or_problems(text: str) -> None:
    try:
        assert isinstance(read(text, "t.yaml"), Scenario)
    except ScenarioError as error:
        assert error.problems and str(error)


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_a_scenario_or_refused(text: str) -> None:
    only_scenario_or_problems(text)


@given(st.lists(FRAGMENTS, max_size=40).map("".join))
@settings(max_examples=800, deadline=None)
def test_any_near_yaml_is_a_scenario_or_refused(text: str) -> None:
    only_scenario_or_problems(text)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_any_damage_to_the_example_is_survived(data: st.DataObject) -> None:
    text = EXAMPLE
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 10)))
        text = text[:start] + data.draw(FRAGMENTS) + text[end:]
    only_scenario_or_problems(text)


@given(
    raw=st.binary(max_size=200)
    | st.just(EXAMPLE.encode()).flatmap(lambda e: st.integers(0, len(e)).map(lambda i: e[:i]))
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_a_scenario_or_refused(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "any.yaml"
    file.write_bytes(raw)
    try:
        load(file)
    except ScenarioError as error:
        assert str(error).startswith(str(file))


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t", exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=30,
).filter(lambda t: t.strip() and yaml_tree.FORBIDDEN.search(t) is None)
VARIABLES = st.from_regex(r"v[a-z0-9_]{0,8}", fullmatch=True)
STEPS = st.one_of(
    st.builds(
        lambda run, expect, until, capture: {
            "run": run,
            "expect": expect,
            "until": until,
            "capture": capture,
        },
        TEXTS,
        TEXTS
        | st.lists(
            st.fixed_dictionaries({"contains": st.lists(TEXTS, min_size=1, max_size=3)}),
            min_size=1,
            max_size=2,
        ),
        TEXTS,
        st.dictionaries(VARIABLES, TEXTS, max_size=2),
    ),
    st.builds(lambda note: {"note": note}, TEXTS),
    st.builds(
        lambda path, given: {"include": path, "with": given},
        TEXTS,
        st.dictionaries(VARIABLES, TEXTS, max_size=2),
    ),
    st.builds(lambda line: {"send": line}, TEXTS),
)


@given(
    title=TEXTS,
    variables=st.dictionaries(VARIABLES, TEXTS | st.lists(TEXTS, max_size=3), max_size=3),
    steps=st.lists(STEPS, max_size=5),
)
@settings(max_examples=200, deadline=None)
def test_what_is_dumped_is_read_back(title: str, variables: dict[str, Any], steps: list[dict[str, Any]]) -> None:
    text = yaml.safe_dump({"title": title, "vars": variables, "steps": steps}, allow_unicode=True)
    scenario = read(text, "t.yaml")
    assert scenario.title == title
    assert scenario.vars == variables
    for written, step in zip(steps, scenario.steps, strict=True):
        if isinstance(step, Run):
            assert (step.run, step.until, step.capture) == (
                written["run"],
                written["until"],
                written["capture"],
            )
            assert step.expect is not None
            if isinstance(written["expect"], str):
                assert step.expect[0].outcome == written["expect"]
            else:
                assert [list(e.contains or ()) for e in step.expect] == [e["contains"] for e in written["expect"]]
        elif isinstance(step, Note):
            assert step.note == written["note"]
        elif isinstance(step, Include):
            assert (step.include, step.with_) == (written["include"], written["with"])
        elif isinstance(step, Send):
            assert step.send == written["send"]


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES.keys())
def test_every_source_keeps_positions_or_refuses(source: Any) -> None:
    for text in ("", "\n", EXAMPLE, "# a\n```\n$ ls\n```\n"):
        try:
            scenario = source(text, "some/file")
        except ScenarioError as error:
            assert {p.at.file for p in error.problems} == {"some/file"}
        else:
            assert {s.at.file for s in scenario.steps} <= {"some/file"}
