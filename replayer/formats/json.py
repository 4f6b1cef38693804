"""The judged run as one JSON document, for other programs."""

import json
from typing import Any

from replayer.transcript import Entry, Transcript


def render(transcript: Transcript) -> str:
    """Plan, steps with outputs and verdicts, and what the machine was."""
    plan = transcript.plan
    document = {
        "name": plan.name,
        "path": plan.path,
        "title": plan.title,
        "verdict": transcript.verdict,
        "seconds": round(transcript.seconds, 6),
        "clock": transcript.clock,
        "machine": transcript.machine,
        "skipped": transcript.skipped,
        "finished": None if transcript.finished is None else transcript.finished.ending,
        "reason": transcript.finished.reason if transcript.finished else "",
        "steps": [_entry(entry) for entry in transcript.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _entry(entry: Entry) -> dict[str, Any]:
    verdict = entry.verdict
    return {
        "step": entry.step.index + 1,
        "kind": entry.step.kind,
        "section": entry.step.section,
        "at": {"file": entry.step.at.file, "line": entry.step.at.line, "column": entry.step.at.column},
        "terminal": entry.step.terminal,
        "command": entry.command,
        "started": round(entry.started, 6),
        "seconds": round(entry.seconds, 6),
        "attempt": entry.attempt,
        "ending": entry.ending,
        "exit": entry.exit,
        "outcome": entry.outcome,
        "output": entry.text if entry.step.kind in ("run", "stop", "wait") else "",
        "captured": entry.captured,
        "verdict": verdict.word if verdict else None,
        "findings": [{"expected": f.expected, "observed": f.observed} for f in verdict.findings] if verdict else [],
        "warnings": list(verdict.warnings) if verdict else [],
    }
