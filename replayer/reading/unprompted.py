"""Lines without a prompt: which are commands, by what stands around them."""

import re
from collections.abc import Sequence

from replayer.reading.grammar import assigned_alone, is_command, is_surely_command, program_of
from replayer.reading.labels import comment_in, remark_beside
from replayer.reading.named import WHOLE
from replayer.reading.printing import EDITORS, prints, reads_files
from replayer.reading.progress import Progress
from replayer.reading.prose import is_prose
from replayer.reading.shapes import printed_by
from replayer.reading.vocabulary import NAMES
from replayer.sources.document import Line

_SHELLS = frozenset(["bash", "console", "sh", "shell", "shell-session", "terminal", "zsh"])
_SURE = frozenset(["ip", "bridge", "tc", "echo"])  # their words are many languages' own
_SYMBOL = re.compile(r"\s[^\x00-\x7f\w](?:\s|$)")  # `masquerade ≠ iptables`
_USAGE = re.compile(r"\s*usage:", re.IGNORECASE)
_USAGE_WITHIN = 5  # lines of an output
_CONTINUED = re.compile(r"\\\n")
_OPTION = re.compile(r"\s--?[A-Za-z]")
_FIELD = re.compile(r"(?:\S+\s+){0,2}\S+:(?:\s|$)")  # `record 48: …`
_GOES_ON = re.compile(r"\s*[a-z]+(?![\w./-]*: )\b")  # but `bash: …`
_UNKNOWN = re.compile(r"[a-z][\w.+-]*(?:\s+[\w./:=@%+,\"'$-]+)*")


def is_bare(progress: Progress, text: str, mixed: bool) -> bool:
    """Whether a line without a prompt is a command, or may be one among prompts."""
    if not is_command(text) or printed_by(text) is not None or printed_by(text.strip()) is not None:
        return False
    if text.strip() in EDITORS:
        return False  # of nothing
    current = progress.current
    if text.strip() in ("exit", "logout") and current is not None and current.text == text.strip():
        return False  # so says the shell that is left
    if (mixed or text[:1].isspace()) and text.strip() in NAMES and text.strip() not in WHOLE:
        return False  # a heading, or the rest of a line above that was too long
    if mixed and program_of(text) not in _SURE and (is_prose(text) or _SYMBOL.search(remark_beside(text)[0])):
        return False
    alone = assigned_alone(text)
    if alone and alone not in progress.used:
        return False  # the line of a file
    below = current.shown if current is not None else []
    within = below and (text[:1].isspace() or below[-1].text.strip())
    return not (within and any(_USAGE.match(one.text) for one in below[:_USAGE_WITHIN]))


def stands_out(progress: Progress, text: str) -> bool:
    """Whether a command without a prompt is one in plain text that has prompts: only where nothing prints."""
    if not progress.style.families:
        return True
    current = progress.current
    sure = is_surely_command(text) or bool(assigned_alone(text))
    return sure and (current is None or not (current.shown or prints(current.text)))


def goes_on_as_prose(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the middle of a sentence, which the next line goes on with."""
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    return (
        bool(_GOES_ON.match(below))
        and is_prose(below)
        and not is_command(below.strip())
        and not lines[at].text.rstrip().endswith("\\")
        and printed_by(below) is None
        and len(below) - len(below.lstrip()) == len(lines[at].text) - len(lines[at].text.lstrip())
    )


def lost_prompt(progress: Progress, lines: Sequence[Line], at: int) -> bool:
    """Whether a command without a prompt stands among others with one, and is no output of theirs."""
    current, text = progress.current, lines[at].text.strip()
    if text.endswith("\\") and at + 1 < len(lines):  # what makes it one may stand in its next line
        text = f"{text[:-1]}{lines[at + 1].text.strip()}"
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


def unknown_command(lines: Sequence[Line]) -> str:
    """A block that has the looks of one command which nobody knows, as one line; "" if it is anything else."""
    told = _CONTINUED.sub(" ", "\n".join(line.text.strip() for line in lines if line.text.strip()))
    text = told if "\n" not in told else ""
    unknown = _UNKNOWN.fullmatch(text) and " " in text and printed_by(text) is None and not is_prose(text)
    return text if unknown and not _FIELD.match(text) and not assigned_alone(text) else ""


def has_options(text: str) -> bool:
    """Whether an unknown command has what only commands have."""
    return bool(_OPTION.search(text))


def could_be(progress: Progress, lines: Sequence[Line], at: int, language: str) -> bool:
    """Whether a line that begins with no known name is a command: it stands among commands, not below one that
    prints, and has options, or a comment above it."""
    text = remark_beside(lines[at].text.strip())[0]
    if (
        not _UNKNOWN.fullmatch(text)
        or _FIELD.match(text)
        or is_prose(text)
        or printed_by(text) is not None
        or assigned_alone(text)
    ):
        return False
    if text.split()[0] in progress.made:
        return True
    above = lines[at - 1].text if at else ""
    current = progress.current
    commented = comment_in(above) is not None and not progress.called
    idle = current is None or bool(current.shown) or not prints(current.text)
    if not idle or (above.strip() and not commented and (current is None or current.shown)):
        return False
    known = any(is_bare(progress, line.text, mixed=False) for line in lines)
    if not (known or (language in _SHELLS and at == 0)):
        return False
    words = text.split()
    if "=" in words or not (re.search(r"\s--?[A-Za-z]|\.sh\b", text) or (commented and len(words) < 4)):
        return False
    progress.made.add(text.split()[0])
    return True
