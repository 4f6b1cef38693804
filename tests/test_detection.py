"""Which format a text has, by its name and by what stands in it."""

import pytest

from replayer.sources.detection import detect
from replayer.sources.tutorials import TUTORIALS
from tests.documents import CAST, TYPESCRIPT


@pytest.mark.parametrize(
    ("name", "text", "format"),
    [
        ("a.md", "hi", "markdown"),
        ("README", "x\n```\nls\n```\n", "markdown"),
        ("a.txt", "x\n```\nls\n```\n", "markdown"),
        ("a.md", "# ip link\n# ip addr\n# ping x\n", "plain"),
        ("notes", "# A\n## B\nsee [x](https://e.org)\n", "markdown"),
        ("a.txt", "hi", "plain"),
        ("a", "$ ls\nx\n", "plain"),
        ("a.htm", "<p>hi", "html"),
        ("saved.txt", "<!DOCTYPE html>\n<p>hi", "html"),
        ("saved", "<!-- saved from url=(0010)https://e.org/ -->\n<html>", "html"),
        ("a", "<p>a</p>\n<pre>b</pre>\n<p>c</p>", "html"),
        ("a.rst", "hi", "rst"),
        ("a.adoc", "hi", "asciidoc"),
        ("a.org", "hi", "org"),
        ("a.txt", "* A\n#+begin_src sh\nls\n#+end_src\n", "org"),
        ("a.wiki", "hi", "mediawiki"),
        ("a.txt", '== A ==\n<syntaxhighlight lang="bash">\nls\n</syntaxhighlight>\n', "mediawiki"),
        ("a", "Title\n=====\n\n.. code-block:: bash\n\n   ls\n", "rst"),
        ("a.t", "  $ ls\n", "cram"),
        ("a", "Text\n\n  $ ls\n  a (glob)\n  $ false\n  [1]\n", "cram"),
        ("a.cast", "{}", "asciicast"),
        ("demo.json", "\n".join(CAST), "asciicast"),
        ("typescript", "x", "typescript"),
        ("log.txt", TYPESCRIPT, "typescript"),
        ("log", "\x1b[1mls\x1b[0m\n", "typescript"),
        ("a.sh", "ls", "shell"),
        ("setup", "#!/usr/bin/env bash\nls\n", "shell"),
        ("a.txt", "#!/bin/sh\nls\n", "shell"),
        (".bash_history", "ls", "history"),
        ("saved", "#1700000000\nls\n#1700000001\nid\n", "history"),
        ("saved", ": 1700000000:0;ls\n", "history"),
    ],
)
def test_the_format_is_found(name: str, text: str, format: str) -> None:
    found, why = detect(text, f"/some/where/{name}")
    assert found == format and why
    assert found in TUTORIALS
