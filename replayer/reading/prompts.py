"""How a document writes prompts, decided from all its lines."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from replayer.reading.foreign import asked_elsewhere, is_foreign, tells_a_shell
from replayer.reading.grammar import assigned_alone, could_be_command, is_command, program_of
from replayer.reading.printing import EDITORS, reads_files
from replayer.reading.shapes import printed_by
from replayer.reading.signs import says_nothing
from replayer.reading.written import is_written
from replayer.sources.document import Line

_CLOCK = r"(?:\[\d\d?:\d\d(?::\d\d)?\]\s*)?+"
_ENVIRONMENTS = r"(?P<label>(?:\([\w .+#-]+\)\s*)*)"


@dataclass(frozen=True, slots=True)
class Prompted:
    """A line with a prompt: the family it belongs to, who is asked (user@host, a name, or ""), and what was typed."""

    family: str
    host: str
    typed: str
    label: str = ""  # words before it that name a terminal: `(console 2)$`
    sure: bool = False  # nothing but a prompt looks so
    foreign: bool = False  # no shell is asked: a router, a database, another system


@dataclass(frozen=True, slots=True)
class Family:
    name: str
    pattern: re.Pattern[str]
    sure: bool  # nothing but a prompt looks so
    example: str


def _family(name: str, pattern: str, example: str, sure: bool = False) -> Family:
    return Family(name, re.compile(rf"\s*{_CLOCK}{_ENVIRONMENTS}{pattern}(?P<typed>.*)$"), sure, example)


# A terminal by its number: `[Terminal 2] ping h2`, `Terminal 2: ping h2`.
_NUMBERED = re.compile(
    r"\s*(?P<host>)[\[(<]?(?P<label>(?:term(?:inal)?|console|shell|window|tab|терминал|终端|終端|ターミナル|터미널|端末)"
    r"[ :#_-]{0,2}(?P<number>\d{1,2})(?:[\])>][:：]?|[:：]))\s*(?:[$#]\s+)?(?P<typed>.*)$",
    re.IGNORECASE,
)

FAMILIES = (
    Family("terminal", _NUMBERED, sure=False, example="[Terminal 2] "),
    _family(
        "user@host",
        r"(?P<host>[A-Za-z_][\w.-]*@[\w.-]+)(?:[: ~][^\s#$%>]*(?: \([^)]*\)|(?: [^\s#$%>]+){1,3}/[^\s#$%>]*)?)?"
        r"\s?(?:[$%❯➜»]|#(?!\w*:)|>(?= ))\s?",
        "root@h:~# ",
        sure=True,
    ),
    _family(
        "[user@host]", r"\[(?P<host>[\w.-]+@[\w.-]+|[\w.-]+)(?:[ :][^\]]*)?\]\s?[#$%>]\s?", "[root@h ~]# ", sure=True
    ),
    # `[root@h ~]# ` of which only the end was kept.
    _family("path]", r"(?P<host>[\w.-]+@[\w.-]+|)[~/]?[\w./-]*\][#$]\s", "~]# ", sure=True),
    _family(
        "host:path",
        r"(?P<host>[A-Za-z][\w.-]*|[\da-f]{12}):[~/][^\s#$%>]*(?: [\w-]{1,12})?\s?[#$%]\s",
        "h:~ # ",
        sure=True,
    ),
    _family("home", r"(?P<host>)(?:~[\w./-]*|\[~[\w./-]*\])\s?[#$]\s", "~$ ", sure=True),
    # A folder, perhaps a branch: `~/lab main ❯ `.
    _family(
        "folder",
        r"(?P<host>)(?:~|/)[\w./~-]*(?: [\w./:()*-]{1,40}){0,2} ?(?:[❯➜➤»λ]|\$(?=\s|$))\s*",
        "~/lab $ ",
        sure=True,
    ),
    # Of two lines: `┌──(kali㉿kali)-[~]`, and below it `└─$ `.
    _family(
        "corner",
        r"(?P<host>)(?:[┌╭]─{1,3}[^\w\s]{0,3}\s?(?:[\w.-]+[@㉿💀]|[~/]).*|[└╰]─{1,3}\s?[$#❯➜➤»λ](?=\s|$)\s?)",
        "└─$ ",
        sure=True,
    ),
    _family("path", r"(?P<host>)(?:~|/)[\w./~-]*\s?[#$%](?=\s|$)\s?", "/ # "),
    _family("name", r"-?(?P<host>[A-Za-z0-9][\w.-]*?)\s?(?:[$%]|#(?=\s|[a-z])|>(?=\s))\s?", "ns1# "),
    _family(
        "arrow path",
        r"(?P<host>)[➜➤](?:\s+~|\s\s+[\w.~/-]+)(?:\s+git:\([^)]*\))?(?:\s+[✗✔])?(?:\s+|$)",
        "➜  ~ ",
        sure=True,
    ),
    _family("dollar", r"(?P<host>)(?:(?:\$>|[$❯➜»])(?=\s|$)\s*|\$(?=[a-z./][^\s=]))", "$ "),
    _family("lambda", r"(?P<host>)λ\s+", "λ "),
    _family("percent", r"(?P<host>)%\s+", "% "),
    _family("hash", r"(?P<host>)#(?!#|!)\s*", "# "),
    _family("arrow", r"(?P<host>)>\s*", "> "),
)

# Every prompt ends in one, or begins with a corner.
_ENDS = re.compile("[$#%>❯➜➤»λ┌╭]")
_CONFIGURED = re.compile(r"\s*([\w.-]+)\((?:config|conf|cfg)")
# A prompt before a prompt: `$ me@h:~$ `.
_TWICE = re.compile(r"^\s*~?[$#%] +(?=[\w.-]+@[\w.-]+:[^\s#$]*[#$] )")

HASH = next(family for family in FAMILIES if family.name == "hash")
FOLDER = next(family for family in FAMILIES if family.name == "folder")


@dataclass(frozen=True, slots=True)
class Style:
    """The families that are prompts in this document, and why."""

    families: tuple[Family, ...]
    why: str
    routers: frozenset[str] = frozenset()  # the hosts in prompts that are no shells
    programs: frozenset[str] = frozenset()  # they stand where some shells show a folder: `➜  docker info`
    bare: bool = True  # whether commands stand without a prompt too, or alone

    def within(self, lines: Sequence[Line]) -> "Style":
        """The style of one block. `#` is a prompt there, whatever it is elsewhere, when commands stand behind it and
        none without it; it is a comment where they stand bare."""
        told = [line.text for line in lines if line.text.strip() and not says_nothing(line.text)]
        told = [text for above, text in zip(["", *told], told, strict=False) if not above.rstrip().endswith("\\")]
        hashed = [HASH.pattern.match(text) for text in told]
        behind = [bool(found and is_command(found["typed"])) for found in hashed]
        if HASH in self.families:
            if sum(map(_is_bare, told)) > sum(behind):
                return replace(self, families=tuple(family for family in self.families if family is not HASH))
            return self
        if not any(behind) or any(map(_is_bare, told)):
            return self
        others = [self.read(text) is not None for text in told]
        shown = any(here and printed_by(after) is not None for here, after in zip(behind, told[1:], strict=False))
        if any(others) and not shown:
            # A comment stands above the command that it tells of.
            above = any(
                here and after and found and found["typed"].strip() != "exit"
                for here, after, found in zip(behind, others[1:], hashed, strict=False)
            )
            asked = sum(behind) > 1 and sum(behind) == sum(map(bool, hashed)) and not above
            return replace(self, families=(*self.families, HASH)) if asked else self
        here, first = next((here, found["typed"]) for here, found in zip(behind, hashed, strict=True) if found)
        file = is_written(told) and not reads_files(first) and program_of(first) not in EDITORS
        if shown or (here and sum(behind) * 2 > sum(map(bool, hashed)) and not file):
            return replace(self, families=(*self.families, HASH))
        return self

    def within_text(self, lines: Sequence[Line]) -> "Style":
        """The style of one paragraph of plain text. A line alone may be a comment; among prompts it is none."""
        if HASH in self.families or not any(line.text.lstrip().startswith("#") for line in lines):
            return self
        if len(lines) == 1 and (self.bare or not self.families):
            return self
        return self.within(lines)

    def read(self, line: str) -> Prompted | None:
        """The prompt of a line; None if it has none."""
        line = _TWICE.sub("", line)
        asked = asked_elsewhere(line)
        if asked is not None:
            return Prompted("foreign", "", asked, sure=True, foreign=True)
        if not _ENDS.search(line) and not _NUMBERED.match(line):
            return None
        for family in self.families:
            found = family.pattern.match(line)
            if found is None:
                continue
            prompted = self._prompted(family, found)
            if prompted is not None:
                return prompted
        return None

    def _prompted(self, family: Family, found: re.Match[str]) -> Prompted | None:
        typed = found["typed"].strip()
        if family.name == "arrow path":
            whole = _behind_arrow(found)
            typed = (
                whole if _is_program_there(found) or program_of(whole) in self.programs - {program_of(typed)} else typed
            )
        named = family.sure or family.name == "name"
        if typed and named and (is_foreign(typed) or found["host"] in self.routers):
            return Prompted(family.name, found["host"], typed, sure=family.sure, foreign=True)
        if not typed and not family.sure and family.name != "dollar":
            return None
        printed = printed_by(typed) is not None or asked_elsewhere(typed) is not None
        if family.sure and printed and not is_command(typed):
            typed = ""  # something else printed it while the prompt stood there
        if typed and not family.sure and not could_be_command(typed):
            return None
        if (
            family.name in ("hash", "arrow", "lambda", "name", "path", "terminal")
            and typed
            and not (is_command(typed) or (_nameable(typed) and family.name != "arrow"))
        ):
            return None
        label = f"Terminal {found['number']}:" if family.pattern is _NUMBERED else found["label"]
        return Prompted(family.name, found["host"], typed, label, family.sure)


def _behind_arrow(found: re.Match[str]) -> str:
    return found[0].strip().lstrip("➜➤").strip()


def _is_program_there(found: re.Match[str]) -> bool:
    """Whether what stands where some shells show a folder is the program."""
    return not is_command(found["typed"].strip()) and is_command(_behind_arrow(found))


def _is_bare(text: str) -> bool:
    """Whether a line is a command without a prompt, and no line of a file."""
    return is_command(text) and printed_by(text) is None and not assigned_alone(text)


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
    examples: dict[str, str] = {}  # of each family the first prompt
    shells: set[str] = set()
    routers: set[str] = set()
    programs: set[str] = set()
    bare = 0
    for written in lines:
        line = _TWICE.sub("", written)
        if not line.strip():
            continue
        if asked_elsewhere(line) is not None:
            configured = _CONFIGURED.match(line)
            if configured:
                routers.add(configured[1])
            continue
        # Without the sign behind it, a folder is a program by its path.
        in_folder = line.lstrip().startswith(("~", "/")) and FOLDER.pattern.match(line)
        if not in_folder and is_command(line):
            bare += not assigned_alone(line)
            continue
        if not _ENDS.search(line) and not _NUMBERED.match(line):
            continue
        for family in FAMILIES:
            found = family.pattern.match(line)
            if found is None:
                continue
            typed = found["typed"].strip()
            if family.name == "arrow path" and _is_program_there(found):
                programs.add(program_of(_behind_arrow(found)))
            if is_foreign(typed):
                routers.add(found["host"])
                break
            if found["host"] and tells_a_shell(typed):
                shells.add(found["host"])
            good = could_be_command(typed) if family.sure or family.name == "dollar" else is_command(typed)
            if typed and good:
                examples.setdefault(family.name, line[: found.start("typed")].strip())
            if typed:
                (commands if good else others)[family.name] += 1
                if good or family.sure:
                    break
    kept = tuple(f for f in FAMILIES if _accepted(f, commands, others, bare))
    asked = frozenset(routers - shells - {""})
    if not kept:
        return Style((), f"no prompt: {bare} lines are commands by their first word", asked)
    prompted = sum(commands[f.name] for f in kept)
    told = ", ".join(f"{examples[f.name]!r} before {commands[f.name]}" for f in kept)
    why = f"prompts: {told} commands" + (f"; '#' is a comment in {others['hash']}" if others["hash"] else "")
    return Style(kept, why, asked, frozenset(programs), bare > 2 * prompted)


def _accepted(family: Family, commands: Counter[str], others: Counter[str], bare: int) -> bool:
    yes, no = commands[family.name], others[family.name]
    if family.sure or family.name == "dollar":
        return yes > 0
    if family.name == "hash":
        # A comment that names a command is rarer than a command; where commands stand bare, `#` comments on them.
        prompted = sum(
            commands[name] for name in ("user@host", "[user@host]", "dollar", "home", "path", "name", "percent")
        )
        return yes > 0 and yes >= bare and yes >= no and (not prompted or yes > 1)
    if family.name == "arrow":
        return yes > no and yes * 4 >= bare
    return yes > 0 and yes > no
