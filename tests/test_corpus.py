"""The corpus of tutorials: read as well as is promised, and the figure itself can be believed."""

from collections import Counter
from pathlib import Path

import pytest

from replayer.plan import prepare
from replayer.sources import native, read_text
from replayer.sources.authored import author
from replayer.sources.session import Claim
from replayer.sources.tutorials import TUTORIALS
from replayer.tutorial import read_tutorial
from tests.corpus_score import Count, Expected, Read, Score, WantedClaim, corpus, normal, read_expected, score, score_of

LANGUAGES = "zh en ja ko ru fr es de vi".split()
# Precision and recall of commands, then of claims.
LEAST = (0.97, 0.97, 0.97, 0.97)

EXPECTED = """\
language: en
format: plain
styles: 1

$ ip netns add a
$ ip netns exec a ping -c 1 10.0.0.1
= 通
?$ vim notes
[second] $ ip -n a addr \\
>   show dev eth0
= output: 2: eth0: <UP> ⋯ inet 10.0.0.1/24
=? empty
$ ip netns del a
= fails: No such file
"""


def read_well() -> list[Read]:
    shown = Claim("output", 5, lines=("2:  eth0: <UP>", "...", "  inet 10.0.0.1/24 "))
    return [
        Read("ip netns add a  # the first", 1, "main", ()),
        Read("ip netns exec a ping -c 1 10.0.0.1", 2, "main", (Claim("outcome", 3, "通"),)),
        Read("ip -n a addr show dev eth0", 4, "monitor", (shown,)),
        Read("ip netns del a", 6, "main", (Claim("fails", 7, "Cannot remove: No such file or directory"),)),
    ]


def figures(*read: Read) -> tuple[float, float, float, float]:
    return score(read_expected(EXPECTED, "a"), read).figures


def test_the_corpus_is_read_as_well_as_is_promised() -> None:
    total = Score(Count(), Count())
    wrong = []
    for file, expected in corpus():
        one = score_of(file, expected)
        total = Score(total.commands + one.commands, total.claims + one.claims)
        wrong += [*one.commands.wrong, *one.claims.wrong]
    assert all(figure >= least for figure, least in zip(total.figures, LEAST, strict=True)), "\n".join(wrong)
    assert total.commands.right > 800 and total.claims.right > 150


def test_every_text_becomes_a_scenario_that_can_be_played() -> None:
    for file, _ in corpus():
        scenario = author(read_tutorial(read_text(file), file.name).session).text
        assert prepare(native.read(scenario, file.name), file.name), file.name


def test_every_style_language_and_format_is_there() -> None:
    expected = [one for _, one in corpus()]
    assert len(expected) >= 40
    languages = Counter(one.language for one in expected)
    assert all(languages[language] >= 4 for language in LANGUAGES)
    assert {one.format for one in expected} == set(TUTORIALS)
    styles = Counter(style for one in expected for style in one.styles)
    assert all(styles[style] >= 3 for style in range(1, 9)), styles


@pytest.mark.parametrize(("file", "expected"), [pytest.param(*one, id=one[1].name) for one in corpus()])
def test_its_format_is_found(file: Path, expected: Expected) -> None:
    assert read_tutorial(file.read_text(encoding="utf-8"), str(file)).format == expected.format


def test_what_is_read_well_has_full_figures() -> None:
    assert figures(*read_well()) == (1, 1, 1, 1)


def test_what_may_be_read_counts_neither_way() -> None:
    read = read_well()
    assert figures(*read[:2], Read("vim notes", 3, "main", (Claim("empty", 3),)), *read[2:]) == (1, 1, 1, 1)
    empty = Read(read[2].text, 4, "monitor", (*read[2].claims, Claim("empty", 5)))
    assert figures(*read[:2], empty, read[3]) == (1, 1, 1, 1)


def test_a_wrong_command_lowers_both() -> None:
    read = read_well()
    read[0] = Read("ip netns add b", 1, "main", ())
    assert figures(*read) == (3 / 4, 3 / 4, 1, 1)


def test_an_extra_command_and_its_claims_lower_precision() -> None:
    extra = Read("Then ping it", 9, "main", (Claim("outcome", 9, "通"),))
    assert figures(*read_well(), extra) == (4 / 5, 1, 3 / 4, 1)


def test_a_missing_command_and_its_claims_lower_recall() -> None:
    assert figures(*read_well()[:3]) == (1, 3 / 4, 1, 2 / 3)


def test_the_order_counts() -> None:
    first, second, *more = read_well()
    assert figures(second, first, *more)[:2] == (3 / 4, 3 / 4)


def test_a_wrong_terminal_is_a_wrong_command() -> None:
    read = read_well()
    read[2] = Read(read[2].text, 4, "main", read[2].claims)
    assert figures(*read) == (3 / 4, 3 / 4, 1, 1)


@pytest.mark.parametrize(
    ("claims", "right"),
    [
        ((), (1, 2 / 3)),
        ((Claim("outcome", 3, "不通"),), (2 / 3, 2 / 3)),
        ((Claim("outcome", 3, "通"), Claim("empty", 3)), (3 / 4, 1)),
        ((Claim("outcome", 3, "通"), Claim("outcome", 3, "通")), (1, 1)),
    ],
)
def test_claims_that_are_missed_wrong_or_too_many(claims: tuple[Claim, ...], right: tuple[float, float]) -> None:
    read = read_well()
    read[1] = Read(read[1].text, 2, "main", claims)
    assert figures(*read)[2:] == right


@pytest.mark.parametrize(
    ("lines", "is_made"),
    [
        (("a", "b", "c"), True),
        (("...", "a", "...", "c", "..."), True),
        (("b", "c"), False),
        (("a", "b", "c", "And then we see:"), False),
        (("a", "b"), False),
    ],
)
def test_an_output_is_its_own_lines_and_no_others(lines: tuple[str, ...], is_made: bool) -> None:
    assert WantedClaim("output", "a", "c").is_made_by(Claim("output", 1, lines=lines)) is is_made


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("ip a  \\\n   show   # all", "ip a show"),
        ("echo 'a # b'", "echo 'a # b'"),
        ("cat <<X\n# kept\nX", "cat <<X\n# kept\nX"),
        ("f() {\n  # gone\n  ip a\n}", "f() {\nip a\n}"),
    ],
)
def test_what_the_shell_does_not_see_is_no_difference(text: str, is_read: str) -> None:
    assert normal(text) == is_read


def test_an_expectation_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match=r"a\.expected:15: neither"):
        read_expected(EXPECTED + "ip a\n", "a")
