"""Markdown and reStructuredText -> documents: what is prose, what is code, and the line of each. The texts are written
for these tests, in the styles of real pages."""

import pytest

from replayer.sources import markdown, rst
from tests.documents import md, shown


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
