"""Which tutorials `replay verify` means, and where what it writes of each of them goes."""

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from replayer.project import MOST_NAME, UsageError
from replayer.sources.detection import is_tutorial
from replayer.verification.copying import MARK

# Where recordings go, below the current folder: a tutorial is anywhere, and no scenario of the project.
FOLDER = Path(".replay/verify")
COPIES = (".md", ".html")
# Bytes of a copy in which its mark stands.
_HEAD = 20_000
# Characters of a name that something is added to.
_MOST = MOST_NAME - 20


def collect_texts(named: Sequence[Path], copies: Sequence[Path] = ()) -> list[Path]:
    """The tutorials among files and folders, each once, folders in order of names; in a folder, neither annotated
    copies nor what else lies in `copies`: these are of an earlier time.

    A file is taken as it is named, whatever it is; a folder without any tutorial raises UsageError.
    """
    written = {copy.resolve() for copy in copies}
    found: dict[Path, None] = {}
    for path in named:
        if str(path) == "-" or not path.is_dir():
            found[path] = None
            continue
        earlier = written - {path.resolve(), *path.resolve().parents}
        inside = [one for one in sorted(_inside(path)) if not {one.resolve(), *one.resolve().parents} & earlier]
        if not inside:
            raise UsageError(
                f"{path}: no tutorial is in this folder; tutorials are files like *.md, *.html, *.txt, "
                "annotated copies are none"
            )
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        for name in files:
            path = Path(place) / name
            if is_tutorial(name) and not name.startswith((".", "_")) and path.is_file() and not _is_copy(path):
                yield path


def _is_copy(path: Path) -> bool:
    """Whether a file is an annotated copy of a tutorial, whenever it was written."""
    if path.suffix.lower() not in COPIES:
        return False
    try:
        with path.open("rb") as file:
            return MARK.encode() in file.read(_HEAD)
    except OSError:
        return False  # whoever reads it says why it cannot be read


def recording_of(text: Path, folder: Path = FOLDER) -> Path:
    """`docs/intro.md` is recorded in `.replay/verify/docs/intro.md.jsonl`: no two texts share one."""
    if str(text) == "-":
        return folder / "-.jsonl"
    whole = text.resolve()
    inside = whole.is_relative_to(Path.cwd())
    name = whole.name
    if not inside or len(name) > _MOST:
        # Elsewhere, or too long for a file's name: told apart by what its whole path is.
        name = f"{name[:_MOST]}-{hashlib.sha256(os.fsencode(whole)).hexdigest()[:12]}"
    return folder / (whole.relative_to(Path.cwd()).parent if inside else "") / f"{name}.jsonl"


def copies_of(texts: Sequence[Path], targets: Sequence[Path]) -> list[list[Path]]:
    """For each text, the annotated copies that are to be written. A target is a file for one text, or a folder for
    any number: there each has a copy in Markdown and one as a page. Raises UsageError."""
    found: list[list[Path]] = [[] for _ in texts]
    for target in targets:
        if target.suffix.lower() in COPIES and not target.is_dir():
            if len(texts) > 1:
                raise UsageError(
                    f"--annotate: {len(texts)} tutorials are verified, and {target} is one file; "
                    f"name a folder ({target.with_suffix('')}/) for the copies of each"
                )
            found[0].append(target)
        elif target.suffix and not target.is_dir():
            raise UsageError(f"--annotate: {target}: an annotated copy is an .md or an .html")
        else:
            for copies, name in zip(found, _names(texts), strict=True):
                copies += [target / f"{name}{suffix}" for suffix in COPIES]
    own = {text.resolve() for text in texts}
    for target in (copy for copies in found for copy in copies):
        if target.resolve() in own:
            raise UsageError(f"--annotate: {target} is the tutorial itself; name another file or folder")
    return found


def _names(texts: Sequence[Path]) -> list[Path]:
    """Where below a folder the copies of each text go, less their suffix: as the texts lie beside each other."""
    wholes = [Path("stdin") if str(text) == "-" else text.resolve() for text in texts]
    folders = [str(whole.parent) for whole in wholes if whole.is_absolute()]
    common = Path(os.path.commonpath(folders)) if folders else Path()
    places = [whole.relative_to(common) if whole.is_absolute() else whole for whole in wholes]
    shared = Counter(place.with_suffix("") for place in places)
    return [place if shared[place.with_suffix("")] > 1 else place.with_suffix("") for place in places]
