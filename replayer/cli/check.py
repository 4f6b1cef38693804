"""`replay check`: play, judge, compare with the goldens; write no transcript.

Recordings go to .replay/ as ever: a temporary folder would be left behind by a kill.
"""

from pathlib import Path

from replayer import goldens
from replayer.cli.common import plans_of
from replayer.cli.diff import painted
from replayer.cli.options import PlayOptions
from replayer.cli.playing import play_all
from replayer.cli.view import View
from replayer.problems import ScenarioError, visible
from replayer.project import Places, places, root_of, shown
from replayer.transcript import Transcript


def check_scenarios(options: PlayOptions) -> int:
    """Returns the exit code of C8: 1 also where a golden differs, is missing, or has no scenario."""

    def after(transcript: Transcript, where: Places) -> tuple[list[str], int, str]:
        if transcript.verdict == "skipped":
            return [], 0, ""
        try:
            found = goldens.compare(transcript, where.transcript)
        except goldens.GoldenError as error:
            # The other scenarios are played all the same.
            return [str(error)], error.exit_code, str(error)
        if found.state == "same":
            return [], 0, ""
        if found.golden is None:
            missing = f"no golden: {found.path}; `replay run` writes it"
            return [missing], 1, missing
        title = f"{found.path} differs: {found.differences.first}"
        names = str(found.path), "this run"
        plain = "\n".join([title, *painted(found.golden, found.shown, *names, "never")])
        return [title, *painted(found.golden, found.shown, *names, options.color)], 1, plain

    _, code, view = play_all(options, after)
    return max(code, _orphans(options, view))


def _orphans(options: PlayOptions, view: View) -> int:
    """Name goldens without a scenario, where a whole folder of scenarios was named."""
    code = 0
    for folder in options.scenarios or [Path("scenarios")]:
        if not folder.is_dir():
            continue
        root = root_of(folder / "x.yaml")
        if (root / "scenarios").resolve() != folder.resolve():
            continue
        try:
            plans = plans_of([folder], {})
        except ScenarioError:
            continue
        wanted = {places(plan.path, plan.name, options.transcripts).transcript.resolve() for plan in plans}
        goldens_here = options.transcripts or root / "transcripts"
        for path in sorted(goldens_here.rglob("*.txt")):
            if path.resolve() not in wanted:
                view.say(
                    f"{visible(str(shown(path)))}: a golden without a scenario; remove it, or bring its scenario back"
                )
                code = 1
    return code
