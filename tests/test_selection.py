"""Which plans a call means, and where their files belong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.project import UsageError, collect, places
from replayer.selection import expression, selected, without
from tests.playing import plan_of


@given(st.dictionaries(st.sampled_from("abc"), st.booleans(), min_size=3), st.data())
def test_expressions_mean_what_python_means(values: dict[str, bool], data: st.DataObject) -> None:
    words = st.sampled_from("abc")
    tree = st.recursive(
        words,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda t: f"not {t}"),
        ),
    )
    text = data.draw(tree)
    assert expression(text, values.__getitem__) == eval(text, {}, values)


@pytest.mark.parametrize("text", ["and", "a and", "(a", "a b", "a)", "not", "or a", "()"])
def test_expressions_that_cannot_be_read(text: str) -> None:
    with pytest.raises(UsageError):
        expression(text, lambda word: True)


def test_steps_with_skipped_tags_are_left_out() -> None:
    plan = plan_of("tags: [lab]\nsteps: [{run: a, tags: slow}, {run: b}, {run: c, tags: [slow, odd]}]")
    kept = without(plan, "slow and not odd")
    assert kept is not None
    assert [(s.index, s.text) for s in kept.steps] == [(0, "b"), (1, "c")]
    assert without(plan, "lab") is None
    assert selected(plan, "TEST", "lab") and not selected(plan, "other")


def test_files_of_a_scenario(tmp_path: Path) -> None:
    (tmp_path / "scenarios/lab").mkdir(parents=True)
    (tmp_path / "transcripts").mkdir()
    where = places(str(tmp_path / "scenarios/lab/x.yaml"), "x")
    assert where.transcript == tmp_path / "transcripts/lab/x.txt"
    assert where.recording == tmp_path / ".replay/lab/x.jsonl"
    assert places(str(tmp_path / "scenarios/y.yaml"), "y[a=1]").transcript == tmp_path / "transcripts/y[a=1].txt"


def test_folders_are_searched_but_for_what_is_shared(tmp_path: Path) -> None:
    names = ["b.yaml", "a.yml", "common/c.yaml", "lab/d.yaml", ".hidden/e.yaml", "_parts/f.yaml", "note.txt"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [str(p.relative_to(tmp_path)) for p in collect([tmp_path])]
    assert found == ["a.yml", "b.yaml", "lab/d.yaml"]
    assert collect([tmp_path / "common/c.yaml"]) == [tmp_path / "common/c.yaml"]
    assert collect([tmp_path / ".hidden"])
    with pytest.raises(UsageError, match="no scenario"):
        (tmp_path / "empty").mkdir()
        collect([tmp_path / "empty"])


def test_a_plans_files_do_not_leave_their_folder() -> None:
    plan = plan_of("matrix: {a: ['../../x']}\nsteps: [{run: 'echo {{ a }}'}]")
    where = places("scenarios/t.yaml", plan.name)
    assert ".." not in where.transcript.parts
