"""All formats by name. Whoever needs one alone imports it: the page and its pictures take time to import."""

from collections.abc import Callable, Mapping

from replayer.formats import full, html, json, markdown, text
from replayer.transcript import Transcript

FORMATS: dict[str, Callable[..., str]] = {
    "text": text.render,
    "full": full.render,
    "json": json.render,
    "html": html.render,
    "markdown": markdown.render,
}
# What a rendering refers to when it is a file: name -> content, in the `folder` that the format is told.
FILES: dict[str, Callable[[Transcript], Mapping[str, str]]] = {"markdown": markdown.pictures}
