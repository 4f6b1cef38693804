"""The benchmark runs: its smallest case, without peers, and nothing is judged by its times."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).parent.parent / "benchmarks/bench.py"


@pytest.mark.skipif(not Path(sys.executable).with_name("replay").exists(), reason="`replay` is not installed here")
def test_the_smallest_case_gives_a_table() -> None:
    readme = BENCH.with_name("README.md").read_bytes()
    done = subprocess.run(
        [sys.executable, BENCH, "--quick", "--no-peers", "--no-write", "--only", "start"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    table = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert len(table) == 2 + len(("bash script", "bare PTY loop", "replay --sandbox host", "replay")), done.stdout
    assert not [line for line in table if "failed" in line], done.stdout + done.stderr
    assert BENCH.with_name("README.md").read_bytes() == readme
