"""Pages -> documents: what is the article, what is code, and the line of each. The pages are written for these tests,
in the styles of real sites."""

from textwrap import dedent

import pytest

from replayer.sources import html
from tests.documents import page

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
