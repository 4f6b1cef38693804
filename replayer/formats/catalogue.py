"""All formats by name. Whoever needs one alone imports it: the page and its pictures take time to import."""

from collections.abc import Callable, Mapping

from replayer.formats import cast, fragment, full, html, json, markdown, still, text
from replayer.transcript import Transcript

FORMATS: dict[str, Callable[..., str]] = {
    "text": text.render,
    "full": full.render,
    "json": json.render,
    "html": html.render,
    "markdown": markdown.render,
    "cast": cast.render,
    "svg": still.render,
    "fragment": fragment.render,
}
# What else a format takes, of what the command line gives: see there.
OPTIONS: dict[str, tuple[str, ...]] = {
    "cast": ("terminal", "idle"),
    "svg": ("step", "terminal"),
    "fragment": ("step",),
}
# What a rendering refers to when it is a file: name -> content, in the `folder` that the format is told.
FILES: dict[str, Callable[[Transcript], Mapping[str, str]]] = {"markdown": markdown.pictures}
