"""Outputs in blocks of their own: which blocks are, and which command printed them."""

import re
from collections.abc import Sequence
from itertools import islice

from replayer.reading.endless import endless
from replayer.reading.found import ShownHere, Typed
from replayer.reading.grammar import is_command, is_surely_command
from replayer.reading.labels import comment_in
from replayer.reading.printing import can_print, prints, reads_files
from replayer.reading.progress import Progress
from replayer.reading.shapes import printed_by
from replayer.reading.written import is_written
from replayer.sources.document import Line
from replayer.sources.session import Doubt, Remark

_SECTION = re.compile(r"\s*\[[A-Z]\w*\]\s*$")
_CONTINUED = re.compile(r"\\\n\s*")
# The lines of a complaint.
_COMPLAINT = 3
# How many commands back an output may belong.
_WAITING = 8


def is_output(progress: Progress, lines: Sequence[Line], language: str) -> bool:
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
    last = progress.last
    first = next((text for text in told if comment_in(text) is None), told[0])
    if is_surely_command(first) and not (last is not None and reads_files(last.text)):
        return False  # it begins with a command
    if language == "output" or (progress.called and sure * 2 < sum(comment_in(text) is None for text in told)):
        return True
    return printed[0] and sum(printed) * 2 > len(told)


def shown_apart(progress: Progress, lines: Sequence[Line], known: bool) -> None:
    """Output in a block of its own belongs to the last command that can have printed it and shows nothing yet."""
    told = [line.text for line in lines if line.text.strip()]
    programs = [program for program in map(printed_by, told) if program is not None]
    named = [program for program in programs if program]
    program = max(sorted(set(named)), key=named.count) if named else ""
    written = is_written(told) and not program
    typed = _who_printed(progress, program, told, bool(programs), known)
    if typed is not None and written and not reads_files(typed.text):
        typed = None  # a file that somebody writes
    if typed is None:
        if programs and known:
            first = next(line for line in lines if line.text.strip())
            progress.leave(first.text, first.number, "an output that no command in the text printed")
        return
    if not programs and not progress.called:
        typed.doubts.append(Doubt(lines[0].number, "a block that follows is taken for its output"))
    typed.shown += lines
    typed.apart = program
    _in_order(progress, typed)
    progress.current = typed
    if typed is not progress.last:
        progress.found.append(ShownHere(typed))


def _in_order(progress: Progress, typed: Typed) -> None:
    """Outputs of one program below several commands of one block stand in the order of these."""
    alike = [one for one in progress.recent if one.block == typed.block and one.apart and one.apart == typed.apart]
    if len(alike) > 1 and not any(endless(one.text) for one in alike):
        outputs = sorted((one.shown for one in alike), key=lambda shown: shown[0].number)
        named = [_named_above(progress, shown[0].number, alike) for shown in outputs]
        if len({id(one) for one in named if one is not None}) == len(alike):  # "for red you see:"
            alike = [one for one in named if one is not None]
        for one, shown in zip(alike, outputs, strict=True):
            one.shown = shown


def _named_above(progress: Progress, line: int, among: Sequence[Typed]) -> Typed | None:
    """The command that has a word, which the others have not, of the remark directly above a line."""
    remarks = (one for one in reversed(progress.found) if isinstance(one, Remark) and line - 4 <= one.line < line)
    remark = next(remarks, None)
    said = set(re.findall(r"[\w.-]+", remark.text)) if remark is not None else set()
    named = [one for one in among if said & set(one.text.split())]
    return named[0] if len(named) == 1 else None


def _who_printed(progress: Progress, program: str, told: Sequence[str], shaped: bool, known: bool) -> Typed | None:
    waits = (one for one in reversed(progress.recent) if not one.is_shown or one.has_begun)
    waiting = list(islice(waits, _WAITING))  # the last one first
    if program:
        able = [one for one in waiting if can_print(one.text, program)]
        if progress.places.chosen:  # "in terminal 2:"
            able.sort(key=lambda one: one.terminal != progress.places.chosen)
        # What changes something prints a complaint at most.
        found = next((one for one in able if len(told) <= _COMPLAINT or prints(one.text)), None)
        # What goes on prints more later.
        latest = islice(reversed(progress.recent), _WAITING)
        on = (one for one in latest if endless(one.text) and not (one.interrupted or one.refused))
        return found or next((one for one in on if can_print(one.text, program)), None)
    running, last = next((one for one in waiting if endless(one.text)), None), progress.last
    if running and last and running is not last and all(text.strip() in last.text for text in told):
        return running  # what was sent arrives there
    if last is None or not any(one is last for one in waiting):
        return running if known and progress.called else None
    if shaped or (known and progress.called) or prints(last.text):
        return last
    return None
