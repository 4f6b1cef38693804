"""What renders a transcript for readers: one file each, in one dict."""

from collections.abc import Callable

from replayer.formats import full, html, json, text
from replayer.transcript import Transcript

FORMATS: dict[str, Callable[[Transcript], str]] = {
    "text": text.render,
    "full": full.render,
    "json": json.render,
    "html": html.render,
}
