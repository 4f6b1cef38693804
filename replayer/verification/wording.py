"""What is claimed and what was observed, in words for a table."""

import re
from collections.abc import Iterator, Sequence

from replayer.expectations import Finding, Verdict
from replayer.outcomes import runs_tcpdump
from replayer.sources.session import Claim
from replayer.transcript import Entry
from replayer.verification.causes import Question

# So much of a line stands in a table.
_MOST = 100
_NO_PACKET = re.compile(r"^(?:\^C)?0 packets captured$", re.MULTILINE)
# Observed of a claim that holds though the first try failed.
LATE = "不通 at once, 通 a moment later"


def said(entry: Entry, verdict: Verdict) -> str:
    """What a command that failed printed, if that is short, else how it ended."""
    lines = [line.strip() for line in entry.text.splitlines() if line.strip()]
    return _short(lines[-1], 2 * _MOST) if 0 < len(lines) <= 4 else verdict.findings[0].observed


def claimed(claim: Claim | None) -> str:
    """What is claimed, in words."""
    if claim is None:
        return "it runs"
    match claim.kind:
        case "outcome":
            return claim.value
        case "empty":
            return "no output"
        case "exit":
            return f"exit status {claim.value}"
        case "fails":
            return f"it fails: {_short(claim.value)}" if claim.value else "it fails"
        case "contains":
            return f"{_short(claim.value)!r} in the output"
        case "matches":
            return f"output matching /{_short(claim.value)}/"
        case "output":
            return f"prints {_short(next(_telling(claim.lines), '...'))}"


def _telling(lines: Sequence[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip() not in ("", "..."))


def seen(claim: Claim, entry: Entry, question: Question) -> str:
    """What was observed of a claim that holds."""
    if claim.kind == "outcome":
        return question.observed or claim.value
    if claim.kind == "exit":
        return f"exit status {entry.exit}"
    known = entry.verdict.known if claim.kind == "output" and entry.verdict else ()
    # Other versions of a tool, another kernel's defaults: forgiven, and named.
    return f"as claimed, but for {', '.join(known)}" if known else "as claimed"


def differs(claim: Claim, finding: Finding, question: Question) -> str:
    """What was observed of a claim that does not hold."""
    if claim.kind in ("output", "contains", "matches") and _caught_nothing(question):
        return "no packet was captured"
    if claim.kind == "outcome" and question.observed:
        return question.observed
    if claim.kind == "outcome" and finding.observed.startswith("no outcome") and not question.printed.strip():
        return "nothing was printed"
    if claim.kind == "outcome":
        return _short(finding.observed.removeprefix("no outcome: "))
    if claim.kind == "output" and finding.expected.startswith("output line"):
        line = finding.expected.partition(": ")[2]
        if finding.observed.startswith("the output ends before"):
            return _short(finding.observed, 2 * _MOST)
        if finding.observed.startswith("the fixed text differs"):
            return _short(f"{finding.observed}, in: {line}", 2 * _MOST)
        return _short(f"{line}: {finding.observed}", 2 * _MOST)
    if claim.kind == "fails" and finding.observed == "not in the output":
        told = next(_telling(question.printed.splitlines()), "")
        return f"it printed {_short(told)}" if told else "it printed nothing"
    return _short(finding.observed, 2 * _MOST)


def repeats(cause: str, observed: str) -> bool:
    """Whether a cause says only what was observed, which may be cut short."""
    told = observed.removesuffix(" …")
    return cause in observed or (told != observed and told in cause)


def _caught_nothing(question: Question) -> bool:
    """Whether a capture saw nothing, and did on its author's machine."""
    return (
        runs_tcpdump(question.command)
        and _NO_PACKET.search(question.printed) is not None
        and _NO_PACKET.search(question.documented) is None
    )


def _short(text: str, most: int = _MOST) -> str:
    first, *rest = text.strip().split("\n")
    return first[:most] + (" …" if rest or len(first) > most else "")
