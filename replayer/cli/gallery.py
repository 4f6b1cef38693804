"""`replay gallery`: a folder of pages of scenarios with their pictures, and an index, from their recordings.

The pages are in the values of the goldens, pictures too; what a page's golden does not name (the MACs of devices that
only a picture shows) is in the values that the folder's own pictures have (C4): while nothing changes, neither do they.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from replayer import goldens
from replayer.cli.common import plans_of
from replayer.cli.recorded import transcript_of
from replayer.equivalence import reconcile
from replayer.formats import markdown, text
from replayer.formats.commonmark import escaped
from replayer.problems import ReplayError
from replayer.project import UsageError, places
from replayer.transcript import Transcript

# What a picture says: between tags, styles excepted, and to those who do not see it.
_TEXT = re.compile(r'(?<=aria-label=")[^"]+(?=")|(?<=>)[^<>{}]*[^<>{}\s][^<>{}]*(?=<)')
_OURS = re.compile(r"step-\d+\.svg")


@dataclass(frozen=True, slots=True)
class _Hung:
    name: str
    transcript: Transcript
    picture: str | None  # the last, relative to the index


def write_gallery(scenarios: Sequence[Path], output: Path) -> None:
    """Writes the pages of what was played, and README.md; raises ReplayError."""
    hung = []
    for plan in plans_of(scenarios, {}):
        where = places(plan.path, plan.name)
        if not where.recording.exists():
            raise UsageError(
                f"{where.recording}: there is no recording of {plan.name}; `replay run {plan.path}` makes one"
            )
        transcript = transcript_of(where.recording)
        hung.append(_hang(transcript, where.transcript, output, where.recording.stem))
    goldens.write(output / "README.md", _index(hung))
    print(f"{output / 'README.md'}: {len(hung)} pages")


def _hang(transcript: Transcript, golden: Path, output: Path, name: str) -> _Hung:
    found = goldens.compare(transcript, golden)
    pictures = {}
    for file, content in markdown.pictures(transcript).items():
        pictures[file] = _steady(_renamed(transcript, found.golden, content), output / name / file)
        goldens.write(output / name / file, pictures[file])
    _take_down(output / name, set(pictures))
    goldens.write(output / f"{name}.md", markdown.render(transcript, name, found.shown.split("\n")))
    last = list(pictures)[-1] if pictures else None
    return _Hung(name, transcript, f"{quote(name)}/{last}" if last else None)


def _renamed(transcript: Transcript, golden: str | None, content: str) -> str:
    """A picture in the golden's values: its words as lines that the golden lacks, after those of the run."""
    if golden is None:
        return content
    own = text.write(transcript)
    both = own.text + "\n".join(_words(content))
    found = reconcile(golden, both, transcript.plan.tokens, own.unordered, own.fixed).text
    return _with_words(content, found.split("\n")[own.text.count("\n") :])


def _steady(content: str, path: Path) -> str:
    """In the values of the file that it replaces."""
    try:
        before = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return content
    except (OSError, UnicodeDecodeError) as error:
        raise ReplayError(f"{path}: cannot be read: {error}") from error
    return _with_words(content, reconcile("\n".join(_words(before)), "\n".join(_words(content))).text.split("\n"))


def _words(content: str) -> list[str]:
    """What a picture says; where it says it is another matter."""
    return [" ".join(word.split()) for word in _TEXT.findall(content)]


def _with_words(content: str, words: Sequence[str]) -> str:
    """A picture with its words in other values, one for one."""
    before = _words(content)
    changed = {one: other for one, other in zip(before, words, strict=True) if one != other}
    return _TEXT.sub(lambda found: changed.get(" ".join(found[0].split()), found[0]), content)


def _take_down(folder: Path, kept: set[str]) -> None:
    """Removes the pictures of steps that have none any more."""
    for path in folder.glob("step-*.svg"):
        if _OURS.fullmatch(path.name) and path.name not in kept:
            path.unlink()


def _index(hung: Sequence[_Hung]) -> str:
    blocks = ["# Gallery\n"]
    for one in hung:
        title = escaped(one.transcript.plan.title or one.name)
        page = f"{quote(one.name)}.md"
        verdict = "" if one.transcript.verdict == "passed" else f" **{one.transcript.verdict}**"
        blocks.append(f"## [{title}]({page})\n")
        blocks.append(f"`{one.transcript.plan.path}`{verdict}\n" if "`" not in one.transcript.plan.path else "")
        if one.picture:
            blocks.append(f"[![{title}]({one.picture})]({page})\n")
    return "\n".join(block for block in blocks if block)
