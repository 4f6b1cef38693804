"""Lines below and between commands: outputs, comments, prose."""

import re

from replayer.reading.found import Typed
from replayer.reading.labels import calls_output, comment_in, is_label_of_output
from replayer.reading.named import another_system
from replayer.reading.printing import prints, prints_file
from replayer.reading.progress import Progress
from replayer.reading.prompts import Prompted
from replayer.reading.prose import is_prose
from replayer.reading.shapes import printed_by
from replayer.reading.signs import is_elision, says_nothing, says_or
from replayer.sources.document import Line

_NUMBERED = re.compile(r"(?:\d{1,2}[.)、]|[-*•]|第.{1,2}步|[Ss]tep \d+)\s*\S")


def no_command(progress: Progress, line: Line, mixed: bool, blank: bool) -> None:
    """A line that is no command: output, a comment, or prose."""
    if line.text[: progress.indent].isspace():
        line = Line(line.number, line.text[progress.indent :])  # an output stands as far in as its command
    text, current = line.text, progress.current
    if says_nothing(text) and current is not None and not current.shown:
        current.nothing = line.number
        return
    if says_or(text) and not (current and current.shown):
        progress.remark(text.strip(), line.number)
        return
    shape = printed_by(text)
    said = comment_in(text) if shape is None and not is_elision(text) else None
    if said is not None and not (current and current.shown and text[:1].isspace() and not mixed):
        comment(progress, said, line)
        return
    if current is None:
        _nobodys(progress, line, mixed, shape)
    elif not current.shown and is_label_of_output(text):
        progress.called = True
    elif mixed and shape is None and not is_elision(text) and _ends_output(progress, text, blank):
        progress.remark(text.strip(), line.number)
        progress.places.said(text)
        progress.called = calls_output(text)
    else:
        current.shown.append(line)


def is_recorded(progress: Progress, found: Prompted, block: int) -> bool:
    """Whether a line with another prompt than its block's own is one of the file that the command above prints: such
    a line is the first of the file."""
    current = progress.current
    if current is None or current.block != block or found.host or found.family == progress.asked:
        return False
    if not current.shown and prints_file(current.text):
        progress.recorded = current
    return progress.recorded is current


def comment(progress: Progress, said: str, line: Line) -> None:
    """A comment: an output that is kept from being typed, a label, or a remark."""
    current = progress.current
    if said:
        progress.others = another_system(said)
    if current is not None and says_nothing(said) and not current.shown:
        current.nothing = line.number
    elif current is not None and (
        progress.called or printed_by(said) is not None or is_elision(said) or _lists(progress, current, said)
    ):
        current.shown.append(Line(line.number, said))
    elif calls_output(said):
        progress.called = True
    elif said:
        progress.remark(said, line.number, keep=True)
        progress.places.said(said)


def _lists(progress: Progress, current: Typed, said: str) -> bool:
    """Whether a comment below a command that prints is a name that the text has given: `# ns1` below `ip netns`."""
    if not prints(current.text) or " " in said:
        return False
    return said in progress.words


def _nobodys(progress: Progress, line: Line, mixed: bool, shape: str | None) -> None:
    """A line that stands below no command."""
    text = line.text
    if mixed or is_prose(text):
        progress.remark(text.strip(), line.number)
        progress.places.said(text)
        progress.called = calls_output(text)
    elif shape is None and progress.last is None and re.match(r"[a-z][\w-]+ [-\w]", text.strip()):
        progress.leave(text, line.number, "nobody knows such a command")


def _ends_output(progress: Progress, text: str, blank: bool) -> bool:
    """In plain text, prose ends an output: a line that no program printed."""
    words, current = text.strip(), progress.current
    if current is None or (blank and not current.shown and _lists(progress, current, words)):
        return False
    if _NUMBERED.match(words):
        return True
    if len(words) <= 12 and not blank:  # a word of outcome stands where an output does
        return False
    if is_prose(words):
        return True
    return (not words.isascii() or blank) and not (text[:1] in " \t" and bool(current.shown))
