"""An annotated copy of a tutorial in Markdown: the tutorial, and below each claim what was found of it."""

import re
from collections.abc import Iterator, Mapping, Sequence

from replayer.formats.commonmark import escaped, fenced, linked
from replayer.formats.speech import Speech
from replayer.formats.verified import SIGNS
from replayer.problems import visible
from replayer.sources.document import Line
from replayer.verification import Found, Report
from replayer.verification.copying import MARK, Annotated

_FENCE = re.compile(r"(?P<indent> *)(?:`{3,}|~{3,})\s*")


def render(copy: Annotated, report: Report, machine: Mapping[str, str], clock: str, speech: Speech) -> str:
    """The copy. Of a tutorial in Markdown it is the tutorial itself; of another text, its numbered lines."""
    where = speech.word("Checked by replay on Linux {}, {}").format(machine.get("kernel", "?"), clock)
    head = f"> {escaped(speech.summary(report))}  \n> {escaped(where)} {MARK}\n"
    blocks = [head]
    if not copy.markdown:
        blocks = [f"# {escaped(copy.title)}\n", *([linked(copy.source) + "\n"] if copy.source else []), head]
    for number, (lines, found) in enumerate(copy.parts):
        texts = [visible(line.text) for line in lines]
        indent = ""
        if not copy.markdown:
            blocks += [fenced("\n".join(_numbered(lines)).strip("\n"))] if any(text.strip() for text in texts) else []
        elif number == 0 and texts[:1] == ["---"] and "---" in texts[1:]:
            end = texts.index("---", 1) + 1  # front matter comes first
            blocks = ["\n".join(texts[:end]) + "\n", head, "\n".join(texts[end:]) + "\n"]
        else:
            blocks.append("\n".join(texts) + "\n")
        if copy.markdown and texts and (fence := _FENCE.fullmatch(texts[-1])):
            indent = fence["indent"]  # a remark in a list's item stands in it
        blocks += [_remark(one, indent, speech) for one in found]
    return "\n".join(blocks).rstrip("\n") + "\n"


def _numbered(lines: Sequence[Line]) -> Iterator[str]:
    width = len(str(max(line.number for line in lines)))
    before = 0
    for line in lines:
        number = "" if line.number == before else str(line.number)
        before = line.number or before
        yield f"{number if line.number else '':>{width}}  {visible(line.text)}".rstrip()


def _remark(one: Found, indent: str, speech: Speech) -> str:
    """What was found of one claim, as a quote."""
    word, told = speech.word, speech.told
    line = word("(line {})").format(one.line)
    said = [f"{SIGNS[one.holds]} **{word(one.holds)}** {line} {escaped(one.command)}: {escaped(told(one.claimed))}"]
    if one.holds != "holds" or one.late:
        said += [f"{word('observed')}: {escaped(told(one.observed))}"] if one.observed != "not played" else []
        said += [f"{word('likely')}: {escaped(told(one.causes[0]))}"] if one.causes else []
    # Two blanks at an end are a line break.
    return "  \n".join(f"{indent}> {line}" for line in said) + "\n"
