"""Which Chromium the tests of pages use: Playwright's own, else the distribution's. As a program: says which."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Error, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


class NoBrowser(Exception):
    """None is here, or none starts."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; raises NoBrowser with what was tried."""
    paths: list[str | None] = [None, *filter(None, map(shutil.which, NAMES))]
    with sync_playwright() as playwright:
        why = []
        for path in paths:
            try:
                browser = playwright.chromium.launch(executable_path=path)
            except Error as error:
                why.append(f"{path or 'of Playwright'}: {error.message.splitlines()[0]}")
                continue
            try:
                yield browser
            finally:
                browser.close()
            return
        raise NoBrowser("no Chromium starts here: " + "; ".join(why))


if __name__ == "__main__":
    try:
        with chromium() as found:
            print(f"Chromium {found.version}")
    except NoBrowser as error:
        sys.exit(f"{error}; the tests of pages are skipped")
