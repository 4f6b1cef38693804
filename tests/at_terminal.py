"""Somebody at a real terminal: replay in tmux, keys typed, the screen read."""

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from wcwidth import wcswidth

from tests.conftest import REPO, Person

PATIENCE = 30.0
# What reads the keys while no replay does: it knows the tests' own calls alone. What was meant for a sandbox must not
# reach a shell of the machine. (`trap :`, for what is ignored here would be ignored by the calls, too.)
OURS = "4f1b-call "
READER = f"""trap : INT
while :; do
  read -r line || continue
  case $line in
    '{OURS}'*) eval "${{line#{OURS}}}" ;;
    'stty -a') stty -a ;;
  esac
done"""


class Screen:
    """A terminal of a size, in which `person` may call replay."""

    def __init__(self, person: Person, columns: int = 80, rows: int = 24) -> None:
        if shutil.which("tmux") is None:
            pytest.skip("no tmux (apt-get install tmux)")
        self._person = person
        self._folder = tempfile.mkdtemp(prefix="replay-screen-")
        size = ("-x", str(columns), "-y", str(rows))
        self._tmux("-f", "/dev/null", "new-session", "-d", *size, "-c", str(person.folder), "sh", "-c", READER)
        self._tmux("set", "-g", "remain-on-exit", "on")
        path = str(REPO) if person.name == "root" else ""
        self.type(f"{OURS}export HOME={person.folder} PYTHONPATH={path} LANG=C.UTF-8; stty -echo; clear\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            print(self.text())
        self._tmux("kill-server")
        shutil.rmtree(self._folder)

    def _tmux(self, *args: str) -> str:
        return subprocess.run(
            ["tmux", "-S", f"{self._folder}/socket", *args],
            check=False,
            capture_output=True,
            text=True,
            env=os.environ | {"TMUX": "", "LANG": "C.UTF-8", "CI": ""},
        ).stdout

    def replay(self, *args: str) -> None:
        """Call replay; its exit status will stand in a last line `left with N`. What is typed afterwards goes nowhere,
        but for `stty -a`."""
        self.type(f"{OURS}{shlex.join([*self._person.command, *args])}; echo left with $?\n")

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def key(self, *names: str) -> None:
        """Keys by the names that tmux knows: Enter, C-c, Up."""
        self._tmux("send-keys", *names)

    def resize(self, columns: int, rows: int) -> None:
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def close(self) -> None:
        """Close its window, as a person does with the mouse."""
        self._tmux("set", "-g", "exit-empty", "off")
        self._tmux("kill-window")

    def pid(self) -> int:
        """The process of the shell in the terminal."""
        return int(self._tmux("display-message", "-p", "#{pane_pid}"))

    def called(self) -> int:
        """The process of the call in the terminal."""
        [child] = Path(f"/proc/{self.pid()}/task/{self.pid()}/children").read_text().split()
        return int(child)

    def text(self) -> str:
        return self._tmux("capture-pane", "-p")

    def history(self) -> str:
        """All that was shown, with what scrolled away."""
        return self._tmux("capture-pane", "-p", "-J", "-S", "-5000")

    def until(self, what: str | Callable[[str], bool], history: bool = False) -> str:
        """Wait for the screen to show something; returns what it shows then."""
        end = time.monotonic() + PATIENCE
        while True:
            text = self.history() if history else self.text()
            if what in text if isinstance(what, str) else what(text):
                return text
            if time.monotonic() > end:
                raise AssertionError(f"the screen never showed {what!r}:\n{text}")
            time.sleep(0.05)


def scenario(person: Person, name: str, text: str) -> Path:
    """A scenario file of the person's project."""
    path = person.folder / "scenarios" / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def width_of(text: str) -> int:
    """Columns on a terminal."""
    return int(wcswidth(text))
