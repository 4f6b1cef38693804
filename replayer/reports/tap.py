"""The Test Anything Protocol, version 13 (https://testanything.org/tap-version-13-specification.html).

Flat: a test line for each judged step, diagnostics of what did not pass as a YAML block. Version 13 and not 14,
because perl's own TAP::Parser refuses documents that say 14.
"""

import json
import re
from collections.abc import Iterator, Sequence

from replayer.reports.cases import Case, Differences, Suite, suites
from replayer.reports.untrusted import one_line
from replayer.transcript import Transcript


def render(transcripts: Sequence[Transcript], differences: Differences | None = None) -> str:
    """The document.

    >>> print(render([]))
    TAP version 13
    1..0 # SKIP nothing was judged
    <BLANKLINE>
    """
    found = suites(transcripts, differences)
    cases = [(suite, case) for suite in found for case in suite.cases]
    lines = ["TAP version 13", f"1..{len(cases)}" if cases else "1..0 # SKIP nothing was judged"]
    told: Suite | None = None
    for number, (suite, case) in enumerate(cases, 1):
        if suite is not told:
            told = suite
            lines.append("# " + one_line(f"{suite.name} {suite.path} {suite.title}".rstrip()))
        lines += _test(number, suite, case)
    return "\n".join(lines) + "\n"


def _test(number: int, suite: Suite, case: Case) -> Iterator[str]:
    ok = "not ok" if case.bad else "ok"
    # A test line: 'ok 3 - vepa: 4 ping -c 1 192.168.0.1 # SKIP why'. `#` begins a directive.
    line = f"{ok} {number} - {_description(f'{suite.name}: {case.name}')}"
    yield f"{line} # SKIP {one_line(case.message)}" if case.word == "skipped" else line
    if case.bad:
        yield "  ---"
        yield from (f"  {line}" for line in _diagnostics(case))
        yield "  ..."
    yield from (f"# warning: {one_line(warning)}" for warning in case.warnings)


def _diagnostics(case: Case) -> Iterator[str]:
    """YAML that simple readers understand too: values are JSON strings, lists are of such."""
    yield f"message: {_quoted(case.message)}"
    yield f"severity: {'fail' if case.word == 'failed' else 'error'}"
    yield "at:"
    yield f"  file: {_quoted(case.place.file)}"
    yield f"  line: {case.place.line}"
    yield f"duration_ms: {case.seconds * 1000:.3f}"
    yield "reasons:"
    yield from (f"  - {_quoted(line)}" for line in case.reasons)


def _quoted(text: str) -> str:
    # TAP::Parser knows no \u escapes; YAML would break a line at U+2028.
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _description(text: str) -> str:
    return one_line(text).replace("\\", "\\\\").replace("#", "\\#")
