"""`--html`: the page of each run, and for a folder an index of them."""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from replayer import goldens
from replayer.formats import html
from replayer.plan import Plan
from replayer.project import Places, UsageError
from replayer.recording import read_recording
from replayer.screen import PaintedText
from replayer.transcript import Transcript, transcribe
from replayer.writing import written

INDEX = "index.html"


class Pages:
    """Where pages go: into one file if its name ends in .html, else into a folder, with an index.

    Raises UsageError before anything is played, if many plans are to make one file.
    """

    def __init__(self, target: Path, plans: Sequence[Plan]) -> None:
        self._target = target
        self._one = target.suffix.lower() in (".html", ".htm") and not target.is_dir()
        self._listed: list[html.Listed] = []
        self._names = {INDEX}
        if self._one and len(plans) > 1:
            raise UsageError(
                f"--html {target}: {len(plans)} scenarios are played, and this is one file; "
                f"name a folder ({target.with_suffix('')}/) for a page each and an index"
            )

    def add(self, transcript: Transcript, where: Places) -> Path:
        """Writes the page of a run from its recording; compare it with the golden before that is written anew."""
        against = compared(transcript, where.transcript)
        # The run's own transcript has no colours.
        plan, events = read_recording(where.recording)
        page = html.render(transcribe(plan, events, PaintedText), against)
        if self._one:
            return written(self._target, page)
        name = self._name(where.recording.stem)
        self._listed.append(html.listed(transcript, against, quote(name)))
        return written(self._target / name, page)

    def finish(self, title: str) -> Path | None:
        """Writes the index, where there is one, and says where it is."""
        if self._one or not self._listed:
            return None
        return written(self._target / INDEX, html.render_index(self._listed, title))

    def _name(self, stem: str) -> str:
        name, number = f"{stem}.html", 1
        while name in self._names:
            number += 1
            name = f"{stem}-{number}.html"
        self._names.add(name)
        return name


def compared(transcript: Transcript, golden: Path) -> html.Against | None:
    """The transcript beside its golden; None where there is none, or nothing that could be one."""
    if transcript.verdict == "skipped":
        return None
    found = goldens.compare(transcript, golden)
    if found.golden is None:
        return None
    return html.Against(str(found.path), found.golden, found.shown, found.differences.differences)
