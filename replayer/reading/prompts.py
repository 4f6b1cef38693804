"""How a document writes prompts, decided from all its lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from replayer.reading.grammar import could_be_command, is_command
from replayer.reading.shapes import printed_by
from replayer.sources.document import Line

_ENVIRONMENTS = r"(?P<label>(?:\([\w .+#-]+\)\s*)*)"


@dataclass(frozen=True, slots=True)
class Prompted:
    """A line with a prompt: the family it belongs to, who is asked (user@host, a name, or ""), and what was typed."""

    family: str
    host: str
    typed: str
    label: str = ""  # words before it that name a terminal: `(console 2)$`
    sure: bool = False  # nothing but a prompt looks so


@dataclass(frozen=True, slots=True)
class Family:
    name: str
    pattern: re.Pattern[str]
    sure: bool  # nothing but a prompt looks so
    example: str


def _family(name: str, pattern: str, example: str, sure: bool = False) -> Family:
    return Family(name, re.compile(rf"\s*{_ENVIRONMENTS}{pattern}(?P<typed>.*)$"), sure, example)


FAMILIES = (
    _family(
        "user@host",
        r"(?P<host>[A-Za-z_][\w.-]*@[\w.-]+)(?:[: ][^\s#$%>]*(?: \([^)]*\))?)?\s?(?:[$%❯➜»]|#(?!\w*:)|>(?= ))\s?",
        "root@h:~# ",
        sure=True,
    ),
    _family(
        "[user@host]", r"\[(?P<host>[\w.-]+@[\w.-]+|[\w.-]+)(?:[ :][^\]]*)?\]\s?[#$%>]\s?", "[root@h ~]# ", sure=True
    ),
    # `[root@h ~]# ` of which only the end was kept.
    _family("path]", r"(?P<host>)[~/]?[\w./-]*\][#$]\s", "~]# ", sure=True),
    _family("path", r"(?P<host>)(?:~|/)[\w./~-]*\s?[#$%](?=\s|$)\s?", "/ # "),
    _family("name", r"(?P<host>[A-Za-z0-9][\w.-]*?)\s?(?:[$%]|#(?=\s|[a-z])|>(?=\s))\s?", "ns1# "),
    _family("dollar", r"(?P<host>)(?:[$❯➜»](?=\s|$)\s*|\$(?=[a-z./][^\s=]))", "$ "),
    _family("percent", r"(?P<host>)%\s+", "% "),
    _family("hash", r"(?P<host>)#(?!#|!)\s*", "# "),
    _family("arrow", r"(?P<host>)>\s+", "> "),
)


HASH = next(family for family in FAMILIES if family.name == "hash")


@dataclass(frozen=True, slots=True)
class Style:
    """The families that are prompts in this document, and why."""

    families: tuple[Family, ...]
    why: str

    def within(self, lines: Sequence[Line]) -> "Style":
        """The style of one block: where commands stand behind `# ` with outputs below, `#` is a prompt there, whatever
        it is elsewhere."""
        if HASH in self.families or any(self.read(line.text) or is_command(line.text) for line in lines):
            return self
        for line, after in pairwise(lines):
            found = HASH.pattern.match(line.text)
            if found and is_command(found["typed"]) and printed_by(after.text) is not None:
                return replace(self, families=(*self.families, HASH))
        return self

    def read(self, line: str) -> Prompted | None:
        """The prompt of a line; None if it has none."""
        for family in self.families:
            found = family.pattern.match(line)
            if found is None:
                continue
            typed = found["typed"].strip()
            if not typed and not family.sure and family.name != "dollar":
                continue
            if typed and not family.sure and not could_be_command(typed):
                continue
            if (
                family.name in ("hash", "arrow", "name", "path")
                and typed
                and not (is_command(typed) or _nameable(typed))
            ):
                continue
            return Prompted(family.name, found["host"], typed, found["label"], family.sure)
        return None


def _nameable(typed: str) -> bool:
    """An unknown command that has the looks of one."""
    words = typed.split()
    return bool(re.fullmatch(r"[a-z][a-z0-9._+/-]*", words[0])) and (
        len(words) == 1 or any(re.search(r"[-\d/$=.|>]", w) for w in words[1:])
    )


def style_of(lines: Iterable[str]) -> Style:
    """Which families are prompts, from a document's lines of code."""
    commands: Counter[str] = Counter()
    others: Counter[str] = Counter()
    bare = 0
    for line in lines:
        if not line.strip():
            continue
        if is_command(line):
            bare += 1
            continue
        for family in FAMILIES:
            found = family.pattern.match(line)
            if found is None:
                continue
            typed = found["typed"].strip()
            good = could_be_command(typed) if family.sure or family.name == "dollar" else is_command(typed)
            if typed:
                (commands if good else others)[family.name] += 1
                if good or family.sure:
                    break
    kept = tuple(f for f in FAMILIES if _accepted(f, commands, others, bare))
    if not kept:
        return Style((), f"no prompt: {bare} lines are commands by their first word")
    told = ", ".join(f"{f.example.strip()!r} before {commands[f.name]}" for f in kept)
    return Style(
        kept, f"prompts: {told} commands" + (f"; '#' is a comment in {others['hash']}" if others["hash"] else "")
    )


def _accepted(family: Family, commands: Counter[str], others: Counter[str], bare: int) -> bool:
    yes, no = commands[family.name], others[family.name]
    if family.sure or family.name == "dollar":
        return yes > 0
    if family.name == "hash":
        # A comment that names a command is rarer than a command; where commands stand bare, `#` comments on them.
        prompted = sum(commands[name] for name in ("user@host", "[user@host]", "dollar", "path", "name", "percent"))
        return yes > 0 and yes >= bare and yes >= no and (not prompted or yes > 1)
    return yes > 0 and yes > no
