"""The claims of a tutorial as a table on a terminal: a row a claim, and why below those that do not hold."""

from collections.abc import Iterator

from replayer.cli.region import cut, padded, squeezed, width_of
from replayer.cli.view import View
from replayer.formats.reasons import one_line
from replayer.formats.speech import Speech
from replayer.formats.verified import COLORS, SIGNS, brief
from replayer.problems import visible
from replayer.verification import Found, Report

# Where the words of a row begin, and those below it; in a narrower window a row's words have lines of their own.
_ROW, _BELOW = 32, 19
_NARROW, _INDENT = 64, 7


def show_claims(report: Report, view: View, speech: Speech, explain: bool = False, quiet: bool = False) -> None:
    """A row a claim; below what does not hold, not at once, or could not be tried, what was observed and why.
    `explain`: every cause, and what was looked at; `quiet`: claims that hold are left out."""
    shown = [found for found in report.found if not quiet or found.holds != "holds"]
    if view.width and view.width < _NARROW:
        for found in shown:
            _show_narrow(found, view, speech, explain)
        return
    if shown:
        line = speech.word("line")
        view.say(view.paint(f"{'':{7 - width_of(line)}}{line}  {'':20}  {speech.word('command: claim')}", "dim"))
    for found in shown:
        word = view.paint(f"{SIGNS[found.holds]} {padded(speech.word(found.holds), 18)}", COLORS[found.holds])
        view.say(f"  {found.line:>5}  {word}  {row(found, view.width - _ROW if view.width else 0, speech)}")
        for name, text in _why(found, speech, explain):
            for number, part in enumerate(folded(text, view.width - _BELOW - 1) if view.width else [text]):
                view.say(f"{'':9}{padded(name if number == 0 else '', _BELOW - 9)}{part}")


def row(found: Found, room: int, speech: Speech) -> str:
    """A command and its claim, in so many cells (0: as long as they are)."""
    command, claimed = one_line(found.command), one_line(speech.told(found.claimed))
    if not room:
        return f"{command}: {claimed}"
    # Where it is typed stands at a command's beginning, whom it asks at its end; neither may hide the claim.
    claimed = cut(claimed, max(room // 2, room - width_of(command) - 2))
    return f"{squeezed(command, room - width_of(claimed) - 2)}: {claimed}"


def _show_narrow(found: Found, view: View, speech: Speech, explain: bool) -> None:
    word = f"{SIGNS[found.holds]} {speech.word(found.holds)}"
    view.say(f"{found.line:>5}  {view.paint(word, COLORS[found.holds])}")
    told = [row(found, 0, speech)]
    told += [f"{name}: {text}" if name else text for name, text in _why(found, speech, explain)]
    for text in told:
        for part in folded(text, view.width - _INDENT - 1):
            view.say(f"{'':{_INDENT}}{part}")


def _why(found: Found, speech: Speech, explain: bool) -> Iterator[tuple[str, str]]:
    """What is told below a row: of what holds only that it did not at once."""
    if found.holds == "holds" and not found.late:
        return
    if found.observed not in ("not played", ""):
        yield speech.word("observed"), one_line(speech.told(found.observed))
    for number, cause in enumerate(found.causes if explain else found.causes[:1]):
        yield speech.word("likely" if number == 0 else "or"), one_line(speech.told(cause))
    if not found.causes and not found.late:
        yield speech.word("likely"), speech.word("no rule finds a cause")
    if explain:
        for question, answer in found.looked.items():
            yield speech.word("looked"), one_line(question)
            yield from (("", f"  {line}") for line in brief(answer))


def folded(text: str, room: int) -> list[str]:
    """A text in lines that fit, cut between words where it can be."""
    lines = [""]
    for word in visible(text).split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(joined) <= max(room, 8) or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    return [piece for line in lines for piece in _pieces(line, max(room, 8))]


def _pieces(line: str, room: int) -> Iterator[str]:
    """A line without blanks that is too long, in pieces."""
    piece = ""
    for sign in line:
        if width_of(piece + sign) > room:
            yield piece
            piece = ""
        piece += sign
    yield piece
