"""Pages in a real headless Chromium, from file://, made of real runs."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from replayer.formats.html import render
from replayer.recording import read_recording
from replayer.screen import PaintedText
from replayer.transcript import transcribe

REPO = Path(__file__).parent.parent

HOSTILE = "</script></pre><img src=x onerror=\"document.title='taken'\"><!-- <script>document.title='taken'</script>"

SCENARIO = f"""
title: a wire <b>between</b> two namespaces
source: https://example.org/a-wire
outcomes: {{three: '3 things'}}
steps:
  - note: |
      A `veth` pair is a wire with two ends.

      What it carries, tcpdump shows.
  - run: ip netns add red
  - run: ip link add wire0 type veth peer name wire1 netns red
  - run: ip addr add 10.0.0.1/24 dev wire0; ip link set wire0 up
  - run: ip -n red addr add 10.0.0.2/24 dev wire1; ip -n red link set wire1 up
  - note: 现在就通了。
  - run: ping -c 1 10.0.0.2
    expect: [通, {{contains: 1 received}}, {{lacks: unreachable}}, {{within: 20s}}]
  - run: cat /sys/class/net/wire0/address
    capture: {{mac: '(\\S+)'}}
  - run: printf '\\033[31mred\\033[0m \\033[38;5;208morange\\033[0m\\n'
  - run: while sleep 0.1; do echo tick; done
    terminal: clock
    until: tick
  - run: echo 2 things
    expect: three
  - run: ping -c 1 -W 1 10.0.0.2
    expect: 不通
  - run: |
      cat <<'END'
      {HOSTILE}
      END
  - stop: clock
    expect: {{contains: tick}}
  - run: seq 1 1000
"""
STEPS = 15


def replay(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "replayer", *args], cwd=folder, text=True, capture_output=True, timeout=120, check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was played with --html; its golden claims something else."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "scenarios").mkdir()
    (folder / "transcripts").mkdir()
    (folder / "scenarios/wire.yaml").write_text(SCENARIO, encoding="utf-8")
    (folder / "scenarios/fine.yaml").write_text("steps:\n  - run: echo <i>fine</i>\n", encoding="utf-8")
    (folder / "transcripts/wire.txt").write_text("https://example.org/a-wire\n# ip netns add blue\n", encoding="utf-8")
    done = replay(folder, "check", "--html", "pages")
    assert done.returncode == 3, done.stdout + done.stderr
    return folder


Open = Callable[..., Page]


@pytest.fixture
def visit(project: Path, browser: Browser) -> Iterator[Open]:
    """Opens a page; afterwards nothing may have been asked for but it, and nothing complained of."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    requests: list[str] = []

    def visited(name: str = "wire.html", anchor: str = "", **options: object) -> Page:
        context = browser.new_context(**({"viewport": {"width": 1200, "height": 800}} | options))  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto((project / "pages" / name).as_uri() + anchor)
        return page

    yield visited
    for context in contexts:
        context.close()
    assert not complaints
    assert {url.partition("#")[0].rpartition("/")[2] for url in requests} <= {"wire.html", "index.html", "fine.html"}


def current(page: Page) -> str | None:
    return page.locator("[aria-current=step]").get_attribute("id")


def test_it_tells_the_run(visit: Open) -> None:
    page = visit()
    expect(page).to_have_title("a wire <b>between</b> two namespaces")
    expect(page.get_by_role("heading", level=1)).to_have_text("a wire <b>between</b> two namespaces")
    expect(page.locator(".step")).to_have_count(STEPS)
    expect(page.locator("#step-1 .prose p")).to_have_count(2)
    expect(page.locator("#step-1 .prose code")).to_have_text("veth")
    assert page.locator("#step-6 .prose").get_attribute("lang") == "zh"
    expect(page.locator("#step-7 .badges")).to_contain_text("通")
    expect(page.locator("#step-7 .badges")).to_contain_text("passed")
    claims = page.locator("#step-7 .claims li").all_inner_texts()
    assert len(claims) == 4 and "1 received" in claims[0] and "not in its" in claims[2] and "took" in claims[3]
    expect(page.locator("#step-8 .captured")).to_contain_text("mac")
    expect(page.locator("#step-11 .badges")).to_contain_text("errored")
    expect(page.locator("#step-12 .badges")).to_contain_text("failed")
    assert page.locator("#step-12 .why dd").all_inner_texts()[:2] == [
        "不通",
        page.locator("#step-12 .why dd").nth(1).inner_text(),
    ]
    assert "1 received" in page.locator("#step-12 .why dd").nth(1).inner_text()
    assert "wire.yaml:" in page.locator("#step-12 .why .place").inner_text()
    expect(page.locator("#step-10 .aside")).to_contain_text("until step 14")


def test_colours_are_those_of_the_terminal(visit: Open) -> None:
    page = visit()
    red, orange = page.locator("#step-9 .out .f1"), page.locator("#step-9 .out .fff8700")
    expect(red).to_have_text("red")
    expect(orange).to_have_text("orange")
    assert orange.evaluate("e => getComputedStyle(e).color") == "rgb(255, 135, 0)"


def test_a_long_output_is_cut_in_its_middle(visit: Open) -> None:
    text = visit().locator("#step-15 .out").inner_text()
    assert text.startswith("1\n2\n") and text.endswith("\n999\n1000") and "600 lines left out" in text


def test_keys_go_through_the_steps(visit: Open) -> None:
    page = visit()
    assert current(page) == "step-1"
    for key, wanted in [("j", 2), ("j", 3), ("ArrowRight", 4), ("k", 3), ("ArrowLeft", 2), ("ArrowDown", 3)]:
        page.keyboard.press(key)
        assert current(page) == f"step-{wanted}", key
    page.keyboard.press("ArrowUp")
    assert current(page) == "step-2"
    page.keyboard.press("End")
    assert current(page) == f"step-{STEPS}"
    page.keyboard.press("j")
    assert current(page) == f"step-{STEPS}"
    page.keyboard.press("Home")
    page.keyboard.press("f")
    assert current(page) == "step-11"
    page.keyboard.press("f")
    assert current(page) == "step-12"
    assert page.evaluate("document.activeElement.id") == "step-12"
    expect(page.locator("#step-12")).to_be_in_viewport()


def test_the_scrubber_moves_the_stage(visit: Open) -> None:
    page = visit()
    scrubber = page.get_by_role("slider")
    page.locator("#step-2").wait_for()
    red = page.locator(".picture g.ns", has=page.get_by_text("red", exact=True))
    assert red.count() >= 1
    scrubber.fill("1")
    assert all(page.locator(".picture [data-on]").evaluate_all("all => all.map(e => e.classList.contains('off'))"))
    scrubber.fill("5")
    assert current(page) == "step-5"
    expect(page.locator("#position")).to_have_text(f"5 / {STEPS}")
    assert "5 of 15" in (scrubber.get_attribute("aria-valuetext") or "")
    assert page.locator(".picture [data-on]:not(.off)").count() > 2
    assert page.locator(".picture .changed").count() > 0
    expect(page.get_by_role("tabpanel")).to_contain_text("ip -n red addr add")
    assert "ping" not in page.get_by_role("tabpanel").inner_text()
    scrubber.focus()
    page.keyboard.press("ArrowRight")
    assert current(page) == "step-6"


def test_the_network_can_be_made_large(visit: Open) -> None:
    page = visit(anchor="#step-5")
    box = page.locator(".picture").bounding_box()
    page.keyboard.press("z")
    large = page.locator(".picture").bounding_box()
    assert box is not None and large is not None and large["width"] > 1.8 * box["width"]
    page.get_by_role("button", name="Next step").click()
    assert current(page) == "step-6"
    page.keyboard.press("Escape")
    assert page.locator(".picture").bounding_box() == box


def test_terminals_show_what_they_had_shown_by_then(visit: Open) -> None:
    page = visit(anchor="#step-10")
    panel = page.get_by_role("tabpanel")
    expect(page.get_by_role("tab", name="clock")).to_have_attribute("aria-selected", "true")
    assert "while sleep" in panel.inner_text() and "^C" not in panel.inner_text()
    page.get_by_role("slider").fill("14")
    assert "tick\n" in panel.inner_text() and "^C" in panel.inner_text()
    page.get_by_role("tab", name="clock").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("tab", name="main")).to_be_focused()
    expect(panel).to_contain_text("echo 2 things")


def test_a_deep_link_opens_its_step(visit: Open) -> None:
    page = visit(anchor="#step-12")
    assert current(page) == "step-12"
    expect(page.locator("#step-12")).to_be_in_viewport()
    page.evaluate("location.hash = '#step-3'")
    expect(page.locator("#step-3")).to_have_attribute("aria-current", "step")
    page.keyboard.press("j")
    expect(page).to_have_url(re.compile("#step-4$"))
    page.evaluate("location.hash = '#step-999'")
    assert current(page) == "step-4"


def test_it_plays_and_pauses(visit: Open) -> None:
    page = visit(anchor="#step-13")
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(f"#step-{STEPS}")).to_have_attribute("aria-current", "step", timeout=20_000)
    expect(page.get_by_role("button", name="Play")).to_be_visible(timeout=20_000)
    page.get_by_label("Time").select_option("real")
    page.keyboard.press("Escape")
    page.locator("#step-2 .act, #step-2 .command").first.click()
    page.keyboard.press("p")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_search_leaves_what_has_it(visit: Open) -> None:
    page = visit()
    page.keyboard.press("/")
    page.keyboard.type("PING -c")
    expect(page.locator("#found")).to_have_text(f"2 / {STEPS}")
    assert page.locator(".step:visible").evaluate_all("all => all.map(e => e.id)") == ["step-7", "step-12"]
    assert current(page) == "step-7"
    assert page.evaluate("CSS.highlights.get('found').size") >= 2
    page.keyboard.press("Enter")
    page.keyboard.press("j")
    assert current(page) == "step-12"
    page.keyboard.press("/")
    page.keyboard.type("no such thing at all")
    expect(page.get_by_text("No step has that.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".step:visible")).to_have_count(STEPS)


def test_commands_can_be_copied(visit: Open) -> None:
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    page.locator("#step-3").hover()
    page.locator("#step-3").get_by_role("button", name="Copy the command").click()
    expect(page.get_by_role("status").filter(has_text="copied")).to_have_count(1)
    assert page.evaluate("navigator.clipboard.readText()") == "ip link add wire0 type veth peer name wire1 netns red"
    page.keyboard.press("End")
    page.keyboard.press("c")
    expect(page.locator("#step-15 .copy")).to_have_class(re.compile("copied"))
    assert page.evaluate("navigator.clipboard.readText()") == "seq 1 1000"


def paper(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_dark_by_the_system_and_by_hand(visit: Open) -> None:
    light, dark = "rgb(250, 249, 247)", "rgb(22, 24, 27)"
    page = visit(color_scheme="dark")
    assert paper(page) == dark
    page.get_by_role("button", name="Dark or light").click()
    assert paper(page) == light
    page.reload()
    assert paper(page) == light
    other = visit(color_scheme="light")
    assert paper(other) == light
    other.keyboard.press("t")
    assert paper(other) == dark
    card = other.locator(".picture .iface rect").first.evaluate("e => getComputedStyle(e).fill")
    assert card != "rgb(255, 255, 255)"


def test_labels_in_the_readers_language(visit: Open) -> None:
    page = visit(locale="zh-CN")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    expect(page.locator("#step-7 .badges")).to_contain_text("通过")
    expect(page.get_by_role("button", name="播放")).to_be_visible()
    expect(page.get_by_role("searchbox", name="搜索")).to_be_visible()
    page.get_by_role("button", name="Read in English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.locator("#step-7 .badges")).to_contain_text("passed")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    untranslated = visit(locale="zh-CN").evaluate(
        "[...document.querySelectorAll('[data-t]')].filter(e => /[a-z]{3}/.test(e.textContent)).map(e => e.dataset.t)"
    )
    assert untranslated == []


def test_paper_gets_everything(visit: Open) -> None:
    page = visit()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".controls")).to_be_hidden()
    expect(page.locator("#search")).to_be_hidden()
    expect(page.locator("#step-7 .out")).to_be_visible()
    assert page.locator("#step-15 .out").evaluate("e => e.scrollHeight - e.clientHeight") <= 1
    assert len(page.pdf(format="A4")) > 10_000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.locator("#step-7 details").evaluate("e => e.open")


def test_what_was_printed_is_only_text(visit: Open) -> None:
    page = visit(anchor="#step-13")
    assert HOSTILE in page.locator("#step-13 .out").inner_text()
    assert HOSTILE in page.get_by_role("tabpanel").inner_text()
    assert page.title() != "taken"
    assert page.locator("img").count() == 0 and page.locator("script").count() == 2
    assert page.locator("h1 b").count() == 0


def test_the_policy_holds(visit: Open, project: Path, browser: Browser) -> None:
    text = (project / "pages/wire.html").read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None and policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1] and "http" not in policy[1]
    assert " style=" not in re.sub(r"<(style|script).*?</\1>", "", text, flags=re.DOTALL)
    page = browser.new_page()
    page.goto((project / "pages/wire.html").as_uri())
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = "document.title = 'taken'";
          document.body.append(script);
          document.body.setAttribute('onclick', "document.title = 'taken'");
          document.body.click();
          const style = document.createElement('style');
          style.textContent = 'body { display: none }';
          document.head.append(style);
        }"""
    )
    assert page.title() != "taken"
    assert page.locator("body").evaluate("e => getComputedStyle(e).display") == "block"
    asked = page.evaluate("fetch('https://example.org/').then(() => 'reached', () => 'refused')")
    assert asked == "refused"
    page.close()


def test_it_can_be_read_by_a_voice(visit: Open) -> None:
    page = visit()
    for role in ("main", "banner", "search", "slider", "tablist", "tabpanel", "table"):
        assert page.get_by_role(role).count() == 1, role
    nameless = page.evaluate(
        """[...document.querySelectorAll('button, a[href], input, select, [role=region], section')].filter(e =>
          !e.closest('[aria-hidden=true]') && !(e.getAttribute('aria-label') || e.textContent.trim()
          || e.labels?.length || e.querySelector('h2'))).map(e => e.outerHTML)"""
    )
    assert nameless == []
    snapshot = page.locator("#step-12").aria_snapshot()
    assert "failed" in snapshot and "不通" in snapshot and "12" in snapshot
    assert page.locator("[aria-live=polite]").count() == 2
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the steps")).to_be_focused()
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("width", [360, 390, 800, 1200, 1700])
def test_nothing_is_wider_than_the_window(visit: Open, width: int) -> None:
    for name in ("wire.html", "index.html"):
        page = visit(name, viewport={"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_golden_stands_beside(visit: Open) -> None:
    page = visit()
    page.get_by_role("link", name="differs from the committed transcript").click()
    expect(page.locator("#golden")).to_be_in_viewport()
    assert "−gone# ip netns add blue" in page.locator("#golden .gone").first.evaluate("e => e.textContent")
    assert page.locator("#golden .new").count() > 5
    assert page.locator("#golden ul li").count() > 0


def test_the_index_leads_to_the_pages(visit: Open) -> None:
    page = visit("index.html", locale="zh-CN")
    assert page.get_by_role("row").count() == 3
    expect(page.get_by_role("row", name="wire")).to_contain_text("出错")
    expect(page.get_by_role("row", name="fine")).to_contain_text("通过")
    page.get_by_role("link", name="wire", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("a wire")


def test_a_page_for_each_repetition_of_many_steps(project: Path, visit: Open) -> None:
    rows = ["steps:"] + ["  - run: 'true'"] * 300
    (project / "long.yaml").write_text("\n".join(rows), encoding="utf-8")
    done = replay(project, "run", "long.yaml", "--no-write", "--no-topology", "--html", "pages/fine.html")
    assert done.returncode == 0, done.stderr
    page = visit("fine.html", "#step-250")
    expect(page.locator("#step-250")).to_be_in_viewport()
    assert page.locator(".picture").count() == 0
    assert page.locator(".step").count() == 300


def test_one_file_holds_one_scenario(project: Path) -> None:
    done = replay(project, "run", "scenarios", "--html", "all.html")
    assert done.returncode == 2 and "name a folder (all/)" in done.stderr and not (project / "all.html").exists()
    done = replay(project, "run", "scenarios/fine.yaml", "--no-write", "--html", "/proc/none/x.html")
    assert done.returncode == 2 and "cannot be written" in done.stderr and "Traceback" not in done.stderr


def test_render_makes_the_same_page(project: Path) -> None:
    done = replay(project, "render", ".replay/wire.jsonl", "--format", "html", "-o", "again.html")
    assert done.returncode == 0, done.stderr
    again, first = (project / name for name in ("again.html", "pages/wire.html"))
    assert again.read_text(encoding="utf-8") == first.read_text(encoding="utf-8")


def test_a_recording_that_was_cut_is_a_page_still(project: Path) -> None:
    lines = (project / ".replay/wire.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    for length in range(1, len(lines), 5):
        (project / "cut.jsonl").write_text("".join(lines[:length]), encoding="utf-8")
        plan, events = read_recording(project / "cut.jsonl")
        text = render(transcribe(plan, events, PaintedText))
        assert "the recording ends before the run did" in text


def test_the_wheel_has_the_pages_parts(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, REPO], check=True, capture_output=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    here = {
        f"replayer/formats/html/{path.name}" for path in (REPO / "replayer/formats/html").iterdir() if path.is_file()
    }
    assert here <= set(names)
