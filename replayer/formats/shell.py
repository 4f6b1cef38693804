"""A plan as a bash script that a person can run by hand, in a network namespace of its own."""

import re
import shlex
from collections.abc import Iterator

from replayer.plan import Plan, PlannedStep
from replayer.problems import visible

HEAD = """\
#!/usr/bin/env bash
# {title}
# Made from {path} by `replay show --format shell`. It changes the network of the machine it runs on; to
# keep that from happening, run it in a throwaway namespace:
#   sudo unshare --net --mount sh -c 'mount -t tmpfs tmpfs /run; mount -t sysfs sysfs /sys; bash {script}'
# What each command is expected to show stands behind `#=`; nothing here checks it.
set -m   # so that Ctrl-C reaches commands in the background
"""


def render(plan: Plan) -> str:
    """The script. Expectations stand as comments; commands of other terminals run in the background."""
    title = " ".join((plan.title or plan.name).split())
    lines = [HEAD.format(title=visible(title), path=visible(plan.path), script=f"{visible(plan.name)}.sh")]
    for step in plan.steps:
        lines += _step(plan, step)
    return "\n".join(lines) + "\n"


def _step(plan: Plan, step: PlannedStep) -> Iterator[str]:
    if step.when:
        yield _comment("# The next step is played only when", step.when)
    match step.kind:
        case "note":
            yield ""
            yield from (f"# {line}" for line in step.text.rstrip("\n").split("\n"))
        case "run":
            yield from _run(plan, step)
        case "stop":
            yield f'kill -INT "${{{_job(step.terminal)}}}"; wait "${{{_job(step.terminal)}}}"'
        case "wait" if step.until:
            yield _comment("sleep 3   #", f"until {_job(step.terminal)} shows /{step.until}/")
        case "wait":
            yield f'wait "${{{_job(step.terminal)}}}"'
        case "pause":
            yield f"sleep {step.pause:g}"
        case "send":
            yield _comment("#", f"type into terminal {step.terminal}: {step.text}")
    if step.eventually:
        yield _comment("#=", f"eventually, within {step.eventually[0]:g} s: run it again until that holds")
    yield from (_comment("#=", f"{rule.kind}: {rule.value}") for rule in step.rules)


def _run(plan: Plan, step: PlannedStep) -> Iterator[str]:
    command = filled(plan, step, "${{{}}}")
    if step.until is not None:
        if "\n" in command:
            command = "{ " + command + "\n}"
        yield f"{command} & {_job(step.terminal)}=$!"
        yield _comment("sleep 1   #", f"until it shows /{step.until}/")
    elif step.capture:
        yield f'output=$({command}); printf "%s\\n" "$output"'
        for name, pattern in step.capture.items():
            program = (
                "import re,sys; m=re.search(sys.argv[1], sys.stdin.read(), re.M); print(m[1] if m.re.groups else m[0])"
            )
            yield f'{name}=$(printf "%s\\n" "$output" | python3 -c {shlex.quote(program)} {shlex.quote(pattern)})'
    else:
        yield command
    for asked, line in step.dialogue:
        yield _comment("#", f"when it shows /{asked or ''}/, type: {line}")


def filled(plan: Plan, step: PlannedStep, captured: str) -> str:
    """A step's text with all filled that is known before the run; `captured` shows the name of what is not."""
    return step.fill(step.text, {name: captured.format(name) for other in plan.steps for name in other.capture})


def _job(terminal: str) -> str:
    return "job_" + re.sub(r"\W", "_", terminal)


def _comment(sign: str, text: str) -> str:
    """A text as comment, each of its lines: none of it may become a command."""
    first, *rest = visible(text).rstrip("\n").split("\n")
    return "\n".join([f"{sign} {first}", *(f"#   {line}" for line in rest)])
