"""Who owns the sandboxes under test: processes of their own, as root and as an ordinary user, with a copy of
the package.

The copy is world-readable, so that any user can run it, and its unique path stands in the command line of
everything that an owner starts: whatever is left behind can be found by it.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_ORDINARY = "12345"


@dataclass(frozen=True)
class Owners:
    """Starts owners of sandboxes as `user`, which is root or ordinary."""

    place: Path
    user: str

    @property
    def drops(self) -> bool:
        """Whether root has to become somebody else for this."""
        return os.geteuid() == 0 and self.user == "ordinary"

    def command(self, *arguments: str, throwaway: bool = False) -> list[str]:
        """The command line of an owner; `throwaway` puts it into namespaces, for what plays on the host
        itself."""
        command = (
            ["unshare", "--mount", "--net", "--uts", "--ipc", "--pid", "--fork", "--mount-proc"] if throwaway else []
        )
        if os.geteuid() != 0:
            return [*command[:1], "--user", "--map-root-user", *command[1:]] * throwaway + [
                sys.executable,
                *self._script(arguments),
            ]
        if self.user == "root":
            return [*command, sys.executable, *self._script(arguments)]
        drop = ["setpriv", "--reuid", _ORDINARY, "--regid", _ORDINARY, "--clear-groups"]
        return [*command, *drop, _system_python(), *self._script(arguments)]

    def start(
        self, *arguments: str, throwaway: bool = False, env: dict[str, str] | None = None
    ) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            self.command(*arguments, throwaway=throwaway),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
            env={"PATH": os.environ["PATH"], "HOME": str(self.place / "home"), **(env or {})},
        )

    def run(self, *arguments: str, throwaway: bool = False, env: dict[str, str] | None = None) -> str:
        """What an owner printed; it must succeed."""
        process = self.start(*arguments, throwaway=throwaway, env=env)
        output, _ = process.communicate(timeout=60)
        assert process.returncode == 0, output
        return output

    def _script(self, arguments: tuple[str, ...]) -> list[str]:
        return [str(self.place / "tests/sandboxes/play.py"), *arguments]


def _system_python() -> str:
    return shutil.which("python3", path="/usr/bin:/bin") or "/usr/bin/python3"


@pytest.fixture(scope="session")
def place() -> Iterator[Path]:
    directory = Path(tempfile.mkdtemp(prefix="replay-tests-"))
    try:
        leave_out = shutil.ignore_patterns("__pycache__")
        for part in ("replayer/sandboxes", "tests/sandboxes"):
            shutil.copytree(_ROOT / part, directory / part, ignore=leave_out)
        for part in ("replayer/__init__.py", "replayer/problems.py", "replayer/topology.py", "tests/__init__.py"):
            shutil.copy(_ROOT / part, directory / part)
        (directory / "home").mkdir()
        (directory / "home/secret").write_text("SECRET-OF-THE-HOME")
        subprocess.run(["chmod", "-R", "a+rX", directory], check=True)
        for python in {sys.executable, _system_python()}:
            subprocess.run([python, "-m", "compileall", "-q", directory / "replayer"], check=True)
        yield directory
    finally:
        shutil.rmtree(directory)


@pytest.fixture(params=["root", "ordinary"])
def owners(request: pytest.FixtureRequest, place: Path) -> Owners:
    if request.param == "root" and os.geteuid() != 0:
        pytest.skip("not root here")
    return Owners(place, request.param)


@pytest.fixture(params=["bwrap", "unshare"])
def backend(request: pytest.FixtureRequest) -> str:
    """A backend that isolates."""
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    name: str = request.param
    return name


@pytest.fixture(scope="session", autouse=True)
def _user_namespaces() -> None:
    if not Path("/proc/self/ns/user").exists():
        pytest.skip("this kernel has no user namespaces")
