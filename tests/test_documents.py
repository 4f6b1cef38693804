"""Texts with markup -> documents: what is prose, what is code, and the line of each. The texts are written for these
tests, in the styles of real pages."""

import re
from html import unescape
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from replayer.sources import asciicast, asciidoc, html, markdown, mediawiki, org, rst, typescript
from replayer.sources.detection import detect
from replayer.sources.document import Document
from replayer.sources.plain import split
from replayer.sources.session import Command
from replayer.sources.tutorials import TUTORIALS
from replayer.tutorial import read_tutorial

Shown = list[tuple[str, list[tuple[int, str]]]]


def shown(document: Document, *kinds: str) -> Shown:
    """Blocks of some kinds (all if none is named), with the numbers of their lines."""
    return [(b.kind, [(n.number, n.text) for n in b.lines]) for b in document.blocks if not kinds or b.kind in kinds]


def md(text: str, *kinds: str) -> Shown:
    return shown(markdown.read(dedent(text).lstrip("\n")), *kinds)


def page(text: str, *kinds: str) -> Shown:
    return shown(html.read(dedent(text).lstrip("\n")), *kinds)


class TestMarkdown:
    def test_fences_keep_their_language_and_lines(self) -> None:
        document = markdown.read("Hi\n\n```console\n$ ip link\n\n1: lo\n```\n\n~~~ {.bash}\nls\n~~~\n")
        assert shown(document, "code") == [
            ("code", [(4, "$ ip link"), (5, ""), (6, "1: lo")]),
            ("code", [(10, "ls")]),
        ]
        assert [b.language for b in document.blocks if b.kind == "code"] == ["console", "bash"]

    def test_code_in_lists_and_quotes_loses_what_stands_before_it(self) -> None:
        assert md("""
            1. First

               ```sh
               ip netns add a
                 indented
               ```
            2. Then

                   ip netns

            > - ~~~
            >   ping -c 1 10.0.0.1
            >   ~~~
            """, "code") == [
            ("code", [(4, "ip netns add a"), (5, "  indented")]),
            ("code", [(9, "ip netns")]),
            ("code", [(12, "ping -c 1 10.0.0.1")]),
        ]  # fmt: skip

    def test_a_paragraph_of_one_piece_of_code_is_code(self) -> None:
        assert md("1. `ip netns add a`\n2. **`ip netns`**:\n\n`ls`\n`pwd`\n\nRun:\n`id`\n") == [
            ("code", [(1, "ip netns add a")]),
            ("code", [(2, "ip netns")]),
            ("code", [(4, "ls"), (5, "pwd")]),
            ("prose", [(7, "Run:")]),
            ("code", [(8, "id")]),
        ]

    def test_code_that_a_wrapped_line_happens_to_hold_is_not(self) -> None:
        assert md("You may use the\n`ip link`\ncommand, or `ip addr`.\n") == [
            ("prose", [(1, "You may use the"), (2, "ip link"), (3, "command, or ip addr.")]),
            ("inline", [(2, "ip link")]),
            ("inline", [(3, "ip addr")]),
        ]

    def test_prose_loses_its_markup_and_no_more(self) -> None:
        text = (
            'See [the *page*](https://e.org/a_(b)), ![picture](p.png "t"), <https://e.org> and [it][ref].[^1]\n'
            "A **bold** and _soft_ snake_case_name, 10.0.0.*, <name>, a \\* and &lt;b&gt;<br>next\n\n[ref]: https://e.org\n"
        )
        assert md(text) == [
            ("prose", [
                (1, "See the page, picture, https://e.org and it."),
                (2, "A bold and soft snake_case_name, 10.0.0.*, <name>, a * and <b>"),
                (2, "next"),
            ])
        ]  # fmt: skip

    def test_tables_are_prose(self) -> None:
        assert md("| Command | Shows |\n|:---|---|\n| `ip a \\| cat` | all |\n") == [
            ("prose", [(1, "Command | Shows")]),
            ("prose", [(3, "ip a | cat | all")]),
            ("inline", [(3, "ip a | cat")]),
        ]

    @pytest.mark.parametrize(
        ("opened", "closed"),
        [
            ("{% highlight bash linenos %}", "{% endhighlight %}"),
            ("{% codeblock lang:bash %}", "{% endcodeblock %}"),
            ('{{< highlight bash "linenos=table" >}}', "{{< /highlight >}}"),
            ('[code lang="bash"]', "[/code]"),
        ],
    )
    def test_fences_of_site_generators(self, opened: str, closed: str) -> None:
        document = markdown.read(f"Text\n{opened}\n$ ls\n```\n{closed}\nMore\n")
        assert shown(document) == [
            ("prose", [(1, "Text")]),
            ("code", [(3, "$ ls"), (4, "```")]),
            ("prose", [(6, "More")]),
        ]
        assert document.blocks[1].language == "bash"

    def test_indented_admonitions_are_prose_with_code_in_it(self) -> None:
        assert md(
            '!!! note "Mind"\n    As root.\n\n    ```\n    id\n    ```\n=== "Tab"\n\n    Text\n\n::: tip\nHm\n:::\n'
        ) == [
            ("prose", [(1, "Mind"), (2, "As root.")]),
            ("code", [(5, "id")]),
            ("prose", [(7, "Tab")]),
            ("prose", [(9, "Text")]),
            ("prose", [(12, "Hm")]),
        ]

    def test_html_in_markdown(self) -> None:
        assert md("""
            <details>
            <summary>Output</summary>

            ```
            1: lo
            ```
            </details>

            <pre><code>$ echo &lt;a&gt;
            <b>two</b></code></pre>
            <!-- $ rm
            -->
            """) == [
            ("prose", [(2, "Output")]),
            ("code", [(5, "1: lo")]),
            ("code", [(9, "$ echo <a>"), (10, "two")]),
        ]  # fmt: skip

    def test_an_empty_line_in_preformatted_html_ends_nothing(self) -> None:
        box = "<div class='language-bash'><pre><code>$ ls<span>\n\n</span>a\n\n    b\n</code></pre></div>"
        text = f"{box}\n\nThen\n"
        assert md(text) == [("code", [(1, "$ ls"), (2, ""), (3, "a"), (4, ""), (5, "    b")]), ("prose", [(8, "Then")])]
        assert md("```\n<pre>\n\nx\n```\n") == [("code", [(2, "<pre>"), (3, ""), (4, "x")])]

    def test_front_matter(self) -> None:
        document = markdown.read(
            '---\ntitle: "VLANs: a tour"\nsource: https://e.org/v\ntags: [a]\n---\n# Other\n\ntext\n'
        )
        assert (document.title, document.source) == ("VLANs: a tour", "https://e.org/v")
        assert document.blocks[0].lines[0].number == 6
        assert markdown.read("## Zero\n\n# One `x`\n\n# Two\n").title == "One x"
        assert markdown.read("## One\n\n### Two\n").title == "One"
        assert shown(markdown.read("---\nno fields\n---\n"))  # a rule, not front matter

    def test_a_session_among_paragraphs_is_no_prose(self) -> None:
        assert md("Now\n\nroot@h:~# ping -c1 10.*.0.1\n64 bytes\n", "mixed") == [
            ("mixed", [(3, "root@h:~# ping -c1 10.*.0.1"), (4, "64 bytes")])
        ]

    def test_indented_code_right_below_its_sentence(self) -> None:
        assert md("Type:\n    $ ls\n    a  b\n") == [("prose", [(1, "Type:")]), ("code", [(2, "$ ls"), (3, "a  b")])]

    def test_an_open_fence_is_said(self) -> None:
        assert markdown.read("a\n\n```\nls\n").warnings == ("the fence of line 3 is never closed",)
        assert markdown.read("a\n\n```\nls\n```\n").warnings == ()


GITHUB = """
    <!DOCTYPE html>
    <html><head><title>Bridges | My blog</title><link rel="canonical" href="https://e.org/b?x=1&amp;y=2"></head><body>
    <nav><ul><li><a href="/">Home</a></li></ul></nav>
    <div class="sidebar"><pre>noise</pre></div>
    <article class="markdown-body"><h1>Bridges<a class="anchor" href="#b">#</a></h1>
    <p>Use <code>ip link</code>
    now:</p>
    <div class="highlight highlight-source-shell"><pre>ip link add br0 <span class="pl-k">type</span> bridge
    ip link set br0 up<span class="pl-k"> # &lt;up&gt;</span></pre><div class="zeroclipboard-container">
    <clipboard-copy>Copy</clipboard-copy></div></div>
    <p><code>ip a</code></p>
    </article>
    <div class="comments"><p>Nice!</p></div><footer>© me</footer></body></html>
    """


# How sites write `ip link`, `ip addr` in a box; line ends only where they are shown.
BOXES = {
    "hexo": """
        <figure class="highlight bash"><table><tr><td class="gutter"><pre><span class="line">1</span><br>
        <span class="line">2</span><br></pre></td><td class="code"><pre><span class="line">ip link</span><br>
        <span class="line">ip <b>addr</b></span><br></pre></td></tr></table></figure>""",
    "hljs, with numbers": """
        <pre><code class="hljs language-bash"><table class="hljs-ln"><tbody>
        <tr><td class="hljs-ln-numbers"><div class="hljs-ln-n" data-line-number="1"></div></td>
        <td class="hljs-ln-code">ip link</td></tr>
        <tr><td class="hljs-ln-numbers"><div class="hljs-ln-n" data-line-number="2"></div></td>
        <td class="hljs-ln-code">ip addr</td></tr></tbody></table></code></pre>""",
    "csdn": """
        <pre class="prettyprint"><code class="prism language-bash has-numbering">
        <span class="token function">ip</span> link&#10;ip addr</code>
        <div class="hljs-button signin" data-title="x">复制</div>
        <ul class="pre-numbering"><li>1</li><li>2</li></ul></pre>""",
    "SyntaxHighlighter, which has no <pre>": """
        <div class="syntaxhighlighter bash"><div class="toolbar"><a href="#">?</a></div><table><tbody><tr>
        <td class="gutter"><div class="line number1">1</div><div class="line number2">2</div></td>
        <td class="code"><div class="container">
        <div class="line number1"><code class="bash plain">ip&nbsp;link</code></div>
        <div class="line number2"><code class="bash functions">ip</code> <code>addr</code></div>
        </div></td></tr></tbody></table></div>""",
    "chroma": """
        <div class="highlight"><table class="lntable"><tr><td class="lntd"><pre><code>
        <span class="lnt">1</span>&#10;<span class="lnt">2</span>&#10;</code></pre></td>
        <td class="lntd"><pre><code class="language-bash">ip link&#10;ip addr</code></pre></td></tr></table></div>""",
    "shiki, with nothing between its lines": """
        <pre class="shiki"><code><span class="line"><span>ip</span> link</span>
        <span class="line">ip addr</span></code></pre>""",
    "medium": '<pre class="a b"><span id="1" class="c">ip link<br>ip addr</span></pre>',
    "blogger": """
        <div style="font-family: 'Courier New', monospace;">ip link<br>ip&nbsp;addr</div>""",
    "code alone": "<p><code>ip link</code><br><code>ip addr</code></p>",
    "prism": """
        <div class="code-toolbar"><pre class="line-numbers language-bash"><code>ip link&#10;ip addr
        <span aria-hidden="true" class="line-numbers-rows"><span></span><span></span></span></code></pre>
        <div class="toolbar"><div class="toolbar-item"><button>Copy</button></div></div></div>""",
    "an element a line": "<pre><code><div>ip link</div><div>ip addr</div></code></pre>",
}


class TestHtml:
    def test_an_article_without_what_is_around_it(self) -> None:
        assert page(GITHUB) == [
            ("heading", [(5, "Bridges")]),
            ("prose", [(6, "Use ip link"), (7, "now:")]),
            ("inline", [(6, "ip link")]),
            ("code", [(8, "ip link add br0 type bridge"), (9, "ip link set br0 up # <up>")]),
            ("code", [(11, "ip a")]),
        ]
        document = html.read(dedent(GITHUB).lstrip())
        assert (document.title, document.source) == ("Bridges", "https://e.org/b?x=1&y=2")
        assert document.blocks[3].language == "shell"

    @pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
    def test_boxes_of_code_as_sites_write_them(self, box: str) -> None:
        box = "".join(line.lstrip() for line in box.split("\n"))
        text = f"<body><h1>T</h1><p>{'Words before it. ' * 9}</p>{box}<p>After</p></body>"
        found = page(text, "code", "mixed")
        assert [[text for _, text in lines] for _, lines in found] == [["ip link", "ip addr"]]

    def test_empty_lines_in_code_stay(self) -> None:
        assert page("<pre>a\n\nb</pre>") == [("code", [(1, "a"), (2, ""), (3, "b")])]
        assert page("<pre><div>a</div><div><br></div><div></div><div>b</div></pre>") == [
            ("code", [(1, "a"), (1, ""), (1, ""), (1, "b")])
        ]

    def test_numbers_that_are_an_output_stay(self) -> None:
        assert page("<pre>$ cat x\n<span class='m'>1</span>\n<span class='mi'>2</span></pre>") == [
            ("code", [(1, "$ cat x"), (2, "1"), (3, "2")])
        ]

    def test_what_has_most_of_the_code_is_the_article_whatever_its_name(self) -> None:
        assert page(
            "<div class='page-with-sidebar'><p>Hi</p><pre>ip link show</pre></div>"
            "<div class='comment-list'>Try <pre>x</pre></div>"
        ) == [
            ("prose", [(1, "Hi")]),
            ("code", [(1, "ip link show")]),
        ]

    def test_a_session_in_a_paragraph(self) -> None:
        assert page("<p>[root@h ~]# ip link<br>\n1: lo</p>") == [("mixed", [(1, "[root@h ~]# ip link"), (2, "1: lo")])]

    @pytest.mark.parametrize(
        "broken",
        ["<", "<a", "</", "<!--", "<pre>a<pre>", "<p <b>", "<a href='", "<script>", "a<b", "<pre", "&#0;&#x110000;"],
    )
    def test_what_is_broken_is_read_on(self, broken: str) -> None:
        html.read(f"{broken}<p>words")
        assert any("words" in b.text for b in html.read(f"<p>words</p>{broken}").blocks)


RST = """\
==========
Namespaces
==========

:source: https://e.org/x

Intro with ``ip link``, :command:`ip`, `a link <https://e.org>`_ and *emphasis*
wrapped.

Setup
-----

.. note:: As root.

   More note::

     $ id

.. code-block:: bash
   :linenos:

   ip netns add a

     indented

1. First::

       $ ping -c 1 a
         64 bytes
2. ``ip addr``

   .. prompt:: bash $

      ls

::

  # ip link
  1: lo

.. comment
   hidden

+---+---+
| a | b |
+---+---+

Quoted::

> one

root@h:~# ls
End.
"""


class TestRst:
    def test_what_is_code_and_what_is_not(self) -> None:
        assert shown(rst.read(RST)) == [
            ("heading", [(2, "Namespaces")]),
            ("prose", [(7, "Intro with ip link, ip, a link and emphasis"), (8, "wrapped.")]),
            ("inline", [(7, "ip link")]),
            ("heading", [(10, "Setup")]),
            ("prose", [(13, "As root.")]),
            ("prose", [(15, "More note:")]),
            ("code", [(17, "$ id")]),
            ("code", [(22, "ip netns add a"), (23, ""), (24, "  indented")]),
            ("prose", [(26, "First:")]),
            ("code", [(28, "$ ping -c 1 a"), (29, "  64 bytes")]),
            ("code", [(30, "ip addr")]),
            ("code", [(34, "ls")]),
            ("code", [(38, "# ip link"), (39, "1: lo")]),
            ("prose", [(45, "a b")]),
            ("prose", [(48, "Quoted:")]),
            ("code", [(50, "> one")]),
            ("mixed", [(52, "root@h:~# ls"), (53, "End.")]),
        ]

    def test_what_is_said_of_the_text(self) -> None:
        document = rst.read(RST)
        assert (document.title, document.source) == ("Namespaces", "https://e.org/x")
        assert [b.level for b in document.blocks if b.kind == "heading"] == [1, 2]
        assert [b.language for b in document.blocks if b.kind == "code"][1] == "bash"


TYPESCRIPT = (
    'Script started on 2024-01-01 10:00:00+00:00 [TERM="xterm" COLUMNS="80" LINES="24"]\n'
    "\x1b[?2004hroot@h:~# ip lnik\x08 \x08\x08 \x08\x08 \x08ink\r\n\x1b[?2004l\r1: lo\r\nroot@h:~# clear\r\n"
    "\x1b[H\x1b[2J\x1b[3J\x1b]0;title\x07root@h:~# \x1b[1mls\x1b[0m\r\n1%\r100%\r\n"
    '\x1b[?1049hvim junk\x1b[?1049lroot@h:~# exit\r\n\nScript done on 2024-01-01 [COMMAND_EXIT_CODE="0"]\n'
)
CAST = [
    '{"version": 2, "width": 80, "height": 24, "title": "Demo"}',
    '[0.1, "o", "$ "]',
    '[0.2, "o", "l"]',
    '[0.3, "o", "s\\r\\na\\r\\n"]',
    '[0.4, "o", "b\\r\\n$ "]',
    '[0.5, "m", "second"]',
    '[0.6, "i", "i"]',
    '[0.7, "o", "id\\r\\nuid=0\\r\\n"]',
]


class TestTerminals:
    """What a terminal received."""

    def test_a_typescript(self) -> None:
        assert shown(typescript.read(TYPESCRIPT)) == [
            ("code", [(2, "root@h:~# ip link"), (3, "1: lo"), (4, "root@h:~# clear")]),
            ("code", [(5, "root@h:~# ls"), (6, "100%")]),
            ("code", [(7, "root@h:~# exit")]),
        ]
        session = read_tutorial(TYPESCRIPT, "typescript").session
        assert [i.text for i in session.items if isinstance(i, Command)][:1] == ["ip link"]

    def test_a_recording_of_version_2(self) -> None:
        document = asciicast.read("\n".join(CAST))
        assert document.title == "Demo" and not document.warnings
        assert shown(document) == [
            ("code", [(4, "$ ls"), (4, "a"), (5, "b")]),
            ("prose", [(6, "second")]),
            ("code", [(8, "$ id"), (8, "uid=0")]),
        ]

    def test_other_versions(self) -> None:
        third = (
            '{"version": 3, "term": {"cols": 80, "rows": 24}}\n# a comment\n[0.1, "o", "$ ls\\r\\n"]\n[1, "x", "0"]\n'
        )
        assert shown(asciicast.read(third)) == [("code", [(3, "$ ls")])]
        first = '{"version": 1, "width": 80, "height": 24,\n"stdout": [[0.1, "$ l"], [0.2, "s\\r\\n"]]}'
        assert shown(asciicast.read(first)) == [("code", [(1, "$ ls")])]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "{",
            "{}",
            "[]",
            "null\n1",
            '{"stdout": 1}',
            '{"version": 2, "width": "x"}\n[1]\n[1, "o", 2]',
            "[" * 99_999,
        ],
    )
    def test_what_is_no_recording_is_said(self, text: str) -> None:
        assert asciicast.read(text).warnings


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


READERS = {
    "markdown": markdown.read,
    "html": html.read,
    "rst": rst.read,
    "asciidoc": asciidoc.read,
    "org": org.read,
    "mediawiki": mediawiki.read,
}
PIECES = [
    *"``` ~~~ ` `` - # --- | [a]( ) ** _ < > \\ word = .. ::".split(),
    *"<pre> </pre> <br> <div> <details> <code> </code> <table> <tr> <td> <li> <p> <!-- --> &lt; &#10;".split(),
    *[
        '"',
        "<script>",
        "    ",
        "\t",
        "> ",
        "1. ",
        "<a href='",
        "{% highlight bash %}",
        "{% endhighlight %}",
        "!!! note",
        ":::",
        "===\n",
    ],
    *[".. code::", ".. note::", "::\n", ":a:", "``", "`_"],
    *["\n", "\n", "\n\n", "\r\n", "\r", "\0", "\x1b[1m", "\x0b", "\u2028", "\x85", "\u3000"],
    *[
        "#+begin_src sh\n",
        "#+end_src\n",
        ": ",
        "=x=",
        "~y~",
        "{{bc|",
        "{{hc|# a|",
        "}}",
        "== a ==\n",
        "''",
        "[[b|",
        "]]",
    ],
    *["\U000f0000", "$ ip link", "root@h:~# id", "1: lo: <UP>", "网络", "ping 10.0.0.*", "::\n\n  "],
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=40).map("".join)


@pytest.mark.parametrize("name", READERS)
@given(TEXTS)
@settings(deadline=None, max_examples=300)
def test_every_text_is_read_and_every_line_is_where_it_says(name: str, text: str) -> None:
    lines = split(text)
    for block in READERS[name](text).blocks:
        assert block.lines
        for line in block.lines:
            assert "\n" not in line.text and "\r" not in line.text
            # A piece of code in prose, and a tag, may be wrapped.
            more = 9 if block.kind == "inline" or name == "html" else 1
            there = _bare("\n".join(lines[line.number - 1 :][:more]))
            for word in re.findall(r"[A-Za-z0-9\u4e00-\u9fff]+", line.text):
                # Tags and marks may stand within a word.
                rest = iter(there)
                assert word in there or all(letter in rest for letter in word), (line, there)


def _bare(line: str) -> str:
    """A line as it is, and as it reads without tags and entities."""
    joined = re.sub(r"<[^<>]*>|[*_`~\\]", "", unescape(line))
    return f"{line}\n{unescape(line)}\n{joined}"


@given(
    st.lists(
        st.sampled_from([*CAST, TYPESCRIPT, "\x1b[?1049h", "\x1b[2J", "\x1b[5A", "\n", "{", "null", "[]"])
        | st.text(max_size=9)
    )
)
@settings(deadline=None)
def test_every_recording_is_read(pieces: list[str]) -> None:
    for text in ("\n".join(pieces), "".join(pieces)):
        for read in (asciicast.read, typescript.read):
            document = read(text)
            assert all(1 <= line.number <= text.count("\n") + 1 for block in document.blocks for line in block.lines)


@given(TEXTS, st.sampled_from(["", "a.md", "a.txt", "a.t", ".zsh_history"]))
@settings(deadline=None)
def test_a_format_is_found_for_every_text(text: str, name: str) -> None:
    format, why = detect(text, name)
    assert why
    TUTORIALS[format](text)
