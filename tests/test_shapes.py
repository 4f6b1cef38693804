"""Plain data into dataclasses and back: what is taken, and every fault with its path."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.shapes import UNWRITTEN, After, Before, Fault, Key, plain, read


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    word: Literal["a", "b"]
    inner: Mapping[str, "Leaf"] = field(default_factory=dict)


def upper(text: str) -> str:
    if text.isupper():
        raise ValueError(f"{text!r} is loud; whisper")
    return text.upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    at: Annotated[str, UNWRITTEN] = "nowhere"
    from_: Annotated[str, Key("from")] = "here"
    number: int = 0
    seconds: float | None = None
    sure: bool = False
    pair: tuple[int, str] = (1, "x")
    many: Annotated[tuple[str, ...], Before(lambda v: [v] if isinstance(v, str) else v)] = ()
    loud: Annotated[str, After(upper)] = ""
    names: dict[Annotated[str, After(upper)], Any] = field(default_factory=dict)
    leaf: Leaf | None = None
    leaves: list[Leaf] = field(default_factory=list)


def faults_of(data: Mapping[str, Any]) -> list[Fault]:
    faults: list[Fault] = []
    assert (read(Tree, data, faults) is None) == bool(faults)
    return faults


@pytest.mark.parametrize(
    ("data", "path", "kind"),
    [
        ({"at": "x"}, "at", "unknown"),
        ({"from_": "x"}, "from_", "unknown"),
        ({"from": 3}, "from", "text"),
        ({"number": "3.5"}, "number", "whole"),
        ({"number": True}, "number", "whole"),
        ({"number": "9" * 5000}, "number", "whole"),
        ({"seconds": "3"}, "seconds", "number"),
        ({"sure": "yes"}, "sure", "truth"),
        ({"pair": [1]}, "pair", "list"),
        ({"pair": [1, 2]}, "pair.1", "text"),
        ({"many": {}}, "many", "list"),
        ({"many": ["a", 3]}, "many.1", "text"),
        ({"loud": "X"}, "loud", "value"),
        ({"names": []}, "names", "mapping"),
        ({"leaf": []}, "leaf", "mapping"),
        ({"leaf": {}}, "leaf.word", "missing"),
        ({"leaf": {"word": "c"}}, "leaf.word", "choice"),
        ({"leaf": {"word": "a", "inner": {"x": {"word": "a", "y": 1}}}}, "leaf.inner.x.y", "unknown"),
        ({"leaves": [{"word": "a"}, {"word": []}]}, "leaves.1.word", "choice"),
    ],
)
def test_a_fault_has_its_place_and_kind(data: dict[str, Any], path: str, kind: str) -> None:
    [fault] = faults_of(data)
    assert (".".join(map(str, fault.path)), fault.kind) == (path, kind)
    assert str(fault).startswith(f"{path}: ")


def test_all_faults_come_at_once() -> None:
    data = {"number": "x", "wat": 1, "leaf": {"inner": 3}, "names": {"LOUD": 1}}
    assert [str(fault) for fault in faults_of(data)] == [
        "number: must be a whole number",
        "wat: not known; known are: from, number, seconds, sure, pair, many, loud, names, leaf, leaves",
        "leaf.inner: must be a mapping",
        "leaf.word: missing",
        "names.LOUD: 'LOUD' is loud; whisper",
    ]
    assert [fault.key for fault in faults_of(data)] == [False, True, False, False, True]


leaves = st.recursive(
    st.builds(Leaf, word=st.sampled_from("ab")),
    lambda inner: st.builds(Leaf, word=st.sampled_from("ab"), inner=st.dictionaries(st.text(), inner, max_size=2)),
    max_leaves=5,
)
trees = st.builds(
    Tree,
    from_=st.text(),
    number=st.integers(),
    seconds=st.none() | st.floats(allow_nan=False),
    sure=st.booleans(),
    pair=st.tuples(st.integers(), st.text()),
    many=st.lists(st.text()).map(tuple),
    leaf=st.none() | leaves,
    leaves=st.lists(leaves, max_size=3),
)


@given(trees)
def test_what_is_written_is_read_again(tree: Tree) -> None:
    faults: list[Fault] = []
    assert read(Tree, plain(tree), faults) == tree
    assert not faults


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda v: (
            st.lists(v)
            | st.dictionaries(st.sampled_from(["word", "inner", "leaf", "pair", "many", "names", "number"]), v)
        ),
    )
)
def test_whatever_comes_is_read_or_refused(data: Any) -> None:
    for key in ("number", "pair", "many", "names", "leaf", "leaves"):
        faults_of({key: data})
