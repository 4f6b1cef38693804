"""The reading itself: block by block, line by line, with what was typed last at hand."""

import re
from collections import deque
from collections.abc import Sequence
from itertools import islice

from replayer.reading.ending import ended
from replayer.reading.endless import endless
from replayer.reading.foreign import is_foreign, opens_dialogue
from replayer.reading.found import Found, ShownHere, Typed
from replayer.reading.grammar import assigned_alone, is_command, is_surely_command, program_of
from replayer.reading.labels import calls_output, comment_in, remark_beside, without_output
from replayer.reading.named import another_system, asks_to_type, named_only, quoted
from replayer.reading.places import Places
from replayer.reading.printing import can_print, prints, reads_files
from replayer.reading.prompts import Prompted, Style, style_of
from replayer.reading.prose import is_prose
from replayer.reading.shapes import printed_by
from replayer.reading.shell import assigned_in, opens_shell, why_left
from replayer.reading.signs import is_elision, says_nothing
from replayer.reading.typography import plain, restored
from replayer.reading.written import is_written
from replayer.sources.document import Block, Document, Line
from replayer.sources.opening import Opening
from replayer.sources.session import Doubt, Left, Remark, Session

# Languages whose lines are typed into no shell; `go`, `log`, `text` and the like are given to sessions too.
_PROGRAMS = frozenset(
    "apache bat batch bird c cfg cisco cmd conf config cpp c++ css csharp dart diff dockerfile dot graphviz groovy "
    "haproxy haskell hcl html ini ios java javascript js json jsx junos kotlin latex lua makefile mermaid nginx nix "
    "objc p4 patch perl php plantuml powershell properties proto protobuf ps1 pwsh py python rb ruby rs rust scala sql "
    "svg swift systemd toml ts tsx typescript vim xml yaml yml".split()
)
# Whatever their lines look like.
_ELSEWHERE = frozenset("bat batch cisco cmd diff ios junos patch powershell ps1 pwsh".split())
_SHELLS = frozenset(["bash", "console", "sh", "shell", "shell-session", "terminal", "zsh"])
_GUTTER = re.compile(r"\s*(\d{1,3})(?:[.:|)]\s?|\s)(.*)$")
_LISTED = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•·])\s+((?:\S+\s+){2,}\S.*)$")
_SECTION = re.compile(r"\s*\[[A-Z]\w*\]\s*$")
_SHEBANG = re.compile(r"\s*#!\s*/")
_SCRIPTED = re.compile(r"\$[1-9@#*]|\$\{[1-9@#*]|^\s*exit\b|^\s*[\w-]+\s*\(\)|\bgetopts\b", re.MULTILINE)
_CONTINUED = re.compile(r"\\\n\s*")
_USAGE = re.compile(r"\s*usage:", re.IGNORECASE)
_MADE = re.compile(r"^\s*(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)\s*\{|^\s*function\s+([\w-]+)|^\s*alias\s+([\w-]+)=")
_UNKNOWN = re.compile(r"[a-z][\w.+-]*(?:\s+[\w./:=@%+,\"'$-]+)*")
_USED = re.compile(r"\$\{?([A-Za-z_]\w*)")
# A comment behind a backslash, which no shell takes.
_AFTER_BACKSLASH = re.compile(r"(?<=\s)\\\s+#\s.*$")
_HEREDOC = re.compile(r"<<\s*['\"\\]?[A-Za-z_]")
_ASKED = re.compile(r"^\s*(?:>(?:\s|$)|[$#]\s+(?=--?\w))")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)、]|[-*•]|第.{1,2}步|[Ss]tep \d+)\s*\S")
# A command of several lines that has not ended by then does not end at all.
_MOST_LINES = 400
# Lines that were looked through for the ends of commands which have none, in a whole document.
_MOST_IN_VAIN = 20_000
# The lines of a complaint.
_COMPLAINT = 3
# How many commands back an output may belong.
_WAITING = 8
_RECENT = 200


def read(document: Document) -> Session:
    """A document -> the session that it documents."""
    code = [line.text for block in document.blocks if block.kind in ("code", "mixed") for line in block.lines]
    every = [line.text for block in document.blocks for line in block.lines]
    style = style_of(code)
    reader = _Reader(
        style,
        frozenset[str]().union(*(assigned_in(text) for text in every)),
        frozenset(name for text in code for name in _USED.findall(text)),
        {name for text in code for found in _MADE.finditer(text) for name in found.groups() if name},
    )
    named = named_only(document.blocks)
    for number, block in enumerate(document.blocks):
        if number in named:
            reader.name(block)
            continue
        reader.block(number, block, document.blocks[number + 1 : number + 8])
    found = reader.found
    last = next((one for one in reversed(found) if isinstance(one, Typed)), None)
    if last is not None and last is reader.ends:
        left = Left(last.text, last.line, "it ends its author's own shell")
        found = [left if one is last else one for one in found]
    return Session(
        tuple(ended(found, reader.places)),
        document.title,
        document.source,
        style.why,
        tuple(Doubt(0, warning) for warning in document.warnings),
    )


class _Reader:
    def __init__(self, style: Style, assigned: frozenset[str], used: frozenset[str], made: set[str]) -> None:
        self.found: list[Found] = []
        self.places = Places()
        self._style = style
        self._assigned = assigned
        self._used = used  # shell variables that the text looks up
        self._made = made  # commands of the text's own: functions, aliases, what stood where a command does
        self._said = ""  # the paragraph above
        self._current: Typed | None = None  # whose output the next lines are
        self._last: Typed | None = None
        self._recent: deque[Typed] = deque(maxlen=_RECENT)
        self._words: set[str] = set()  # of all that was typed
        self._number = 0
        self._in_vain = 0
        self._others = ""  # another system that a comment says the commands of a block are for
        self._system = ("", 0)  # another system that the commands are for, and the level of the heading that says so
        self._doubt = ""  # about the command that is being read
        self._called = False  # the words before say that an output follows
        self._indent = 0  # how far in the last command stands
        self.ends: Typed | None = None  # leaves the author's own shell

    def name(self, block: Block) -> None:
        """An entry of a list that names commands."""
        if is_command(block.text):
            self._leave(block.text, block.lines[0].number, "it is named in a list of tools")

    def block(self, number: int, block: Block, following: Sequence[Block] = ()) -> None:
        """One block of the document, in its order."""
        self._number = number
        lines = [line for line in block.lines if line.text.strip()]
        if not lines:
            return
        match block.kind:
            case "heading":
                self._remark(block.text.strip(), lines[0].number, block.level or 1)
                self.places.said(block.text, heading=True)
                self._said_for(block)
                self._called = calls_output(block.text)
            case "prose" if block.exact and self._holds_session(lines):
                self._code(block.lines, mixed=not _are_commands(lines), apart=True)
            case "prose":
                self._said = block.text.strip()
                self._remark(self._said, lines[0].number)
                self.places.said(block.text)
                self._called = calls_output(block.text)
                self._in_quotes(block.lines)
            case "inline":
                self._inline(lines[0], following)
            case "code":
                self._code(block.lines, mixed=False, language=block.language.lower())
                self._called = False
            case "mixed":
                self._code(block.lines, mixed=True)

    def _holds_session(self, lines: Sequence[Line]) -> bool:
        """Whether a paragraph is a piece of a session that its author did not mark as one."""
        if any(self._asks(line.text) for line in lines):
            return True
        if any(is_surely_command(line.text) for line in lines):
            return True
        waits = self._last is not None and not self._last.is_shown and prints(self._last.text)
        return waits and printed_by(lines[0].text) is not None

    def _asks(self, text: str, code: bool = False) -> bool:
        """Whether a line is one of a session: it has a prompt that nothing else looks like, there."""
        found = self._style.read(text)
        if found is None or not found.typed:
            return False
        return found.sure or is_command(found.typed) or (code and found.family in ("dollar", "hash"))

    def _said_for(self, heading: Block) -> None:
        """A heading may say what system its commands are for; the next one that is no part of it ends that."""
        level = heading.level or 1
        if level <= self._system[1]:
            self._system = ("", 0)
        system = another_system(heading.text)
        if system and (level > 1 or self._last is not None):
            self._system = (system, level)

    def _for_others(self) -> str:
        system = self._others or self._system[0]
        return f"it is for {system}" if system else ""

    def _in_quotes(self, lines: Sequence[Line]) -> None:
        for line in lines:
            for text in quoted(line.text):
                self._doubt = "it stands in quotes, where the text asks to type it"
                self._command([Line(line.number, text)], 0, Prompted("", "", text))

    def _inline(self, line: Line, following: Sequence[Block]) -> None:
        """Code in a sentence: a label more often than a command."""
        text = line.text.strip()
        if not is_command(text):
            return
        shown = next((block for block in following if block.kind not in ("inline", "prose")), None)
        again = shown is not None and shown.kind == "code" and text in shown.text
        if asks_to_type(self._said, text) and not again and not why_left(text, self._assigned):
            found = self._style.read(text)
            self._doubt = "it stands in a sentence that asks to type it"
            self._command([line], 0, found or Prompted("", "", text))
        elif " " in text:
            self._leave(text, line.number, "it is named in a sentence")

    # -- code -------------------------------------------------------------------------------------------

    def _code(self, lines: Sequence[Line], mixed: bool, language: str = "", apart: bool = False) -> None:
        lines = _without_numbers([Line(line.number, plain(line.text)) for line in lines])
        if not any(line.text.strip() for line in lines):
            return
        style, self._style = self._style, self._style if mixed else self._style.within(lines)
        self._read(lines, mixed, language, apart)
        self._style, self._others = style, ""

    def _read(self, lines: list[Line], mixed: bool, language: str, apart: bool) -> None:
        if not mixed and self._is_script(lines):
            return
        prompted = any(self._asks(line.text, code=not mixed) for line in lines)
        program = language in _PROGRAMS and (language in _ELSEWHERE or not _are_mostly_commands(lines))
        if not mixed and not prompted and (program or self._is_output(lines, language)):
            self._shown_apart(lines, known=not program)
            return
        at = 0
        blank = apart
        while at < len(lines):
            line = lines[at]
            found = self._style.read(line.text)
            if found is None and mixed:
                line = lines[at] = _unlisted(line)
            if found is not None and (found.foreign or not found.typed):
                if found.typed:
                    self._leave(
                        found.typed, line.number, "it is typed to a router or another program, not to the shell"
                    )
                elif self._current is not None:
                    self.places.shown(self._current.terminal, found.host)
                self._current = None  # an empty prompt: the output before it is over
                at += 1
                continue
            if found is None and self._bare(line.text, mixed):
                if not prompted or mixed:
                    found = Prompted("", "", line.text.strip())
                elif self._lost_prompt(lines, at):
                    found = Prompted("", "", line.text.strip())
                    self._doubt = "it has no prompt, and stands where commands do"
            if found is None and not mixed and not prompted and self._could_be(lines, at, language):
                found = Prompted("", "", line.text.strip())
                self._doubt = "no list of commands has it; it stands where commands do"
            if self._is_told_elsewhere(line.text):
                at = self._told_elsewhere(lines, at)
                continue
            if found is not None:
                at = self._command(lines, at, found)
                blank = False
                continue
            if line.text.strip():
                self._other(line, mixed, blank)
                blank = False
            else:
                blank = True
                if self._current is not None and self._current.shown:
                    self._current.shown.append(line)
            at += 1

    def _lost_prompt(self, lines: Sequence[Line], at: int) -> bool:
        """Whether a command without a prompt stands among others with one, and is no output of theirs."""
        current, text = self._current, lines[at].text.strip()
        above = lines[at - 1].text if at else ""
        apart = not above.strip() or comment_in(above) is not None
        if current is None:
            return apart and is_surely_command(text)
        if text == current.text == "exit":  # a shell says so itself
            return False
        if not current.shown and not prints(current.text):
            # A program tells its name, and settings their values.
            return program_of(text) not in (current.text, "true", "false", "yes")
        beside = not current.shown and program_of(text) == program_of(current.text)
        return (apart or beside) and is_surely_command(text) and not reads_files(current.text)

    def _could_be(self, lines: Sequence[Line], at: int, language: str) -> bool:
        """Whether a line that begins with no known name is a command: it stands among commands, not below one that
        prints, and has options, or a comment above it."""
        text = remark_beside(lines[at].text.strip())[0]
        if not _UNKNOWN.fullmatch(text) or is_prose(text) or printed_by(text) is not None or assigned_alone(text):
            return False
        if text.split()[0] in self._made:
            return True
        above = lines[at - 1].text if at else ""
        current = self._current
        commented = comment_in(above) is not None and not self._called
        idle = current is None or bool(current.shown) or not prints(current.text)
        if not idle or (above.strip() and not commented and (current is None or current.shown)):
            return False
        known = any(self._bare(line.text, mixed=False) for line in lines)
        if not (known or (language in _SHELLS and at == 0)):
            return False
        words = text.split()
        if "=" in words or not (re.search(r"\s--?[A-Za-z]|\.sh\b", text) or (commented and len(words) < 4)):
            return False
        self._made.add(text.split()[0])
        return True

    def _is_script(self, lines: Sequence[Line]) -> bool:
        """Whether a block is a file to run, with arguments, functions and ends of its own; it is left out whole."""
        first = next(line for line in lines if line.text.strip())
        text = "\n".join(line.text for line in lines)
        if not _SHEBANG.match(first.text) or not _SCRIPTED.search(text):
            return False
        self._leave(text, first.number, "it is the text of a script, which is a file")
        return True

    def _bare(self, text: str, mixed: bool) -> bool:
        """Whether a line without a prompt is a command."""
        if printed_by(text) is not None or not is_command(text):
            return False
        if text.strip() in ("exit", "logout") and self._current is not None and self._current.text == text.strip():
            return False  # so says the shell that is left
        alone = assigned_alone(text)
        if alone and alone not in self._used:
            return False  # the line of a file
        if text[:1].isspace() and self._current is not None and any(_USAGE.match(o.text) for o in self._current.shown):
            return False
        if not mixed or not self._style.families:
            return True
        # Among prompts, a line without one is a command only where nothing prints.
        current = self._current
        return (is_surely_command(text) or bool(alone)) and (
            current is None or not (current.shown or prints(current.text))
        )

    def _is_told_elsewhere(self, text: str) -> bool:
        """Whether a line is said to a program that the last command opened."""
        current = self._current
        return current is not None and not current.shown and opens_dialogue(current.text) and is_foreign(text)

    def _told_elsewhere(self, lines: Sequence[Line], at: int) -> int:
        """Leaves out what is said to another program; gives the line after it."""
        begun = at
        while at < len(lines):
            found = self._style.read(lines[at].text)
            if found is not None and not found.foreign and found.sure and is_command(found.typed):
                break
            at += 1
        said = "\n".join(line.text.rstrip() for line in lines[begun:at] if line.text.strip())
        self._leave(said, lines[begun].number, "it is typed to the program that was opened, not to the shell")
        return at

    def _command(self, lines: Sequence[Line], at: int, found: Prompted) -> int:
        """Reads a command from line `at` on; gives the line after it."""
        first = lines[at]
        if found.family and found.typed.startswith("#"):  # a comment, typed
            self._comment(found.typed.lstrip("# "), first)
            return at + 1
        text, said = remark_beside(found.typed)
        if found.family and without_output(text) != text:
            text = without_output(text)
            self._doubt = "its output stands on the same line; not compared"
        after, text = self._continued(lines, at + 1, text, bool(found.family))
        text, changed = restored(text, program_of(text))
        if changed:
            self._doubt = changed
        why = (
            "it does not end: a quote, a here-document or a loop is open"
            if not after
            else why_left(text, self._assigned) or self._for_others()
        )
        if why:
            self._leave(text, first.number, why)
            return after or at + 1
        if found.label:
            self.places.said(found.label)
        terminal = self.places.terminal(found.host)
        typed = Typed(text.strip("\n").rstrip(), first.number, terminal, self._number)
        if self._doubt:
            typed.doubts.append(Doubt(first.number, self._doubt))
            self._doubt = ""
        if said:
            typed.remarks.append(Remark(said, first.number))
        for doubt in self.places.left_before(terminal, found.host, first.number):
            self.found.append(Typed("exit", first.number, terminal, self._number, doubts=[doubt]))
        if text in ("exit", "logout") and self.places.is_outermost(terminal):
            self.ends = typed
        self._indent = len(first.text) - len(first.text.lstrip(" "))
        self.found.append(typed)
        self._recent.append(typed)
        self._words.update(text.split())
        self._current = self._last = typed
        self._called = False
        self.places.typed(terminal, found.host, opens_shell(text), text)
        return after

    def _continued(self, lines: Sequence[Line], at: int, text: str, prompted: bool) -> tuple[int, str]:
        """The line after a command that begins with `text`, and all of it; 0 if it does not end."""
        opening = Opening(text)
        parts = [text]
        begun = at
        asked = False  # whether the line before had the prompt of a shell that wants more
        end = min(len(lines), at + (_MOST_LINES if self._in_vain < _MOST_IN_VAIN else 1))
        while opening.open and at < end:
            more = lines[at].text
            if prompted and not opening.document:
                again = self._style.read(more)
                if again is not None and again.family != "arrow" and is_command(again.typed):
                    return 0, text
            if prompted and (not opening.document or len(parts) == 1 or asked):
                asked = bool(_ASKED.match(more))
                more = _ASKED.sub("", more)
            more = _AFTER_BACKSLASH.sub(r"\\", more.rstrip())
            parts.append(more)
            opening.add(more)
            at += 1
        if opening.open:
            self._in_vain += at - begun
            return 0, text
        indent = re.match(r"[ \t]*", parts[-1])
        if indent and indent[0] and _HEREDOC.search(parts[0]) and parts[-1].strip().isidentifier():
            # A list or a page moved it: its end must stand at the beginning of a line.
            parts[1:] = [part.removeprefix(indent[0]) for part in parts[1:]]
        return at, "\n".join(parts)

    def _other(self, line: Line, mixed: bool, blank: bool) -> None:
        """A line that is no command: output, a comment, or prose."""
        if line.text[: self._indent].isspace():
            line = Line(line.number, line.text[self._indent :])  # an output stands as far in as its command
        text, current = line.text, self._current
        if says_nothing(text) and current is not None and not current.shown:
            current.nothing = line.number
            return
        shape = printed_by(text)
        comment = comment_in(text) if shape is None and not is_elision(text) else None
        if comment is not None and not (current and current.shown and text[:1].isspace() and not mixed):
            self._comment(comment, line)
            return
        if current is None:
            self._nobodys(line, mixed, shape)
        elif mixed and shape is None and not is_elision(text) and self._ends_output(text, current, blank):
            self._remark(text.strip(), line.number)
            self.places.said(text)
            self._called = calls_output(text)
        else:
            current.shown.append(line)

    def _comment(self, said: str, line: Line) -> None:
        """A comment: an output that is kept from being typed, a label, or a remark."""
        current = self._current
        if said:
            self._others = another_system(said)
        if current is not None and says_nothing(said) and not current.shown:
            current.nothing = line.number
        elif current is not None and (
            self._called or printed_by(said) is not None or is_elision(said) or self._lists(current, said)
        ):
            current.shown.append(Line(line.number, said))
        elif calls_output(said):
            self._called = True
        elif said:
            self._remark(said, line.number, keep=True)
            self.places.said(said)

    def _lists(self, current: Typed, said: str) -> bool:
        """Whether a comment below a command that prints is a name that the text has given: `# ns1` below `ip netns`."""
        if not prints(current.text) or " " in said:
            return False
        return said in self._words

    def _nobodys(self, line: Line, mixed: bool, shape: str | None) -> None:
        """A line that stands below no command."""
        text = line.text
        if mixed or is_prose(text):
            self._remark(text.strip(), line.number)
            self.places.said(text)
            self._called = calls_output(text)
        elif shape is None and self._last is None and re.match(r"[a-z][\w-]+ [-\w]", text.strip()):
            self._leave(text, line.number, "nobody knows such a command")

    def _ends_output(self, text: str, current: Typed, blank: bool) -> bool:
        """In plain text, prose ends an output: a line that no program printed."""
        words = text.strip()
        if _NUMBERED.match(words):
            return True
        if len(words) <= 12 and not blank:  # a word of outcome stands where an output does
            return False
        if is_prose(words):
            return True
        return (not words.isascii() or blank) and not (text[:1] in " \t" and bool(current.shown))

    # -- outputs in blocks of their own ------------------------------------------------------------------

    def _is_output(self, lines: Sequence[Line], language: str) -> bool:
        """Whether a block holds no command, only what one printed."""
        told = [line.text for line in lines if line.text.strip()]
        printed = [printed_by(text) is not None for text in told]
        if not any(is_command(text) and not known for text, known in zip(told, printed, strict=True)):
            return True
        if _SECTION.match(told[0]) and is_written(told):
            return True
        # "As follows" is said of commands too.
        told = _CONTINUED.sub(" ", "\n".join(told)).split("\n")
        sure = sum(map(is_surely_command, told))
        if language == "output" or (self._called and sure * 2 < sum(comment_in(text) is None for text in told)):
            return True
        return printed[0] and sum(printed) * 2 > len(told)

    def _shown_apart(self, lines: Sequence[Line], known: bool) -> None:
        """Output in a block of its own belongs to the last command that can have printed it and shows nothing yet."""
        told = [line.text for line in lines if line.text.strip()]
        programs = [program for program in map(printed_by, told) if program is not None]
        named = [program for program in programs if program]
        program = max(sorted(set(named)), key=named.count) if named else ""
        written = is_written(told) and not program
        typed = self._who_printed(program, told, bool(programs), known)
        if typed is not None and written and not reads_files(typed.text):
            typed = None  # a file that somebody writes
        if typed is None:
            if programs and known:
                first = next(line for line in lines if line.text.strip())
                self._leave(first.text, first.number, "an output that no command in the text printed")
            return
        if not programs and not self._called:
            typed.doubts.append(Doubt(lines[0].number, "a block that follows is taken for its output"))
        typed.shown += lines
        typed.apart = program
        self._in_order(typed)
        self._current = typed
        if typed is not self._last:
            self.found.append(ShownHere(typed))

    def _in_order(self, typed: Typed) -> None:
        """Outputs of one program below several commands of one block stand in the order of these."""
        alike = [one for one in self._recent if one.block == typed.block and one.apart and one.apart == typed.apart]
        if len(alike) > 1 and not any(endless(one.text) for one in alike):
            outputs = sorted((one.shown for one in alike), key=lambda shown: shown[0].number)
            named = [self._named_above(shown[0].number, alike) for shown in outputs]
            if len({id(one) for one in named if one is not None}) == len(alike):  # "for red you see:"
                alike = [one for one in named if one is not None]
            for one, shown in zip(alike, outputs, strict=True):
                one.shown = shown

    def _named_above(self, line: int, among: Sequence[Typed]) -> Typed | None:
        """The command that has a word, which the others have not, of the remark directly above a line."""
        remarks = (one for one in reversed(self.found) if isinstance(one, Remark) and line - 4 <= one.line < line)
        remark = next(remarks, None)
        said = set(re.findall(r"[\w.-]+", remark.text)) if remark is not None else set()
        named = [one for one in among if said & set(one.text.split())]
        return named[0] if len(named) == 1 else None

    def _who_printed(self, program: str, told: Sequence[str], shaped: bool, known: bool) -> Typed | None:
        waits = (one for one in reversed(self._recent) if not one.is_shown or one.has_begun)
        waiting = list(islice(waits, _WAITING))  # the last one first
        if program:
            able = [one for one in waiting if can_print(one.text, program)]
            if self.places.chosen:  # "in terminal 2:"
                able.sort(key=lambda one: one.terminal != self.places.chosen)
            # What changes something prints a complaint at most.
            found = next((one for one in able if len(told) <= _COMPLAINT or prints(one.text)), None)
            # What goes on prints more later.
            last = islice(reversed(self._recent), _WAITING)
            on = (one for one in last if endless(one.text) and not one.interrupted)
            return found or next((one for one in on if can_print(one.text, program)), None)
        running = next((one for one in waiting if endless(one.text)), None)
        if (
            running
            and self._last
            and running is not self._last
            and all(text.strip() in self._last.text for text in told)
        ):
            return running  # what was sent arrives there
        if self._last is None or not any(one is self._last for one in waiting):
            return running if known and self._called else None
        if shaped or (known and self._called) or prints(self._last.text):
            return self._last
        return None

    # -- what is found ----------------------------------------------------------------------------------

    def _remark(self, text: str, line: int, level: int = 0, keep: bool = False) -> None:
        self.found.append(Remark(text, line, level))
        if not keep:
            self._current = None

    def _leave(self, text: str, line: int, why: str) -> None:
        self.found.append(Left(text.strip(), line, why))
        self._current = None


def _without_numbers(lines: list[Line]) -> list[Line]:
    """Lines without the numbers that a page puts before each."""
    found = [_GUTTER.match(line.text) for line in lines if line.text.strip()]
    if len(found) < 3 or not all(found):
        return lines
    numbers = [int(one[1]) for one in found if one]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return lines
    if sum(is_command(one[2].strip()) for one in found if one) * 2 < len(found):
        return lines
    return [Line(line.number, _GUTTER.sub(r"\2", line.text)) for line in lines]


def _unlisted(line: Line) -> Line:
    """A line of plain text without the sign of a list, if that leaves a command."""
    found = _LISTED.match(line.text)
    return Line(line.number, found[1]) if found and is_surely_command(found[1]) else line


def _are_commands(lines: Sequence[Line]) -> bool:
    """Whether a block holds commands alone, whatever its language is said to be."""
    told = [line.text for line in lines if line.text.strip() and comment_in(line.text) is None]
    return bool(told) and all(map(is_surely_command, told))


def _are_mostly_commands(lines: Sequence[Line]) -> bool:
    """The same of a block in a language of programs, which may hold a word more."""
    told = [line.text for line in lines if line.text.strip() and comment_in(line.text) is None]
    return bool(told) and sum(map(is_surely_command, told)) * 4 >= len(told) * 3
