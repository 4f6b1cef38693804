"""A person's session in an attached terminal: its prompts, the commands that were typed, and remarks about them. Pure.

As in a played terminal the prompts carry the exit status and a nonce as an OSC 133 sequence; here they have a visible
part too, the shell edits its lines, and before a command runs the shell tells it as it stands in its history. What
goes to the person has our marks taken out, and every other string sequence (titles, clipboard, pictures): nothing
inside may speak to the person's terminal but by drawing.

A comment typed at the prompt is a remark: the shell does nothing with it, and has it in its history.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable
from dataclasses import dataclass, field

from replayer.as_root import AS_ROOT
from replayer.screen import PlainText

INPUTRC = "set enable-bracketed-paste off\nset bell-style none\n"
# A string sequence (ECMA-48: OSC, DCS, SOS, PM, APC) that is longer than this before it ends is dropped.
LONGEST = 1 << 16
# So much of an output is kept, in characters.
MOST_KEPT = 1 << 18
INTERRUPT, END_OF_FILE = 3, 4
# Keys that no line of a `send` stands for: Ctrl-D, Ctrl-Z, Ctrl-\.
_NO_LINE = frozenset(b"\x04\x1a\x1c")
_ERASE = frozenset(b"\x7f\x08")
_ENTER = frozenset(b"\r\n")

_STRING = re.compile(rb"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|(?=\x1b))|\xc2[\x90\x98\x9d-\x9f]")
_OPEN_STRING = re.compile(rb"(?:\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?)?|\xc2)\Z")
_UNSAFE = re.compile(r"[^\w.=,\[\]-]")
# As bash's `history 1` prints it: a number, perhaps `*`, the command.
_NUMBER = re.compile(r" *(\d+)[* ] ")
# What draws on the whole screen: another screen, one that is cleared (xterm's ctlseqs).
_WHOLE_SCREEN = re.compile(rb"\x1b\[\?(?:1049|1047|47)h|\x1b\[[23]?J|\x1bc")
# Why no step can repeat a command.
BY_KEYS = "it was given single keys, as pagers and editors are"
BY_CONTROL = "Ctrl-D, Ctrl-Z or Ctrl-\\ was typed to it"
BY_DRAWING = "it draws on the whole screen"
UNENDED = "its end was not seen"
UNTOLD = "the shell's history does not have it"
UNSEEN = "what was typed to it was not shown on the screen, as a password is not, and is not kept"


@dataclass(slots=True)
class TypedCommand:
    """A command of a session. `exit`: the shell's $? behind it; None if it did not end."""

    command: str
    output: str = ""
    exit: int | None = None
    sent: list[str] = field(default_factory=list)  # lines typed to it while it ran
    interrupted: bool = False  # by Ctrl-C
    alone: str = ""  # why no step can repeat it
    eof: bool = False  # what was sent ended with Ctrl-D


@dataclass(frozen=True, slots=True)
class Note:
    """A comment typed at the prompt, as prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Drop:
    """`#drop`: what was typed last is not meant to be kept."""


Remark = Note | Drop
# What a session tells of: a command when it begins, and again when it has ended; a remark.
Fact = TypedCommand | Remark


def draws(text: str) -> bool:
    """Whether a program draws on the whole screen with what it prints."""
    return bool(_WHOLE_SCREEN.search(text.encode("utf-8", "replace")))


def remark_of(line: str) -> Remark | None:
    """What a line typed at the prompt remarks, if it is a comment of one line."""
    text = line.strip()
    if not text.startswith("#") or "\n" in text:
        return None
    return Drop() if text == "#drop" else Note(text.lstrip("#").strip())


class Session:
    """Tell it what is `received` from the terminal and what is `typed` to it; `commands` are those that ended.

    `label` stands in the prompt, with the network namespace behind it, in colour if `color`. `told` is called when a
    command begins (its `exit` is None), when one has ended, and for each remark; what it returns is shown above the
    next prompt."""

    def __init__(
        self,
        nonce: str,
        label: str,
        columns: int,
        rows: int,
        color: bool = True,
        told: Callable[[Fact, bool], str] = lambda fact, over: "",
    ) -> None:
        self.commands: list[TypedCommand] = []
        self._tell = told
        self._nonce, self._label, self._color = nonce, _UNSAFE.sub("_", label), color
        self._size = columns, rows
        self._mark = re.compile(rb"\x1b\]133;([DACH]);(\d+);replay=%s;([^\x07]*)\x07" % nonce.encode())
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._held = b""  # read, but not yet told apart
        self._begun = False  # before the first prompt of ours stands what handed the terminal over
        self._running: TypedCommand | None = None
        self._screen = PlainText(*self._size)  # since the last mark
        self._echoed: list[str] = []  # lines of a command, at the prompts of a shell that tells none
        self._tells = True  # whether the shell at its prompt tells its commands
        self._line = b""  # typed to the running command, not ended yet
        self._shells: list[str] = []  # those that are open, the innermost last
        self._answered = False  # whether a line was typed since the prompt: then no command was typed ahead of it
        self._history = ""  # its last entry, as the shell told it before its prompt
        self._asks = False  # the shell is about to show its prompt
        self._numbered = ""  # the number of the one before

    def rc(self, term: str) -> str:
        """What bash or a POSIX shell reads to become the person's; nested ones read it when they start. `term`: the
        person's $TERM."""
        mark = rf"\e]133;{{}};$?;replay={self._nonce};{{}}\a"
        green, off = (r"\[\e[1;32m\]", r"\[\e[0m\]") if self._color else ("", "")
        label = f"{green}$replay_label${{replay_ns:+ }}$replay_ns{off}"
        told = "$(HISTTIMEFORMAT= builtin history 1)"
        entry = mark.format("H", "").replace("$?", "0").removesuffix(r"\a")
        posix = mark.format("{}", "sh $$").replace(r"\e", "\x1b").replace(r"\a", "\x07")
        prompts = [
            f"PS0='{mark.format('C', told)}'",
            rf"PS1='\[{mark.format('D', '$$')}\]{label}:\w\$ '",
            rf"PS2='\[{mark.format('A', '')}\]> '",
        ]
        asked = f'printf "{entry}"; HISTTIMEFORMAT= builtin history 1; printf "\\a"'
        again = "; ".join(prompts).replace("'", r"'\''")
        lines = [
            f"export TERM={_UNSAFE.sub('', term) or 'xterm'}",
            "unset HISTFILE MAIL MAILCHECK PROMPT_COMMAND",
            f"export replay_label=${{replay_label:-{self._label}}}",
            # A shell never changes its network namespace: asked once.
            "replay_ns=$(ip netns identify 2>/dev/null)",
            'if [ -n "$BASH_VERSION" ]; then',
            # No command begins with a comment: it is seen in the history alone. And a person may say `PS1=…`.
            f"  PROMPT_COMMAND='{asked}; {again}'",
            *(f"  {one}" for one in prompts),
            # On the host, whoever is not root needs the real one.
            f"  [ $EUID = 0 ] && {{ {AS_ROOT}; }}",
            "  HISTCONTROL= HISTIGNORE= HISTSIZE=1000",
            "  shopt -s cmdhist lithist checkwinsize",
            # What handed the terminal over is not for the arrow keys; the tutorial's commands are.
            "  set -o history; builtin history -d -1 2>/dev/null",
            "  set -o emacs",
            """  bind '"\\t": complete' 2>/dev/null""",
            "else",
            f"  PS0= PS1='{posix.format('D')}$replay_label# ' PS2='{posix.format('A')}> '",
            "fi",
        ]
        return "\n".join(lines) + "\n"

    def hand_over(self, path: str) -> bytes:
        """What is typed at the terminal's prompt, once `rc` is the file `path`."""
        # Not in the file: bash begins to edit lines only when it is told so at its prompt.
        return f' replay_label={self._label}; . {path}; [ -n "$BASH_VERSION" ] && set -o emacs\n'.encode()

    def received(self, data: bytes) -> bytes:
        """What the person is shown of what the terminal sent."""
        data = self._held + data
        unended = _OPEN_STRING.search(data)
        cut = len(data) if unended is None or len(data) - unended.start() > LONGEST else unended.start()
        data, self._held = data[:cut], data[cut:]
        shown = []
        at = 0
        for found in _STRING.finditer(data):
            shown.append(self._text(data[at : found.start()]))
            at = found.end()
            mark = self._mark.fullmatch(found[0])
            if mark is not None:
                shown.append(self._told(mark[1], int(mark[2]), mark[3]))
        shown.append(self._text(data[at:]))
        return b"".join(shown)

    def _text(self, data: bytes) -> bytes:
        if not self._begun:
            return b""
        if self._screen.size < MOST_KEPT:
            self._screen.feed(self._decode(data))
        if self._running is not None and not self._running.alone and _WHOLE_SCREEN.search(data):
            self._running.alone = BY_DRAWING
        return data

    def shown(self) -> str:
        """What the running command has shown so far."""
        return self._screen.text() if self._running is not None else ""

    def close(self) -> None:
        """Nothing more comes: what runs is told as it is, not ended."""
        ran, self._running = self._running, None
        if ran is not None:
            ran.output = self._own(self._screen.text())
            self.commands.append(ran)
            self._tell(ran, True)

    def typed(self, data: bytes, lines: bool, echoed: bool = True) -> None:
        """Keys of the person; `lines`: the terminal is in canonical mode, it hands over whole lines; `echoed`: it
        shows what is typed."""
        running = self._running
        if running is None or self._asks:
            self._answered = self._answered or not _ENTER.isdisjoint(data)
            return
        for key in data:
            if key == END_OF_FILE and lines and echoed and not self._line and not running.eof:
                running.eof = True
            elif not lines or key in _NO_LINE or running.eof:
                running.alone = running.alone or (BY_KEYS if not lines else BY_CONTROL)
            elif not echoed and key != INTERRUPT:
                running.alone, self._line = UNSEEN, b""
            elif key == INTERRUPT:
                running.interrupted, self._line = True, b""
            elif key in b"\r\n":
                running.sent.append(self._line.decode("utf-8", "replace"))
                self._line = b""
            elif key in _ERASE:
                self._line = self._line.decode("utf-8", "ignore")[:-1].encode()
            else:
                self._line += bytes([key])

    def _told(self, kind: bytes, status: int, tail: bytes) -> bytes:
        self._asks = kind == b"H"
        if self._asks:
            self._history = _history(tail)
            return b""
        seen = self._screen.text()
        self._screen, self._line = PlainText(*self._size), b""
        if kind == b"C":
            self._begin(_history(tail), seen)
            return b""
        if kind == b"A":
            self._echoed.append(seen)
            return b""
        who = tail.decode("ascii", "replace")
        said = self._end(seen, status, left=who in self._shells[:-1])
        known = self._shells.index(who) if who in self._shells else len(self._shells)
        self._shells[known:] = [who]
        self._begun, self._tells, self._echoed = True, not who.startswith("sh"), []
        return said.encode()

    def _begin(self, entry: str, seen: str) -> None:
        found = _NUMBER.match(entry)
        command, alone = entry[found.end() :] if found else entry, ""
        if found and found[1] == self._numbered:
            command, alone = seen.strip().rpartition("# ")[2], UNTOLD
        if self._running is not None:
            self._running.alone = self._running.alone or UNENDED
            self.close()
        self._running = TypedCommand(command, sent=self._typed_ahead(command), alone=alone)
        self._tell(self._running, False)

    def _typed_ahead(self, line: str) -> list[str]:
        """A command, or a remark, that may have been typed while the last command ran, as all of a pasted text is: it
        was not for that one. Returns what was typed behind it."""
        if self._answered or not self.commands or not self.commands[-1].sent:
            return []
        before = self.commands[-1]
        ahead = _taken(before, line)
        if ahead is None:
            return []
        self._tell(before, True)  # again, as it is now
        return ahead

    def _end(self, seen: str, status: int, left: bool) -> str:
        """A prompt: what was typed since the one before it? `left`: the shell that asked then is left. Returns what is
        to be said of it."""
        ran, self._running, self._answered = self._running, None, False
        entry = self._new_entry()
        if not self._begun:
            return ""
        if ran is None and left:
            ran, seen = TypedCommand("exit"), ""  # by Ctrl-D
        elif ran is None:
            if not self._tells:
                entry, seen = self._echo(seen)
            remark = remark_of(entry)
            if remark is not None:
                return self._remarked(entry, remark)
            ran = None if self._tells else TypedCommand(entry)
        if ran is None or not ran.command.strip() or ran.command.endswith("^C"):
            return ""
        ran.output, ran.exit = self._own(seen), status
        self.commands.append(ran)
        return self._tell(ran, True)

    def _own(self, seen: str) -> str:
        """What a command showed, without what `set -x` tells of our prompts behind it."""
        at = seen.find(self._nonce)
        return seen if at < 0 else seen[: seen.rfind("\n", 0, at) + 1]

    def _new_entry(self) -> str:
        """The history's last entry, if it was not told before."""
        found = _NUMBER.match(self._history) if self._tells else None
        before, self._numbered = self._numbered, found[1] if found else ""
        return self._history[found.end() :] if found and found[1] != before else ""

    def _echo(self, seen: str) -> tuple[str, str]:
        """What was typed at the prompts of a shell that tells nothing, and the output behind it."""
        first, _, output = seen.partition("\n")
        lines = [*(text.partition("\n")[0] for text in self._echoed), first]
        return "\n".join(line.removeprefix(self._prompt(n)) for n, line in enumerate(lines)), output

    def _remarked(self, line: str, remark: Remark) -> str:
        behind = self._typed_ahead(line)
        if behind:
            self.commands[-1].sent += behind
        return self._tell(remark, True)

    def _prompt(self, number: int) -> str:
        return f"{self._label}# " if number == 0 else "> "


def _history(tail: bytes) -> str:
    return tail.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")


def _taken(before: TypedCommand, command: str) -> list[str] | None:
    """Takes the lines of a command out of what was sent to the one `before`. Returns what was typed behind it; None: it
    was not sent."""
    lines = command.split("\n")
    for at in range(len(before.sent) - len(lines) + 1):
        if before.sent[at : at + len(lines)] == lines:
            ahead = before.sent[at + len(lines) :]
            early = {*before.sent[at:]}
            before.sent = before.sent[:at]
            # The terminal showed it where the shell could not yet.
            shown = before.output.split("\n")
            before.output = "\n".join(line for line in shown if line not in early)
            return ahead
    return None
