"""Where a command is typed: which terminal, and in which nested shell of it."""

import re

from replayer.sources.session import Doubt

_ANOTHER = re.compile(
    r"\b(?:another|second|new|different|other|separate) (?:terminal|window|shell|console|tab|session|pane)|(?:terminal|window|shell|console|tab)\s*#?(?P<n>[2-9])\b|"
    r"另(?:外)?(?:开|起|打开)?一个?(?:个)?(?:新的?)?(?:终端|窗口|会话|shell)|新(?:开|建|打开)一?个?(?:终端|窗口)|(?:终端|窗口)\s*(?P<m>[2-9二三])|別の(?:ターミナル|端末|ウィンドウ|コンソール)|もう一つの(?:ターミナル|端末)|新しい(?:ターミナル|端末)|"
    r"(?:다른|새|새로운|별도의?) ?(?:터미널|창|쉘)|(?:друг|втор|нов|отдельн)\w+ (?:терминал|окн|консол)\w*|(?:otra|nueva|segunda) (?:terminal|ventana|consola|pestaña)|otro terminal|(?:autre|nouve(?:au|l)|second|deuxième) (?:terminal|fenêtre|console|onglet)|"
    r"(?:anderen|zweiten|neuen|weiteren|separaten)\w* (?:Terminal|Fenster|Konsole|Shell)|terminal (?:khác|mới|thứ hai)|cửa sổ (?:khác|mới)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?:back (?:to|in)|return to|in) (?:the )?(?:first|original|previous) (?:terminal|window|shell|console)|(?:terminal|window|shell|console|tab)\s*#?1\b|(?:回到|返回|在)(?:第一个|原来的?|之前的?)(?:终端|窗口)|(?:终端|窗口)\s*[1一]|"
    r"(?:最初|元)の(?:ターミナル|端末)|(?:첫 번째|원래) (?:터미널|창)|(?:перв|исходн)\w+ (?:терминал|окн)\w*|(?:primera|primer) (?:terminal|ventana)|premi(?:er|ère) (?:terminal|fenêtre)|ersten (?:Terminal|Fenster)|terminal (?:đầu tiên|thứ nhất|ban đầu)",
    re.IGNORECASE,
)


class Places:
    """Follows the terminals of a document. A host that no command led to is a terminal of its own; one that a nested
    shell's prompt shows is not."""

    def __init__(self) -> None:
        self._word = "main"  # the terminal that words chose
        self._hosts: dict[str, str] = {}  # host in a prompt -> terminal
        self._nested: dict[
            str, list[tuple[str, str]]
        ] = {}  # terminal -> (what was entered, the host before) innermost last
        self._last: dict[str, str] = {}  # terminal -> the host its last prompt showed
        self._names: set[str] = {"main"}

    def said(self, text: str, heading: bool = False) -> None:
        """Prose may send the reader to another terminal, or back."""
        another, first = _ANOTHER.search(text), _FIRST.search(text)
        if another and not (first and first.start() > another.start()):
            number = another["n"] or another["m"] or "2"
            self._word = f"terminal{ {'二': '2', '三': '3'}.get(number, number) }"
            self._names.add(self._word)
        elif first:
            self._word = "main"
        elif heading:
            self._word = "main"

    def fence(self) -> None:
        """A new block of code begins."""

    def terminal(self, host: str, text: str) -> str:
        """The terminal of a command at a prompt that shows `host`."""
        if not host:
            return self._word
        if host in self._hosts:
            return self._hosts[host]
        terminal = self._word
        last = self._last.get(terminal)
        if (
            last is not None
            and last != host
            and not self._nested.get(terminal)
            and "@" in host
            and self._differ(last, host)
        ):
            terminal = self._named(host)
        if not self._nested.get(terminal):
            self._hosts[host] = terminal
        return terminal

    def _differ(self, one: str, other: str) -> bool:
        """Whether two prompts show different machines: another user on the same one is the same terminal."""
        return one.rpartition("@")[2] != other.rpartition("@")[2]

    def _named(self, host: str) -> str:
        name = re.sub(r"[^\w.-]", "-", host.rpartition("@")[2]).strip("-.") or "other"
        name = name if re.match(r"[^\W\d]", name) else f"host-{name}"
        self._names.add(name)
        return name

    def another(self, program: str) -> str:
        """A terminal for a command that goes on while others are typed."""
        name, number = program, 2
        while name in self._names:
            name, number = f"{program}{number}", number + 1
        self._names.add(name)
        return name

    def left_before(self, terminal: str, host: str, text: str, line: int) -> list[Doubt]:
        """The nested shells that were left without a word, as a prompt shows: an `exit` for each."""
        nested = self._nested.get(terminal, [])
        doubts = []
        while nested and host and nested[-1][1] == host and self._last.get(terminal) != host:
            entered, _ = nested.pop()
            doubts.append(
                Doubt(line, f"the prompt shows that the shell in {entered} was left; the text does not say so")
            )
        return doubts

    def typed(self, terminal: str, host: str, enters: str, text: str) -> None:
        nested = self._nested.setdefault(terminal, [])
        if enters:
            nested.append((enters, host))
        elif re.fullmatch(r"\s*(?:exit|logout)(?:\s+\d+)?\s*", text) and nested:
            nested.pop()
        if host:
            self._last[terminal] = host
