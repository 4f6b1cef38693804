"""Outputs beside a job in the background: what it prints of its own comes in between."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from replayer.sources.session import Claim, Command, Item, Session

_JOB = re.compile(r"(?<![&>|])&\s*$", re.MULTILINE)
_SILENCED = re.compile(r">|\bnohup\b|\s-q\b|--quiet")
_ENDS = re.compile(r"\b(?:kill|pkill|killall|fg)\b")


def beside_jobs(session: Session) -> Session:
    """The session, its outputs open for lines of jobs that run in the background of the same terminal."""
    return replace(session, items=tuple(_items(session.items)))


def _items(items: Sequence[Item]) -> Iterator[Item]:
    talking: set[str] = set()  # terminals with a job that prints to them
    for item in items:
        if isinstance(item, Command):
            if item.terminal in talking:
                yield replace(item, claims=tuple(map(_open, item.claims)))
            else:
                yield item
            if _ENDS.search(item.text):
                talking.discard(item.terminal)
            elif _JOB.search(item.text) and not _SILENCED.search(item.text):
                talking.add(item.terminal)
        else:
            yield item


def _open(claim: Claim) -> Claim:
    if claim.kind != "output":
        return claim
    lines: list[str] = []
    for line in ("...", *claim.lines, "..."):
        if line.strip() != "..." or lines[-1:] != ["..."]:
            lines.append(line.strip() if line.strip() == "..." else line)
    return replace(claim, lines=tuple(lines))
