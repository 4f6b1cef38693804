"""Imports point only downward, and the pure part imports no edge."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "replayer"
# From the ground up; a module imports only from layers below its own, or from its own folder.
LAYERS = [
    ["problems", "alignment", "words", "as_root"],
    ["shapes", "topology"],
    ["scalars"],
    ["scenario"],
    ["templates"],
    ["events", "prompts", "canvas"],
    ["painting"],
    ["screen", "tokens", "outcomes"],
    ["session", "tamed", "repainting"],
    ["planned", "journal"],
    ["scope", "sources"],
    ["reading"],
    ["claims"],
    ["tutorial"],
    ["preparation", "discipline", "variables"],
    ["filling"],
    ["assembly"],
    ["plan", "pairing"],
    ["expectations", "equivalence", "noise"],
    ["transcript", "steady"],
    ["picture", "verification"],
    ["formats", "schema", "drafting"],
    ["settling"],
    ["proving"],
    ["reports"],
    # The edges.
    ["sandboxes"],
    ["terminal", "needs", "observer"],
    ["terminals"],
    ["patience", "writing"],
    ["player", "recording", "project", "goldens"],
    ["selection", "running", "attaching", "looking", "scribe"],
    ["worker", "lab", "joining"],
    ["pool"],
    ["remote", "cluster_task"],
    ["cluster"],
    ["cli"],
    ["pytest_plugin", "__main__"],
]
EDGES = {name for names in LAYERS[LAYERS.index(["sandboxes"]) :] for name in names}
# What a pure module may not touch: processes, the clock, the network, terminals. (sources reads files.)
IMPURE = {
    "subprocess",
    "socket",
    "select",
    "signal",
    "threading",
    "time",
    "os",
    "random",
    "secrets",
    "pathlib",
    "pexpect",
}
MAY = {"sources": {"pathlib"}, "tutorial": {"pathlib"}, "variables": set(), "plan": set()}


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _layer_name(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def _imports(path: Path) -> set[str]:
    """Dotted names; relative ones made absolute; those for type checkers only included."""
    found = set()
    package = ("replayer", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) + "." if node.level else ""
            module = base + (node.module or "")
            found.add(module)
            if module == "replayer":
                found |= {f"replayer.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_only_downward(path: Path) -> None:
    height = {name: n for n, names in enumerate(LAYERS) for name in names}
    own = _layer_name(path)
    if own == "__init__":
        return
    assert own in height, f"{own} has no layer yet: add it to LAYERS"
    for name in _imports(path):
        parts = name.split(".")
        if parts[0] != "replayer" or len(parts) == 1 or parts[1] == own:
            continue
        other = parts[1]
        if other in ("__init__", "__version__"):
            continue
        assert height[other] < height[own], f"{path.name} imports {name}, which stands not below it"


@pytest.mark.parametrize("path", _modules(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_the_pure_part_touches_nothing(path: Path) -> None:
    own = _layer_name(path)
    if own in EDGES or own == "__init__":
        return
    used = {name.split(".")[0] for name in _imports(path)} & IMPURE
    assert used <= MAY.get(own, set()), f"{path.name} is pure, and imports {used}"


def test_pexpect_has_one_importer() -> None:
    assert [p.name for p in _modules() if "pexpect" in {n.split(".")[0] for n in _imports(p)}] == ["terminal.py"]
