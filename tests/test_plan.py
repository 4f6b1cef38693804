"""Preparing scenarios: includes, variables, matrix, loops, captures; what is found before anything runs."""

# Tables read best with a case in a line:
# ruff: noqa: E501

import json
import pickle
import textwrap
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.plan import Plan, PlannedStep, prepare
from replayer.planned import from_data, to_data
from replayer.problems import Position, Problem, ScenarioError
from replayer.scenario import Note, Run, Scenario
from replayer.sources.native import read
from replayer.templates import TemplateError, evaluate
from tests.growth import assert_linear
from tests.test_sources import EXAMPLE

MACVLAN = """
vars: {mode: bridge, net: 10.0.0}
requires: {commands: [ip, brctl], kernel: '5.10'}
setup:
  - run: ip link add br0 type bridge
steps:
  - run: ip link add macvlan1 mode {{ mode }} on {{ net }}
teardown:
  - run: ip link del br0
"""


def plans_of(text: str, files: Mapping[str, str] | None = None, **variables: Any) -> list[Plan]:
    """The plans of scenarios/t.yaml, with the other files of that directory given."""
    others = {f"scenarios/{name}": textwrap.dedent(t) for name, t in (files or {}).items()}

    def open_scenario(path: str) -> Scenario:
        if path not in others:
            raise ScenarioError([Problem(Position(path, 0, 0), "there is no such file")])
        return read(others[path], path)

    path = "scenarios/t.yaml"
    return prepare(read(textwrap.dedent(text), path), path, variables, open_scenario)


def plan_of(text: str, files: Mapping[str, str] | None = None, **variables: Any) -> Plan:
    [plan] = plans_of(text, files, **variables)
    return plan


def texts(plan: Plan) -> list[str]:
    return [s.text for s in plan.steps]


def refusal(text: str, files: Mapping[str, str] | None = None, **variables: Any) -> list[str]:
    """The problems, each in a line, without the scenario's directory."""
    with pytest.raises(ScenarioError) as refused:
        plans_of(text, files, **variables)
    return [str(p).splitlines()[0].removeprefix("scenarios/") for p in refused.value.problems]


def test_the_example_of_the_design() -> None:
    plan = plan_of(EXAMPLE, {"common/macvlan.yaml": MACVLAN})
    assert plan.name == "t" and plan.path == "scenarios/t.yaml" and plan.title == "macvlan, VEPA mode"
    assert [s.kind for s in plan.steps] == [
        "run", "run", "note", "run", "run", "run", "run", "stop", "run", "run", "run",
    ]  # fmt: skip
    assert [s.index for s in plan.steps] == list(range(11))
    assert texts(plan)[1] == "ip link add macvlan1 mode vepa on 192.168.0"
    assert plan.steps[0].on_failure == "stop"  # an included setup is rested upon, too
    assert [s.section for s in plan.steps][-2:] == ["steps", "teardown"]
    assert plan.requires.commands == ("ip", "bridge", "ping", "tcpdump", "brctl")
    assert plan.requires.kernel == "5.10"
    assert plan.steps[6].text == "ip netns exec ns1 ping -c 1 192.168.0.12"
    assert [(r.kind, r.value, r.at.line) for r in plan.steps[7].rules] == [
        ("contains", "192.168.0.11 > 192.168.0.12: ICMP echo request", 20),
        ("lacks", "ICMP echo reply", 21),
    ]
    last = plan.steps[9]
    assert last.template and "{{ bridge_mac }}" in last.rules[0].value
    assert last.fill(last.rules[0].value, {"bridge_mac": "aa:bb"}).startswith("link/ether aa:bb brd")
    assert not any(s.template for s in plan.steps[:9])
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert from_data(json.loads(json.dumps(to_data(plan)))) == plan


# Rules and defaults


def test_rules_are_flat() -> None:
    plan = plan_of(
        """
        steps:
          - run: a
            expect: {exit: 0, contains: [a, b]}
          - run: b
            expect: [通, {exit: [0, 1], matches: x, output: "a\\n...", json: {a: [1, {b: }]}, within: 1500ms}]
        """
    )
    assert [(r.kind, r.value) for r in plan.steps[0].rules] == [
        ("exit", [0]),
        ("contains", "a"),
        ("contains", "b"),
    ]
    assert [(r.kind, r.value) for r in plan.steps[1].rules] == [
        ("outcome", "通"),
        ("exit", [0, 1]),
        ("matches", "x"),
        ("output", "a\n..."),
        ("json", ["a", ["1", {"b": None}]]),
        ("within", 1.5),
    ]
    assert str(plan.steps[1].rules[0].at) == "scenarios/t.yaml:6:14"


def test_what_each_kind_of_step_becomes() -> None:
    plan = plan_of(
        """
        timeout: 9s
        steps:
          - run: |
              cat <<E
              x
              E
            eventually: {timeout: 3s}
            show: none
            tags: [a, b]
          - run: nc -l
            terminal: server
            until: ready
            timeout: 1s
            send: [x, {expect: 'y', send: z}]
          - send: hello
            terminal: server
          - wait: server
            until: bye
          - wait: 2m
          - stop: server
            expect: {contains: x}
          - note: |
              prose
        """
    )
    run, server, send, wait, pause, stop, note = plan.steps
    assert (run.kind, run.text, run.eventually, run.show) == ("run", "cat <<E\nx\nE", (3.0, 0.5), "none")
    assert (run.tags, run.timeout, run.terminal) == (("a", "b"), 9, "main")
    assert (server.until, server.timeout, server.dialogue) == ("ready", 1, ((None, "x"), ("y", "z")))
    assert (send.kind, send.text, send.terminal) == ("send", "hello", "server")
    assert (wait.kind, wait.terminal, wait.until) == ("wait", "server", "bye")
    assert (pause.kind, pause.pause) == ("pause", 120)
    assert (stop.kind, stop.terminal, len(stop.rules)) == ("stop", "server", 1)
    assert (note.kind, note.text) == ("note", "prose")


def test_on_failure() -> None:
    text = """
        {head}
        setup: [{{run: a}}, {{run: b, on_failure: continue}}]
        steps: [{{run: c}}, {{run: d, on_failure: stop}}]
        teardown: [{{run: e}}]
        """
    plain = [s.on_failure for s in plan_of(text.format(head="")).steps]
    assert plain == ["stop", "continue", "continue", "stop", "continue"]
    strict = [s.on_failure for s in plan_of(text.format(head="on_failure: stop")).steps]
    assert strict == ["stop", "continue", "stop", "stop", "continue"]


# Variables


def test_variables_of_variables() -> None:
    plan = plan_of(
        """
        title: to {{ gate }}
        vars: {gate: '{{ net }}.1', net: '{{ a }}.{{ b }}', a: 10.0, b: 0, list: ['{{ gate }}', {x: '{{ a }}'}]}
        steps: [{run: 'ping {{ gate }} {{ list[1].x }}'}]
        """
    )
    assert texts(plan) == ["ping 10.0.0.1 10.0"]
    assert plan.title == "to 10.0.0.1"
    assert plan.vars["list"] == ["10.0.0.1", {"x": "10.0"}]


def test_variables_from_outside_win_and_are_no_templates() -> None:
    text = "vars: {a: x, b: '{{ a }}'}\nsteps: [{run: '{{ a }} {{ b }}'}]"
    assert texts(plan_of(text, a="y")) == ["y y"]
    assert texts(plan_of(text, a="{{ b }}")) == ["{{ b }} {{ b }}"]
    assert not plan_of(text, a="{{ b }}").steps[0].template
    # A variable that only an included file knows, or that is named and nowhere set, may be given.
    include = {"c.yaml": "vars: {z: 1}\nsteps: [{run: '{{ z }}'}]"}
    assert texts(plan_of("steps: [{include: c.yaml}]", include, z="9")) == ["9"]
    assert texts(plan_of("steps: [{run: '{{ z }}'}]", z="9")) == ["9"]


def test_unknown_variables_from_outside() -> None:
    text = "vars: {net: x}\nsteps: [{run: '{{ net }}'}]"
    assert refusal(text, nett="y") == ["--var: unknown variable 'nett'; did you mean 'net'?"]
    assert refusal("steps: [{run: a}]", x="y") == ["--var: unknown variable 'x'; scenarios/t.yaml has no variables"]


def test_scope_of_included_files() -> None:
    files = {"c.yaml": "vars: {a: c, b: c, d: '{{ a }}{{ b }}'}\nsteps: [{run: '{{ a }} {{ b }} {{ d }}'}]"}
    text = "vars: {a: t}\nsteps:\n  - include: c.yaml\n    with: {b: '{{ a }}w'}\n  - run: '{{ a }}'"
    # its own vars are defaults; over them the including file's; over these, `with`
    assert texts(plan_of(text, files)) == ["t tw ttw", "t"]
    assert refusal(text.replace("'{{ a }}'", "'{{ b }}'"), files) == [
        "t.yaml:5:10: unknown variable 'b'; set it under `vars`, or capture it in an earlier step"
    ]


def test_includes_stand_in_their_section_and_clean_up_after_all() -> None:
    files = {
        "c.yaml": "setup: [{run: c1}]\nsteps: [{include: sub/d.yaml, tags: t2}]\nteardown: [{run: c3}]",
        "sub/d.yaml": "steps: [{run: d1}]\nteardown: [{run: d2}, {include: ../e.yaml}]\ntokens: {t: {matches: x, kind: measure}}",
        "e.yaml": "steps: [{run: e1}]\nteardown: [{run: e2}]\noutcomes: {hi: hello, own: e}",
    }
    plan = plan_of(
        """
        outcomes: {own: root}
        setup: [{include: c.yaml, tags: t1}]
        steps: [{run: r1, expect: hi}]
        teardown: [{run: r2}]
        """,
        files,
    )
    assert [(s.text, s.section) for s in plan.steps] == [
        ("c1", "setup"), ("d1", "setup"), ("r1", "steps"), ("r2", "teardown"), ("d2", "teardown"), ("e1", "teardown"),
        ("c3", "teardown"), ("e2", "teardown"),
    ]  # fmt: skip
    assert plan.steps[1].tags == ("t1", "t2")
    assert plan.steps[1].at.file == "scenarios/sub/d.yaml"
    assert plan.outcomes["own"].matches == "root" and set(plan.outcomes) == {"own", "hi"}
    assert set(plan.tokens) == {"t"}


# Matrix, loop, when


def test_matrix() -> None:
    text = """
        title: '{{ mode }}'
        vars: {base: n, net: '{{ base }}-{{ mode }}'}
        matrix: {mode: [vepa, bridge], to: ['{{ base }}1', b]}
        steps: [{run: '{{ net }} {{ to }}', when: mode == 'vepa' or to == 'b'}]
        """
    plans = plans_of(text)
    assert [p.name for p in plans] == [
        "t[mode=vepa,to=n1]", "t[mode=vepa,to=b]", "t[mode=bridge,to=n1]", "t[mode=bridge,to=b]",
    ]  # fmt: skip
    assert [texts(p) for p in plans] == [["n-vepa n1"], ["n-vepa b"], [], ["n-bridge b"]]
    assert [p.title for p in plans] == ["vepa", "vepa", "bridge", "bridge"]
    assert [p.name for p in plans_of(text, mode="private")] == [
        "t[mode=private,to=n1]",
        "t[mode=private,to=b]",
    ]


def test_matrix_of_mappings() -> None:
    text = "matrix: {case: [{mode: vepa, word: 不通}, {mode: bridge, word: 通}]}\nsteps: [{run: '{{ case.mode }}', expect: '{{ case.word }}'}]"
    assert [(p.name, p.steps[0].text, p.steps[0].rules[0].value) for p in plans_of(text)] == [
        ("t[case=#1]", "vepa", "不通"),
        ("t[case=#2]", "bridge", "通"),
    ]


def test_loops() -> None:
    plan = plan_of(
        """
        vars: {guests: [{name: ns1, mac: a}, {name: ns2, mac: b}], one: x}
        steps:
          - run: '{{ item }} {{ one }}'
            loop: [a, '{{ one }}']
          - run: '{{ item.name }} {{ item.mac }}'
            loop: '{{ guests }}'
          - run: n{{ item }}
            loop: '{{ range(2) }}'
          - include: c.yaml
            loop: '{{ guests }}'
            with: {name: '{{ item.name }}'}
          - run: never
            loop: []
          - run: sleep {{ item }}
            loop: [1, 2]
            when: item == '2'
            terminal: t{{ item }}
            until: x
          - stop: t{{ item }}
            loop: ['2']
        """,
        {"c.yaml": "steps: [{run: 'in {{ name }}'}]"},
    )
    assert texts(plan) == ["a x", "x x", "ns1 a", "ns2 b", "n0", "n1", "in ns1", "in ns2", "sleep 2", ""]
    assert plan.steps[-1].terminal == "t2"


@pytest.mark.parametrize(
    ("when", "played"),
    [
        ("flag", False), ("not flag", True), ("{{ flag }}", False), ("yes", True), ("no", False), ("False", False),
        ("mode == 'vepa'", True), ("mode in ['a', 'b']", False), ("other is defined", False), ("n|int > 2", True),
    ],
)  # fmt: skip
def test_when_is_decided_at_once(when: str, played: bool) -> None:
    plan = plan_of(f"vars: {{flag: no, mode: vepa, n: 3}}\nsteps: [{{run: a}}, {{run: b, when: {json.dumps(when)}}}]")
    assert texts(plan) == (["a", "b"] if played else ["a"])


# Captures


def test_captures_are_filled_when_made() -> None:
    plan = plan_of(
        """
        vars: {net: 10.0, other: x}
        steps:
          - run: ip link
            capture: {mac: 'ether (\\S+)'}
          - run: 'use {{ mac }} {{ net }}'
            when: mac != '' and net
            expect: {contains: 'in {{ net }} of {{ other }}', lacks: '{{ mac }}'}
          - include: c.yaml
            with: {hw: '{{ mac }}!', net: 11}
        """,
        {"c.yaml": "vars: {d: '{{ hw }}{{ net }}'}\nsteps: [{run: '{{ hw }} {{ d }} {{ net }}'}]"},
    )
    captures = {"mac": "aa"}
    assert not plan.steps[0].template and plan.steps[0].capture == {"mac": "ether (\\S+)"}
    use = plan.steps[1]
    assert use.template and use.vars == {"net": "10.0"} and use.when is not None
    assert use.fill(use.text, captures) == "use aa 10.0"
    assert evaluate(use.when, use.variables(captures)) is not False
    assert use.rules[0].value == "in 10.0 of x"  # nothing to wait for
    inner = plan.steps[2]
    assert inner.fill(inner.text, captures) == "aa! aa!11 11"
    again = from_data(json.loads(json.dumps(to_data(plan))))
    assert again == plan and again.steps[2].fill(inner.text, captures) == "aa! aa!11 11"
    with pytest.raises(TemplateError, match="unknown variable 'mac'"):
        inner.fill(inner.text, {})


def test_a_filled_text_is_not_filled_again() -> None:
    plan = plan_of(
        """
        steps:
          - run: "docker inspect -f '{% raw %}{{.Name}}{% endraw %}'"
            capture: {name: '(.)'}
          - run: "docker inspect -f '{% raw %}{{.Name}}{% endraw %}' {{ name }}"
            expect: {contains: '{% raw %}{{ name }}{% endraw %}'}
        """
    )
    first, second = plan.steps
    assert first.fill(first.text, {"name": "x"}) == "docker inspect -f '{{.Name}}'"
    assert second.fill(second.text, {"name": "x"}) == "docker inspect -f '{{.Name}}' x"
    assert second.fill(second.rules[0].value, {"name": "x"}) == "{{ name }}"


def test_the_latest_binding_of_a_name_counts() -> None:
    plan = plan_of(
        """
        vars: {a: static}
        steps:
          - run: '1 {{ a }}'
          - run: x
            capture: {a: '(.)', item: '(.)'}
          - run: '2 {{ a }}'
          - include: c.yaml
            with: {a: given}
          - run: '5 {{ item }}'
            loop: [i]
          - run: '6 {{ a }} {{ item }}'
        """,
        {"c.yaml": "steps: [{run: '3 {{ a }}'}, {run: y, capture: {a: '(.)'}}, {run: '4 {{ a }}'}]"},
    )
    filled = [s.fill(s.text, {"a": "captured", "item": "c"}) for s in plan.steps if s.text not in "xy"]
    assert filled == ["1 static", "2 captured", "3 given", "4 captured", "5 i", "6 captured c"]


# What is found before anything runs

MONITOR = "steps:\n  - run: tcpdump\n    terminal: monitor\n    until: listening\n"
BAD: list[tuple[str, list[str]]] = [
    ("title: x\n", ["t.yaml:1:1: the scenario has no steps"]),
    ("steps: [{run: 'ping {{ nett }}'}]\nvars: {net: a}", ["t.yaml:1:15: unknown variable 'nett'; did you mean 'net'?"]),
    ("title: '{{ x }}'\nsteps: [{run: a}]", ["t.yaml:1:8: unknown variable 'x'"]),
    ("vars: {a: '{{ b }}'}\nsteps: [{run: a}]", ["t.yaml:1:11: unknown variable 'b'"]),
    ("vars: {a: '{{ b }}', b: 'x{{ a }}'}\nsteps: [{run: a}]", ["t.yaml:1:7: variables that name each other in a circle"]),
    ("steps: [{run: '{{ a'}]", ["t.yaml:1:15: this template cannot be read"]),
    ("steps:\n  - run: '{{ m }}'\n  - run: x\n    capture: {m: '(x)'}", ["t.yaml:2:10: unknown variable 'm'"]),
    ("steps:\n  - run: x\n    capture: {m: '(x)'}\n    until: '{{ m }}'", ["t.yaml:4:12: unknown variable 'm'"]),
    ("steps: [{run: x, when: 'a =='}]", ["t.yaml:1:24: this template cannot be read"]),
    ("steps: [{run: x, when: 'nope'}]", ["t.yaml:1:24: unknown variable 'nope'"]),
    ("steps: [{run: x, until: '('}]", ["t.yaml:1:25: '(' is no regular expression: missing )"]),
    ("steps: [{run: x, expect: {matches: [a, '[']}}]", ["t.yaml:1:40: '[' is no regular expression"]),
    ("steps: [{run: x, capture: {a: 'x', b: '('}}]", ["t.yaml:1:31: 'x' has no group", "t.yaml:1:39: '(' is no"]),
    ("steps: [{run: x, send: [{expect: '*', send: a}]}]", ["t.yaml:1:34: '*' is no regular expression"]),
    ("outcomes: {a: '('}\ntokens: {b: {matches: ')', kind: measure}}\nsteps: [{run: x}]",
     ["t.yaml:1:15: '(' is no", "t.yaml:2:23: ')' is no"]),
    ("outcomes: {a: {matches: x, command: '+'}}\nsteps: [{run: x}]", ["t.yaml:1:37: '+' is no"]),
    ("steps: [{run: x, expect: {json: {'[': 1}}}]", ["t.yaml:1:39: '[' is no JMESPath expression"]),
    ("vars: {e: ''}\nsteps: [{run: '{{ e }}'}]", ["t.yaml:2:15: an empty command"]),
    ("steps: [{run: x, until: y, eventually: 3s}]", ["t.yaml:1:25: `until` and `eventually` in one step"]),
    ("steps: [{run: x, expect: 不桶}]", ["t.yaml:1:26: unknown outcome '不桶'; known are 通, 不通, reachable, unreachable"]),
    ("steps: [{run: x, expect: [reachabel]}]", ["t.yaml:1:27: unknown outcome 'reachabel'; did you mean 'reachable'?"]),
    ("outcomes: {lost: x}\nsteps: [{run: x, expect: {outcome: lsot}}]",
     ["t.yaml:2:36: unknown outcome 'lsot'; did you mean 'lost'?"]),
    ("steps: [{run: x, expect: 0}]", ["t.yaml:1:26: unknown outcome '0'; for an exit status write {exit: 0}"]),
    # terminals
    ("steps: [{stop: monitor}]", ["t.yaml:1:16: unknown terminal 'monitor'; start a command there first"]),
    (MONITOR + "  - stop: monitr", ["t.yaml:5:11: unknown terminal 'monitr'; did you mean 'monitor'?"]),
    (MONITOR + "  - run: b\n    terminal: monitor",
     ["t.yaml:6:15: the command of line 2 still runs in terminal 'monitor'; end it first (`- stop: monitor`)"]),
    (MONITOR + "  - stop: monitor\n  - stop: monitor", ["t.yaml:6:11: nothing runs in terminal 'monitor' here"]),
    (MONITOR + "  - wait: monitor\n  - send: x\n    terminal: monitor", ["t.yaml:7:15: nothing runs in terminal"]),
    ("steps: [{run: a}, {send: x}]", ["t.yaml:1:19: nothing runs in terminal 'main' here"]),
    ("vars: {t: 9x}\nsteps: [{run: a, terminal: '{{ t }}'}]", ["t.yaml:2:28: '9x' cannot name a terminal"]),
    ("steps:\n  - run: a\n    capture: {t: (x)}\n  - run: b\n    terminal: '{{ t }}'",
     ["t.yaml:5:15: a terminal's name cannot need a capture"]),
    ("steps: [{wait: 2x}]", ["t.yaml:1:16: '2x' is no duration"]),
    ("steps: [{wait: -2s}]", ["t.yaml:1:16: '-2s' is no duration"]),
    ("steps: [{wait: 0s}]", ["t.yaml:1:16: a pause of 0s"]),
    ("steps: [{wait: 2s, expect: 通}]", ["t.yaml:1:16: a pause has no output to judge"]),
    # loops and matrix
    ("vars: {l: [a]}\nsteps: [{run: a, loop: l}]", ["t.yaml:2:24: `loop` is a list; write '{{ l }}'"]),
    ("vars: {l: a}\nsteps: [{run: a, loop: '{{ l }}'}]", ["t.yaml:2:24: `loop` is a list, {{ l }} is text"]),
    ("steps: [{run: a, loop: '{{ l }}'}]", ["t.yaml:1:24: unknown variable 'l'"]),
    ("steps: [{run: a, loop: {a: b}}]", ["t.yaml:1:24: `loop` is a list"]),
    ("steps: [{run: a, loop: ['{{ q }}', '{{ q }}']}]", ["t.yaml:1:24: unknown variable 'q'"]),
    ("steps: [{run: a, capture: {m: (x)}}, {run: a, loop: '{{ m }}'}]", ["t.yaml:1:53: `loop` cannot need a capture"]),
    ("steps: [{run: '{{ item }}'}]", ["t.yaml:1:15: unknown variable 'item'"]),
    ("steps: [{run: a, loop: '{{ range(30000) }}'}]", ["t.yaml:1:24: a template that asks for a range"]),
    ("matrix: {a: [x, x], b: []}\nvars: {a: 3}\nsteps: [{run: a}]",
     ["t.yaml:1:13: 'a' stands in `vars` and in `matrix`", "t.yaml:1:17: 'a' has this value twice",
      "t.yaml:1:24: 'b' has no values"]),
    ("matrix: {a: [x, y]}\nsteps: [{run: '{{ b }}'}]", ["t.yaml:2:15: unknown variable 'b'"]),
    # includes
    ("steps: [{include: nowhere.yaml}]", ["t.yaml:1:19: scenarios/nowhere.yaml: there is no such file"]),
    ("steps: [{include: '{{ x }}'}]", ["t.yaml:1:19: unknown variable 'x'"]),
    ("steps: [{include: t.yaml}]", ["t.yaml:1:19: files that include each other in a circle"]),
    ("steps: [{run: x, capture: {a: (x)}}, {include: '{{ a }}'}]", ["t.yaml:1:48: an include cannot need a capture"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_found_before_anything_runs(text: str, expected: list[str]) -> None:
    found = refusal(text)
    assert len(found) == len(expected), found
    for line, start in zip(found, expected, strict=True):
        assert line.startswith(start), line


def test_problems_of_included_files_stand_there() -> None:
    files = {
        "c.yaml": "steps:\n  - include: d/e.yaml\n  - run: '{{ nope }}'\n",
        "d/e.yaml": "steps:\n  - rnu: x\n  - foo: y\n",
        "m.yaml": "matrix: {a: [x]}\nsteps: [{run: x}]",
        "bad.yaml": "vars: {v: '{{ w }}'}\nsteps: [{run: x, until: '('}]\noutcomes: {o: '['}",
    }
    found = refusal("steps: [{include: c.yaml}, {include: m.yaml}, {include: bad.yaml}, {run: '{{ own }}'}]", files)
    assert "the command of scenarios/bad.yaml:2 still runs" in found[1]
    assert [line.split(": ")[0] for line in found] == [
        "t.yaml:1:38", "t.yaml:1:68", "t.yaml:1:74", "bad.yaml:1:11", "bad.yaml:2:25", "bad.yaml:3:15", "c.yaml:3:10",
        "d/e.yaml:2:5", "d/e.yaml:3:5",
    ]  # fmt: skip


def test_a_circle_of_includes() -> None:
    files = {"a.yaml": "steps: [{include: ./b.yaml}]", "b.yaml": "steps: [{include: ../scenarios/a.yaml}]"}
    [line] = refusal("steps: [{include: a.yaml}]", files)
    assert line.startswith("b.yaml:1:19: files that include each other in a circle: scenarios/a.yaml → ")


def test_too_many_steps_are_refused_before_they_are_made() -> None:
    # Made first, they would take for ever.
    files = {f"{i}.yaml": f"steps: [{{include: {i + 1}.yaml, loop: '{{{{ range(10) }}}}'}}]" for i in range(15)}
    files["15.yaml"] = "vars: {a: b}"
    found = refusal("steps: [{include: 0.yaml}]", files)
    assert "more than 20,000 steps" in found[0]
    big = "matrix: {a: %s, b: %s}\nsteps: [{run: a}]" % ((json.dumps([str(i) for i in range(99)]),) * 2)
    assert "more than 1,000 combinations" in refusal(big)[0]


def test_values_that_double_themselves_are_bounded() -> None:
    variables = {"v0": "x" * 1000} | {f"v{i}": f"{{{{ v{i - 1} }}}}" * 2 for i in range(1, 60)}
    found = refusal(json.dumps({"vars": variables, "steps": [{"run": "{{ v59 }}"}]}))
    assert "more than 1,000,000 characters" in found[0]


def test_what_runs_is_not_guessed_where_a_capture_decides() -> None:
    plan_of(
        """
        steps:
          - run: x
            capture: {m: (x)}
          - run: tcpdump
            terminal: t
            until: x
            when: m == 'x'
          - run: y
            terminal: t
        """
    )
    plan_of(MONITOR + "  - wait: monitor\n    until: x\n  - send: q\n    terminal: monitor\n  - stop: monitor")


def test_five_thousand_steps_are_linear() -> None:
    def scenario(count: int) -> str:
        lines = ["vars: {net: 192.168.0}", "steps:"]
        for i in range(count):
            lines += [
                f"  - run: ping {{{{ net }}}}.{i % 250}",
                "    expect: {outcome: 通, contains: ['{{ net }}']}",
            ]
        return "\n".join(lines)

    assert len(plan_of(scenario(5000)).steps) == 5000
    assert_linear(1250, scenario, plan_of)


def test_a_scenario_needs_no_file() -> None:
    """Other sources, and people who write Python, set no places."""
    here = Position("tutorial.txt", 7, 3)
    scenario = Scenario(steps=(Run(run="{{ x }}", at=here), Note(note="n")), vars={"y": "{{ z }}"})
    with pytest.raises(ScenarioError) as refused:
        prepare(scenario, "tutorial.txt")
    assert [str(p.at) for p in refused.value.problems] == ["tutorial.txt:1:1", "tutorial.txt:7:3"]
    [plan] = prepare(Scenario(steps=(Run(run="ls", at=here),)), "dir/tutorial.txt")
    assert plan.name == "tutorial" and plan.steps[0].at == here


# Properties

WORDS = st.sampled_from(
    ["a", "{{ v }}", "{{ w }}", "{{ cap }}", "{% raw %}{{{% endraw %}", "通", "x{{ v|upper }}", "{{ late }}"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
STEPS = st.one_of(
    st.fixed_dictionaries(
        {"run": TEXTS},
        optional={
            "expect": st.fixed_dictionaries(
                {},
                optional={
                    "contains": TEXTS,
                    "exit": st.just("0"),
                    "json": st.just({"a": ["{{ cap }}", "b"]}),
                },
            ).filter(bool),
            "capture": st.just({"cap": "(x)"}),
            "when": st.sampled_from(["v", "cap == 'a'", "late is defined"]),
            "loop": st.just(["1", "2"]),
            "timeout": st.just("3s"),
        },
    ),
    st.fixed_dictionaries({"note": TEXTS}),
    st.fixed_dictionaries({"include": st.just("c.yaml")}, optional={"with": st.fixed_dictionaries({"late": TEXTS})}),
)


@given(st.lists(STEPS, min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_plans_round_trip_and_fill(steps: list[dict[str, Any]]) -> None:
    first = {"run": "first", "capture": {"cap": "(x)"}}
    text = json.dumps({"vars": {"v": "1", "w": "{{ v }}", "late": "l"}, "steps": [first, *steps]}, ensure_ascii=False)
    plan = plan_of(text, {"c.yaml": "vars: {late: ''}\nsteps: [{run: 'in {{ late }} {{ v }}'}]"})
    assert pickle.loads(pickle.dumps(plan)) == plan
    assert from_data(json.loads(json.dumps(to_data(plan)))) == plan
    for step in plan.steps:
        filled = step.fill(step.text, {"cap": "CAPTURED"})
        assert "{{ v" not in filled and "{{ cap" not in filled and "{{ late" not in filled
        assert step.template or (step.when is None and not step.vars)


def test_planned_step_without_templates_is_left_alone() -> None:
    step = PlannedStep(index=0, kind="run", at=Position("x"), text="{{ not a template }}")
    assert step.fill(step.text, {}) == "{{ not a template }}"
