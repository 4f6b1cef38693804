# ruff: noqa: E501  (HTML in one piece)
"""Pages in the ways in which sites mark code up: the same session is read from each.

Written for these tests after how the sites' pages are built; none of them is a page of theirs."""

from collections.abc import Callable, Sequence
from html import escape

import pytest

from replayer.sources.session import Command
from replayer.tutorial import read_tutorial

A = ["ip netns add ns1", "ip netns add ns2", "ip link add v1 type veth peer name v2", "ip link set v1 netns ns1"]
B = [
    "$ ip -n ns1 addr add 10.0.0.1/24 dev v1",
    "$ ip netns exec ns1 ping -c 1 10.0.0.2",
    "PING 10.0.0.2 (10.0.0.2) 56(84) bytes of data.",
    "64 bytes from 10.0.0.2: icmp_seq=1 ttl=64 time=0.05 ms",
    "",
    "--- 10.0.0.2 ping statistics ---",
    "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
]


def sp(line: str, name: str = "hljs-built_in") -> str:
    """Every second word in a span, as highlighters leave it."""
    words = enumerate(line.split(" "))
    return " ".join(f'<span class="{name}">{escape(w)}</span>' if n % 2 == 0 and w else escape(w) for n, w in words)


def J(lines: Sequence[str], shown: Callable[[str], str] = escape) -> str:
    return "\n".join(shown(line) for line in lines)


def page(code: Callable[[list[str]], str]) -> str:
    filler = "It is the first of a series, and nothing in it needs hardware that is hard to find. " * 4
    return (
        "<!DOCTYPE html>\n<html><head><meta charset=utf-8><title>Two namespaces | Site</title></head><body>"
        f"<nav><a href=/>Home</a></nav><h1>Two namespaces</h1>\n<p>{filler}</p>\n<p>First, create them:</p>\n{code(A)}\n"
        f"<p>Then try <code>ip netns exec</code>:</p>\n{code(B)}\n<p>It works. {filler}</p>\n"
        "<footer><p>Copyright. Run <code>ip link del eth0</code> never.</p></footer></body></html>"
    )


STYLES: dict[str, Callable[[list[str]], str]] = {
    "dev.to": lambda lines: (
        f'<div class="highlight js-code-highlight">\n<pre class="highlight shell"><code>{J(lines, lambda line: sp(line, "nb"))}\n</code></pre>\n<div class="highlight__panel js-actions-panel">\n<div class="highlight__panel-action js-fullscreen-code-action">\n    <svg class="highlight-action crayons-icon" viewBox="0 0 24 24"><title>Enter fullscreen mode</title><path d="M"></path></svg>\n    <svg class="highlight-action"><title>Exit fullscreen mode</title></svg>\n</div>\n</div>\n</div>'
    ),
    "confluence-old": lambda lines: (
        '<div class="code panel pdl conf-macro output-block" style="border-width: 1px;" data-hasbody="true" data-macro-name="code"><div class="codeHeader panelHeader pdl hide-border-bottom"><b class="code-title">shell</b><span class="collapse-source expand-control" style="display:none;"><span class="expand-control-icon icon">&nbsp;</span><span class="expand-control-text">Expand source</span></span></div><div class="codeContent panelContent pdl"><div><div class="syntaxhighlighter sh-confluence nogutter  bash"><table border="0" cellpadding="0" cellspacing="0"><tbody><tr><td class="code"><div class="container" title="Hint: double-click to select code">'
        + "".join(
            f'<div class="line number{n} index{n - 1} alt1" data-bidi-marker="true"><code class="bash plain">{escape(line) or "&nbsp;"}</code></div>'
            for n, line in enumerate(lines, 1)
        )
        + "</div></td></tr></tbody></table></div></div></div></div>"
    ),
    "confluence-cloud": lambda lines: (
        '<div class="code-block" data-code-block=""><span class="prismjs css-1xfvm4v" data-code-lang="bash" data-ds--code--code-block=""><code style="white-space: pre;"><span class="comment linenumber ds-line-number" style="display: inline-block;" data-ds--line-number="1">1</span>'.replace(
            'data-ds--line-number="1">1</span>', ""
        )
        + ""
        + "\n".join(
            f'<span class="comment linenumber ds-line-number" data-ds--line-number="{n}">{n}</span><span style="">{escape(line)}</span>'
            for n, line in enumerate(lines, 1)
        )
        + "</code></span></div>"
    ),
    "hatena": lambda lines: (
        f'<pre class="code lang-sh" data-lang="sh" data-unlink>{J(lines, lambda line: sp(line, "synStatement"))}\n</pre>'
    ),
    "tistory": lambda lines: (
        f'<pre id="code_1639" class="bash" data-ke-language="bash" data-ke-type="codeblock"><code>{J(lines)}</code></pre>'
    ),
    "tistory-colorscripter": lambda lines: (
        '<div class="colorscripter-code" style="color:#f0f0f0; font-family:Consolas, monospace !important; position:relative !important;overflow:auto"><table class="colorscripter-code-table" style="margin:0; padding:0; border:none; background-color:#272727; border-radius:4px;" cellspacing="0" cellpadding="0"><tr><td style="padding:6px; border-right:2px solid #4f4f4f"><div style="margin:0; padding:0; word-break:normal; text-align:right; color:#aaa; font-family:Consolas, monospace !important; line-height:130%">'
        + "".join(f'<div style="line-height:130%">{n}</div>' for n in range(1, len(lines) + 1))
        + '</div></td><td style="padding:6px 0; text-align:left"><div style="margin:0; padding:0; color:#f0f0f0; font-family:Consolas, monospace !important; line-height:130%">'
        + "".join(
            f'<div style="padding:0 6px; white-space:pre; line-height:130%">{escape(line)}</div>' for line in lines
        )
        + "</div></td></tr></table></div>"
    ),
    "naver-se": lambda lines: (
        f'<div class="se-component se-code code_stripe" id="SE-1"><div class="se-component-content"><div class="se-section se-section-code se-line-code_stripe"><div class="se-module se-module-code"><div class="se-code-source"><div class="__se_code_view language-bash">{J(lines)}</div></div></div></div></div></div>'
    ),
    "naver-text": lambda lines: (
        '<div class="se-module se-module-text">'
        + "".join(
            f'<p class="se-text-paragraph se-text-paragraph-align-left" style="" id="SE-{n}"><span style="" class="se-fs-fs15 se-ff-nanumgothic">{escape(line) or "​"}</span></p>'
            for n, line in enumerate(lines)
        )
        + "</div>"
    ),
    "juejin": lambda lines: (
        '<pre><div class="code-block-extension-header" style="background-color: rgb(255, 255, 255);"><div class="code-block-extension-headerLeft"><div class="code-block-extension-foldBtn"><svg></svg></div></div><div class="code-block-extension-headerRight"><span class="code-block-extension-lang">bash</span><div class="render" data-v-159ebe90=""><!----> <div class="render-inner"><span>体验AI代码助手</span></div></div><div class="ai-code-btn">代码解读</div><div class="code-block-extension-copyCodeBtn">复制代码</div></div></div><code class="hljs language-bash code-block-extension-codeShowNum" lang="bash">'
        + "\n".join(
            f'<span class="code-block-extension-codeLine" data-line-num="{n}">{sp(line)}</span>'
            for n, line in enumerate(lines, 1)
        )
        + "\n</code></pre>"
    ),
    "51cto": lambda lines: (
        '<pre class="language-bash prettyprint hljs has-numbering"><button class="copy_btn disable" data-clipboard-target="#code_id_0">复制</button><code class="hljs language-bash" id="code_id_0"><ol class="hljs-ln" style="width:100%">'
        + "".join(
            f'<li><div class="hljs-ln-numbers"><div class="hljs-ln-line hljs-ln-n" data-line-number="{n}"></div></div><div class="hljs-ln-code"><div class="hljs-ln-line">{sp(line)}</div></div></li>'
            for n, line in enumerate(lines, 1)
        )
        + '</ol></code></pre><ul class="pre-numbering">'.replace('<ul class="pre-numbering">', "")
        + '<ul class="pre-numbering">'
        + "".join(f"<li>{n}.</li>" for n in range(1, len(lines) + 1))
        + "</ul>"
    ),
    "csdn": lambda lines: (
        f'<pre data-index="0" class="set-code-show prettyprint"><code class="prism language-bash has-numbering" onclick="mdcp.copyCode(event)" style="position: unset;">{J(lines, lambda line: sp(line, "token function"))}\n<div class="hljs-button {{2}}" data-title="复制" onclick="hljs.copyCode(event)"></div></code><ul class="pre-numbering" style="">'
        + "".join(f'<li style="color: rgb(153, 153, 153);">{n}</li>' for n in range(1, len(lines) + 1))
        + "</ul></pre>"
    ),
    "cnblogs": lambda lines: (
        '<div class="cnblogs_code"><div class="cnblogs_code_toolbar"><span class="cnblogs_code_copy"><a href="javascript:void(0);" onclick="copyCnblogsCode(this)" title="复制代码"><img src="copycode.gif" alt="复制代码"></a></span></div>\n<pre>'
        + "\n".join(
            f'<span style="color: #008080;">{n}</span> <span style="color: #000000;">{escape(line)}</span>'
            for n, line in enumerate(lines, 1)
        )
        + '</pre>\n<div class="cnblogs_code_toolbar"><span class="cnblogs_code_copy"><a href="javascript:void(0);"><img src="c.gif" alt="复制代码"></a></span></div></div>'
    ),
    "digitalocean": lambda lines: (
        '<div class="code-label notes-and-warnings"></div><div class="code-toolbar"><pre class="language-command prefixed_command"><code><ul class="prefixed">'
        + "".join(
            f'<li class="line" data-prefix="$">{escape(line.removeprefix("$ "))}\n</li>'
            for line in lines
            if line in A or line.startswith("$")
        )
        + '</ul>\n</code></pre><div class="toolbar"><div class="toolbar-item"><button type="button">Copy</button></div></div></div>'
        + (
            "".join(
                [
                    '<pre class="language-secondary_label_Output"><div class="secondary-code-label" title="Output">Output</div><code>'
                    + J([line for line in lines if line not in A and not line.startswith("$")])
                    + "\n</code></pre>"
                ]
            )
            if lines is B
            else ""
        )
    ),
    "crayon": lambda lines: (
        f'<div id="crayon-5f" class="crayon-syntax crayon-theme-classic" data-settings=" minimize scroll-mouseover"><div class="crayon-toolbar" data-settings=" mouseover"><span class="crayon-title"></span><div class="crayon-tools"><div class="crayon-button crayon-copy-button" title="Copy"><div class="crayon-button-icon"></div></div><span class="crayon-language">Shell</span></div></div><div class="crayon-info"></div><div class="crayon-plain-wrap"><textarea class="crayon-plain print-no" readonly>{J(lines)}</textarea></div><div class="crayon-main"><table class="crayon-table"><tr class="crayon-row"><td class="crayon-nums " data-settings="show"><div class="crayon-nums-content">'
        + "".join(f'<div class="crayon-num" data-line="crayon-5f-{n}">{n}</div>' for n in range(1, len(lines) + 1))
        + '</div></td><td class="crayon-code"><div class="crayon-pre">'
        + "".join(
            f'<div class="crayon-line" id="crayon-5f-{n}">{sp(line, "crayon-e") or "&nbsp;"}</div>'
            for n, line in enumerate(lines, 1)
        )
        + "</div></td></tr></table></div></div>"
    ),
    "dokuwiki-ol": lambda lines: (
        '<dl class="code"><dt><a href="x" title="Download Snippet" class="mediafile mf_sh">test.sh</a></dt>\n<dd><pre class="code bash"><ol><li class="li1"><div class="de1">'
        + '</div></li>\n<li class="li1"><div class="de1">'.join(sp(line, "kw2") or "&nbsp;" for line in lines)
        + "</div></li>\n</ol></pre>\n</dd></dl>"
    ),
    "moinmoin": lambda lines: (
        '<p class="line867"><span class="anchor" id="line-12"></span></p><p class="line867"><span class="anchor" id="line-13"></span><pre>'
        + "\n".join(f'<span class="anchor" id="line-{n}"></span>{escape(line)}' for n, line in enumerate(lines, 1))
        + '</pre><span class="anchor" id="line-20"></span>'
    ),
    "chatgpt": lambda lines: (
        f'<pre class="overflow-visible!"><div class="contain-inline-size rounded-2xl relative bg-token-sidebar-surface-primary"><div class="flex items-center text-token-text-secondary px-4 py-2 text-xs font-sans justify-between h-9">bash</div><div class="sticky top-9"><div class="absolute end-0 bottom-0 flex h-9 items-center pe-2"><div class="bg-token-bg-elevated-secondary flex items-center gap-4"><button class="flex gap-1 items-center" aria-label="Copy"><svg></svg>Copy code</button></div></div></div><div class="overflow-y-auto p-4" dir="ltr"><code class="whitespace-pre! language-bash"><span><span>{J(lines, sp)}\n</span></span></code></div></div></pre>'
    ),
    "notion-web": lambda lines: (
        f'<div class="notion-selectable notion-code-block" data-block-id="x"><div style="display: flex;"><div role="figure"><div style="position:absolute"><div role="button" tabindex="0">Bash</div></div><div role="button">Copy</div><div class="line-numbers notion-code-block" style="flex-grow: 1; text-align: left; font-family: SFMono-Regular, Menlo, Consolas, monospace; white-space: pre; tab-size: 2; padding: 34px 16px 32px 32px;"><div contenteditable="true" style="" data-content-editable-leaf="true"><span class="token">{J(lines)}</span></div></div></div></div></div>'
    ),
    "chroma-inline": lambda lines: (
        '<div class="highlight"><pre tabindex="0" style="color:#f8f8f2;background-color:#272822;"><code class="language-bash" data-lang="bash">'
        + "".join(
            f'<span style="display:flex;"><span style="white-space:pre;user-select:none;margin-right:0.4em;color:#7f7f7f">{n}</span><span>{escape(line)}\n</span></span>'
            for n, line in enumerate(lines, 1)
        )
        + "</code></pre></div>"
    ),
    "blogger-font": lambda lines: (
        '<div class="MsoNormal"><span style="font-family: Courier New, Courier, monospace;">'
        + "<br />\n".join(escape(line) or "&nbsp;" for line in lines)
        + "</span></div>"
    ),
    "blogger-b": lambda lines: (
        "<div><b>" + "</b></div><div><b>".join(escape(line) or "<br />" for line in lines) + "</b></div>"
    ),
    "redhat": lambda lines: (
        f'<rh-code-block class="rh-code-block--highlighted" actions="wrap copy"><span slot="action-label-copy">Copy to Clipboard</span><span slot="action-label-copy" hidden data-code-block--copied="">Copied!</span><span slot="action-label-wrap">Toggle word wrap</span><pre class="language-terminal"><code class="language-terminal">{J(lines)}</code></pre></rh-code-block>'
    ),
    "medium-old": lambda lines: "".join(
        f'<pre name="ab{n}" class="graf graf--pre graf-after--p">{escape(line)}</pre>'
        for n, line in enumerate(lines)
        if line
    ),
    "material": lambda lines: (
        '<div class="highlight"><table class="highlighttable"><tr><td class="linenos"><div class="linenodiv"><pre><span></span>'
        + "\n".join(
            f'<span class="normal"><a href="#__codelineno-0-{n}">{n}</a></span>' for n in range(1, len(lines) + 1)
        )
        + '</pre></div></td><td class="code"><div><nav class="md-code__nav"><button class="md-code__button" title="Copy to clipboard"></button></nav><pre><span></span><code>'
        + "\n".join(
            f'<a id="__codelineno-0-{n}" name="__codelineno-0-{n}"></a>{sp(line, "nb")}'
            for n, line in enumerate(lines, 1)
        )
        + "\n</code></pre></div></td></tr></table></div>"
    ),
    "geshi": lambda lines: (
        '<div class="wp-geshi-highlight-wrap5"><div class="wp-geshi-highlight"><div class="bash"><ol><li style="font-weight: normal;" class="li1"><div class="de1">'
        + '</div></li><li style="font-weight: normal;" class="li1"><div class="de1">'.join(
            escape(line) or "&nbsp;" for line in lines
        )
        + "</div></li></ol></div></div></div>"
    ),
    "p-per-line-code": lambda lines: "".join(f"<p><code>{escape(line)}</code></p>\n" for line in lines if line),
    "div-code-lines": lambda lines: (
        '<div class="code-wrapper"><code class="code-multiline">'
        + "".join(f"<div>{escape(line) or '<br>'}</div>" for line in lines)
        + "</code></div>"
    ),
    "zhihu-wechat": lambda lines: (
        '<section class="code-snippet__fix code-snippet__js"><ul class="code-snippet__line-index code-snippet__js">'
        + "".join("<li></li>" for _ in lines)
        + '</ul><pre class="code-snippet__js" data-lang="bash">'
        + "".join(f'<code><span class="code-snippet_outer">{escape(line) or "<br>"}</span></code>' for line in lines)
        + "</pre></section>"
    ),
    "wechat-mdnice": lambda lines: (
        '<pre class="custom" data-tool="mdnice" style="border-radius: 5px;"><span style="display: block; background: url(x); height: 30px;"></span><code class="hljs" style="overflow-x: auto; padding: 16px; display: -webkit-box; font-family: Operator Mono, Consolas, Monaco, Menlo, monospace;">'
        + "<br>".join(escape(line).replace(" ", "&nbsp;") for line in lines)
        + "<br></code></pre>"
    ),
    "expressive-code": lambda lines: (
        '<div class="expressive-code"><figure class="frame is-terminal not-content"><figcaption class="header"><span class="title"></span><span class="sr-only">Terminal window</span></figcaption><pre data-language="bash"><code>'
        + "".join(
            f'<div class="ec-line"><div class="code"><span style="--0:#82AAFF">{escape(line)}</span></div></div>'
            if line
            else '<div class="ec-line"><div class="code">\n</div></div>'
            for line in lines
        )
        + '</code></pre><div class="copy"><div aria-live="polite"></div><button title="Copy to clipboard" data-copied="Copied!" data-code="x"><div></div></button></div></figure></div>'
    ),
}


@pytest.mark.parametrize("site", STYLES)
def test_the_session_of_a_page(site: str) -> None:
    session = read_tutorial(page(STYLES[site]), "saved.html").session
    commands = [item for item in session.items if isinstance(item, Command)]
    assert [one.text for one in commands] == [*A, B[0][2:], B[1][2:]]
    claims = [claim for one in commands for claim in one.claims]
    assert [(claim.kind, claim.value) for claim in claims] == [("outcome", "通")]
    assert session.title == "Two namespaces"
