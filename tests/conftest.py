"""Who runs the tests' replays: this user, and an ordinary one with an installation of their own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytest.register_assert_rewrite("tests.verifying")  # its assertions tell as much as those of a test

REPO = Path(__file__).parent.parent
ORDINARY = 12345


@dataclass(frozen=True)
class Person:
    """Somebody who calls replay. `folder` is theirs."""

    name: str
    command: tuple[str, ...]
    folder: Path

    def start(self, *args: str) -> "subprocess.Popen[str]":
        keep = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "TERM")}
        return subprocess.Popen(
            [*self.command, *args],
            cwd=self.folder,
            env=keep | {"HOME": str(self.folder), "PYTHONPATH": str(REPO) if self.name == "root" else ""},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*args)
        out, err = process.communicate(timeout=240)
        return subprocess.CompletedProcess(args, process.returncode, out, err)


@pytest.fixture(scope="session")
def installation() -> Iterator[Path]:
    """An installed replay that every user can read, made from the system's python3 and this checkout."""
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
    if python is None or subprocess.run([python, "-c", check], check=False, capture_output=True).returncode:
        pytest.skip("no system python3 of version 3.11 with venv (apt-get install python3-venv)")
    folder = Path(tempfile.mkdtemp(prefix="replay-installed-"))
    try:
        subprocess.run([python, "-m", "venv", folder / "venv"], check=True)
        pip: list[str | Path] = [
            folder / "venv/bin/python",
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
        ]
        subprocess.run([*pip, REPO], check=True)
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["root", "ordinary"])
def person(request: pytest.FixtureRequest) -> Iterator[Person]:
    """This test is done by root and by an ordinary user (by root only where we are)."""
    folder = Path(tempfile.mkdtemp(prefix="replay-person-"))
    try:
        shutil.copytree(REPO / "scenarios", folder / "scenarios")
        (folder / "transcripts").mkdir()
        command: tuple[str, ...] = (sys.executable, "-m", "replayer")
        if request.param == "root" and os.geteuid() != 0:
            pytest.skip("not root here")
        if request.param == "ordinary" and os.geteuid() == 0:
            installed = request.getfixturevalue("installation")
            subprocess.run(["chown", "-R", str(ORDINARY), folder], check=True)
            drop = ("setpriv", f"--reuid={ORDINARY}", f"--regid={ORDINARY}", "--clear-groups")
            command = (*drop, str(installed / "venv/bin/replay"))
        yield Person(request.param, command, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with places for scenarios and transcripts."""
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "transcripts").mkdir()
    return tmp_path


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    from tests.browser import NoBrowser, chromium  # here, for it takes its time, and few tests need it

    try:
        with chromium() as found:
            yield found
    except NoBrowser as error:
        pytest.skip(str(error))
