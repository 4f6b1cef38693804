"""How well tutorials are read: `python -m tests.corpus_score [-v] [NAME ...]`, also `make corpus`.

Beside every text in `tests/corpus/` stands `NAME.expected`: what a careful reader takes from it. Its lines are

    language: zh            the head, up to the first empty line; `styles`: the points of §12 that the text shows
    $ ip netns add a        a command, in the terminal `main`; `> ` goes on with it
    [monitor] $ tcpdump     one in another terminal; the names are free, `*` is any terminal
    ?$ vim notes            a command that may be read or not
    = 通                    a claim about the command above; `=?`: one that may be made or not
    = output: A ⋯ Z         an output from its line A to its line Z; `output ~ A`: it has a line A
    = fails: words          also `fails`, `empty`, `exit: 2`, `matches`
"""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from replayer.reading.signs import is_elision
from replayer.sources import read_text
from replayer.sources.session import Claim, Command, Session, Stopped
from replayer.tutorial import read_tutorial

CORPUS = Path(__file__).parent / "corpus"
LEAST = 0.97
_COMMAND = re.compile(r"(?P<maybe>\??)(?:\[(?P<terminal>\S+)\] )?\$ (?P<text>.*)")
_CLAIM = re.compile(r"=(?P<maybe>\??) (?:(?P<word>通|不通)|(?P<kind>[a-z]+)(?:: (?P<value>.*)| ~ (?P<line>.*))?)")


@dataclass(frozen=True, slots=True)
class WantedClaim:
    """A claim that a careful reader takes from a text; `last`: the last line of an output, `value` being its first."""

    kind: str
    value: str = ""
    last: str = ""
    loose: bool = False
    maybe: bool = False

    def is_made_by(self, claim: Claim) -> bool:
        """Whether a claim that was read says this."""
        if claim.kind != self.kind:
            return False
        if self.kind != "output":
            told = (claim.value, *claim.lines) if self.kind == "fails" else ()
            return self.value in ("", claim.value) or any(self.value in one for one in told)
        lines = [_words(line) for line in claim.lines if line.strip() and not is_elision(line)]
        if self.loose:
            return _words(self.value) in lines
        return lines[:1] == [_words(self.value)] and lines[-1:] == [_words(self.last)]

    def __str__(self) -> str:
        return " ".join(filter(None, [self.kind, self.value, self.last and f"⋯ {self.last}"]))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A command that a careful reader types."""

    text: str
    line: int
    terminal: str = "main"
    maybe: bool = False
    claims: tuple[WantedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """What stands beside a text."""

    name: str
    language: str
    format: str
    styles: frozenset[int]
    commands: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A command as the reader found it, with all that is claimed of it."""

    text: str
    line: int
    terminal: str
    claims: tuple[Claim, ...]


@dataclass(slots=True)
class Count:
    """Of commands, or of claims: right ones, those missed, those too many. `wrong` says which."""

    right: int = 0
    missed: int = 0
    extra: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def miss(self, what: str) -> None:
        self.missed += 1
        self.wrong.append(f"missed {what}")

    def add(self, what: str) -> None:
        self.extra += 1
        self.wrong.append(f"extra  {what}")

    def __add__(self, other: "Count") -> "Count":
        return Count(self.right + other.right, self.missed + other.missed, self.extra + other.extra)


@dataclass(frozen=True, slots=True)
class Score:
    commands: Count
    claims: Count

    @property
    def figures(self) -> tuple[float, float, float, float]:
        """Precision and recall of commands, then of claims."""
        return (self.commands.precision, self.commands.recall, self.claims.precision, self.claims.recall)


def corpus() -> list[tuple[Path, Expected]]:
    """Every text with what is expected of it. Raises ValueError for a text or an expectation that stands alone."""
    texts = {file.stem: file for file in sorted(CORPUS.iterdir()) if file.suffix != ".expected"}
    beside = {file.stem: file for file in sorted(CORPUS.glob("*.expected"))}
    if alone := texts.keys() ^ beside.keys():
        raise ValueError(f"without its pair: {', '.join(sorted(alone))}")
    return [(texts[name], read_expected(beside[name].read_text(encoding="utf-8"), name)) for name in texts]


def read_expected(text: str, name: str) -> Expected:
    """The lines of an `.expected` file. Raises ValueError for one that cannot be read."""
    head, _, body = text.partition("\n\n")
    said = dict(line.split(": ", 1) for line in head.splitlines())
    commands: list[Wanted] = []
    for number, line in enumerate(body.splitlines(), head.count("\n") + 3):
        if command := _COMMAND.fullmatch(line):
            commands.append(Wanted(command["text"], number, command["terminal"] or "main", bool(command["maybe"])))
        elif line.startswith(">") and commands:
            last = commands.pop()
            commands.append(Wanted(f"{last.text}\n{line[2:]}", last.line, last.terminal, last.maybe))
        elif (claim := _CLAIM.fullmatch(line)) and commands:
            last = commands.pop()
            claims = (*last.claims, _wanted_claim(claim))
            commands.append(Wanted(last.text, last.line, last.terminal, last.maybe, claims))
        elif line.strip():
            raise ValueError(f"{name}.expected:{number}: neither a command nor a claim: {line}")
    styles = frozenset(int(number) for number in said["styles"].split())
    return Expected(name, said["language"], said["format"], styles, tuple(commands))


def _wanted_claim(found: re.Match[str]) -> WantedClaim:
    maybe = bool(found["maybe"])
    if found["word"]:
        return WantedClaim("outcome", found["word"], maybe=maybe)
    if found["line"] is not None:
        return WantedClaim(found["kind"], found["line"], loose=True, maybe=maybe)
    value = found["value"] or ""
    if found["kind"] != "output":
        return WantedClaim(found["kind"], value, maybe=maybe)
    first, _, last = value.partition(" ⋯ ")
    return WantedClaim("output", first, last or first, loose=not value, maybe=maybe)


def commands_read(session: Session) -> list[Read]:
    """The commands of a session. What is claimed when one is stopped is claimed of it."""
    found: list[Read] = []
    running: dict[str, int] = {}
    for item in session.items:
        if isinstance(item, Command):
            if item.goes_on:
                running[item.terminal] = len(found)
            found.append(Read(item.text, item.line, item.terminal, item.claims))
        elif isinstance(item, Stopped) and item.terminal in running:
            at = running.pop(item.terminal)
            one = found[at]
            found[at] = Read(one.text, one.line, one.terminal, (*one.claims, *item.claims))
    return found


def score(expected: Expected, found: Sequence[Read]) -> Score:
    """How what was read compares with what is expected."""
    commands, claims = Count(), Count()
    pairs = _aligned(expected.commands, found)
    places = _places(pairs)
    partners = {id(read): wanted for wanted, read in pairs}
    for read in found:
        if id(read) not in partners:
            commands.add(f"{expected.name}:{read.line}: {_shown(read.text)}")
            for claim in read.claims:
                claims.add(f"{expected.name}:{claim.line}: {_told(claim)} of {_shown(read.text)}")
    paired = {id(wanted): read for wanted, read in pairs}
    for wanted in expected.commands:
        one = paired.get(id(wanted))
        where = f"{expected.name}.expected:{wanted.line}: {_shown(wanted.text)}"
        if one is None:
            if not wanted.maybe:
                commands.miss(where)
                for due in wanted.claims:
                    if not due.maybe:
                        claims.miss(f"{where} = {due}")
            continue
        if not wanted.maybe:
            if wanted.terminal == "*" or places.get(wanted.terminal) == one.terminal:
                commands.right += 1
            else:
                commands.miss(f"{where} in the terminal {wanted.terminal}")
                commands.add(f"{expected.name}:{one.line}: {_shown(one.text)} in the terminal {one.terminal}")
        _compare(wanted, one, where, expected.name, claims)
    return Score(commands, claims)


def _compare(wanted: Wanted, read: Read, where: str, name: str, claims: Count) -> None:
    left = list(dict.fromkeys(read.claims))
    for due in sorted(wanted.claims, key=lambda claim: claim.maybe):
        made = next((claim for claim in left if due.is_made_by(claim)), None)
        if made is not None:
            left.remove(made)
            claims.right += not (due.maybe or wanted.maybe)
        elif not (due.maybe or wanted.maybe):
            claims.miss(f"{where} = {due}")
    for claim in left:
        if not wanted.maybe:
            claims.add(f"{name}:{claim.line}: {_told(claim)} of {_shown(read.text)}")


def _aligned(wanted: Sequence[Wanted], found: Sequence[Read]) -> list[tuple[Wanted, Read]]:
    """Pairs of equal commands, in order: as many as can be, and of those the ones whose claims agree."""
    best = [[0] * (len(found) + 1) for _ in range(len(wanted) + 1)]
    worth = [[_worth(due, read) for read in found] for due in wanted]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(found))):
            both = worth[i][j] + best[i + 1][j + 1] if worth[i][j] else 0
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[Wanted, Read]] = []
    i = j = 0
    while i < len(wanted) and j < len(found):
        if worth[i][j] and best[i][j] == worth[i][j] + best[i + 1][j + 1]:
            pairs.append((wanted[i], found[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _worth(wanted: Wanted, read: Read) -> int:
    if normal(wanted.text) != normal(read.text):
        return 0
    return 1000 + sum(any(due.is_made_by(claim) for claim in read.claims) for due in wanted.claims)


def _places(pairs: Sequence[tuple[Wanted, Read]]) -> dict[str, str]:
    """Expected terminal -> the terminal that was read for it; each stands for one only, the surest first."""
    together = Counter((wanted.terminal, read.terminal) for wanted, read in pairs if wanted.terminal != "*")
    places: dict[str, str] = {}
    for (wanted, read), _ in sorted(together.items(), key=lambda one: (-one[1], one[0])):
        if wanted not in places and read not in places.values():
            places[wanted] = read
    return places


def normal(text: str) -> str:
    """A command without what does not matter to the shell: white space, continuations, comments at its end."""
    text = re.sub(r"\\\n\s*", " ", text)
    lines = [_without_comment(line) for line in text.split("\n")] if "<<" not in text else text.split("\n")
    return "\n".join(words for line in lines if (words := _words(line)))


def _without_comment(line: str) -> str:
    return next((line[: m.start()] for m in re.finditer(r"(?:^|\s)#", line) if not _quoted(line[: m.start()])), line)


def _quoted(before: str) -> bool:
    return before.count("'") % 2 == 1 or before.count('"') % 2 == 1


def _words(text: str) -> str:
    return " ".join(text.split())


def _shown(text: str) -> str:
    first, _, more = text.partition("\n")
    return f"{first} …" if more else first


def _told(claim: Claim) -> str:
    return " ".join(filter(None, [claim.kind, claim.value or " / ".join(claim.lines), claim.why and f"({claim.why})"]))


def score_of(file: Path, expected: Expected) -> Score:
    """The score of one text, its format found as `replay import` finds it."""
    return score(expected, commands_read(read_tutorial(read_text(file), str(file)).session))


def main(arguments: Sequence[str]) -> int:
    """Prints the scores. `-v`: also each miss. 0 if every figure of the total is at least 0.97, else 1."""
    names = [argument for argument in arguments if argument != "-v"]
    total = Score(Count(), Count())
    print(f"{'':24} commands: precision recall   claims: precision recall")
    for file, expected in corpus():
        if names and expected.name not in names:
            continue
        one = score_of(file, expected)
        total = Score(total.commands + one.commands, total.claims + one.claims)
        _print(expected.name, one)
        if "-v" in arguments:
            for wrong in [*one.commands.wrong, *one.claims.wrong]:
                print(f"    {wrong}")
    _print("total", total)
    return 0 if all(figure >= LEAST for figure in total.figures) else 1


def _print(name: str, one: Score) -> None:
    commands, claims = one.commands, one.claims
    print(
        f"{name:24}{commands.right:5}  {commands.precision:12.3f}{commands.recall:7.3f}"
        f"{claims.right:5}  {claims.precision:10.3f}{claims.recall:7.3f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
