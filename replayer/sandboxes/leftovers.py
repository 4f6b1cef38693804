"""What a supervisor on the host could not end, because it was killed itself."""

import contextlib
import os
from pathlib import Path

MARK = "REPLAY_SANDBOX"


def kill(runtime_dir: str) -> None:
    """SIGKILL every process that was started in the sandbox with this directory, which its environment
    tells."""
    wanted = os.fsencode(f"{MARK}={runtime_dir}")
    # A process may fork while we look: again until a look finds none.
    for _ in range(50):
        pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
        found = [pid for pid in pids if wanted in _environment(pid)]
        if not found:
            return
        for pid in found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 9)


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:  # gone, or another user's
        return []
