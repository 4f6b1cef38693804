"""Claims, command by command: of its output, and of the words around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from replayer.claims.directed import Items
from replayer.claims.errors import complaint_in
from replayer.claims.known import Known
from replayer.claims.listed import of_rows
from replayer.claims.outputs import of_output
from replayer.claims.printed import echoed_said, is_result, printed_said, says_silent, status_said
from replayer.claims.remarks import Nearby, nearby
from replayer.claims.stated import line_within
from replayer.claims.statistics import asked, probes
from replayer.claims.topics import is_of_another
from replayer.reading.grammar import is_command
from replayer.reading.printing import prints
from replayer.sources.session import Claim, Command, Doubt, Item, Remark, Session, Stopped

_LABEL = re.compile(
    r"(?:the )?(?:test )?(?:results?|outputs?|errors?|ergebnis|ausgabe|fehler|résultat|sortie|erreur|resultado|salida|"
    r"результат|вывод|ошибка|kết quả|lỗi|(?:测试|运行|执行|输出)?结果|输出|报错|(?:実行)?結果|出力|エラー|"
    r"결과|출력|오류)\s*[:：]\s*",
    re.IGNORECASE,
)
_WITHIN = 220
# Around each, words take some milliseconds to be understood; no tutorial has so many.
MOST_ASKING = 300
# How many characters at the beginning of a long remark, and at its end, are looked at.
_ENDS = 500


def claimed(session: Session) -> Session:
    """The session with what it says of its commands read. What contradicts itself is a doubt, and no claim."""
    told = Items(_shortened(item) if isinstance(item, Remark) else item for item in session.items)
    asking = [at for at, item in enumerate(told) if isinstance(item, Command) and probes(item.text)]
    doubts, last = session.doubts, len(told)
    if len(asking) > MOST_ASKING:
        last = asking[MOST_ASKING]
        what = f"only the words around its first {MOST_ASKING:,} commands that ask were read, those above this line"
        doubts += (Doubt(told[last].line, what),)
    return replace(session, items=tuple(_items(told, session.items, last)), doubts=doubts)


def _shortened(remark: Remark) -> Remark:
    """A remark as far as it can tell of the commands around it: how it begins, and how it ends."""
    text = remark.text
    if len(text) <= 2 * _ENDS:
        return remark
    between = text.count("\n", _ENDS, len(text) - _ENDS)
    return replace(remark, text=text[:_ENDS] + "\n" * min(between, _ENDS) + text[-_ENDS:])


def _items(items: Items, written: Sequence[Item], last: int) -> Iterator[Item]:
    """`last`: what stands there or later is told by its output alone."""
    running: dict[str, int] = {}  # terminal -> where the command is that goes on there
    known = Known()
    listed = of_rows(items)
    for item in items:
        if isinstance(item, Command):
            known.read(item.text)
    for at, item in enumerate(items):
        if isinstance(item, Command):
            if item.goes_on:
                running[item.terminal] = at
                yield item
            else:
                near = _near(items, at, at, known) if at < last else Nearby(line=item.line)
                yield _judged(item, item, known, near, listed)
            known.learn(item)
        elif isinstance(item, Stopped):
            began = running.pop(item.terminal, None)
            if began is None:
                yield item
            else:
                command = items[began]
                assert isinstance(command, Command)
                near = _near(items, began, at, known) if began < last else Nearby(line=command.line)
                yield _judged(item, command, known, near, listed)
        else:
            yield written[at]


def _near(items: Items, begin: int, end: int, known: Known) -> Nearby:
    command = items[begin]
    assert isinstance(command, Command)
    typed, place = asked(command.text), known.place(command.terminal)

    def concerns(clause: str) -> bool | None:
        return False if is_of_another(clause, typed) else known.whom.concerns(clause, typed, place)

    return nearby(items, begin, end, concerns)


def _judged(
    item: Command | Stopped, typed: Command, known: Known, near: Nearby, listed: Mapping[str, Claim]
) -> Command | Stopped:
    command = typed.text
    claims: list[Claim] = []
    doubts: list[Doubt] = []
    for claim in item.claims:
        for said in of_output(typed, claim, known) if claim.kind == "output" else (claim,):
            if isinstance(said, Claim):
                claims.append(said)
            else:
                doubts.append(said)
    if not claims and (failure := _failure_below(near)):
        claims.append(failure)
    if not claims and not item.claims and (echoed := _echoed(command, near)):
        claims.append(echoed)
    elif probes(command):
        _of_words(command, near, claims, doubts, item.line)
        if not claims and not doubts and command in listed:
            claims.append(listed[command])
    if not claims and not item.claims:
        claims += _of_output_said(command, near)
    if not (claims or item.claims or doubts):
        return item
    return replace(item, claims=tuple(claims), doubts=(*item.doubts, *doubts))


def _failure_below(near: Nearby) -> Claim | None:
    """A message of failure directly below a command which was taken for a remark: a translated one reads as prose."""
    for remark in near.remarks:
        told = remark.text.strip()
        label = _LABEL.match(told)  # "Result: connect: Network is unreachable"
        words = ""
        if label and remark.line > near.line:
            words = complaint_in([told[label.end() :]])
        elif remark.line == near.line + 1:
            words = complaint_in([told])
        if words:
            return Claim("fails", remark.line, words, (remark.text,), why=remark.text)
    return None


def _echoed(command: str, near: Nearby) -> Claim | None:
    """What a command echoes, if the words beside it say that it did."""
    own = next((remark for remark in near.remarks if remark.line == near.line), None)
    said = echoed_said(command, own.text[:_WITHIN]) if own is not None else ""
    return Claim("contains", own.line, said, why=own.text.strip()) if own is not None and said else None


def _of_output_said(command: str, near: Nearby) -> list[Claim]:
    """What the words around a command that shows nothing say of its output."""
    for remark in near.remarks:
        if remark.line >= near.line and (status := status_said(remark.text[:_WITHIN])):
            return [Claim("exit", remark.line, status, why=remark.text.strip())]
    if not prints(command):
        return []
    for remark in near.remarks:
        text = remark.text[:_WITHIN]
        beside = remark.line == near.line or (remark.line == near.line + 1 and is_result(text))
        if clause := says_silent(text):
            return [Claim("empty", line_within(remark, clause), why=clause)]
        said = printed_said(text, beside) if remark.line >= near.line else ""
        if said and not is_command(said) and said not in command and not complaint_in([said]):
            return [Claim("contains", line_within(remark, said), said, why=text.strip())]
    return []


def _of_words(command: str, near: Nearby, claims: list[Claim], doubts: list[Doubt], line: int) -> None:
    """What the words around a command that asks for an answer say of it."""
    shown = next((claim.value for claim in claims if claim.kind == "outcome"), "")
    if shown or any(claim.kind == "fails" for claim in claims):
        if shown and near.beside and near.beside.value != shown:
            what = f"{near.beside.why!r} is said of it, and its output shows {shown}"
            doubts.append(Doubt(near.beside.line, what))
            claims[:] = [claim for claim in claims if claim.kind != "outcome"]
        return
    said = near.beside or near.introduced or near.after or near.before
    if said is not None:
        claims.append(said)
    elif near.torn:
        doubts.append(Doubt(near.torn, "the words around it say both that something answers and that it does not"))
