"""`replay render` to files and with options; `replay gallery`."""

from pathlib import Path

import pytest

from tests.calling import replay, write
from tests.conftest import REPO
from tests.test_markdown import fences

NETWORK = """
title: two namespaces, one wire
steps:
  - run: ip netns add red
  - run: ip link add wire0 type veth peer name wire1 netns red
  - run: ip addr add 10.0.0.1/24 dev wire0
  - run: ip -n red addr add 10.0.0.2/24 dev wire1
  - run: ip link set wire0 up
  - run: ip -n red link set wire1 up
  - note: "A *wire*:"
  - run: ip link show wire0 | grep -o 'ether [^ ]*'
  - run: ping -c 1 10.0.0.2
    expect: 通
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "transcripts").mkdir()
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_gallery_changes_only_when_something_did(project: Path) -> None:
    write(project, "wire", NETWORK)
    replay("run", "scenarios/wire.yaml", "--write", cwd=project)
    done = replay("gallery", "scenarios", "-o", "docs/gallery", cwd=project)
    assert done.returncode == 0, done.stderr
    first = contents(project / "docs/gallery")
    assert set(first) == {"README.md", "wire.md", "wire/step-6.svg", "wire/step-9.svg"}
    golden = (project / "transcripts/wire.txt").read_text(encoding="utf-8")
    mac = golden.split("ether ")[-1].split()[0]
    assert mac.encode() in first["wire.md"]
    assert mac.encode() in first["wire/step-9.svg"]
    # Another run has other MACs.
    replay("run", "scenarios/wire.yaml", "--no-write", cwd=project)
    assert mac not in (project / ".replay/wire.jsonl").read_text(encoding="utf-8")
    (project / "docs/gallery/wire/step-77.svg").write_text("of a step that is gone", encoding="utf-8")
    replay("gallery", "scenarios", "-o", "docs/gallery", cwd=project)
    assert contents(project / "docs/gallery") == first


@pytest.mark.parametrize("forged", ['{"x":[5]}', '{"x":[{"ifname":[],"ifindex":1}]}', '{"x":[{"ifindex":1}]}'])
def test_a_forged_network_is_told_of_by_whoever_reads_it(project: Path, forged: str) -> None:
    write(project, "quick", "steps:\n  - run: echo x\n")
    replay("run", "scenarios/quick.yaml", "--no-topology", cwd=project)
    recording = project / ".replay/quick.jsonl"
    told = recording.read_text(encoding="utf-8").splitlines()
    told.insert(-1, f'{{"event":"topology","at":0.1,"network":{forged},"gone":[]}}')
    recording.write_text("\n".join(told) + "\n", encoding="utf-8")
    name = ".replay/quick.jsonl"
    for verb in (["render", name], ["draw", name], ["diff", name, name], ["gallery", "scenarios", "-o", "g"]):
        done = replay(*verb, cwd=project)
        assert done.returncode == 2
        assert done.stderr.startswith(f"{name}:{len(told) - 1}:1: "), done.stderr
        assert len(done.stderr.splitlines()) == 1


def test_what_was_not_played_has_no_page(project: Path) -> None:
    write(project, "wire", NETWORK)
    done = replay("gallery", "scenarios", cwd=project)
    assert done.returncode == 2
    assert "`replay run scenarios/wire.yaml` makes one" in done.stderr


def test_a_page_has_its_pictures_beside_it(project: Path) -> None:
    write(project, "wire", NETWORK)
    replay("run", "scenarios/wire.yaml", cwd=project)
    replay("render", ".replay/wire.jsonl", "-f", "markdown", "-o", "out/a b.md", cwd=project)
    page = (project / "out/a b.md").read_text(encoding="utf-8")
    assert "](a%20b/step-9.svg)" in page
    assert (project / "out/a b/step-9.svg").is_file()
    assert "svg" not in replay("render", ".replay/wire.jsonl", "-f", "markdown", cwd=project).stdout
    assert replay("render", ".replay/wire.jsonl", "-f", "markdown", "-o", "page", cwd=project).returncode == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--idle", "1"], "--idle: --format text does not take it; cast does"),
        (["--format", "cast", "--step", "1"], "--step: --format cast does not take it; svg, fragment do"),
        (["--format", "svg", "--step", "99"], "--step: there is no step 99; the scenario has 1 to 1"),
        (["--format", "cast", "--terminal", "mian"], "there is no terminal 'mian'; did you mean 'main'?"),
    ],
)
def test_options_that_make_no_sense_are_told(project: Path, options: list[str], said: str) -> None:
    write(project, "a", "steps: [{run: echo a}]\n")
    replay("run", "scenarios/a.yaml", cwd=project)
    done = replay("render", ".replay/a.jsonl", *options, cwd=project)
    assert done.returncode == 2
    assert said in done.stderr


@pytest.mark.parametrize("golden", sorted((REPO / "transcripts").glob("*.txt")), ids=lambda path: path.stem)
def test_our_own_gallery_shows_our_own_goldens(golden: Path) -> None:
    page = (REPO / "docs/gallery" / f"{golden.stem}.md").read_text(encoding="utf-8")
    shown = [line for fence in fences(page) for line in fence.splitlines()]
    said = [line for line in golden.read_text(encoding="utf-8").splitlines() if line in set(shown)]
    assert said == shown, "make gallery"
    assert page.count("](") == len(list((REPO / "docs/gallery" / golden.stem).iterdir()))
