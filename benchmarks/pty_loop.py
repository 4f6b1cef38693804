"""A bare PTY loop: the least that any tool must do which types commands at a real shell and waits for each.

    pty_loop.py COMMANDS

COMMANDS holds one command a line. Each is typed when the prompt is seen; what is printed is kept, as one who
wants a transcript must; the exit status is read from the prompt. Nothing is judged, decoded or written.
"""

import os
import pty
import sys
from pathlib import Path

SHELL = ["bash", "--noprofile", "--norc", "--noediting", "-i"]
PROMPT = b"\x1b]loop;"
END = b"\x07"
READ_SIZE = 1 << 16


def main(path: str) -> int:
    commands = Path(path).read_bytes().splitlines()
    pid, master = pty.fork()
    if pid == 0:
        os.environ["PS1"] = (PROMPT + b"$?" + END).decode()
        os.execvp(SHELL[0], SHELL)
    outputs = []
    _, status = _until_prompt(master)
    for command in commands:
        os.write(master, command + b"\n")
        output, status = _until_prompt(master)
        outputs.append(output)
        if status != b"0":
            return 1
    os.close(master)
    os.waitpid(pid, 0)
    return 0 if len(outputs) == len(commands) else 1


def _until_prompt(master: int) -> tuple[bytes, bytes]:
    """What is printed before the next prompt, and the status that the prompt shows."""
    pieces: list[bytes] = []
    while True:
        pieces.append(os.read(master, READ_SIZE))
        # The prompt comes last, and may be cut: only where its end is seen is its beginning looked for.
        if pieces[-1].endswith(END):
            output, found, status = b"".join(pieces).rpartition(PROMPT)
            if found:
                return output, status[: -len(END)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
