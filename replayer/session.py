"""A person's session in an attached terminal: its prompts, and the commands that were typed. Pure.

As in a played terminal the prompts carry the exit status and a nonce as an OSC 133 sequence; here they have a visible
part too, the shell edits its lines, and before a command runs the shell tells it as it stands in its history. What
goes to the person has our marks taken out, and every other string sequence (titles, clipboard, pictures): nothing
inside may speak to the person's terminal but by drawing.
"""

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass, field

from replayer.screen import PlainText

INPUTRC = "set enable-bracketed-paste off\nset bell-style none\n"
# A string sequence (ECMA-48: OSC, DCS, SOS, PM, APC) that is longer than this before it ends is dropped.
LONGEST = 1 << 16
INTERRUPT, END_OF_FILE = 3, 4
# Keys that no line of a `send` stands for: Ctrl-D, Ctrl-Z, Ctrl-\.
_NO_LINE = frozenset(b"\x04\x1a\x1c")
_ERASE = frozenset(b"\x7f\x08")

_STRING = re.compile(rb"\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\|(?=\x1b))|\xc2[\x90\x98\x9d-\x9f]")
_OPEN_STRING = re.compile(rb"(?:\x1b(?:[\]PX^_][^\x07\x1b]*\x1b?)?|\xc2)\Z")
_UNSAFE = re.compile(r"[^\w.=,\[\]-]")
# As bash's `history 1` prints it: a number, perhaps `*`, the command.
_NUMBER = re.compile(r" *\d+[* ] ")


@dataclass(slots=True)
class TypedCommand:
    """A command of a session. `exit`: the shell's $? behind it; None if it did not end."""

    command: str
    output: str = ""
    exit: int | None = None
    sent: list[str] = field(default_factory=list)  # lines typed to it while it ran
    interrupted: bool = False  # by Ctrl-C
    keys: bool = False  # it was given keys that no line stands for


class Session:
    """Tell it what is `received` from the terminal and what is `typed` to it; `commands` are those that ended.

    `label` stands in the prompt, with the network namespace behind it, in colour if `color`."""

    def __init__(self, nonce: str, label: str, columns: int, rows: int, color: bool = True) -> None:
        self.commands: list[TypedCommand] = []
        self._nonce, self._label, self._color = nonce, _UNSAFE.sub("_", label), color
        self._size = columns, rows
        self._mark = re.compile(rb"\x1b\]133;([DAC]);(\d+);replay=%s;([^\x07]*)\x07" % nonce.encode())
        self._decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        self._held = b""  # read, but not yet told apart
        self._begun = False  # before the first prompt of ours stands what handed the terminal over
        self._running: TypedCommand | None = None
        self._screen = PlainText(*self._size)  # since the last mark
        self._echoed: list[str] = []  # lines of a command, at the prompts of a shell that tells none
        self._tells = True  # whether the shell at its prompt tells its commands
        self._line = b""  # typed to the running command, not ended yet
        self._last = b""  # the last key that was typed

    def rc(self, term: str) -> str:
        """What bash or a POSIX shell reads to become the person's; nested ones read it when they start. `term`: the
        person's $TERM."""
        mark = rf"\e]133;{{}};$?;replay={self._nonce};{{}}\a"
        green, off = (r"\[\e[1;32m\]", r"\[\e[0m\]") if self._color else ("", "")
        label = f"{green}{self._label}${{replay_ns:+ }}$replay_ns{off}"
        told = "$(HISTTIMEFORMAT= builtin history 1)"
        posix = mark.format("{}", "sh").replace(r"\e", "\x1b").replace(r"\a", "\x07")
        lines = [
            f"export TERM={_UNSAFE.sub('', term) or 'xterm'}",
            "unset HISTFILE MAIL MAILCHECK PROMPT_COMMAND",
            # A shell never changes its network namespace: asked once.
            "replay_ns=$(ip netns identify 2>/dev/null)",
            'if [ -n "$BASH_VERSION" ]; then',
            f"  PS0='{mark.format('C', told)}'",
            rf"  PS1='\[{mark.format('D', '')}\]{label}:\w\$ '",
            rf"  PS2='\[{mark.format('A', '')}\]> '",
            "  HISTCONTROL= HISTIGNORE= HISTSIZE=1000",
            "  shopt -s cmdhist lithist checkwinsize",
            # What handed the terminal over is not for the arrow keys; the tutorial's commands are.
            "  set -o history; builtin history -d -1 2>/dev/null",
            "  set -o emacs",
            """  bind '"\\t": complete' 2>/dev/null""",
            "else",
            f"  PS0= PS1='{posix.format('D')}{self._label}# ' PS2='{posix.format('A')}> '",
            "fi",
        ]
        return "\n".join(lines) + "\n"

    @staticmethod
    def hand_over(path: str) -> bytes:
        """What is typed at the terminal's prompt, once `rc` is the file `path`."""
        # Not in the file: bash begins to edit lines only when it is told so at its prompt.
        return f' . {path}; [ -n "$BASH_VERSION" ] && set -o emacs\n'.encode()

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
                self._told(mark[1], int(mark[2]), mark[3])
        shown.append(self._text(data[at:]))
        return b"".join(shown)

    def _text(self, data: bytes) -> bytes:
        if not self._begun:
            return b""
        self._screen.feed(self._decode(data))
        return data

    def typed(self, data: bytes, lines: bool) -> None:
        """Keys of the person; `lines`: the terminal is in canonical mode, it hands over whole lines."""
        self._last = data[-1:]
        running = self._running
        if running is None:
            return
        for key in data:
            if not lines or key in _NO_LINE:
                running.keys = True
            elif key == INTERRUPT:
                running.interrupted, self._line = True, b""
            elif key in b"\r\n":
                running.sent.append(self._line.decode("utf-8", "replace"))
                self._line = b""
            elif key in _ERASE:
                self._line = self._line.decode("utf-8", "ignore")[:-1].encode()
            else:
                self._line += bytes([key])

    def _told(self, kind: bytes, status: int, tail: bytes) -> None:
        seen = self._screen.text()
        self._screen, self._line = PlainText(*self._size), b""
        if kind == b"C":
            text = tail.decode("utf-8", "replace").replace("\r\n", "\n").rstrip("\n")
            self._begin(_NUMBER.sub("", text, count=1))
        elif kind == b"A":
            self._echoed.append(seen)
        else:
            self._end(seen, status)
            self._begun, self._tells, self._echoed = True, tail != b"sh", []

    def _begin(self, command: str) -> None:
        before = self.commands[-1].sent if self.commands else []
        # What was typed too early is read by the shell.
        if before and before[-1] == command:
            before.pop()
        self._running = TypedCommand(command)

    def _end(self, seen: str, status: int) -> None:
        """A prompt: what ran since the one before it?"""
        ran, self._running = self._running, None
        if ran is None and self._begun and self._last == bytes([END_OF_FILE]):
            ran, seen = TypedCommand("exit"), ""  # Ctrl-D left a nested shell
        elif ran is None and self._begun and not self._tells:
            first, _, output = seen.partition("\n")
            lines = [*(text.partition("\n")[0] for text in self._echoed), first]
            command = "\n".join(line.removeprefix(self._prompt(n)) for n, line in enumerate(lines))
            ran, seen = TypedCommand(command), output
        if ran is not None and ran.command.strip() and not ran.command.endswith("^C"):
            ran.output, ran.exit = seen, status
            self.commands.append(ran)

    def _prompt(self, number: int) -> str:
        return f"{self._label}# " if number == 0 else "> "
