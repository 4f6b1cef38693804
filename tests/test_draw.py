"""`replay draw`, as a person uses it: what is played is played for real."""

import os
import shutil
import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from replayer.cli import png
from replayer.picture import picture_of
from replayer.problems import ReplayError
from tests.playing import play

REPO = Path(__file__).parent.parent
PICTURES = REPO / "tests" / "data" / "pictures"
SVG = "{http://www.w3.org/2000/svg}"


def draw(*args: str | Path, path: str | None = None) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, "-m", "replayer", "draw", *map(str, args)],
        cwd=REPO,
        env=os.environ | ({"PATH": path} if path else {}),
        capture_output=True,
        timeout=120,
        check=False,
    )


def labels(svg: bytes | str, kind: str) -> list[str]:
    """What is said of the elements of a kind."""
    root = ElementTree.fromstring(svg)
    found = [g for g in root.iter(f"{SVG}g") if kind in str(g.get("class")).split()]
    return [label for g in found if (label := g.get("aria-label"))]


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the chain of routers."""
    folder = tmp_path_factory.mktemp("recordings")
    command = [sys.executable, "-m", "replayer", "run", str(PICTURES / "chain.yaml"), "--fast", "--no-write"]
    subprocess.run([*command, "--recordings", str(folder)], cwd=REPO, capture_output=True, check=True, timeout=120)
    return folder / "chain.jsonl"


def test_a_recording_is_drawn_after_its_last_step(recording: Path) -> None:
    done = draw(recording)
    assert (done.returncode, done.stderr) == (0, b"")
    assert labels(done.stdout, "ns") == [f"namespace {name}" for name in ("h1", "h2", "r1", "r2", "r3")]
    assert labels(done.stdout, "link") == [
        "eth0 in h1 – veth pair – left in r1",
        "eth0 in h2 – veth pair – right in r3",
        "right in r1 – veth pair – left in r2",
        "right in r2 – veth pair – left in r3",
    ]
    assert labels(done.stdout, "verdict") == ["h1 → 10.0.4.77: 不通; nobody has 10.0.4.77"]


def test_a_ping_in_a_nested_shell_is_its_namespaces(recording: Path) -> None:
    assert labels(draw(recording, "--step", "10").stdout, "verdict") == ["h1 → 10.0.4.10: 不通"]
    assert labels(draw(recording, "--step", "8").stdout, "verdict") == ["r1 → 10.0.3.1: 通"]
    assert labels(draw(recording, "--step", "1").stdout, "iface") == []


def test_a_scenario_is_played_as_far_as_it_is_drawn(tmp_path: Path) -> None:
    scenario = tmp_path / "x.yaml"
    scenario.write_text(
        "steps:\n  - run: ip link add br0 type bridge\n  - run: 'false'\nteardown:\n  - run: ip link del br0\n"
    )
    target = tmp_path / "x.svg"
    done = draw(scenario, "-o", target, "--step", "1")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert labels(target.read_text(), "iface")[0].startswith("br0, bridge, down, ")
    done = draw(scenario, "-o", "-")
    assert (done.returncode, done.stderr.decode()) == (1, f"{scenario}: step 2 failed: false\n")
    assert len(labels(done.stdout, "iface")) == 1  # the teardown took it away, and was not played


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_shows_chinese(recording: Path, tmp_path: Path, theme: str) -> None:
    pytest.importorskip("resvg_py")
    target = tmp_path / "net.png"
    assert draw(recording, "-o", target, "--theme", theme).returncode == 0
    data = target.read_bytes()
    assert data.startswith(b"\x89PNG")
    wide, high = struct.unpack(">II", data[16:24])
    assert 1500 < wide < 4000 and 400 < high < 1500


@pytest.mark.parametrize("converter", ["rsvg-convert", "inkscape", "chromium"])
def test_every_converter_that_is_here_makes_a_png(converter: str) -> None:
    if converter == "chromium" and os.geteuid() == 0:
        pytest.skip("chromium is not started as root")
    if shutil.which(converter) is None:
        pytest.skip(f"{converter} is not here")
    picture = picture_of(play("steps: [{run: ip link add br0 type bridge}]"))
    assert picture is not None
    convert = {"rsvg-convert": png._rsvg, "inkscape": png._inkscape, "chromium": png._chromium}[converter]
    data = convert(picture.still(theme="light"))
    assert data is not None and data.startswith(b"\x89PNG")


def test_without_a_converter_it_says_which_ones_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ReplayError, match=r"pip install 'replay-scenarios\[png\]'.*SVG needs none"):
        png.to_png("<svg/>")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--step", "99"], "--step: step 99 was not reached; the run came to step 14"),
        (["--theme", "pink"], "--theme: 'pink' is not known; one of auto, light, dark"),
        (["-o", "net.jpg"], "--output: net.jpg: a picture is an .svg or a .png"),
        (["-o", "/nowhere/net.svg"], "/nowhere/net.svg: the picture cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(recording: Path, args: list[str], said: str) -> None:
    done = draw(recording, *args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_run_that_was_not_looked_at_has_no_picture(tmp_path: Path) -> None:
    scenario = tmp_path / "x.yaml"
    scenario.write_text("steps: [{run: 'true'}]")
    command = [sys.executable, "-m", "replayer", "run", str(scenario), "--no-topology", "--no-write"]
    subprocess.run([*command, "--recordings", str(tmp_path)], cwd=REPO, capture_output=True, check=True, timeout=60)
    done = draw(tmp_path / "x.jsonl")
    assert done.returncode == 3
    assert b"nothing was seen of its network" in done.stderr


def test_names_from_inside_are_text() -> None:
    """A namespace may be named anything that a file may."""
    transcript = play(
        r"""
        steps:
          - run: ip netns add '<img src=x onerror=alert(1)>&"'
          - run: ip link add '<b>&"' type bridge
        """
    )
    picture = picture_of(transcript)
    assert picture is not None
    for svg in (picture.still(), picture.moving()):
        assert "<img" not in svg and "<b>" not in svg
        assert any("<img src=x" in label for label in labels(svg, "ns"))
        assert any(label.startswith('<b>&"') for label in labels(svg, "iface"))
