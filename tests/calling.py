"""replay called as a person calls it: a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import REPO


def replay(*args: str, cwd: Path = REPO, **env: str) -> "subprocess.CompletedProcess[str]":
    return _called([sys.executable, "-m", "replayer", *args], cwd, env)


def replay_in_bash(args: str, cwd: Path, before: str = "") -> "subprocess.CompletedProcess[str]":
    """The call as a line of bash, redirections and all; `before` it stands what sets limits."""
    return _called(["bash", "-c", f"{before} {sys.executable} -m replayer {args}"], cwd, {})


def _called(command: list[str], cwd: Path, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    clean = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR", "CI")}
    return subprocess.run(
        command,
        cwd=cwd,
        env=clean | env | {"PYTHONPATH": str(REPO)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def write(project: Path, name: str, text: str) -> Path:
    """A scenario of a project."""
    path = project / "scenarios" / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path
