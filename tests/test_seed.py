"""The seed is played whole: its commands, outcomes and remarks, in its order."""

import re
from pathlib import Path

from replayer.plan import Plan, prepare
from replayer.sources import load
from replayer.tokens import Match, Renaming, match_block

REPO = Path(__file__).parent.parent
SEED = (REPO / "tests/data/seed.txt").read_text(encoding="utf-8").splitlines()
COMMANDS = [line[2:] for line in SEED if line.startswith("# ")]
OUTCOMES = [line for line in SEED if line in ("通", "不通")]
AUTHORS_BR0 = "36:50:43:11:71:c0"


def plan() -> Plan:
    path = REPO / "scenarios/tutorial.yaml"
    [found] = prepare(load(path), str(path))
    return found


def test_the_plan_shows_the_seeds_commands_outcomes_and_remarks() -> None:
    shown = [s for s in plan().steps if s.show != "none"]
    commands = [re.sub(r"\{\{ bridge_mac \}\}", AUTHORS_BR0, s.text) for s in shown if s.kind == "run"]
    assert (len(COMMANDS), len(OUTCOMES)) == (69, 14)
    assert commands == COMMANDS
    hidden_stops = {s.terminal for s in plan().steps if s.show == "none" and s.until}
    outcomes = [
        rule.value
        for s in shown
        for rule in s.rules
        if rule.kind == "outcome" and not (s.kind == "stop" and s.terminal in hidden_stops)
    ]
    assert outcomes == OUTCOMES
    assert [s.text for s in shown if s.kind == "note"] == [
        line for line in SEED[1:] if line.startswith(("//", "此模式", "隔离功能"))
    ]


def test_the_golden_differs_from_the_seed_only_where_the_document_says() -> None:
    golden = (REPO / "transcripts/tutorial.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in golden if line != "..."]
    seed = [line for line in SEED if line != "..."]
    # The documented doubled request.
    seed.remove("05:29:10.280587 ARP, Request who-has 192.168.0.12 tell 192.168.0.11, length 28")
    assert len(kept) == len(seed)
    mine = next(line for line in kept if "macaddr add" in line)
    kept[kept.index(mine)] = mine.rpartition(" ")[0] + " " + AUTHORS_BR0
    renaming = Renaming()
    for ours, theirs in zip(seed, kept, strict=True):
        if ours.startswith("# "):
            assert ours == theirs
        else:
            assert isinstance(match_block(ours, theirs, renaming), Match), (ours, theirs)
