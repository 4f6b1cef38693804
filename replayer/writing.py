"""Files that people keep, written whole or not at all."""

import os
import tempfile
from pathlib import Path

from replayer.problems import ReplayError


def write_whole(path: Path, content: str) -> None:
    """The file, with its folder made: a full disk or a kill leaves the old one, or none. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".replay-")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(content)
        umask = os.umask(0)
        os.umask(umask)
        beside.chmod(0o666 & ~umask)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def written(path: Path, content: str) -> Path:
    """The file as a person names it, with its folder made; raises ReplayError."""
    try:
        if path.exists() and not path.is_file():  # /dev/stdout: what is no file stays what it is
            path.write_text(content, encoding="utf-8", errors="replace")
        else:
            write_whole(path.resolve(), content)  # a link stays one
    except OSError as error:
        raise ReplayError(f"{path}: it cannot be written: {error.strerror}") from error
    return path
