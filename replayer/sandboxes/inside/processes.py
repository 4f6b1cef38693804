"""Finding and ending processes by what /proc says of them."""

import os

# Held open: a scenario can cover /proc with a mount of its own. In a sandbox it is opened again once the
# walls stand.
_proc = -1


def look_at_proc() -> None:
    global _proc
    _proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)


def kill_session(session: int, but: int = 0) -> None:
    """SIGKILL every process of `session` except `but`."""
    # A process may fork while we look: again until a look finds none. Zombies remain until they are reaped.
    for _ in range(50):
        found = [pid for pid, _, sid, state in _processes() if sid == session and pid != but and state not in "ZX"]
        if not found:
            return
        _kill(found)


def kill_descendants(reap: bool = True) -> None:
    """SIGKILL all that descends from this process, which must be a subreaper for it to be all."""
    for _ in range(1000):
        parents = {pid: parent for pid, parent, _, _ in _processes()}
        found = [pid for pid in parents if _descends(pid, parents)]
        if not found:
            return
        _kill(found)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass


def _descends(pid: int, parents: dict[int, int]) -> bool:
    own = os.getpid()
    while pid in parents:
        pid = parents[pid]
        if pid == own:
            return True
    return False


def _kill(pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, 9)
        except ProcessLookupError:
            pass


def _processes() -> list[tuple[int, int, int, str]]:
    """(process, parent, session, state) of each."""
    found = []
    for name in os.listdir(_proc):
        if name.isdigit():
            try:
                descriptor = os.open(f"{name}/stat", os.O_RDONLY | os.O_CLOEXEC, dir_fd=_proc)
                data = os.read(descriptor, 4096)
                os.close(descriptor)
            except OSError:
                continue
            fields = data[data.rindex(b")") + 2 :].split()  # the name before it may hold anything
            found.append((int(name), int(fields[1]), int(fields[3]), fields[0].decode()))
    return found
