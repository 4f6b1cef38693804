"""How each tool is told to run a list of commands, and where the tools come from.

Peers live in an environment of their own (build/peers), so that nothing of theirs meets ours.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from measuring import Command

REPO = Path(__file__).resolve().parent.parent
PEERS = REPO / "build/peers"
PACKAGES = ("cram==0.7", "prysk==0.20.0", "byexample==11.0.0", "tesh==0.3.2")
BATS = "bats@1.13.0"
REPLAY = str(Path(sys.executable).with_name("replay"))

# (folder, name, commands) -> how the tool runs them; what it needs is written into the folder.
Write = Callable[[Path, str, Sequence[str]], Command]


def install() -> None:
    """Peers that are not there yet. What cannot be had is left out, and the table says so."""
    if not (PEERS / "bin/python").exists():
        _try(sys.executable, "-m", "venv", str(PEERS))
    if not all((PEERS / "bin" / name).exists() for name in ("cram", "prysk", "byexample", "tesh")):
        _try(str(PEERS / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *PACKAGES)
    if _bats() is None and shutil.which("npm"):
        _try("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(PEERS), BATS)


def _try(*argv: str) -> None:
    print("installing:", *argv[-1:], file=sys.stderr)
    subprocess.run(argv, check=False, stdout=subprocess.DEVNULL)


def _bats() -> str | None:
    own = PEERS / "node_modules/bats/bin/bats"
    return str(own) if own.exists() else shutil.which("bats")


def program(peer: str) -> str | None:
    """The path of a peer's program, if it is here."""
    if peer == "bats":
        return _bats()
    path = PEERS / "bin" / peer
    return str(path) if path.exists() else None


def bash(folder: Path, name: str, commands: Sequence[str]) -> Command:
    path = folder / f"{name}.sh"
    path.write_text("\n".join(commands) + "\n", encoding="utf-8")
    return Command(("bash", "--noprofile", "--norc", str(path)), folder)


def pty_loop(folder: Path, name: str, commands: Sequence[str]) -> Command:
    path = folder / f"{name}.commands"
    path.write_text("\n".join(commands) + "\n", encoding="utf-8")
    return Command((sys.executable, str(REPO / "benchmarks/pty_loop.py"), str(path)), folder)


def cram(folder: Path, name: str, commands: Sequence[str]) -> Command:
    return _like_cram("cram", folder, name, commands)


def prysk(folder: Path, name: str, commands: Sequence[str]) -> Command:
    return _like_cram("prysk", folder, name, commands)


def _like_cram(tool: str, folder: Path, name: str, commands: Sequence[str]) -> Command:
    path = folder / f"{name}.t"
    path.write_text(
        "".join(f"  $ {c}\n" + "".join(f"  {o}\n" for o in expected(c)) for c in commands), encoding="utf-8"
    )
    # 1: the 50 MB differ from the nothing that is expected.
    return Command((str(program(tool)), "-q", str(path)), folder, statuses=(0, 1) if _unexpected(commands) else (0,))


def byexample(folder: Path, name: str, commands: Sequence[str]) -> Command:
    path = folder / f"{name}.md"
    blocks = "".join(f"$ {c}\n" + "".join(f"{o}\n" for o in expected(c)) + "\n" for c in commands)
    path.write_text(f"```shell\n{blocks}```\n", encoding="utf-8")
    argv = (str(program("byexample")), "--pretty", "none", "--timeout", "60", "-l", "shell", str(path))
    return Command(argv, folder, statuses=(0, 1) if _unexpected(commands) else (0,))


def tesh(folder: Path, name: str, commands: Sequence[str]) -> Command:
    path = folder / f"{name}.tesh.md"
    blocks = "".join(f"$ {c}\n" + "".join(f"{o}\n" for o in expected(c)) for c in commands)
    path.write_text(f'```console tesh-session="all"\n{blocks}```\n', encoding="utf-8")
    return Command((str(program("tesh")), str(path)), folder, statuses=(0, 1) if _unexpected(commands) else (0,))


def bats(folder: Path, name: str, commands: Sequence[str]) -> Command:
    path = folder / f"{name}.bats"
    # `run -0` is how a bats test runs a command, keeps its output and wants status 0.
    steps = "".join(f"  run -0 {_word(c)}\n" for c in commands)
    path.write_text(f'bats_require_minimum_version 1.5.0\n@test "all" {{\n{steps}}}\n', encoding="utf-8")
    return Command((str(program("bats")), str(path)), folder)


def _word(command: str) -> str:
    return f"bash -c {shlex.quote(command)}" if "|" in command else command


def replay(*options: str) -> Write:
    def written(folder: Path, name: str, commands: Sequence[str]) -> Command:
        path = folder / "scenarios" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("steps:\n" + "".join(f"  - run: {quoted(c)}\n" for c in commands), encoding="utf-8")
        return Command((REPLAY, "run", "-q", "--no-write", *options, str(path)), folder)

    return written


LIMITS: dict[str, Write] = {"bash script": bash, "bare PTY loop": pty_loop}
PEERS_BY_NAME: dict[str, Write] = {"cram": cram, "prysk": prysk, "byexample": byexample, "bats": bats, "tesh": tesh}
OURS: dict[str, Write] = {"replay --sandbox host": replay("--sandbox", "host"), "replay": replay()}


def expected(command: str) -> list[str]:
    """The output of the commands used here: `echo` prints its words."""
    return [command.removeprefix("echo ")] if command.startswith("echo ") else []


def _unexpected(commands: Sequence[str]) -> bool:
    return any("|" in command for command in commands)


def quoted(command: str) -> str:
    """A YAML scalar in single quotes: nothing in it means anything."""
    return "'" + command.replace("'", "''") + "'"


def versions() -> list[str]:
    """Of every program that takes part, as far as it says."""
    asked = {
        "bash": ["bash", "--version"],
        "bubblewrap": ["bwrap", "--version"],
        "iproute2": ["ip", "-V"],
        **{name: [str(program(name)), "--version"] for name in PEERS_BY_NAME if program(name)},
    }
    found = []
    for name, argv in asked.items():
        try:
            said = subprocess.run(argv, capture_output=True, text=True, check=False)
        except OSError:
            continue
        number = re.search(r"\d+\.\d+(\.\d+)?", said.stdout + said.stderr)
        if number:
            found.append(f"{name} {number[0]}")
    return found
