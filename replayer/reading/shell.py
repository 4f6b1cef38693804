"""What a command line is, without running it: whether it is complete, ends, opens a shell, can be typed as it is."""

import re

from replayer.outcomes.commands import invocations

_HEREDOC = re.compile(r"(?<!<)<<(?!<)(-?)\s*(?:\\?([A-Za-z_]\w*)|'([^']+)'|\"([^\"]+)\")")
_OPENS = {"for": "done", "while": "done", "until": "done", "select": "done", "if": "fi", "case": "esac"}
_TEMPLATE = (
    (re.compile(r"<(?!\()[A-Za-z][\w .-]*>"), "stands for something of the reader's"),
    (re.compile(r"(?<![\w$\\])\{[A-Za-z][\w-]*\}(?!\w)"), "stands for something of the reader's"),
    (
        re.compile(
            r"(?<![\w$\"'=-])(?:YOUR|MY|HOST|NODE|SERVER|CLIENT|REMOTE|LOCAL|PEER|GATEWAY|INTERFACE|PUBLIC|PRIVATE)\d*_[A-Z0-9_]+\b"
        ),
        "is to be filled in by the reader",
    ),
    (
        re.compile(r"(?<![\w.])(?:x{1,3}\.){3}x{1,3}(?![\w.])|(?<![\w-])x{3,}(?![\w-])", re.IGNORECASE),
        "is to be filled in by the reader",
    ),
    (re.compile(r"\[(?:options?|args?|flags?|[A-Z]{3,})\b[^\]]*\]"), "is the form of a command, not one"),
    (re.compile(r"(?:^|\s)(?:\.\.\.|…)(?:\s|$)"), "leaves something out"),
)
_GIVEN = frozenset(
    "HOME PATH USER PWD OLDPWD SHELL HOSTNAME RANDOM PPID BASHPID UID EUID LOGNAME IFS SECONDS LINENO".split()
)
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "fish", "busybox"})
_ENTERS = frozenset(
    {"nsenter", "unshare", "chroot", "su", "ssh", "docker", "podman", "kubectl", "lxc-attach", "machinectl", "lxc"}
)


def is_open(text: str) -> bool:
    """Whether the shell would ask for more: an open quote, here-document, loop; a trailing backslash, pipe or `&&`."""
    lines = text.split("\n")
    ends: list[tuple[str, bool]] = []
    quote = ""
    words: list[str] = []
    for line in lines:
        if ends:
            end, tabs = ends[0]
            if (line.lstrip("\t") if tabs else line).strip() == end:
                ends.pop(0)
            continue
        if not quote:
            ends += [
                (m[2] or m[3] or m[4], bool(m[1])) for m in _HEREDOC.finditer(line) if not _in_quotes(line, m.start())
            ]
        quote, bare = _quotes(line, quote)
        words += re.findall(r"[\w{}()]+|;;|;", bare.split(" #")[0] if not quote else bare)
    last = lines[-1]
    if ends or quote:
        return True
    if re.search(r"(?<!\\)(?:\\\\)*\\$", last) or re.search(r"(?:\||&&|\|\|)\s*$", last):
        return True
    return _depth(words) > 0


def _quotes(line: str, quote: str) -> tuple[str, str]:
    """The quote that is open after a line, and the line without what is quoted."""
    bare = []
    at = 0
    while at < len(line):
        character = line[at]
        if quote:
            if character == "\\" and quote == '"':
                at += 1
            elif character == quote:
                quote = ""
        elif character == "\\":
            at += 1
        elif character in "'\"":
            quote = character
        elif character == "#" and (at == 0 or line[at - 1] in " \t;"):
            break
        else:
            bare.append(character)
        at += 1
    return quote, "".join(bare)


def _in_quotes(line: str, at: int) -> bool:
    return bool(_quotes(line[:at], "")[0])


def _depth(words: list[str]) -> int:
    """How many loops, conditions and braces are open; only words where a command begins count."""
    waits: list[str] = []
    begins = True
    for word in words:
        if begins and word in _OPENS:
            waits.append(_OPENS[word])
        elif begins and word == "{":
            waits.append("}")
        elif waits and word == waits[-1] and begins:
            waits.pop()
        elif word.endswith("(){"):
            waits.append("}")
        begins = (
            word in (";", ";;", "do", "then", "else", "elif", "{", "(") or word in _OPENS.values() or word.endswith("{")
        )
    return len(waits)


def why_left(text: str, assigned: frozenset[str] = frozenset()) -> str:
    """Why a command cannot be typed as it is written; "" if it can. `assigned`: shell variables that the text sets."""
    bare = re.sub(r"'[^']*'", "''", text) if "awk" in text or "jq" in text else text
    if _HEREDOC.search(text):
        bare = bare.split("\n")[0]
    for pattern, why in _TEMPLATE:
        found = pattern.search(bare)
        if found and not (pattern is _TEMPLATE[0][0] and re.search(r"\s<\s", found[0])):
            return f"{found[0].strip()} {why}"
    known = (
        _GIVEN
        | assigned
        | set(re.findall(r"(?:^|[;&|\s(])(?:export\s+|local\s+|read\s+|for\s+)?([A-Za-z_]\w*)(?==|\s+in\b)", text))
    )
    for name in re.findall(r"\$\{?([A-Za-z_]\w*)", bare):
        if name not in known and name.upper() == name:
            return f"${name} is set nowhere in the text"
    return ""


def assigned_in(text: str) -> frozenset[str]:
    """The shell variables that a command sets."""
    return frozenset(
        re.findall(
            r"(?:^|[;&|\s(])(?:(?:export|declare|local|readonly|for|read)\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)(?:\+?=|\s+in\b)",
            text,
        )
    ) | frozenset(re.findall(r"\bread\s+(?:-\w+\s+)*([A-Za-z_]\w*)", text))


def endless(text: str) -> str:
    """The program that does not end by itself in a command line; "" if it ends."""
    if re.search(r"&\s*$", text) or ("\n" in text.strip() and "<<" in text):
        return ""
    if re.match(r"\s*(?:sudo\s+)?timeout\b", text) or re.search(r"\btimeout\s+[-\d]", text):
        return ""
    if re.search(r"\|\s*(?:head|grep\s+-m\s*\d|grep\s+-q)\b", text):
        return ""
    for found in invocations(text):
        program, arguments = found.program, found.arguments
        if _goes_on(program, arguments):
            return program
    if re.match(r"\s*while\s+(?:true|:|\[ 1 \]|sleep)", text):
        return "while"
    return ""


def _has(arguments: tuple[str, ...], *letters: str) -> bool:
    """Whether an option of one letter is given, alone, with its value, or among others."""
    return any(re.match(rf"-[A-Za-z]*{letter}", a) and not a.startswith("--") for a in arguments for letter in letters)


def _goes_on(program: str, arguments: tuple[str, ...]) -> bool:
    match program:
        case "ping" | "ping6" | "ping4" | "arping" | "fping":
            if program == "fping":
                return _has(arguments, "l")
            return bool(arguments) and not _has(arguments, "c", "w", "h", "V") and "--help" not in arguments
        case "tcpdump" | "tshark":
            return not _has(arguments, "c", "r", "D", "h") and not {"--version", "--help", "-d"} & set(arguments)
        case "nc" | "ncat" | "netcat":
            return _has(arguments, "l") or not (_has(arguments, "z", "h"))
        case "watch":
            return bool(arguments)
        case "tail" | "dmesg":
            return _has(arguments, "f", "F") or (program == "dmesg" and _has(arguments, "w"))
        case "journalctl":
            return _has(arguments, "f")
        case "iperf" | "iperf3" | "netserver":
            return _has(arguments, "s") and not _has(arguments, "D")
        case "socat":
            return True
        case "ip" | "bridge":
            return bool(arguments) and any(
                len(a) > 1 and "monitor".startswith(a) for a in arguments[:3] if a[0] == "m" and a not in ("m", "ma")
            )
        case "top" | "htop" | "iftop" | "nload" | "bmon" | "mtr":
            return not _has(arguments, "b", "n", "r", "c", "h") and "--report" not in arguments
        case "sleep":
            return bool(arguments) and arguments[0].startswith("inf")
        case "python3" | "python" | "python2":
            return "http.server" in arguments or "SimpleHTTPServer" in arguments
        case "yes" | "hostapd" | "radvd":
            return True
        case "dnsmasq":
            return _has(arguments, "d", "k") or "--no-daemon" in arguments
    return False


def opens_shell(text: str) -> str:
    """What a command enters if it leaves the person in another shell ("ns1", "unshare", a host); "" if it does not."""
    words = text.split()
    while words and words[0] in ("sudo", "exec", "doas"):
        words = words[1:]
    if not words or re.search(r"[|;&<>]", text):
        return ""
    last = words[-1].rpartition("/")[2]
    shell = last in _SHELLS or (
        words[-1] in ("-i", "-l", "--norc") and len(words) > 1 and words[-2].rpartition("/")[2] in _SHELLS
    )
    if (words[0] == "ip" and "exec" in words) or any(
        re.fullmatch(r"net?n?s?", w) and words[0] == "ip" for w in words[:4]
    ):
        at = words.index("exec") if "exec" in words else -1
        return words[at + 1] if shell and 0 < at < len(words) - 2 else ""
    if words[0] in _SHELLS:
        return words[0] if len(words) == 1 or all(w.startswith("-") and "c" not in w for w in words[1:]) else ""
    if words[0] in ("su",):
        return "su" if "-c" not in words else ""
    if words[0] == "ssh":
        return (
            next((w for w in words[1:] if not w.startswith("-")), "")
            if len([w for w in words[1:] if not w.startswith("-")]) == 1
            else ""
        )
    if words[0] in ("nsenter", "unshare"):
        return words[0] if shell or all(w.startswith("-") or re.match(r"[\d$/]", w) for w in words[1:]) else ""
    if words[0] in _ENTERS:
        return words[0] if shell else ""
    return ""
