"""Drafts of steps + what they showed when they were played again -> drafts that expect what both plays showed. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from replayer.claims.captures import loosened
from replayer.drafting import CUT, Awaited, Draft, block_of, claiming, tells_status, word_of
from replayer.expectations import CUT_SHORT, LEAVES_SHELL
from replayer.journal import Ran
from replayer.outcomes import runs_tcpdump
from replayer.scenario import OutcomeRule
from replayer.sources.authored import unordered
from replayer.sources.session import Claim, Command, Left, Stopped
from replayer.steady import steady
from replayer.tokens import Identity, identities_in, line_of
from replayer.transcript import Entry


@dataclass(frozen=True, slots=True)
class Trouble:
    """What did not repeat, of a draft by its number. `grave`: an outcome or a status differed, or the step could not be
    repeated."""

    draft: int
    what: str
    grave: bool = False


def settled(
    made: Sequence[Draft], again: Mapping[int, Entry], outcomes: Mapping[str, OutcomeRule] | None = None
) -> tuple[dict[int, Draft], list[Trouble]]:
    """The drafts with expectations that held in both plays, by the numbers that they had, and what did not repeat.
    `again`: what each showed when it was played again."""
    gone: dict[int, str] = {}  # commands that could not be played again
    for number, draft in enumerate(made):
        cut = _cut(again.get(number))
        if draft.ran is not None and cut:
            gone.setdefault(draft.ran.number, cut)
    found: dict[int, Draft] = {}
    troubles: list[Trouble] = []
    for number, draft in enumerate(made):
        ran, entry = draft.ran, again.get(number)
        found[number], told = replace(draft, output=""), list[tuple[str, bool]]()
        if ran is not None and draft.judges and entry is not None and ran.number not in gone:
            found[number], told = _settled(found[number], ran, entry, outcomes or {})
        troubles += [Trouble(number, what, grave) for what, grave in told]
    for number, why in gone.items():
        troubles.append(leave_out(found, number, why))
    _tell_apart(found)
    return found, troubles


def _tell_apart(found: dict[int, Draft]) -> None:
    """Takes lines out of blocks without an order that bear identities which only a later block tells apart: of two
    lines `MAC dev veth11 master br0` either could be the other in the next run."""
    blocks = {number: lines for number, draft in found.items() if (lines := _expected(draft))}
    known: set[Identity] = set()
    for number, lines in blocks.items():
        ran = found[number].ran
        if ran is not None and unordered(ran.command.command):
            later = {
                one for at, other in blocks.items() if at > number for line in other for one in identities_in(line)
            }
            shapes = [line_of(line).shape for line in lines]
            doubtful = {
                shape
                for line, shape in zip(lines, shapes, strict=True)
                if shapes.count(shape) > 1 and (later - known) & identities_in(line)
            }
            kept = [line for line, shape in zip(lines, shapes, strict=True) if shape not in doubtful]
            if len(kept) < len(lines):
                lines = (*(line for line in kept if line.strip() != "..."), "...")
                found[number] = claiming(found[number], _replaced(found[number], lines))
        known |= {one for line in lines for one in identities_in(line)}


def _expected(draft: Draft) -> tuple[str, ...]:
    """The lines of a draft's `output`."""
    if not draft.judges or not isinstance(draft.item, (Command, Stopped, Awaited)):
        return ()
    return next((claim.lines for claim in draft.item.claims if claim.kind == "output"), ())


def _replaced(draft: Draft, lines: Sequence[str]) -> Iterator[Claim]:
    assert isinstance(draft.item, (Command, Stopped, Awaited))
    for claim in draft.item.claims:
        if claim.kind != "output":
            yield claim
        elif any(line.strip() != "..." for line in lines):
            yield replace(claim, lines=tuple(lines))


def leave_out(found: dict[int, Draft], ran: int, why: str) -> Trouble:
    """Makes a comment of a command, by its number, and takes away what else there is about it."""
    numbers = [number for number, draft in found.items() if draft.ran is not None and draft.ran.number == ran]
    first = found[numbers[0]]
    assert first.ran is not None
    for number in numbers[1:]:
        del found[number]
    found[numbers[0]] = Draft(Left(first.ran.command.command, 0, why), first.ran)
    return Trouble(numbers[0], why, grave=True)


def _cut(entry: Entry | None) -> str:
    """Why a step could not be played again."""
    if entry is None or entry.ending is None or entry.ending not in CUT_SHORT:
        return ""
    unseen = f" (/{entry.step.until}/ was not shown)" if entry.step.until else ""
    return f"played again, {CUT_SHORT[entry.ending]}{unseen}"


def _settled(
    draft: Draft, ran: Ran, entry: Entry, outcomes: Mapping[str, OutcomeRule]
) -> tuple[Draft, list[tuple[str, bool]]]:
    one = ran.command
    word, again = word_of(ran, one.output, one.exit, outcomes), word_of(ran, entry.text, entry.exit, outcomes)
    told: list[tuple[str, bool]] = []
    claims: list[Claim] = []
    statuses = sorted({status for status in (one.exit, entry.exit) if status is not None})
    if word != again and (one.interrupted or one.exit is not None):  # else the end of the recording cut it short
        told.append((f"it showed {word or 'no outcome'}, and {again or 'no outcome'} when it was played again", True))
    elif word == again != "":
        claims.append(Claim("outcome", 0, word))
    if not claims and tells_status(draft):
        if len(statuses) > 1 and one.command.strip() in LEAVES_SHELL:  # what the shell that is left had last
            claims.append(Claim("exit", 0, str(statuses)))
        elif len(statuses) > 1:
            told.append((f"it ended with status {one.exit}, and with {entry.exit} when it was played again", True))
            claims.append(Claim("exit", 0, str(statuses)))
        elif statuses != [0] and statuses:
            claims.append(Claim("exit", 0, str(statuses[0])))
    varies = word != again
    if not word and not again and one.command.strip() not in LEAVES_SHELL:
        lines, why = _repeated(draft, ran, entry)
        if why:
            told.append((f"{why}; it is not expected", False))
            varies = True
        claims += block_of(lines, failing=bool(claims))
    settles = entry.attempt > 1 and bool(word) and word == again
    if settles:
        told.append((f"it showed {word} at attempt {entry.attempt} only: `eventually` waits for that", False))
    doubts = [what for what, grave in told if grave]
    return replace(claiming(draft, claims, doubts), eventually=settles, varies=varies), told


def _repeated(draft: Draft, ran: Ran, entry: Entry) -> tuple[list[str], str]:
    first, second = ran.command.output, entry.text
    if isinstance(draft.item, Stopped):
        first, second = first.partition(CUT)[0], second.partition(CUT)[0]
    echo = ran.command.sent
    if first.strip() == second.strip() and first.strip().split("\n") in ([""], echo):
        return [], ""
    found = steady(first, second, ran.command.command, unordered(ran.command.command))
    lines = list(found.lines)
    if isinstance(draft.item, Stopped) and lines:
        lines = (
            loosened(lines) if runs_tcpdump(ran.command.command) else [*lines, *([] if lines[-1] == "..." else ["..."])]
        )
    return lines, found.why


def weaker(draft: Draft, entry: Entry) -> Draft | None:
    """A draft whose expectations do not hold together with the others, with fewer of them; None: it has none left."""
    item = draft.item
    if isinstance(item, Stopped) and entry.ending in ("exit", "shell"):
        return replace(draft, item=Awaited(item.terminal))
    if isinstance(item, (Command, Stopped, Awaited)):
        kept = [claim for claim in item.claims if claim.kind not in ("output", "contains")]
        if len(kept) < len(item.claims):
            return replace(draft, item=replace(item, claims=tuple(kept)), varies=True)
        statuses = {entry.exit, draft.ran.command.exit} if draft.ran else {entry.exit}
        if not any(claim.kind == "exit" for claim in kept) and statuses - {None, 0}:
            shown = sorted(status for status in statuses if status is not None)
            return claiming(draft, [*kept, Claim("exit", 0, str(shown if len(shown) > 1 else shown[0]))])
    return None
