"""Reports for machines, read by what was not written here: xmlschema, junitparser, perl's TAP::Parser, markdown-it."""

import doctest
import importlib
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt

from replayer.events import Began, Ended, Event, Finished, Output, Skipped, Started, from_json
from replayer.formats.reasons import account, reasons
from replayer.reports import REPORTS, cases, events, github, junit, summary, tap, untrusted
from replayer.transcript import Transcript, transcribe
from tests.playing import plan_of

# The rules of a JUnit file, written from two descriptions: the elements, required attributes and forms of time that
# Jenkins' xunit-plugin enforces (junit-10.xsd: at most three decimals, no attribute that it does not name), and the
# `file` and `line` of a test case in the common format (github.com/testmoapp/junitxml), which junit-10.xsd lacks.
RULES = """\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:simpleType name="time"><xs:restriction base="xs:string">
    <xs:pattern value="[0-9]+(\\.[0-9]{0,3})?"/></xs:restriction></xs:simpleType>
  <xs:complexType name="why" mixed="true">
    <xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType>
  <xs:complexType name="case">
    <xs:choice minOccurs="0" maxOccurs="unbounded">
      <xs:element name="skipped" type="why"/><xs:element name="error" type="why"/>
      <xs:element name="failure" type="why"/>
      <xs:element name="system-out" type="xs:string"/><xs:element name="system-err" type="xs:string"/>
    </xs:choice>
    <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string"/>
    <xs:attribute name="time" type="time"/>
    <!-- common --><xs:attribute name="file" type="xs:string"/>
    <!-- common --><xs:attribute name="line" type="xs:positiveInteger"/>
  </xs:complexType>
  <xs:complexType name="suite">
    <xs:sequence>
      <xs:element name="properties" minOccurs="0"><xs:complexType><xs:sequence>
        <xs:element name="property" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
          <xs:attribute name="name" type="xs:string" use="required"/>
          <xs:attribute name="value" type="xs:string" use="required"/></xs:complexType></xs:element>
      </xs:sequence></xs:complexType></xs:element>
      <xs:element name="testcase" type="case" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
    <xs:attribute name="time" type="time"/><xs:attribute name="timestamp" type="xs:dateTime"/>
    <xs:attribute name="file" type="xs:string"/>
  </xs:complexType>
  <xs:element name="testsuites"><xs:complexType>
    <xs:sequence><xs:element name="testsuite" type="suite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute name="name" type="xs:string"/><xs:attribute name="time" type="time"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger"/>
  </xs:complexType></xs:element>
</xs:schema>
"""
COMMON = xmlschema.XMLSchema(RULES)
JENKINS = xmlschema.XMLSchema(re.sub("<!-- common -->.*", "", RULES))

TEXT = """\
title: four steps | and <more>
steps:
  - note: said, not judged
  - run: echo good
  - run: 'echo bad # SKIP not'
    expect: [{contains: nowhere}, {exit: 1}]
  - run: no-such-program
  - run: echo never
  - run: echo last
"""
HOSTILE = """\
]]></failure></system-out><evil/>
```
~~~
::error::x
##[error]y
not ok 99
Bail out!
  ...
\x1b[31m\x00\ufffe\udcff\u2028&|%
"""
DONE = Finished(9.0)


def played(output: str = "bad\n", name: str = "scenario", finished: Finished | None = DONE) -> Transcript:
    """Its second judged step fails, its third errs, its fourth is skipped, its last is not reached."""
    plan = replace(plan_of(TEXT), name=name)
    happened: list[Event] = [Began(0.0, "2026-01-31T12:34:56+00:00", {"kernel": "6.1"})]
    for index, out, status in ((1, "good\n", 0), (2, output, 0), (3, "bash: no-such-program: not found\n", 127)):
        happened += [Started(1.0, index, "main", plan.steps[index].text), Output(1.5, "main", out)]
        happened.append(Ended(2.25, index, "exit", status))
    happened.append(Skipped(4.0, "when false", 4))
    return transcribe(plan, happened + ([finished] if finished else []))


def passing(name: str = "good") -> Transcript:
    plan = replace(plan_of("steps: [{run: echo x}]"), name=name)
    happened: list[Event] = [Began(0.0, "2026-01-31T12:34:56+00:00"), Started(0.0, 0, "main", "echo x")]
    happened += [Output(0.1, "main", "x\n"), Ended(0.2, 0, "exit", 0), Finished(0.25)]
    return transcribe(plan, happened)


def skipped() -> Transcript:
    plan = replace(plan_of("steps: [{run: echo x}]"), name="skipped")
    return transcribe(plan, [Began(0.0, ""), Skipped(0.0, "no command 'tc'"), Finished(0.1)])


@pytest.mark.parametrize("module", ["cases", "events", "github", "junit", "summary", "tap", "untrusted"])
def test_the_examples_in_the_docstrings_are_true(module: str) -> None:
    assert doctest.testmod(importlib.import_module(f"replayer.reports.{module}")).failed == 0


# -- JUnit ------------------------------------------------------------------------------------------------


def junit_of(*transcripts: Transcript, **more: cases.Differences) -> ET.Element:
    """The document's root, after both sets of rules found nothing wrong and junitparser read it."""
    text = junit.render(transcripts, **more)
    COMMON.validate(text)
    root = ET.fromstring(text)
    for case in root.iter("testcase"):
        assert case.attrib.pop("file")
        assert case.attrib.pop("line")
    JENKINS.validate(ET.tostring(root, encoding="unicode"))
    assert len(list(JUnitXml.fromstring(text.encode()))) == len(transcripts)
    return ET.fromstring(text)


def test_the_rules_refuse_what_they_should() -> None:
    for wrong in (
        "<testsuite name='x' tests='0' failures='0'/>",
        "<testsuite name='x' tests='0' failures='0' errors='0' time='0.1234'/>",
        "<testsuite name='x' tests='1' failures='0' errors='0'><testcase/></testsuite>",
    ):
        assert not COMMON.is_valid(f"<testsuites>{wrong}</testsuites>")
    case = "<testcase name='x' file='x' line='1'/>"
    whole = f"<testsuites><testsuite name='x' tests='1' failures='0' errors='0'>{case}</testsuite></testsuites>"
    assert COMMON.is_valid(whole)
    assert not JENKINS.is_valid(whole)


def test_junit_has_a_case_for_each_judged_step() -> None:
    root = junit_of(passing(), played())
    suite = root[1]
    assert suite.attrib == {
        "name": "scenario",
        "tests": "5",
        "failures": "1",
        "errors": "1",
        "skipped": "2",
        "time": "9.000",
        "file": "test.yaml",
        "timestamp": "2026-01-31T12:34:56",
    }
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("6", "1", "1")
    found = {case.get("name"): case for case in suite.iter("testcase")}
    assert list(found) == [
        "2 echo good",
        "3 echo bad # SKIP not",
        "4 no-such-program",
        "5 echo never",
        "6 echo last",
    ]
    good = found["2 echo good"]
    assert (good.get("classname"), good.get("file"), good.get("line")) == ("scenario", "test.yaml", "4")
    assert (good.get("time"), good.findtext("system-out")) == ("1.250", "good\n")
    bad = found["3 echo bad # SKIP not"].find("failure")
    assert bad is not None
    said = "expected output containing 'nowhere', observed not in the output; "
    assert bad.get("message") == said + "expected exit status 1, observed exit status 0"
    entry = next(e for e in played().entries if e.verdict and e.verdict.word == "failed")
    assert bad.text == "\n".join(reasons(entry))
    assert "test.yaml:6:" in (bad.text or "")
    assert found["4 no-such-program"].find("error") is not None


def test_junit_tells_of_scenarios_that_were_skipped_or_erred_as_a_whole() -> None:
    root = junit_of(skipped(), played(finished=None), played(finished=Finished(1.0, "errored", "no sandbox\nat all")))
    [why] = root[0].iter("skipped")
    assert why.get("message") == "no command 'tc'"
    for suite, message in ((root[1], "the recording ends before the run did"), (root[2], "no sandbox at all")):
        whole = next(case for case in suite.iter("testcase") if case.get("name") == "scenario")
        error = whole.find("error")
        assert error is not None
        assert error.get("message") == message


def test_a_difference_from_the_golden_fails_in_every_report() -> None:
    good = passing()
    differs = {(good.plan.path, good.plan.name): "--- golden\n+++ run\n-x\n+y\n"}
    root = junit_of(good, differences=differs)
    assert root.get("failures") == "1"
    assert "not ok 2 - good: golden" in tap.render([good], differs)
    assert "::error file=test.yaml,line=1,title=good%3A golden failed::--- golden%0A+++ run" in github.annotations(
        [good], differs
    )
    assert "```diff\n--- golden\n+++ run\n-x\n+y\n```\n" in summary.render([good], differs)
    assert "❌ failed" in summary.render([good], differs)


def test_no_report_says_less_than_the_verdict() -> None:
    plan = plan_of("steps: [{note: only this}]")
    root = junit_of(transcribe(plan, [Began(0.0, ""), Finished(0.1)]))
    assert (root[0].get("tests"), root[0].get("skipped")) == ("1", "1")
    plan = plan_of("steps: [{run: echo x, capture: {x: 'y(.)'}}, {run: 'echo {{ x }}'}]")
    happened: list[Event] = [Began(0.0, ""), Started(0.0, 0, "main", "echo x"), Ended(0.1, 0, "exit", 0)]
    done = transcribe(plan, [*happened, Skipped(0.2, "x was not captured", 1), Finished(0.3)])
    assert (done.verdict, junit_of(done)[0].get("failures"), junit_of(done)[0].get("skipped")) == ("failed", "1", "1")
    first = Skipped(0.1, "when not now", 0)
    done = transcribe(plan, [Began(0.0, ""), first, Skipped(0.2, "x was not captured", 1), Finished(0.3)])
    assert (done.verdict, junit_of(done)[0].get("errors")) == ("errored", "1")
    assert "x was not captured" in account(done)


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=80) | st.sampled_from([HOSTILE, "\ud800", "\r\n\t\x85\u2028"]))
def test_no_output_breaks_a_report(output: str) -> None:
    transcript = played(output)
    junit_of(transcript)
    number, _, described = tap_of([transcript])[1]
    assert (number, described) == (2, "- scenario: 3 echo bad \\# SKIP not")
    assert {line[:8] for line in github.annotations([transcript]).split("\n")[:-1]} <= {
        "::error ",
        "::warnin",
        "::notice",
    }
    assert headings(summary.render([transcript])) == 1
    for report in REPORTS.values():
        report([transcript]).encode("utf-8")


def test_a_long_output_is_cut_in_reports() -> None:
    text = junit.render([played("x" * 1_000_000)])
    assert len(text) < 300_000
    assert "900000 characters left out" in text


# -- TAP --------------------------------------------------------------------------------------------------


def tap_of(transcripts: list[Transcript]) -> list[tuple[int, bool, str]]:
    """Number, whether it is ok and description of each test, as this test reads them; the YAML is read too."""
    text = tap.render(transcripts)
    found = re.findall(r"^(not )?ok (\d+) (- .*?)(?: # SKIP .*)?$", text, re.MULTILINE)
    for block in re.findall(r"^  ---\n(.*?)^  \.\.\.$", text, re.MULTILINE | re.DOTALL):
        assert yaml.safe_load(block)["severity"] in ("fail", "error")
    return [(int(number), not bad, described) for bad, number, described in found]


PERL = r"""
use TAP::Parser; local $/; my $p = TAP::Parser->new({tap => <STDIN>});
while (my $r = $p->next) {
  my @is = ($r->type);
  push @is, $r->is_ok ? "ok" : "bad", $r->number, $r->description, $r->directive, $r->explanation if $r->is_test;
  push @is, $r->data->{severity}, $r->data->{at}{line}, scalar @{$r->data->{reasons}} if $r->is_yaml;
  print join("|", @is), "\n" }
my @end = ($p->plan, $p->version, join(",", $p->parse_errors), scalar($p->failed), scalar($p->skipped));
print join("|", "end", @end), "\n";
"""


@pytest.mark.skipif(shutil.which("prove") is None, reason="no TAP::Parser (apt-get install perl)")
@pytest.mark.parametrize("output", ["bad\n", HOSTILE], ids=["plain", "hostile"])
def test_perls_tap_parser_reads_the_document(output: str) -> None:
    done = subprocess.run(
        ["perl", "-e", PERL],
        input=tap.render([passing(), played(output), skipped()]).encode(),
        capture_output=True,
        check=True,
    )
    lines = done.stdout.decode().splitlines()
    assert lines[-1].startswith("end|1..7|13||2|3"), lines
    assert "test|ok|1|- good: 1 echo x||" in lines
    assert "test|bad|3|- scenario: 3 echo bad \\# SKIP not||" in lines
    assert "test|ok|7|- skipped: scenario|SKIP|no command 'tc'" in lines
    assert [line.split("|")[:3] for line in lines if line.startswith("yaml")] == [
        ["yaml", "fail", "6"],
        ["yaml", "error", "7"],
    ]
    assert "unknown" not in {line.split("|")[0] for line in lines}


@pytest.mark.skipif(shutil.which("prove") is None, reason="no prove (apt-get install perl)")
def test_prove_runs_the_document(tmp_path: Path) -> None:
    for name, transcripts, status in (("a", [passing(), skipped()], 0), ("b", [passing(), played()], 1), ("c", [], 0)):
        path = tmp_path / f"{name}.tap"
        path.write_text(tap.render(transcripts), encoding="utf-8")
        done = subprocess.run(["prove", "-e", "cat", path], capture_output=True, text=True, check=False)
        assert done.returncode == status, done.stdout + done.stderr


# -- GitHub -----------------------------------------------------------------------------------------------


def test_annotations_name_the_place_and_are_escaped() -> None:
    first, second = github.annotations([played("100%\n")]).splitlines()
    assert first.startswith("::error file=test.yaml,line=6,title=scenario%3A 3 echo bad # SKIP not failed::at  ")
    assert "%0Aobserved  not in the output%0A" in first
    assert first.endswith("%0Aoutput    100%25")
    assert second.startswith("::error file=test.yaml,line=7,title=scenario%3A 4 no-such-program errored::")
    odd = github.annotations([played(name="a,b:c%")])
    assert "title=a%2Cb%3Ac%25%3A 3" in odd
    assert github.annotations([skipped()]) == (
        "::notice file=test.yaml,line=1,title=skipped skipped::no command 'tc'\n"
    )
    assert github.annotations([passing()]) == ""


def test_of_many_errors_those_of_whole_scenarios_come_first() -> None:
    lines = github.annotations([played(name=f"s{n}") for n in range(6)]).splitlines()
    assert len(lines) == 6 + 12
    assert [re.findall("title=(.*?)::", line)[0] for line in lines[:7]] == [
        *(f"s{n} errored" for n in range(6)),
        "s0%3A 3 echo bad # SKIP not failed",
    ]
    assert "::1 passed, 1 failed, 1 errored, 2 skipped%0A3 echo bad" in lines[0]


def test_what_a_run_prints_can_be_kept_from_the_runner() -> None:
    assert github.stop("0123456789abcdef") == "::stop-commands::0123456789abcdef\n"
    assert github.resume("0123456789abcdef") == "::0123456789abcdef::\n"


def headings(markdown: str) -> int:
    """The headings of a document, after it was seen that nothing in it became HTML, a link or a broken table."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    inner = [child for token in tokens for child in token.children or ()]
    assert not {t.type for t in [*tokens, *inner]} & {"html_block", "html_inline", "link_open", "image"}
    rows = "".join("r" if t.type == "tr_open" else "d" for t in tokens if t.type in ("tr_open", "td_open", "th_open"))
    assert {len(row) for row in rows.split("r")[1:]} == {7}
    fences = [t.content for t in tokens if t.type == "fence"]
    assert len(fences) == 2
    return sum(1 for t in tokens if t.type == "heading_open")


def test_the_summary_is_a_table_and_the_reasons() -> None:
    text = summary.render([passing(), played()])
    assert text.startswith("### replay: 1 passed, 1 errored\n")
    assert "| good | ✅ passed | 1 | 0 | 0 | 0 | 0.25 s |\n" in text
    assert "| scenario: four steps \\| and \\<more\\> | 💥 errored | 1 | 1 | 1 | 2 | 9.00 s |\n" in text
    why = "- output containing 'nowhere'\n+ not in the output\n- exit status 1\n+ exit status 0\n  output    bad\n"
    assert why in text
    assert headings(text) == 1


def test_the_summary_stays_within_what_github_takes() -> None:
    text = summary.render([played("x" * 20_000 + "\n", name=f"s{n}") for n in range(300)])
    assert len(text.encode()) < 1_000_000
    assert re.search(r"… and \d+ more; this page holds no more of them", text)


# -- the event stream -------------------------------------------------------------------------------------


@given(st.text(alphabet=st.characters()), st.text(alphabet=st.characters()))
def test_the_event_stream_is_json_lines(name: str, text: str) -> None:
    event = Output(0.5, "main", text)
    line = events.line(name, event)
    data = json.loads(line.encode("utf-8"))
    assert "\n" not in line
    assert list(data)[:2] == ["scenario", "event"]
    assert data.pop("scenario") == name
    assert from_json(json.dumps(data)) == event


def test_reports_are_in_one_dict() -> None:
    assert list(REPORTS) == ["junit", "tap", "github", "summary"]
    assert untrusted.cleaned("tab\tline\nend") == "tab\tline\nend"
