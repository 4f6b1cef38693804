"""`replay show`: the plan of a scenario."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from replayer.cli.common import plans_of, variables
from replayer.formats import shell
from replayer.formats.text import command_lines
from replayer.plan import Plan, PlannedStep, Rule
from replayer.planned import to_data
from replayer.problems import visible
from replayer.project import UsageError

# How the plan shows a variable that a step will capture.
CAPTURED = "{{{{ {} }}}}"
FORMATS = ("plan", "shell", "json")


def show_scenario(path: Path, format: str, var: Sequence[str], vars_file: Path | None) -> str:
    """The text to print; raises UsageError for an unknown format."""
    if format not in FORMATS:
        raise UsageError(f"--format: {format!r} is not known; one of {', '.join(FORMATS)}")
    plans = plans_of([path], variables(var, vars_file))
    if format == "json":
        found = [to_data(plan) for plan in plans]
        return json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2) + "\n"
    if format == "shell":
        if len(plans) > 1:
            names = ", ".join(plan.name for plan in plans[:3])
            raise UsageError(f"{path}: a matrix makes {len(plans)} plans of it ({names}, …); choose one with --var")
        return shell.render(plans[0])
    return visible("\n".join("\n".join(_plan(plan)) + "\n" for plan in plans))


def _plan(plan: Plan) -> Iterator[str]:
    yield f"{plan.name}: {plan.title}" if plan.title else plan.name
    needs = plan.requires
    kernel = [f"kernel {needs.kernel}"] if needs.kernel else []
    links, labels = (f"link {kind}" for kind in needs.links), (f"label {label}" for label in plan.labels)
    if required := [*needs.commands, *links, *kernel, *labels]:
        yield f"requires {', '.join(required)}"
    section = "steps"
    for step in plan.steps:
        if step.section != section:
            section = step.section
            yield f"-- {section}"
        yield from _step(plan, step)


def _step(plan: Plan, step: PlannedStep) -> Iterator[str]:
    number = f"{step.index + 1:>4}  "
    terminal = f"[{step.terminal}] " if step.terminal != "main" else ""
    if step.kind == "note":
        lines = step.text.rstrip("\n").split("\n")
    elif step.kind == "run":
        lines = [
            terminal + line if i == 0 else line
            for i, line in enumerate(command_lines(shell.filled(plan, step, CAPTURED)))
        ]
    elif step.kind == "pause":
        lines = [f"wait {step.pause:g} s"]
    else:
        lines = [terminal + step.kind + (f" {step.text}" if step.kind == "send" else "")]
    for line in lines:
        yield number + line
        number = " " * 6
    if step.when:
        yield f"{'':8}when {step.when}"
    if step.until:
        yield f"{'':8}until /{step.until}/"
    for pattern, line in step.dialogue:
        yield f"{'':8}send {line!r}" + (f" when /{pattern}/ is seen" if pattern else "")
    for rule in step.rules:
        yield f"{'':8}expect {described(rule)}"
    if step.eventually:
        yield f"{'':8}eventually, within {step.eventually[0]:g} s, every {step.eventually[1]:g} s"
    for name, pattern in step.capture.items():
        yield f"{'':8}capture {name} = /{pattern}/"


def described(rule: Rule) -> str:
    """An expectation on one line."""
    match rule.kind:
        case "outcome":
            return str(rule.value)
        case "exit":
            return "exit " + " or ".join(map(str, rule.value))
        case "json":
            return f"json {rule.value[0]} = {rule.value[1]}"
        case "within":
            return f"within {rule.value:g} s"
        case "matches":
            return f"matches /{rule.value}/"
        case "output":
            first, *rest = rule.value.rstrip("\n").split("\n")
            return f"output {first}" + (f" … ({len(rest)} more lines)" if rest else "")
        case _:
            return f"{rule.kind} {rule.value!r}"
