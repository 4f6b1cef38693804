# ruff: noqa: E501  (HTML in one piece)
"""Pages as a browser saves them, scripts done: their article and its code, once, without menus, gutters and buttons.

The pages are written for these tests, in the styles of site builders and of what highlights code on them."""

from html import escape
from pathlib import Path

import pytest

from replayer.sources import html, read_tutorial_text
from replayer.sources.session import Command
from replayer.tutorial import read_tutorial

pytest.importorskip("playwright")
from playwright.sync_api import Browser

FIRST = ["$ ip netns add ns1", "$ ip netns exec ns1 ip -br link", "lo  DOWN  00:00:00:00:00:00 <LOOPBACK>"]
SECOND = ["$ for n in 1 2; do", '>   ip netns exec ns$n true && echo "a < b"', "> done", "", "a < b"]
# In whatever is no part of the article.
AROUND = "AROUND"


def joined(lines: list[str]) -> str:
    return escape("\n".join(lines))


def spans(lines: list[str], name: str = "hljs-keyword") -> str:
    """Every word in a span, as highlighters leave it."""
    return "\n".join(
        " ".join(f'<span class="{name}">{escape(w)}</span>' if w else "" for w in line.split(" ")) for line in lines
    )


def numbered_table(lines: list[str], number: str, code: str) -> str:
    """Lines beside their numbers, each line a row."""
    return "".join(
        f'<tr><td class="{number}" data-line-number="{n}">{n}</td><td class="{code}">{escape(line) or chr(10)}</td></tr>'
        for n, line in enumerate(lines, 1)
    )


def page(before: str, first: str, second: str, after: str = "", head: str = "") -> str:
    return (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Two namespaces - A site</title>{head}</head><body>"
        f"{before}<h1>Two namespaces</h1><p>First make one.</p>{first}<p>Then look at both:</p>{second}{after}</body></html>"
    )


MENU = f"<nav><ul><li><a href=/>{AROUND}</a></li><li><pre>{AROUND}</pre></li></ul></nav>"
FOOT = f"<footer><p>{AROUND} 2020</p></footer>"

# Name -> page. A script does what the site's own would.
PAGES = {
    "jianshu": page(
        f"<header>{AROUND}</header><div class=_21bLU4><section class=ouvJEz><div class=rEsl9f><span>{AROUND}</span></div>"
        "<article class=_2rhmJa>",
        f'<div class=_2Uzcx_><button class=VJbwyy aria-label=复制代码>{AROUND}</button><pre class="line-numbers language-bash">'
        f"<code class=language-bash>{spans(FIRST, 'token function')}<span aria-hidden=true class=line-numbers-rows>"
        "<span></span><span></span><span></span></span></code></pre></div>",
        f"<pre><code>{joined(SECOND)}\n</code></pre>",
        f"</article><div class=_1kCBjS>{AROUND}</div></section><aside>{AROUND}<pre>ls {AROUND}</pre></aside></div>",
    ),
    "csdn": page(
        f'<div id=toolbarBox>{AROUND}</div><div class=blog-content-box><div class=article-info-box>'
        f"<div class=article-bar-top>{AROUND}</div></div><article class=baidu_pl><div id=article_content class=article_content>"
        '<div id=content_views class="markdown_views prism-atom-one-dark">',
        f"<pre class=set-code-show><code class='prism language-bash has-numbering'>{spans(FIRST, 'token builtin')}"
        f"<div class='hljs-button signin' data-title={AROUND}></div></code><ul class=pre-numbering><li>1</li><li>2</li><li>3</li>"
        "</ul></pre>",
        "<pre><code class='hljs language-bash'><ol class=hljs-ln>"
        + "".join(
            f"<li><div class=hljs-ln-numbers><div class='hljs-ln-line hljs-ln-n' data-line-number={n}></div></div>"
            f"<div class=hljs-ln-code><div class=hljs-ln-line>{escape(line) or ' '}</div></div></li>"
            for n, line in enumerate(SECOND, 1)
        )
        + "</ol></code></pre>",
        f"</div></div></article></div><div class=recommend-box>{AROUND}<pre>id {AROUND}</pre></div>",
    ),
    "cnblogs": page(
        f"<div id=header>{MENU}</div><div id=main><div id=mainContent><div class=post><div id=cnblogs_post_body class='blogpost-body'>",
        f"<div class=cnblogs_code><div class=cnblogs_code_toolbar><span class=cnblogs_code_copy><a title=复制代码>"
        f"<img alt={AROUND}></a></span></div><pre>{spans(FIRST)}</pre><div class=cnblogs_code_toolbar><span "
        f"class=cnblogs_code_copy><a><img alt={AROUND}></a></span></div></div>",
        f"<pre class='highlighter-hljs' highlighted=yes><code class='hljs language-bash'>{spans(SECOND)}</code>"
        f"<copy class=code-copy-btn><i></i><span>{AROUND}</span></copy></pre>",
        f"</div><div id=blog_post_info>{AROUND}</div><div class=postDesc>{AROUND}</div></div></div>"
        f"<div id=sideBar>{AROUND}</div></div><div id=comment_form>{AROUND}</div>",
    ),
    "medium": page(
        f"<div id=root><div role=navigation>{AROUND}</div><article><section><div><button>{AROUND}</button>",
        "<pre class='qs qt'><span id=af12 class='ra hu' data-selectable-paragraph>"
        + "<br>".join(map(escape, FIRST))
        + "</span></pre>",
        "<pre><span>" + "<br>".join(map(escape, SECOND)) + "</span></pre>",
        f"</div></section></article><div><a href=/>{AROUND}</a></div></div>" + FOOT,
    ),
    "qiita": page(
        f"{MENU}<main><article><div class='rnote it-MdContent'><section id=personal-public-article-body><div class=mdContent-inner>",
        f"<div class=code-frame data-lang=shell><div class=code-lang><span class=bold>{AROUND}</span></div><div class=highlight><pre>"
        f"<code>{spans(FIRST, 'nv')}\n</code></pre></div><button class=codeCopy-button>{AROUND}</button></div>".replace(
            f"<div class=code-lang><span class=bold>{AROUND}</span></div>", ""
        ),
        f"<div class=code-frame data-lang=text><div class=highlight><pre><code>{joined(SECOND)}\n</code></pre></div></div>",
        f"</div></section></div></article></main><aside>{AROUND}</aside>{FOOT}",
    ),
    "zenn": page(
        f"{MENU}<article><section><div class='znc BodyContent_anchorToHeadings__x'>",
        "<div class=code-block-container><pre class='shiki github-dark' tabindex=0><code class=language-bash>"
        + "\n".join(f"<span class=line>{escape(line)}</span>" for line in FIRST)
        + f"</code></pre><div class=copy-btn-wrapper><button>{AROUND}</button></div></div>",
        f"<div class=code-block-container><pre class=language-text><code class='language-text code-line'>{joined(SECOND)}\n</code>"
        "</pre></div>",
        f"</div></section></article><section id=comments><pre>{AROUND}</pre></section>{FOOT}",
    ),
    "habr": page(
        f"{MENU}<div class=tm-article-presenter><div class=tm-article-body><div id=post-content-body><div class='article-formatted-body "
        "article-formatted-body_version-2'>",
        f"<pre><code class='bash hljs'>{spans(FIRST, 'hljs-built_in')}</code><div class=code-explainer><a class=tm-button>"
        f"{AROUND}</a></div></pre>".replace(f"<div class=code-explainer><a class=tm-button>{AROUND}</a></div>", ""),
        f"<pre><code class=plaintext>{joined(SECOND)}</code></pre>",
        f"</div></div></div><div class=tm-article-presenter__meta-list>{AROUND}</div></div><div class=tm-comments>"
        f"<pre><code>ls {AROUND}</code></pre></div>",
    ),
    "wordpress, SyntaxHighlighter": page(
        f"{MENU}<div id=content><article class='post hentry'><div class=entry-content>",
        "<div><div id=highlighter_1 class='syntaxhighlighter bash'><div class=toolbar><span><a class='toolbar_item command_help'>?</a>"
        "</span></div><table border=0><tbody><tr><td class=gutter>"
        + "".join(f"<div class='line number{n} index{n - 1} alt2'>{n}</div>" for n in range(1, 4))
        + "</td><td class=code><div class=container>"
        + "".join(f"<div class='line number{n}'><code class='bash plain'>{escape(line)}</code></div>" for n, line in enumerate(FIRST, 1))
        + "</div></td></tr></tbody></table></div></div>",
        f"<div class='crayon-syntax' id=crayon-1><div class=crayon-toolbar><span class=crayon-title></span><span class=crayon-language>"
        f"{AROUND}</span></div><div class=crayon-plain-wrap><textarea class='crayon-plain print-no' readonly>{joined(SECOND)}</textarea>"
        "</div><div class=crayon-main><table class=crayon-table><tr class=crayon-row><td class=crayon-nums><div class=crayon-nums-content>"
        + "".join(f"<div class=crayon-num>{n}</div>" for n in range(1, 6))
        + "</div></td><td class=crayon-code><div class=crayon-pre>"
        + "".join(
            f"<div class=crayon-line id=crayon-1-{n}>{escape(line).replace('  ', '&nbsp; ') or '&nbsp;'}</div>"
            for n, line in enumerate(SECOND)
        )
        + "</div></td></tr></table></div></div>",
        f"<div class=sharedaddy>{AROUND}</div></div></article><div id=comments class=comments-area>{AROUND}</div></div>"
        f"<div id=secondary class=widget-area>{AROUND}</div>",
    ),
    "Read the Docs": page(
        f"<nav class=wy-nav-side><div class=wy-menu>{AROUND}</div></nav><section class=wy-nav-content-wrap><div class=rst-content>"
        f"<div role=navigation aria-label=breadcrumbs>{AROUND}</div><div role=main class=document itemscope><div itemprop=articleBody>",
        f"<div class='highlight-console notranslate'><div class=highlight><pre id=codecell0><span></span>{spans(FIRST, 'gp')}\n</pre>"
        f"<button class='copybtn o-tooltip--left' data-tooltip={AROUND} data-clipboard-target=#codecell0>{AROUND}</button></div></div>",
        "<div class='highlight-sh notranslate'><table class=highlighttable><tr><td class=linenos><div class=linenodiv><pre>"
        + "\n".join(f"<span class=normal>{n}</span>" for n in range(1, 6))
        + f"</pre></div></td><td class=code><div class=highlight><pre><span></span>{spans(SECOND, 'go')}\n</pre></div></td></tr></table></div>",
        f"</div></div><footer><div class=rst-footer-buttons>{AROUND}</div></footer></div></section>",
    ),
    "GitHub README": page(
        f"<header role=banner>{AROUND}</header><div class=Layout><div class=Layout-sidebar>{AROUND}</div><div id=readme><article "
        "class='markdown-body entry-content container-lg' itemprop=text>",
        f"<div class='highlight highlight-source-shell notranslate position-relative overflow-auto' dir=auto><pre>{spans(FIRST, 'pl-k')}"
        f'</pre><div class=zeroclipboard-container><clipboard-copy aria-label={AROUND} value="{joined(FIRST)}"><svg><path/></svg>'
        "</clipboard-copy></div></div>",
        f"<div class='snippet-clipboard-content notranslate'><pre class=notranslate><code>{joined(SECOND)}\n</code></pre>"
        f'<div class=zeroclipboard-container><clipboard-copy value="{joined(SECOND)}"></clipboard-copy></div></div>',
        f"</article></div></div>{FOOT}",
    ),
    "StackExchange": page(
        f"<header class=s-topbar>{AROUND}</header><div id=left-sidebar>{AROUND}</div><div id=content><div id=mainbar><div class=question>"
        f"<div class=votecell><div class=js-vote-count>{AROUND}</div></div><div class=postcell><div class='s-prose js-post-body' "
        "itemprop=text>",
        f"<pre class='lang-bash s-code-block'><code class='hljs language-bash'>{spans(FIRST)}\n</code></pre>",
        f"<pre><code>{joined(SECOND)}\n</code></pre>",
        f"</div><div class=post-taglist>{AROUND}</div><div class=user-info>{AROUND}</div></div><div class='comments js-comments-container'>"
        f"<code>{AROUND}</code></div></div></div><div id=sidebar>{AROUND}</div></div>",
    ),
    "mdBook": page(
        f"<nav id=sidebar class=sidebar><ol class=chapter><li>{AROUND}</li></ol></nav><div id=page-wrapper><div class=page><div "
        f"id=menu-bar><h1 class=menu-title>{AROUND}</h1></div><div id=content class=content><main>",
        f"<pre><div class=buttons><button class=clip-button title={AROUND}><i class=tooltiptext></i></button></div>"
        f"<code class='language-console hljs'>{spans(FIRST)}\n</code></pre>",
        f"<pre><div class=buttons><button class='fa fa-copy clip-button'></button></div><code class='language-sh hljs'>{spans(SECOND)}\n"
        "</code></pre>",
        f"</main><nav class=nav-wrapper>{AROUND}</nav></div></div></div>",
    ),
    "Docusaurus": page(
        f"<nav class=navbar>{AROUND}</nav><div class=main-wrapper><aside class=theme-doc-sidebar-container>{AROUND}</aside><main>"
        f"<article><nav class=theme-doc-breadcrumbs>{AROUND}</nav><div class='theme-doc-markdown markdown'>",
        "<div class='language-bash codeBlockContainer_Ckt0 theme-code-block'><div class=codeBlockContent_biex><pre tabindex=0 class='prism-code "
        "language-bash codeBlock_bY9V'><code class=codeBlockLines_e6Vv>"
        + "".join(f"<span class=token-line><span class='token plain'>{escape(line)}</span><br></span>" for line in FIRST)
        + f"</code></pre><div class=buttonGroup__atx><button type=button title={AROUND}><span class=copyButtonIcons></span></button></div>"
        "</div></div>",
        "<div class='language-text codeBlockContainer_Ckt0'><div class=codeBlockTitle_Ktv7>out.txt</div><div class=codeBlockContent_biex><pre "
        "class=prism-code><code class='codeBlockLines_e6Vv codeBlockLinesWithNumbering_o6Pm'>"
        + "".join(
            "<span class='token-line codeLine_lJS_'><span class=codeLineNumber_Tfdd></span><span class=codeLineContent_feaV>"
            f"<span class='token plain' style='display:inline-block'>{escape(line)}</span><br></span></span>"
            for line in SECOND
        ).replace("<span class='token plain' style='display:inline-block'></span>", "")
        + "</code></pre></div></div>",
        f"</div><div class=theme-doc-footer>{AROUND}</div></article><div class=tableOfContents_bqdL>{AROUND}</div></main></div>{FOOT}",
    ),
    "Hugo": page(
        f"<header class=site-header>{AROUND}</header><main><article class=post-single><div class=post-meta>{AROUND}</div><div class=toc>"
        f"{AROUND}</div><div class=post-content>",
        "<div class=highlight><div class=chroma><table class=lntable><tr><td class=lntd><pre tabindex=0 class=chroma><code>"
        + "".join(f"<span class=lnt>{n}\n</span>" for n in range(1, 4))
        + "</code></pre></td><td class=lntd><pre tabindex=0 class=chroma><code class=language-bash data-lang=bash>"
        + "".join(f"<span class=line><span class=cl>{escape(line)}\n</span></span>" for line in FIRST)
        + "</code></pre></td></tr></table></div></div>",
        "<div class=highlight><pre tabindex=0 class=chroma><code class=language-text data-lang=text>"
        + "".join(f"<span class=line><span class=ln>{n}</span><span class=cl>{escape(line)}\n</span></span>" for n, line in enumerate(SECOND, 1))
        + "</code></pre></div>",
        f"</div><footer class=post-footer>{AROUND}</footer></article></main>{FOOT}",
    ),
    "GitHub, a file": page(
        f"{MENU}<main><article class=markdown-body>",
        f"<table class='highlight tab-size js-file-line-container'><tbody>{numbered_table(FIRST, 'blob-num js-line-number', 'blob-code blob-code-inner')}"
        "</tbody></table>",
        f"<pre lang=text><code>{joined(SECOND)}\n</code></pre>",
        f"</article></main>{FOOT}",
    ),
    "its own script": page(
        f"<div class=navbar-fixed-top>{AROUND}</div><div class=container><div class=article-content>",
        f"<pre class=wants-numbers>{joined(FIRST)}</pre>",
        f"<pre class=wants-numbers>{joined(SECOND)}</pre>",
        f"</div><div class=related-posts>{AROUND}</div></div>"
        "<script>for (const pre of document.querySelectorAll('.wants-numbers')) {"
        "const lines = pre.textContent.split('\\n'); const text = pre.textContent; pre.textContent = '';"
        "const list = document.createElement('ol'); list.className = 'linenums';"
        "for (const line of lines) { const item = document.createElement('li'); item.textContent = line || '\\u200b'; list.append(item); }"
        "pre.append(list); const button = document.createElement('button'); button.textContent = '" + AROUND + "';"
        "const area = document.createElement('textarea'); area.style.display = 'none'; area.value = text; area.textContent = text;"
        "pre.append(button); pre.after(area); }</script>",
    ),
}  # fmt: skip


def assert_read(text: str) -> None:
    document = html.read(text)
    code = [[line.text.rstrip() for line in block.lines] for block in document.blocks if block.kind == "code"]
    assert code == [FIRST, SECOND]
    said = [block.text for block in document.blocks if block.kind != "code"]
    assert [AROUND in one for one in said] == [False] * len(said), said
    assert document.title == "Two namespaces"
    assert said[:2] == ["Two namespaces", "First make one."] and "Then look at both:" in said
    commands = [item.text for item in read_tutorial(text, "x.html").session.items if isinstance(item, Command)]
    assert commands == [FIRST[0][2:], FIRST[1][2:], "\n".join([SECOND[0][2:], SECOND[1][2:], SECOND[2][2:]])]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_as_it_was_sent(name: str) -> None:
    if name != "its own script":
        assert_read(PAGES[name])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_as_a_browser_saves_it(browser: Browser, name: str) -> None:
    page = browser.new_page()
    try:
        page.set_content(PAGES[name])
        assert_read(page.content())
    finally:
        page.close()


@pytest.mark.parametrize("name", ["zenn", "its own script"])
def test_an_archive_that_a_browser_saves(browser: Browser, name: str, tmp_path: Path) -> None:
    page = browser.new_page()
    try:
        page.set_content(PAGES[name])
        archive = page.context.new_cdp_session(page).send("Page.captureSnapshot", {"format": "mhtml"})["data"]
    finally:
        page.close()
    path = tmp_path / "page.mhtml"
    path.write_bytes(archive.encode())
    assert_read(read_tutorial_text(path))
