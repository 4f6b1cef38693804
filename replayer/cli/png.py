"""SVG -> PNG, with whichever converter is here: none of them is needed for anything else."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from replayer.problems import ReplayError

_SCALE = 2  # pixels of the PNG for one of the SVG: sharp on today's screens
_PATIENCE = 60.0  # seconds for a converter
_CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def to_png(svg: str) -> bytes:
    """Raises ReplayError where there is no converter, or where it fails. The SVG has plain colours."""
    for converter in (_resvg, _rsvg, _inkscape, _chromium):
        png = converter(svg)
        if png is not None:
            return png
    raise ReplayError(
        "no converter to PNG is here; pip install 'replay-scenarios[png]', or install rsvg-convert "
        "(apt-get install librsvg2-bin), inkscape or chromium (not for root); SVG needs none (-o net.svg)"
    )


def lacks_chinese() -> bool:
    """Whether no font here has 通: then the picture shows boxes in its place."""
    listed = _said("fc-list", ":lang=zh", "family")
    return listed is not None and not listed.strip()


def _resvg(svg: str) -> bytes | None:
    try:
        from resvg_py import svg_to_bytes
    except ImportError:
        return None
    try:
        return bytes(
            svg_to_bytes(
                svg_string=svg,
                zoom=_SCALE,
                sans_serif_family=_family("sans-serif"),
                monospace_family=_family("monospace"),
            )
        )
    except ValueError as error:
        raise ReplayError(f"resvg cannot draw the picture: {error}") from error


def _family(generic: str) -> str | None:
    """What fontconfig takes for a generic family: resvg asks it not, and would take one that may not be here."""
    return (_said("fc-match", "-f", "%{family[0]}", generic) or "").strip() or None


def _rsvg(svg: str) -> bytes | None:
    return _converted("rsvg-convert", svg, lambda path, source, target: [path, "-z", str(_SCALE), "-o", target, source])


def _inkscape(svg: str) -> bytes | None:
    dpi = str(96 * _SCALE)
    return _converted("inkscape", svg, lambda path, source, target: [path, source, "-d", dpi, "-o", target])


def _chromium(svg: str) -> bytes | None:
    if os.geteuid() == 0:
        return None  # it starts for root only without its own sandbox: not for names that others chose
    match = re.search(r' width="(\d+)\S*" height="(\d+)', svg)
    size = f"{match[1]},{match[2]}" if match else "1200,800"
    flags = ["--headless", "--disable-gpu", "--hide-scrollbars", f"--force-device-scale-factor={_SCALE}"]
    for name in _CHROMIUMS:
        found = _converted(
            name,
            svg,
            lambda path, source, target: [
                path,
                *flags,
                f"--window-size={size}",
                f"--screenshot={target}",
                f"file://{source}",
            ],
        )
        if found is not None:
            return found
    return None


def _converted(name: str, svg: str, command: Callable[[str, str, str], list[str]]) -> bytes | None:
    """What a program makes of the SVG; None if it is not here. `command`: its path, the SVG's and the PNG's."""
    path = shutil.which(name)
    if path is None:
        return None
    with tempfile.TemporaryDirectory(prefix="replay-") as folder:
        source, target = Path(folder) / "net.svg", Path(folder) / "net.png"
        source.write_text(svg, encoding="utf-8")
        try:
            done = subprocess.run(
                command(path, str(source), str(target)), capture_output=True, timeout=_PATIENCE, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReplayError(f"{name} cannot draw the picture: {error}") from error
        if not target.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise ReplayError(f"{name} cannot draw the picture: {said[-1] if said else f'exit {done.returncode}'}")
        return target.read_bytes()


def _said(*command: str) -> str | None:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
