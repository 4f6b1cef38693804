"""Long tutorials, real in style or as unlike one as can be: name -> (format, size in characters -> text)."""

import json
from collections.abc import Callable

Make = Callable[[int], str]

# One part of a tutorial: what is done, what is shown. `{}` is its number.
_COMMANDS = (
    "ip netns add ns{}",
    "ip link add veth{} type veth peer name eth0 netns ns{}",
    "ip netns exec ns{} ip addr add 10.0.{}.2/24 dev eth0",
    "ip netns exec ns{} ping -c 1 10.0.{}.1",
)
_SHOWN = (
    "PING 10.0.{}.1 (10.0.{}.1) 56(84) bytes of data.",
    "64 bytes from 10.0.{}.1: icmp_seq=1 ttl=64 time=0.0{} ms",
    "",
    "--- 10.0.{}.1 ping statistics ---",
    "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
)
_SAID = "In this step the namespace ns{} gets an address, and then it can reach the bridge. 这里可以看到网络是通的。"


def _filled(line: str, number: int) -> str:
    return line.replace("{}", str(number % 250))


def _parts(part: Callable[[int], str], size: int, head: str = "", tail: str = "") -> str:
    pieces, length, number = [head], 0, 0
    while length < size:
        pieces.append(part(number))
        length += len(pieces[-1])
        number += 1
    return "".join((*pieces, tail))


def _lines(number: int, prompt: str = "$ ", before: str = "") -> list[str]:
    typed = [before + prompt + _filled(line, number) for line in _COMMANDS]
    return typed + [before + _filled(line, number) if line else "" for line in _SHOWN]


def _plain(number: int) -> str:
    return "\n".join([_filled(_SAID, number), "", *_lines(number, "# "), "", "通", "", ""])


def _bare(number: int) -> str:
    return "\n".join([*_lines(number, ""), "", ""])


def _markdown(number: int) -> str:
    return "\n".join(
        [f"## Step {number}", "", _filled(_SAID, number), "", "```console", *_lines(number), "```", "", ""]
    )


_WORDS = (
    "the network namespace bridge gets sends an address packet of its own which host then answers and only because "
    "this link is up but no route leads there so we add one between them before that works again from both sides"
).split()


def _different(number: int) -> str:
    """No paragraph is like another, for what was read once is remembered."""
    said = " ".join(_WORDS[(number * 7 + at * (number % 13 + 1) + at * at) % len(_WORDS)] for at in range(55))
    return f"{said.capitalize()}.\n\n```\n$ ping -c 1 10.0.{number % 250}.1\n```\n\n"


def _rst(number: int) -> str:
    title = f"Step {number}"
    head = [title, "-" * len(title), "", _filled(_SAID, number), "", ".. code-block:: console", ""]
    return "\n".join([*head, *_lines(number, before="   "), "", ""])


def _asciidoc(number: int) -> str:
    head = [f"== Step {number}", "", _filled(_SAID, number), "", "[source,console]", "----"]
    return "\n".join([*head, *_lines(number), "----", "", ""])


def _org(number: int) -> str:
    return "\n".join(
        [f"** Step {number}", "", _filled(_SAID, number), "", "#+begin_src sh", *_lines(number), "#+end_src", "", ""]
    )


def _mediawiki(number: int) -> str:
    head = [f"== Step {number} ==", _filled(_SAID, number), '<syntaxhighlight lang="bash">']
    return "\n".join([*head, *_lines(number), "</syntaxhighlight>", "{{bc|1=", "# ip link", "}}", ""])


def _html(number: int) -> str:
    lines = "\n".join(f'<span class="line"><span class="nv">{line}</span></span>' for line in _lines(number))
    return f"<h2>Step {number}</h2><p>{_filled(_SAID, number)}</p><pre><code>{lines}\n</code></pre>\n"


def _cram(number: int) -> str:
    return "\n".join([_filled(_SAID, number), "", *_lines(number, before="  "), "", ""])


def _shell(number: int) -> str:
    return "\n".join([f"# {_filled(_SAID, number)}", *(_filled(line, number) for line in _COMMANDS), "", ""])


def _cast(number: int) -> str:
    lines = "".join(line + "\r\n" for line in _lines(number, "root@host:~# "))
    return "".join(json.dumps([number + at / 1000, "o", lines[at : at + 9]]) + "\n" for at in range(0, len(lines), 9))


def _typescript(number: int) -> str:
    return "".join(f"\x1b[01;32m{line}\x1b[0m\r\n" for line in _lines(number, "root@host:~# "))


REAL: dict[str, tuple[str, Make]] = {
    "plain": ("plain", lambda size: _parts(_plain, size)),
    "plain, no prompts": ("plain", lambda size: _parts(_bare, size)),
    "markdown": ("markdown", lambda size: _parts(_markdown, size, "# Title\n\n")),
    "markdown, no two alike": ("markdown", lambda size: _parts(_different, size, "# Title\n\n")),
    "rst": ("rst", lambda size: _parts(_rst, size, "Title\n=====\n\n")),
    "asciidoc": ("asciidoc", lambda size: _parts(_asciidoc, size, "= Title\n\n")),
    "org": ("org", lambda size: _parts(_org, size, "#+TITLE: Title\n\n")),
    "mediawiki": ("mediawiki", lambda size: _parts(_mediawiki, size)),
    "html": (
        "html",
        lambda size: _parts(_html, size, "<!DOCTYPE html><html><body><article>", "</article></body></html>"),
    ),
    "cram": ("cram", lambda size: _parts(_cram, size)),
    "shell": ("shell", lambda size: _parts(_shell, size, "#!/bin/bash\n")),
    "history": ("history", lambda size: _parts(lambda n: "\n".join(_filled(c, n) for c in _COMMANDS) + "\n", size)),
    "asciicast": ("asciicast", lambda size: _parts(_cast, size, '{"version": 2, "width": 80, "height": 24}\n')),
    "typescript": ("typescript", lambda size: _parts(_typescript, size, "Script started on 2020-01-01\n")),
}

FORMATS = tuple(dict.fromkeys(name for name, _ in REAL.values()))

# Signs, words and lines that mean something to some reader, without an end. Each is read as every format.
_REPEATED = (
    *"()<>[]{}`$#\\'\"|&;~*_-=:!%.\t ",
    *(
        "$ ",
        "# ",
        "> ",
        "<<EOF ",
        "<<EOF\n",
        "```\n",
        "~~~\n",
        "<pre>",
        "<div>",
        "</div>",
        "<p",
        "<!--",
        "<a b='",
        "&amp;",
    ),
    *(
        "[a](",
        "{{bc|",
        "{{bc|a\n",
        "{{bc|1=",
        "=x",
        "[[a|",
        "''a",
        "#+begin_src\n",
        ": a\n",
        "<code>",
        "On the server ",
        "![",
        "**a",
        "``",
        ":a:`",
        "`a`_",
        "|a|",
        "\\\n",
        "if ",
        "case ",
        "for i in ",
        "{ ",
        "$(",
        "${",
        "function ",
    ),
    *(
        "> > ",
        "- ",
        "* a\n",
        "1. ",
        "    ",
        ".. ",
        ".. note::\n",
        "a::\n\n  b\n\n",
        "=====\n",
        "---\n",
        "| a | b |\n",
        "|-|-|\n",
    ),
    *(
        "中文",
        "不通 ",
        "e\u0301",
        "\u0301",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\x1b[1m",
        "\x1b[2J",
        "\x1b[A",
        "\x1b]0;",
        "\x08",
        "\r",
    ),
    *(
        "ip ",
        "ip link ",
        "sudo ",
        "ping ",
        "ping -c 1 10.0.0.1\n",
        "$ ping 10.0.0.1\n",
        "64 bytes from 10.0.0.1: icmp_seq=1 ttl=64\n",
    ),
    *(
        "tcpdump -i eth0\n",
        "$ ip netns exec a bash\n",
        "a@b:~# ",
        "[a@b ~]# ls\n",
        "(a) ",
        "10.0.0.1 ",
        "::",
        "aa:bb:",
        "{{",
        "{%",
        "...",
    ),
    *(
        "$ cat <<EOF\n",
        "$ echo 'a\n",
        "$ for i in 1; do\n",
        "  $ a\n",
        "  > b\n",
        "a (re)\n",
        "a (glob)\n",
        " (re)",
        "[1]\n",
        "\\x1b (esc)\n",
    ),
    *(
        '[0, "o", "a"]\n',
        "[[",
        '{"a":',
        "\\u0000",
        ": 1600000000:0;a\n",
        "#1600000000\n",
        "- cmd: a\n",
        "    1  ls\n",
        "a\\\n",
    ),
)


# As long as a line may be that is read.
_LINE = 20_000


def _in_one_line(sign: str) -> Make:
    return lambda size: sign * size


def _repeated(sign: str) -> Make:
    if "\n" in sign:
        return lambda size: (sign * (size // len(sign) + 1))[:size]
    line = sign * (min(_LINE, 3_000) // len(sign)) + "\n"
    return lambda size: (line * (size // len(line) + 1))[:size]


ARTIFICIAL: dict[str, Make] = {sign: _repeated(sign) for sign in _REPEATED} | {
    **{f"one line of {sign}": _in_one_line(sign) for sign in "()<>[]`$#\\'\" 中"},
    "one line": lambda size: ("word " * size)[:size],
    "nested": lambda size: "<div>" * (size // 11) + "</div>" * (size // 11),
    "nested lists": lambda size: _parts(lambda n: " " * (2 * (n % 90)) + "- a\n", size),
    "one cast event": lambda size: '{"version": 2}\n' + json.dumps([0, "o", "$ echo a\r\n" * (size // 11)]),
    "quotes of growing length": lambda size: _parts(lambda n: "`" * (n % 1_000) + " ", size),
    "numbers": lambda size: _parts(lambda n: f"{n} ", size),
    "different words": lambda size: _parts(lambda n: f"w{n} ", size),
    "different commands": lambda size: _parts(lambda n: f"$ ip netns add n{n}\n", size),
}
