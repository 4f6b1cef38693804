"""The processes of the whole machine: those within sandboxes are among them."""

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def alive(mark: str) -> dict[int, str]:
    """Those that have a mark in their command line: number -> command line."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has just ended
            command = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if mark in command:
                found[int(path.parent.name)] = command
    return found


def ancestors(pid: int) -> Iterator[int]:
    with suppress(OSError):  # it has just ended
        while pid > 1:
            pid = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            yield pid


def wait_for_sleep(mark: str, there: bool) -> None:
    """Until a `sleep` with the mark is there, or none is. The tmux that types it has it in its command line, too."""
    end = time.monotonic() + 10
    while any("sleep" in command and "tmux" not in command for command in alive(mark).values()) != there:
        assert time.monotonic() < end
        time.sleep(0.02)
