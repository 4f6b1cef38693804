"""The page of a long run, measured in a real Chromium: its first layout, and a step of its scrubber."""

import statistics
import subprocess
import sys
from pathlib import Path

import tools

sys.path.append(str(Path(__file__).parent.parent))

from tests.browser import NoBrowser, chromium

STEPS = 5_000
# One frame of the browser is in each figure: 16.7 ms at 60 a second.
SCRUB = """async () => {
  const scrubber = document.getElementById('scrubber'), took = [];
  for (let n = 0; n < 100; n++) {
    const began = performance.now();
    scrubber.value = 1 + (n * 997) % scrubber.max;
    scrubber.dispatchEvent(new Event('input', {bubbles: true}));
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    took.push(performance.now() - began);
  }
  return took;
}"""
KEYS = """async () => {
  const took = [];
  for (let n = 0; n < 100; n++) {
    const began = performance.now();
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true}));
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    took.push(performance.now() - began);
  }
  return took;
}"""


def page(folder: Path) -> dict[str, float] | str:
    """Milliseconds: `laid out` (the page is whole, its start laid out), `scrub`, `key`; or why there are none."""
    lines = ["title: a long one", "steps:", "  - run: ip link add br0 type bridge"]
    for n in range(STEPS - 1):
        lines.append(f"  - note: part {n}" if n % 50 == 49 else f"  - run: 'echo line {n}; echo another'")
    (folder / "page.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [tools.REPLAY, "run", "-q", "--no-write", "--html", "page.html", "page.yaml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr.strip() or "replay failed"
    try:
        with chromium() as browser:
            laid_out, scrub, key = [], [], []
            for _ in range(3):
                shown = browser.new_page(viewport={"width": 1200, "height": 900})
                shown.goto((folder / "page.html").as_uri())
                laid_out.append(shown.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd"))
                scrub += shown.evaluate(SCRUB)
                key += shown.evaluate(KEYS)
                shown.close()
    except NoBrowser as error:
        return str(error)
    return {name: statistics.median(found) for name, found in (("laid out", laid_out), ("scrub", scrub), ("key", key))}
