"""The recording's codec: what goes in comes out, and what is cut off harms nothing before it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from replayer.events import Began, Ended, Event, Finished, Output, Skipped, Started, Typed, from_json, to_json
from replayer.recording import Recorder, RecordingError, read_recording
from tests.playing import plan_of

TIMES = st.floats(0, 1e6)
# Any text that a terminal can hand over, lone surrogates (bytes that were not UTF-8) included.
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=50)
EVENTS = st.one_of(
    st.builds(Began, TIMES, TEXTS, st.dictionaries(TEXTS, TEXTS, max_size=3)),
    st.builds(Started, TIMES, st.integers(0, 9), TEXTS, TEXTS, st.integers(1, 9)),
    st.builds(Output, TIMES, TEXTS, TEXTS, st.booleans()),
    st.builds(Typed, TIMES, TEXTS, st.integers(0, 9), st.integers(0, 255)),
    st.builds(
        Ended,
        TIMES,
        st.integers(0, 9),
        st.sampled_from(["exit", "until", "lost"]),
        st.none() | st.integers(0, 255),
        TEXTS,
    ),
    st.builds(Skipped, TIMES, TEXTS, st.none() | st.integers(0, 9)),
    st.builds(Finished, TIMES, st.sampled_from(["done", "interrupted"]), TEXTS, TEXTS),
)


@given(EVENTS)
def test_an_event_survives_its_line(event: Event) -> None:
    line = to_json(event)
    assert "\n" not in line
    assert from_json(line.encode("utf-8").decode("utf-8")) == event


@pytest.mark.parametrize(
    "line", ["", "{}", "[]", "3", '{"event": "unknown"}', '{"event": "output"}', "{", '{"event": []}']
)
def test_what_is_no_event_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="no event"):
        from_json(line)


@given(st.lists(EVENTS, max_size=8), st.integers(0, 10_000))
def test_a_recording_is_readable_up_to_its_last_whole_line(events: list[Event], cut: int) -> None:
    import tempfile

    plan = plan_of("steps: [{run: echo a, loop: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}]")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.jsonl"
        with Recorder(path, plan) as recorder:
            for event in events:
                recorder.write(event)
        data = path.read_bytes()
        header = data.index(b"\n") + 1
        assert json.loads(data[:header])["recording"] == 1
        kept = data[: header + cut % (len(data) - header + 1)]
        path.write_bytes(kept)
        read, found = read_recording(path)
        assert read == plan
        assert list(found) == events[: kept.count(b"\n") - 1]


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    for content in (b"", b"{}\n", b"title: x\n", b"\xff\n", b'{"recording": 99, "plan": {}}\n'):
        path = tmp_path / "x"
        path.write_bytes(content)
        with pytest.raises(RecordingError, match="x:1:1"):
            read_recording(path)
    with pytest.raises(RecordingError, match="cannot be read"):
        read_recording(tmp_path / "missing")
