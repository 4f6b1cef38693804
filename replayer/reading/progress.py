"""What has been read of a text so far, for whoever reads its next line."""

from collections import deque
from dataclasses import dataclass, field

from replayer.reading.found import Found, Typed
from replayer.reading.places import Places
from replayer.reading.prompts import Style
from replayer.sources.session import MOST_COMMANDS, Left, Remark

_RECENT = 200


@dataclass
class Progress:
    """What the whole text tells of itself, what was found of it so far, and what was typed last."""

    style: Style
    assigned: frozenset[str]  # shell variables that the text sets
    used: frozenset[str]  # shell variables that the text looks up
    made: set[str]  # commands of the text's own: functions, aliases, what stood where a command does
    found: list[Found] = field(default_factory=list)
    places: Places = field(default_factory=Places)
    current: Typed | None = None  # whose output the next lines are
    last: Typed | None = None
    recent: deque[Typed] = field(default_factory=lambda: deque(maxlen=_RECENT))
    words: set[str] = field(default_factory=set)  # of all that was typed
    others: str = ""  # another system that a comment says the commands of a block are for
    asked: str = ""  # the family of the prompt before the last command
    recorded: Typed | None = None  # prints a file that holds a session
    called: bool = False  # the words before say that an output follows
    indent: int = 0  # how far in the last command stands
    _commands: int = 0

    @property
    def full(self) -> bool:
        """Whether nothing more is read."""
        return self._commands >= MOST_COMMANDS

    def typed(self, typed: Typed) -> None:
        """A command was found."""
        self._commands += 1
        self.found.append(typed)
        self.recent.append(typed)
        self.words.update(typed.text.split())
        self.current = self.last = typed
        self.called = False

    def remark(self, text: str, line: int, level: int = 0, keep: bool = False) -> None:
        """Words were found. `keep`: the output before them goes on."""
        self.found.append(Remark(text, line, level))
        if not keep:
            self.current = None

    def leave(self, text: str, line: int, why: str) -> None:
        """A command was found that cannot be typed."""
        self._commands += 1
        self.found.append(Left(text.strip(), line, why))
        self.current = None
