"""`make bench`: what a run costs, beside a bash script, a bare PTY loop and tools of the same kind.

    bench.py [--quick] [--only NAME]… [--no-peers] [--no-write]

All is measured in one run, in turns, whole processes at a time; the table of a whole run is written into
benchmarks/README.md. `replay --sandbox host` plays nothing but `true` and `echo` here.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from pathlib import Path

import tools
from cases import CASES, Bench, Row

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- table -->", "<!-- end of the table -->"


def main() -> None:
    options = _options()
    if options.peers:
        tools.install()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="replay-bench-") as folder:
        bench = Bench(Path(folder), options.quick, options.peers)
        for name in options.only or CASES:
            print(f"measuring: {name}", file=sys.stderr)
            rows += CASES[name](bench)
        missing = bench.missing if options.peers else []
    shown = _shown(rows, missing)
    print(shown)
    if options.write and not options.only and not options.quick:
        text = README.read_text(encoding="utf-8")
        before, after = text.split(BEGIN)[0], text.split(END)[1]
        README.write_text(f"{before}{BEGIN}\n{shown}\n{END}{after}", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a run costs, beside tools of the same kind.")
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    parser.add_argument(
        "--only", action="append", choices=list(CASES), metavar="NAME", help=f"one of {', '.join(CASES)}"
    )
    parser.add_argument(
        "--no-peers", dest="peers", action="store_false", help="without cram, prysk, byexample, bats, tesh"
    )
    parser.add_argument("--no-write", dest="write", action="store_false", help="leave benchmarks/README.md as it is")
    return parser.parse_args()


def _shown(rows: list[Row], missing: list[str]) -> str:
    """The machine, then the table."""
    kernel = re.match(r"\d+\.\d+", platform.release())
    python = f"Python {platform.python_version()}"
    machine = ", ".join([f"Linux {kernel[0] if kernel else ''}", f"{os.cpu_count()} CPUs", python, *tools.versions()])
    lines = [
        machine + ".",
        "",
        "| figure | tool | time | peak MB | ratio | reach | reached |",
        "|---|---|---|---|---|---|---|",
    ]
    before = ""
    for row in rows:
        figure = row.figure if row.figure != before else ""
        before = row.figure
        reached = {None: "", True: "yes", False: "**no**"}[row.reached]
        tool = f"**{row.tool}**" if row.tool.startswith("replay") else row.tool
        lines.append(f"| {figure} | {tool} | {row.time} | {row.memory} | {row.ratio} | {row.reach} | {reached} |")
    if missing:
        lines += ["", f"Not measured, because it could not be installed: {', '.join(missing)}."]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
