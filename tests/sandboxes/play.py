"""An owner of a sandbox, as a program: play.py BACKEND CHECK runs one function of checks.py in it.

It runs from a copy, with the standard library only, as users that can read nothing else.
"""

import os
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from replayer.problems import SandboxError
from replayer.sandboxes import Limits, open_sandbox

from tests.sandboxes import checks


def main(backend: str, verb: str) -> None:
    if verb == "linger":
        linger(backend)
    elif verb == "keep":
        with open_sandbox(backend) as sandbox:
            sandbox.open_terminal("main", ["sleep", "1000"], {}, 80, 24)
            print(sandbox.keep(), sandbox.pid, sep="\n")
    elif verb == "hostile":
        with open_sandbox(backend) as sandbox:
            sandbox.write("/root/attack.py", Path(__file__).with_name("attack.py").read_text())
            print(sandbox.execute(["python3", "/root/attack.py", *sys.argv[3:]], timeout=40)[1])
    else:
        check = getattr(checks, verb)
        limits = Limits(processes=64, memory=256 << 20, disk=16 << 20) if verb.startswith("limits") else Limits()
        with open_sandbox(backend, limits) as sandbox:
            check(sandbox)
        assert not sandbox.alive()


def linger(backend: str) -> None:
    """Live with a sandbox and its processes for a while, whatever is killed meanwhile."""
    try:
        with open_sandbox(backend) as sandbox:
            env = {"MARK": str(Path(__file__).parent)}
            loop = "setsid sleep 1001 & sleep 1002 & while :; do sleep 0.01; done"
            for name in ("one", "two"):
                sandbox.open_terminal(name, ["bash", "-c", loop], env, 80, 24)
            print("lives", flush=True)
            end = time.monotonic() + 0.8
            while time.monotonic() < end:
                sandbox.execute(["true"])
            print("ends", flush=True)
    except SandboxError as error:
        print(f"SandboxError: {error}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONDONTWRITEBYTECODE", "1")
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main(sys.argv[1], sys.argv[2])
