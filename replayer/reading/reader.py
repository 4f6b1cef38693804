"""The reading itself: block by block, line by line, with what was typed last at hand."""

import re
from collections.abc import Sequence
from dataclasses import replace

from replayer.reading.apart import is_output, shown_apart
from replayer.reading.blocks import are_commands, begins_script, is_program, is_script, unlisted, without_numbers
from replayer.reading.continued import Continued
from replayer.reading.ending import ended
from replayer.reading.foreign import is_foreign, is_told_to_others, opens_dialogue
from replayer.reading.found import Typed
from replayer.reading.grammar import is_command, is_surely_command, program_of
from replayer.reading.labels import calls_output, remark_beside, without_output
from replayer.reading.named import another_system, asks_to_type, named_only, quoted, warns_off
from replayer.reading.outputs import comment, is_recorded, no_command
from replayer.reading.pasted import unpasted
from replayer.reading.printing import can_print, prints
from replayer.reading.progress import Progress
from replayer.reading.prompts import Prompted, style_of
from replayer.reading.shapes import printed_by
from replayer.reading.shell import assigned_in, opens_shell, why_left
from replayer.reading.typography import plain, restored
from replayer.reading.unknown import unknown_prompt
from replayer.reading.unprompted import (
    could_be,
    goes_on_as_prose,
    has_options,
    is_bare,
    lost_prompt,
    stands_out,
    unknown_command,
)
from replayer.sources.document import Block, Document, Line
from replayer.sources.session import TOO_MANY, Doubt, Left, Remark, Session

_MADE = re.compile(r"^\s*(?:function\s+)?([A-Za-z_][\w-]*)\s*\(\)\s*\{|^\s*function\s+([\w-]+)|^\s*alias\s+([\w-]+)=")
_USED = re.compile(r"\$\{?([A-Za-z_]\w*)")


def read(document: Document) -> Session:
    """A document -> the session that it documents."""
    document = replace(document, blocks=tuple(unpasted(document.blocks)))
    code = [line.text for block in document.blocks if block.kind in ("code", "mixed") for line in block.lines]
    every = [line.text for block in document.blocks for line in block.lines]
    style = style_of(code)
    progress = Progress(
        style,
        frozenset[str]().union(*(assigned_in(text) for text in every)),
        frozenset(name for text in code for name in _USED.findall(text)),
        {name for text in code for found in _MADE.finditer(text) for name in found.groups() if name},
    )
    reader = _Reader(progress)
    named = named_only(document.blocks)
    for number, block in enumerate(document.blocks):
        if progress.full:
            break
        if number in named:
            reader.name(block)
            continue
        reader.block(number, block, document.blocks[number + 1 : number + 8])
    found = progress.found
    unknown = unknown_prompt(code, least=2 if progress.last else 1)
    last = next((one for one in reversed(found) if isinstance(one, Typed)), None)
    if last is not None and last is reader.ends:
        left = Left(last.text, last.line, "it ends its author's own shell")
        found = [left if one is last else one for one in found]
    return Session(
        tuple(ended(found, progress.places)),
        document.title,
        document.source,
        style.why,
        tuple(
            Doubt(0, warning)
            for warning in (*document.warnings, *filter(None, [unknown, TOO_MANY if progress.full else ""]))
        ),
    )


class _Reader:
    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.ends: Typed | None = None  # leaves the author's own shell
        self._continued = Continued()
        self._said = ""  # the paragraph above
        self._warned = False  # it says that what follows is not to be typed
        self._number = 0  # of the block
        self._system = ("", 0)  # another system that the commands are for, and the level of the heading that says so
        self._doubt = ""  # about the command that is being read

    def name(self, block: Block) -> None:
        """An entry of a list that names commands."""
        if is_command(block.text):
            self.progress.leave(block.text, block.lines[0].number, "it is named in a list of tools")

    def block(self, number: int, block: Block, following: Sequence[Block] = ()) -> None:
        """One block of the document, in its order."""
        progress = self.progress
        self._number = number
        lines = [line for line in block.lines if line.text.strip()]
        if not lines:
            return
        match block.kind:
            case "heading":
                progress.remark(block.text.strip(), lines[0].number, block.level or 1)
                progress.places.said(block.text, level=block.level or 1)
                self._said_for(block)
                progress.called = calls_output(block.text)
            case "prose" if block.exact and self._holds_session(lines):
                self._code(block.lines, mixed=not are_commands(lines), apart=True)
            case "prose":
                self._said = block.text.strip()
                self._warned = warns_off(self._said)
                progress.remark(self._said, lines[0].number)
                progress.places.said(block.text)
                progress.called = calls_output(block.text)
                self._in_quotes(block.lines)
            case "inline":
                self._inline(lines[0], following)
            case "code":
                self._code(block.lines, mixed=False, language=block.language.lower())
                progress.called = self._warned = False
            case "mixed":
                self._code(block.lines, mixed=True)

    def _holds_session(self, lines: Sequence[Line]) -> bool:
        """Whether a paragraph is a piece of a session that its author did not mark as one."""
        if any(self._asks(line.text) for line in lines):
            return True
        if any(is_surely_command(line.text) for line in lines):
            return True
        last = self.progress.last
        program = printed_by(lines[0].text)
        if last is None or program is None or not prints(last.text):
            return False
        # A page may hold each line of an output in a paragraph of its own.
        goes_on = bool(program) and self.progress.current is last and can_print(last.text, program)
        return not last.is_shown or goes_on

    def _asks(self, text: str, code: bool = False) -> bool:
        """Whether a line is one of a session: it has a prompt that nothing else looks like, there."""
        found = self.progress.style.read(text)
        if found is None or not found.typed:
            return False
        return found.sure or is_command(found.typed) or (code and found.family in ("dollar", "hash"))

    def _said_for(self, heading: Block) -> None:
        """A heading may say what system its commands are for; the next one that is no part of it ends that."""
        level = heading.level or 1
        if level <= self._system[1]:
            self._system = ("", 0)
        system = another_system(heading.text)
        if system and (level > 1 or self.progress.last is not None):
            self._system = (system, level)

    def _for_others(self) -> str:
        system = self.progress.others or self._system[0]
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
        again = shown is not None and shown.kind in ("code", "mixed") and text in shown.text
        if asks_to_type(self._said, text) and not again and not why_left(text, self.progress.assigned):
            found = self.progress.style.read(text)
            self._doubt = "it stands in a sentence that asks to type it"
            self._command([line], 0, found or Prompted("", "", text))
        elif " " in text:
            self.progress.leave(text, line.number, "it is named in a sentence")

    def _code(self, lines: Sequence[Line], mixed: bool, language: str = "", apart: bool = False) -> None:
        lines = without_numbers([Line(line.number, plain(line.text)) for line in lines])
        if not any(line.text.strip() for line in lines):
            return
        progress, style = self.progress, self.progress.style
        progress.style = style if mixed else style.within(lines)
        self._read(lines, mixed, language, apart)
        progress.style, progress.others = style, ""

    def _read(self, lines: list[Line], mixed: bool, language: str, apart: bool) -> None:
        progress = self.progress
        if not mixed and is_script(lines):
            first = next(line for line in lines if line.text.strip())
            text = "\n".join(line.text for line in lines)
            progress.leave(text, first.number, "it is the text of a script, which is a file")
            return
        prompted = any(self._asks(line.text, code=not mixed) for line in lines)
        program = is_program(lines, language)
        if not mixed and not prompted and (program or is_output(progress, lines, language)):
            unknown = "" if program or progress.called else unknown_command(lines)
            if unknown and has_options(unknown):
                at = next(at for at, line in enumerate(lines) if line.text.strip())
                self._doubt = "no list of commands has it; it stands where commands do"
                self._command(lines, at, Prompted("", "", lines[at].text.strip()))
                return
            if unknown and re.search(r"\d", unknown):
                progress.leave(unknown, lines[0].number, "no list of commands has it")
                return
            shown_apart(progress, lines, known=not program)
            return
        if not mixed and not prompted and is_told_to_others(lines):
            first = next(line for line in lines if line.text.strip())
            text = "\n".join(line.text.rstrip() for line in lines if line.text.strip())
            progress.leave(text, first.number, "it is typed to a router or another program, not to the shell")
            return
        at, blank, style = 0, apart, progress.style
        while at < len(lines) and not progress.full:
            line = lines[at]
            if mixed and (at == 0 or not lines[at - 1].text.strip()):
                progress.style = style.within_text(_paragraph(lines, at))
            found = progress.style.read(line.text)
            if found is not None and progress.current and is_recorded(progress, found, self._number):
                progress.current.shown.append(line)
                at += 1
                continue
            if found is None and mixed:
                line = lines[at] = unlisted(line)
            if found is not None and (found.foreign or not found.typed):
                if found.typed:
                    progress.leave(
                        found.typed, line.number, "it is typed to a router or another program, not to the shell"
                    )
                elif progress.current is not None:
                    progress.places.shown(progress.current.terminal, found.host)
                progress.current = None  # an empty prompt: the output before it is over
                at += 1
                continue
            if found is None and is_bare(progress, line.text, mixed) and not (mixed and goes_on_as_prose(lines, at)):
                if not prompted or (mixed and stands_out(progress, line.text)):
                    found = Prompted("", "", line.text.strip())
                elif lost_prompt(progress, lines, at):
                    found = Prompted("", "", line.text.strip())
                    self._doubt = "it has no prompt, and stands where commands do"
            if found is None and not mixed and not prompted and could_be(progress, lines, at, language):
                found = Prompted("", "", line.text.strip())
                self._doubt = "no list of commands has it; it stands where commands do"
            if not mixed and begins_script(line.text) and progress.last is not None and self._is_here(progress.last):
                at = self._script(lines, at)
                continue
            if self._is_told_elsewhere(line.text):
                at = self._told_elsewhere(lines, at)
                continue
            if found is not None:
                at = self._command(lines, at, found)
                blank = False
                continue
            if line.text.strip():
                no_command(progress, line, mixed, blank)
                blank = False
            else:
                blank = True
                if progress.current is not None and progress.current.shown:
                    progress.current.shown.append(line)
            at += 1

    def _is_here(self, typed: Typed) -> bool:
        """Whether a command stands in the block that is being read."""
        return typed.block == self._number

    def _script(self, lines: Sequence[Line], at: int) -> int:
        """Leaves out the text of a script, which goes on to the next prompt; gives the line after it."""
        begun = at
        while at < len(lines):
            found = self.progress.style.read(lines[at].text)
            if found is not None and is_command(found.typed):
                break
            at += 1
        text = "\n".join(line.text for line in lines[begun:at])
        self.progress.leave(text, lines[begun].number, "it is the text of a script, which is a file")
        self.progress.current = None
        return at

    def _is_told_elsewhere(self, text: str) -> bool:
        """Whether a line is said to a program that the last command opened."""
        current = self.progress.current
        return current is not None and not current.shown and opens_dialogue(current.text) and is_foreign(text)

    def _told_elsewhere(self, lines: Sequence[Line], at: int) -> int:
        """Leaves out what is said to another program; gives the line after it."""
        begun = at
        while at < len(lines):
            found = self.progress.style.read(lines[at].text)
            if found is not None and not found.foreign and found.sure and is_command(found.typed):
                break
            at += 1
        said = "\n".join(line.text.rstrip() for line in lines[begun:at] if line.text.strip())
        self.progress.leave(said, lines[begun].number, "it is typed to the program that was opened, not to the shell")
        return at

    def _command(self, lines: Sequence[Line], at: int, found: Prompted) -> int:
        """Reads a command from line `at` on; gives the line after it."""
        progress, first = self.progress, lines[at]
        if found.family and found.typed.startswith("#"):  # a comment, typed
            comment(progress, found.typed.lstrip("# "), first)
            return at + 1
        text, said = remark_beside(found.typed)
        if found.family and without_output(text) != text:
            text = without_output(text)
            self._doubt = "its output stands on the same line; not compared"
        after, text = self._continued.read(lines, at + 1, text, progress.style if found.family else None)
        text, changed = restored(text, program_of(text))
        if changed:
            self._doubt = changed
        why = (
            "it does not end: a quote, a here-document or a loop is open"
            if not after
            else why_left(text, progress.assigned) or self._for_others()
        )
        if self._warned and not why:
            why = "the text says not to type it"
        if why:
            progress.leave(text, first.number, why)
            return after or at + 1
        if found.label:
            progress.places.said(found.label)
        terminal = progress.places.terminal(found.host)
        typed = Typed(text.strip("\n").rstrip(), first.number, terminal, self._number)
        if self._doubt:
            typed.doubts.append(Doubt(first.number, self._doubt))
            self._doubt = ""
        if said:
            typed.remarks.append(Remark(said, first.number))
        for doubt in progress.places.left_before(terminal, found.host, first.number):
            progress.found.append(Typed("exit", first.number, terminal, self._number, doubts=[doubt]))
        if text in ("exit", "logout") and progress.places.is_outermost(terminal):
            self.ends = typed
        progress.indent = len(first.text) - len(first.text.lstrip(" "))
        progress.asked = found.family
        progress.typed(typed)
        progress.places.typed(terminal, found.host, opens_shell(text), text)
        return after


def _paragraph(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """The lines from one on that no empty line parts."""
    end = at
    while end < len(lines) and lines[end].text.strip():
        end += 1
    return lines[at:end]
