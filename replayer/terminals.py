"""All terminals of a run: opened when first named, read together, ended when a command will not end."""

import re
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress

from replayer.events import Event, Output, Typed
from replayer.problems import SandboxError
from replayer.prompts import Fact, Gone, NextLine, Prompt, Text
from replayer.sandboxes import Sandbox
from replayer.scenario import Size
from replayer.screen import plain
from replayer.terminal import Shells, Terminal

Clock = Callable[[], float]
Waiting = Iterator[Event]
# Called before anything is waited for.
BeforeWaiting = Callable[[], None]

# How much of a command's latest output patterns are looked for in, in characters.
WINDOW = 1 << 16
# After so long without a word it is looked whether the shells still live.
QUIET = 0.5
# How long a burst of output is read at once.
BURST = 0.005
# How soon to look again whether a shell waits behind a prompt.
UNSETTLED = 0.001
# How long a shell may take to its first prompt.
OPENING = 10.0
# From one way of ending a command to the next, harder one.
GRACE = 1.0
# How long a command may take to read its terminal before a line is typed to it.
READING = 0.5


class Terminals:
    """The terminals of one sandbox, by name. Methods that wait are iterators of what is printed meanwhile.

    `most` is what one command may print, in characters; more is read and dropped, and `flooded` says so.
    """

    def __init__(self, sandbox: Sandbox, size: Size, most: int, now: Clock, before_waiting: BeforeWaiting) -> None:
        self._sandbox, self._size, self._most, self._now = sandbox, size, most, now
        self._before_waiting = before_waiting
        self._shells = Shells(sandbox)
        self._open: dict[str, Terminal] = {}
        self._by_fd: dict[int, Terminal] = {}
        self._recent: dict[str, str] = {}  # the latest output of terminals that are watched
        self._echoes: dict[str, str] = {}  # what was typed to a command, until its echo came
        self._looked: dict[str, int] = {}  # how much was printed when patterns were last looked for
        self._printed: dict[str, int] = {}
        self._state: dict[str, Prompt | Gone | None] = {}
        self._poll = select.poll()
        self._poll.register(sandbox.fileno(), select.POLLIN)

    # -- one command ----------------------------------------------------------------------------------

    def ready(self, name: str) -> Waiting:
        """Wait until a terminal's shell is at its prompt; opens the terminal, or its next shell."""
        if self._is_open(name):
            # A prompt, or the end, that came while nobody waited.
            yield from self.pump(self._now())
        if self._is_open(name):
            return
        self.forget(name)
        terminal = self._shells.open(name, self._size.columns, self._size.rows)
        self._open[name] = terminal
        self._by_fd[terminal.fileno()] = terminal
        self._poll.register(terminal.fileno(), select.POLLIN)
        yield from self.ended_within(name, OPENING)

    def _is_open(self, name: str) -> bool:
        return name in self._open and not self._open[name].gone

    def __contains__(self, name: str) -> bool:
        return name in self._open

    def at_prompt(self, name: str) -> bool:
        return name in self._open and self._open[name].at_prompt

    def run(self, name: str, command: str, watched: bool) -> None:
        """Type a command at the prompt. Only what is `watched` can be asked for patterns."""
        self._state[name] = None
        self._printed[name] = 0
        self._recent.pop(name, None)
        self._looked.pop(name, None)
        if watched:
            self._recent[name] = ""
        self._open[name].run(command)

    def send(self, name: str, line: str) -> None:
        """Type a line to what runs. Its echo shows nothing of what the command does: no pattern sees it."""
        self._echoes[name] = line
        self._open[name].send(line)

    def _without_echo(self, name: str, recent: str) -> str:
        echo = self._echoes.get(name)
        if echo is None or (at := recent.rfind(echo)) < 0:
            return recent
        del self._echoes[name]
        return recent[:at] + recent[at + len(echo) :]

    def seen(self, name: str, pattern: re.Pattern[str], consume: bool = False) -> bool:
        """Whether a command's latest output shows a pattern; `consume`: what was seen is not seen again."""
        if name not in self._recent:
            return False
        self._looked[name] = self.printed(name)
        if not pattern.search(plain(self._recent[name], self._size.columns, self._size.rows)):
            return False
        if consume:
            self._recent[name] = ""
        return True

    def fresh(self, name: str) -> bool:
        """Whether something came since patterns were last looked for."""
        return self._looked.get(name) != self.printed(name)

    def state(self, name: str) -> Prompt | Gone | None:
        """How the terminal's command ended; None while it runs."""
        return self._state.get(name)

    def printed(self, name: str) -> int:
        """How many characters the terminal's command has printed."""
        return self._printed.get(name, 0)

    def flooded(self, name: str) -> bool:
        return self._printed.get(name, 0) > self._most

    def reads_input(self, name: str) -> bool:
        """Whether the command waits for a line to be typed."""
        return name in self._open and self._open[name].reads_input()

    def status(self, name: str) -> int | None:
        """The exit status of a terminal's shell that ended."""
        self._before_waiting()
        return self._sandbox.shell_status(name, GRACE)

    def lend(self, name: str) -> int:
        """The descriptor of an open terminal, for somebody else to read and write until it is forgotten."""
        fd = self._open[name].fileno()
        if self._by_fd.pop(fd, None) is not None:
            self._poll.unregister(fd)
        return fd

    # -- waiting ----------------------------------------------------------------------------------------

    def pump(self, until: float) -> Waiting:
        """Pass on what the terminals print, until something came or the time is there."""
        wait = max(0.0, until - self._now())
        unsettled = [terminal for terminal in self._by_fd.values() if terminal.unsettled]
        if unsettled:
            wait = min(wait, UNSETTLED)
        if wait:
            self._before_waiting()
        ready = self._poll.poll(min(wait, QUIET) * 1000 + 0.5 if wait else 0)
        if not ready and wait > QUIET:
            self._look_for_the_dead()
        # A burst is read as a whole before anybody looks at it: a tty hands over 4 KB at a time.
        end = self._now() + BURST
        while ready:
            more = False
            for fd, _ in ready:
                terminal = self._by_fd.get(fd)
                if terminal is not None:
                    yield from self._sort(terminal, terminal.read())
                    more = more or not terminal.at_prompt
                elif not self._sandbox.alive():
                    raise SandboxError("the sandbox is gone: its supervisor died")
            ready = self._poll.poll(0) if more and self._now() < end else []
        for terminal in unsettled:
            if not terminal.gone:
                yield from self._sort(terminal, terminal.settle())

    def _look_for_the_dead(self) -> None:
        """A shell that ended while a process of another session holds its terminal open is not seen to end."""
        for terminal in list(self._by_fd.values()):
            name = terminal.name
            if self._state.get(name) is None and self._sandbox.shell_status(name, 0) is not None:
                terminal.gone = True
                self._state[name] = Gone()
                self._poll.unregister(terminal.fileno())
                del self._by_fd[terminal.fileno()]

    def _sort(self, terminal: Terminal, facts: list[Fact]) -> Waiting:
        name = terminal.name
        for fact in facts:
            if isinstance(fact, Text):
                before = self._printed.get(name, 0)
                self._printed[name] = before + len(fact.text)
                if name in self._recent and not fact.stray:
                    self._recent[name] = self._without_echo(name, self._recent[name] + fact.text)[-WINDOW:]
                if before <= self._most:
                    yield Output(self._now(), name, fact.text, fact.stray)
                continue
            if isinstance(fact, NextLine):
                yield Typed(self._now(), name, fact.line, fact.exit)
                continue
            self._state[name] = fact
            if isinstance(fact, Gone):
                self._poll.unregister(terminal.fileno())
                self._by_fd.pop(terminal.fileno(), None)

    def idle(self, seconds: float) -> Waiting:
        """Let time pass."""
        end = self._now() + seconds
        while self._now() < end:
            yield from self.pump(end)

    def ended_within(self, name: str, seconds: float) -> Waiting:
        """Wait for the command's end, or for so long."""
        end = self._now() + seconds
        self._state[name] = None
        while self._state[name] is None and self._now() < end:
            yield from self.pump(end)

    def until_it_reads(self, name: str, seconds: float = READING) -> Waiting:
        """Wait a moment for a command to read its terminal; one that never does is not waited for long."""
        end = self._now() + seconds
        while self._state.get(name) is None and not self._open[name].waits_for_tty() and self._now() < end:
            yield from self.idle(0.005)

    # -- ending -----------------------------------------------------------------------------------------

    def end_command(self, name: str) -> Waiting:
        """End what runs in a terminal: Ctrl-C, then harder, until its shell is back, or the terminal closed."""
        terminal = self._open[name]
        ways: list[Callable[[], None]] = [
            terminal.interrupt,
            lambda: terminal.interrupt(b"\x1c"),
            lambda: self._sandbox.signal(name, signal.SIGKILL),
            lambda: self._sandbox.kill_jobs(name),
        ]
        for harder in ways:
            # Nothing may be in the foreground any more; a sandbox that died is said by the pump.
            with suppress(SandboxError):
                harder()
            yield from self.ended_within(name, GRACE)
            state = self._state[name]
            if isinstance(state, Prompt) and not state.more:
                return
            if isinstance(state, Gone):
                break
        self.forget(name)

    def forget(self, name: str) -> None:
        """Close a terminal; the next command in it gets a new shell."""
        terminal = self._open.pop(name, None)
        if terminal is None:
            return
        if self._by_fd.pop(terminal.fileno(), None) is not None:
            self._poll.unregister(terminal.fileno())
        terminal.close()
        self._sandbox.close_terminal(name)
