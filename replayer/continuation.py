"""What a person typed in a lab -> the YAML of steps that continue its scenario. Pure.

The expectations are the least that holds: an outcome word where the command's own words show one, its exit status
where that was not 0. The output stands below as a comment, for the author to take more from.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from replayer.outcomes import read_outcome
from replayer.plan import Plan
from replayer.problems import visible
from replayer.session import TypedCommand
from replayer.sources.yamltext import block, scalar

_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")
WIDE = 2**31 - 1  # no line is folded
MOST_LINES = 20  # of an output, in a comment


def continuation(
    typed: Sequence[TypedCommand], plan: Plan, terminal: str, include: str, given: Mapping[str, Any]
) -> str:
    """A scenario's text. `include`: the path of the scenario that was played whole, with the variables `given`;
    empty: only a part of it was, and the steps are to be put behind that part."""
    lines = [f"title: {scalar(f'{plan.title or plan.name}, continued')}"]
    if not include:
        lines.insert(0, f"# Steps that go on from a part of {visible(plan.path)}.")
    lines.append("steps:")
    body = [*_include(include, given)] if include else []
    for one in typed:
        body += ["", *_step(one, plan, terminal)]
    if not any(line and not line.lstrip().startswith("#") for line in body):
        body.append("  - note: nothing was typed")
    return "\n".join([*lines, *body]) + "\n"


def _include(path: str, given: Mapping[str, Any]) -> Iterator[str]:
    yield f"  - include: {scalar(path)}"
    if given:
        dumped = yaml.safe_dump(dict(given), allow_unicode=True, default_flow_style=True, width=WIDE).strip()
        yield f"    with: {dumped}"


def _step(one: TypedCommand, plan: Plan, terminal: str) -> Iterator[str]:
    if one.keys:
        yield "  # Typed with single keys (Ctrl-D, Ctrl-Z, a full-screen program): no step can repeat it."
        yield from (f"  # {line}" for line in visible(one.command).split("\n"))
        return
    yield f"  - run: {block(one.command, 6)}"
    there = [f"    terminal: {scalar(terminal)}"] if terminal != "main" else []
    yield from there
    expect = _expect(one, plan)
    if one.interrupted:
        first = one.output.lstrip("\n").partition("\n")[0].strip()
        until = "" if first == "^C" else _SPECIAL.sub(r"\\\g<0>", first)
        yield f"    until: {scalar(until)}"
    elif expect:
        yield f"    expect: {expect}"
    if one.sent:
        yield "    send:"
        yield from (f"      - send: {block(line, 10)}" for line in one.sent)
    if one.interrupted:
        yield f"  - stop: {scalar(terminal)}"
        # Ctrl-C's own status is no finding.
        if expect and not expect.startswith("{"):
            yield f"    expect: {expect}"
    yield from _comment(one.output)


def _expect(one: TypedCommand, plan: Plan) -> str:
    """The least that holds of what the command showed."""
    reading = read_outcome(one.command, one.output, one.exit, plan.outcomes)
    word = reading.word or next(iter(reading.also), None)
    if word is not None:
        return scalar(word)
    leaves = one.command.split()[0] in ("exit", "logout")
    return f"{{exit: {one.exit}}}" if one.exit and not leaves else ""


def _comment(output: str) -> Iterator[str]:
    lines = visible(output).rstrip("\n").split("\n") if output.strip() else []
    yield from (f"    # {line}".rstrip() for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield f"    # … {len(lines) - MOST_LINES} more lines"
