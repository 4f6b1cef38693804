"""JUnit XML, as CI systems read it: a test suite a scenario, a test case a judged step.

Elements and attributes are those of Jenkins' junit-10.xsd (xunit-plugin), times in seconds with three decimals
as it asks. `file` and `line` of a test case, which that schema lacks and GitLab, CircleCI and others show, are
those of the common format at https://github.com/testmoapp/junitxml.
"""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from replayer.reports.cases import Case, Differences, Suite, suites
from replayer.reports.untrusted import cleaned
from replayer.transcript import Transcript

ELEMENTS = {"failed": "failure", "errored": "error", "skipped": "skipped"}


def render(transcripts: Sequence[Transcript], differences: Differences | None = None) -> str:
    """The document; write it in UTF-8.

    >>> print(render([]))
    <?xml version="1.0" encoding="utf-8"?>
    <testsuites name="replay" tests="0" failures="0" errors="0" time="0.000" />
    <BLANKLINE>
    """
    found = suites(transcripts, differences)
    root = ET.Element("testsuites", name="replay")
    root.attrib |= {
        "tests": str(sum(len(s.cases) for s in found)),
        "failures": str(sum(s.count("failed") for s in found)),
        "errors": str(sum(s.count("errored") for s in found)),
        "time": _time(sum(s.seconds for s in found)),
    }
    for suite in found:
        root.append(_suite(suite))
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(suite: Suite) -> ET.Element:
    element = ET.Element("testsuite", name=suite.name)
    element.attrib |= {
        "tests": str(len(suite.cases)),
        "failures": str(suite.count("failed")),
        "errors": str(suite.count("errored")),
        "skipped": str(suite.count("skipped")),
        "time": _time(suite.seconds),
        "file": suite.path,
    }
    if suite.clock:
        element.set("timestamp", suite.clock[: len("2026-01-31T12:34:56")])
    facts = {"title": suite.title, **suite.machine}
    properties = ET.SubElement(element, "properties")
    for name, value in facts.items():
        if value:
            ET.SubElement(properties, "property", name=name, value=cleaned(value))
    if not len(properties):
        element.remove(properties)
    for case in suite.cases:
        element.append(_case(suite, case))
    return element


def _case(suite: Suite, case: Case) -> ET.Element:
    element = ET.Element("testcase", name=case.name, classname=suite.name, file=case.at.file)
    element.attrib |= {"line": str(case.at.line), "time": _time(case.seconds)}
    if case.word in ELEMENTS:
        why = ET.SubElement(element, ELEMENTS[case.word], message=case.message)
        if case.word != "skipped":
            why.set("type", case.word)
            why.text = "\n".join(case.reasons)
    if case.output:
        ET.SubElement(element, "system-out").text = case.output
    if case.warnings:
        ET.SubElement(element, "system-err").text = "".join(f"warning: {w}\n" for w in case.warnings)
    return element


def _time(seconds: float) -> str:
    return f"{max(seconds, 0.0):.3f}"
