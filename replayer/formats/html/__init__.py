"""A run as one web page: a file of its own that asks the network for nothing and trusts nothing that was printed.

Jinja escapes all text of a run; what the page's script needs besides stands in a block of JSON. A policy in the
page's head (Content-Security-Policy, level 3) names the hashes of the page's own styles and script: nothing else
runs or is fetched, whatever stands in the text.
"""

import base64
import functools
import hashlib
import importlib.resources
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from replayer.expectations import Word
from replayer.formats import chinese
from replayer.formats.html.painted import Palette
from replayer.formats.html.views import Against, Page, page_of
from replayer.formats.verified import COLORS, brief, counted, others_told
from replayer.picture import picture_of
from replayer.transcript import Transcript
from replayer.verification import Report
from replayer.verification.copying import MARK, Annotated

__all__ = ["Against", "Listed", "listed", "render", "render_checked", "render_index"]

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the index: a scenario that was played, and where its page is."""

    page: Page
    href: str  # a relative URL


def render(transcript: Transcript, against: Against | None = None) -> str:
    """The page of a run; `against`: its transcript beside the golden, where there is one."""
    palette = Palette()
    page = page_of(transcript, palette, against)
    network = picture_of(transcript)
    if network is not None:
        page.data["changes"] = {at: sorted(ids) for at in range(len(page.steps)) if (ids := network.changes(at))}
    picture = Markup(network.moving()) if network is not None else ""
    return _document(
        "page.html.j2", page.plan.title or page.plan.name, ["words.js", "page.js"], palette, page=page, picture=picture
    )


def render_index(listed: Sequence[Listed], title: str) -> str:
    """A page that leads to the pages of many runs."""
    return _document("index.html.j2", title, ["words.js"], Palette(), listed=listed, words=_tally(listed))


def render_checked(copy: Annotated, report: Report, tutorial: str, machine: Mapping[str, str], clock: str) -> str:
    """An annotated copy of a tutorial: a table of its claims, then its lines with what was found of them."""
    lines = [line for part, _ in copy.parts for line in part]
    return _document(
        "checked.html.j2",
        copy.title,
        ["words.js"],
        Palette(),
        mark=MARK,
        tutorial=tutorial,
        source=copy.source if copy.source.startswith(("https://", "http://")) else "",
        machine=machine,
        clock=clock,
        counts=counted(report.claims),
        classes=COLORS,
        others=others_told(report),
        others_zh=chinese.others(report),
        chinese=chinese.chinese,
        found=report.found,
        parts=copy.parts,
        first={line.number: line for line in reversed(lines) if line.number},
        brief=brief,
    )


def listed(transcript: Transcript, against: Against | None, href: str) -> Listed:
    """What the index says of a run."""
    return Listed(page_of(transcript, Palette(), against, steps=False), href)


def _tally(listed: Sequence[Listed]) -> list[tuple[Word, int]]:
    found = [one.page.verdict for one in listed]
    every: tuple[Word, ...] = ("passed", "failed", "errored", "skipped")
    return [(word, found.count(word)) for word in every if word in found]


def _document(
    template: str, title: str, scripts: Sequence[str], palette: Palette, mark: str = "", **values: object
) -> str:
    """`mark`: a comment in the page's head."""
    # The palette's colours are known once the body is there.
    body = _environment().get_template(template).render(title=title, **values)
    style = Markup(_file("page.css") + palette.rules())
    script = Markup("(() => {\n'use strict';\n" + "\n".join(map(_file, scripts)) + "})();\n")
    # A picture brings its own styles.
    inner = re.findall(r"<style>(.*?)</style>", body, re.DOTALL)
    text = (
        _environment()
        .get_template("document.html.j2")
        .render(
            title=title,
            mark=Markup(mark),
            body=Markup(body),
            style=style,
            script=script,
            style_hashes=[_hash(style) for style in (style, *inner)],
            script_hash=_hash(script),
        )
    )
    return _SURROGATE.sub("\ufffd", text)


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("replayer.formats.html", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@functools.cache
def _file(name: str) -> str:
    return importlib.resources.files("replayer.formats.html").joinpath(name).read_text(encoding="utf-8")
