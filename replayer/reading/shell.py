"""What a command line is, without running it: whether it opens a shell, and can be typed as it is."""

import re
from functools import lru_cache

from replayer.sources.document import MOST_LINES
from replayer.sources.opening import unquoted

_HEREDOC = re.compile(r"(?<!<)<<(?!<)(-?)\s*(?:\\?([A-Za-z_]\w*)|'([^']+)'|\"([^\"]+)\")")
# What cannot stand in a command that is typed: a sign that stands in all of its kind, the pattern, why.
_TEMPLATE = (
    # A pair of tags is a page's.
    (
        "<",
        re.compile(r"<(?!(?P<tag>\w+)>.*</(?P=tag)>)(?:[^\W\d](?:[\w .:/-]*\w)?|\.\.\.|…)>"),
        "stands for something of the reader's",
    ),
    ("{", re.compile(r"(?<![\w$\\%])\{[A-Za-z][\w-]*\}(?!\w)"), "stands for something of the reader's"),
    (
        "_",
        re.compile(
            r"(?<![\w$\"'={-])(?:YOUR|MY|HOST|NODE|SERVER|CLIENT|REMOTE|LOCAL|PEER|GATEWAY|INTERFACE|PUBLIC|PRIVATE)\d*_[A-Z0-9_]+\b(?!=)"
        ),
        "is to be filled in by the reader",
    ),
    (
        "_",
        re.compile(
            r"(?<![\w$\"'={-])[A-Z][A-Z0-9]*_(?:[A-Z0-9]+_)*(?:ADDRESS|ADDR|IP|NAME|PORT|MAC|KEY|SUBNET|PREFIX|INTERFACE|IFACE)\b"
            r"(?![\w=])"
        ),
        "is to be filled in by the reader",
    ),
    (
        "",  # begins with its letter, which is found at once
        re.compile(r"[xX](?:(?<![\w.].)[xX]{0,2}\.(?:[xX]{1,3}\.){2}[xX]{1,3}(?![\w.])|(?<![\w-].)[xX]{2,}(?![\w-]))"),
        "is to be filled in by the reader",
    ),
)
# Forms of commands, where they are not quoted.
_FORM = (
    ("[", re.compile(r"\[(?:options?|args?|flags?|[A-Z]{3,})\b[^\]]*\]"), "is the form of a command, not one"),
    (
        "[",
        re.compile(r"(?<=\s)\[(?:--?\w[^\]]*|\w+=[^\]]*|[^\]\s]*\|[^\]]*|[a-z]{2,}|[a-z ]+ [A-Z]{2,}[^\]]*)\](?=\s|$)"),
        "is the form of a command, not one",
    ),
    ("{", re.compile(r"\{ ?[\w-]+(?: ?\| ?[\w-]+)+ ?\}"), "is the form of a command, not one"),
    ("[", re.compile(r"\[[^\][]*[^\x00-\x7f][^\][]*\]"), "is to be filled in by the reader"),
    # A word or two; a remark has more.
    (
        "(",
        re.compile(r"(?<=[\w./'\"-] )\([^()\s]+(?:\s[^()\s]+){0,2}\s?\)(?=\s|$)"),
        "is to be filled in by the reader",
    ),
    (".", re.compile(r"(?<![\w.])[a-z](?:\.[a-z]){3}(?![\w.])"), "is to be filled in by the reader"),
    (
        "",
        re.compile(r"^\s*(?:sudo )?(?:ip|bridge|tc) \w+ (?:add|del|delete|set|change|replace|exec)\s*$"),
        "is the form of a command, not one",
    ),
    ("tables", re.compile(r"^\s*(?:sudo )?ip6?tables\s+-[tAIDRPNE]\s*$"), "is the form of a command, not one"),
    ("...", re.compile(r"(?:^|\s)[\[(<]?\.\.\.[\])>]?(?:\s|$)"), "leaves something out"),
    ("…", re.compile(r"(?:^|\s)[\[(<]?…[\])>]?(?:\s|$)"), "leaves something out"),
    ("...", re.compile(r"(?<=\s)[\w.-]*\w\.{3,}(?=\s|$)"), "leaves something out"),
    ("…", re.compile(r"(?<=\s)[\w.-]*\w…(?=\s|$)"), "leaves something out"),
)
# Words of manuals, and names that say what they stand for.
_STANDS_FOR = re.compile(
    r"(?<=\s)(?<!-n )(?:NAME|DEV|DEVICE|IFACE|IFNAME|INTERFACE|ADDR|ADDRESS|IPADDR|MACADDR(?:ESS)?|"
    r"NETNS|NAMESPACE|NETNSNAME|NETNSID|NSNAME|PID|CIDR|PREFIX|PREFIXLEN|DATABASE|SUBNET|GATEWAY|HOSTNAME|USERNAME|"
    r"CONTAINER|CONTAINER_?(?:ID|NAME)|POD_?NAME|IP_?ADDR(?:ESS)?|VLAN_?ID|PORT|MAC|COMMAND|FILE|FILENAME|DIR|DIRECTORY|TABLE_?ID)(?=[\s/:]|$)"
    r"|(?<![\w$.{/-])(?i:your[-_]\w[\w-]*|\w+_ip_address|(?:container|image|network|pod)[-_](?:id|name)"
    r"|(?:interface|namespace|bridge|device|iface|netns)[-_]name"
    r"|(?:src|dst|source|client|server|dest|remote|local)_(?:ip|port|address|host))(?![\w=-])"
)
# What they all have: letters of a kind, or a sign between them.
_NAMES = re.compile(r"[A-Za-z][A-Z_-]")
# A word of a language, as what stands for something, or for a file.
_WORD = re.compile(r"(?<=\s)\S*[^\W\d_A-Za-z]\S*")
# They print or look for such words.
_SAYS = re.compile(r"\b(?:grep|awk|sed|echo|printf|ps|export|egrep|jq)\b")
_NAMES_FILES = re.compile(r"\b(?:mkdir|touch|cat|cd|cp|mv|rm|ls|vi|vim|nano|tee|git|ln|less|curl|wget)\b|>")
_VARIABLE = re.compile(r"\$([A-Za-z_]\w*)|\$\{([A-Za-z_]\w*)(?!\w|:?[-=+?])")
_POSITIONAL = re.compile(r"(?<!\\)\$\{?[@*1-9](?!\w)")
_FUNCTION = re.compile(r"\w+\s*\(\)|\bfunction\b|\bset\s+--|\b(?:ba)?sh\s+-c\b")
_GIVEN = frozenset(
    "HOME PATH USER PWD OLDPWD SHELL HOSTNAME RANDOM PPID BASHPID UID EUID LOGNAME IFS SECONDS LINENO".split()
)
_ASSIGNED = re.compile(r"(?:^|[;&|\s(])(?:(?:export|declare|local|readonly)\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)\+?=")
_NAMED = re.compile(r"\b(?:read\s+(?:-\w+\s+)*|(?:for|select)\s+(?=\w+(?:\s+in\b|\s*;|\s*$)))([A-Za-z_]\w*)")
_OPTIONS_OF_SUDO = re.compile(r"-[EHSnk]+")
_CONNECTED = re.compile(r"[|;&<>]")
_DETACHED = re.compile(r"-[a-z]*d[a-z]*|--detach")
_NETNS = re.compile(r"net?n?s?")
_LONGEST = 2_000  # what is longer opens no shell
_SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh", "fish", "busybox"})
_ENTERS = frozenset(
    {"nsenter", "unshare", "chroot", "su", "ssh", "docker", "podman", "kubectl", "lxc-attach", "machinectl", "lxc"}
)


def why_left(text: str, assigned: frozenset[str] = frozenset()) -> str:
    """Why a command cannot be typed as it is written; "" if it can. `assigned`: shell variables that the text sets."""
    bare = re.sub(r"'[^']*'", "''", text) if "awk" in text or "jq" in text else text
    if _HEREDOC.search(text):
        bare = bare.split("\n")[0]
    open_words = _unquoted(bare)
    for signs, kind in ((bare, _TEMPLATE), (open_words, _FORM)):
        for sign, pattern, why in kind:
            found = pattern.search(signs) if sign in signs else None
            if found:
                return f"{found[0].strip()} {why}"
    before = _SAYS.split(bare, maxsplit=1)[0]  # what follows is said or looked for
    stands = _STANDS_FOR.search(before) if _NAMES.search(before) else None
    if stands is None and before == bare and not open_words.isascii() and not _NAMES_FILES.search(bare):
        stands = _WORD.search(open_words)
    if stands:
        return f"{stands[0]} is to be filled in by the reader"
    if "$" not in bare:
        return ""
    positional = _POSITIONAL.search(re.sub(r"'[^']*'", "", bare))
    if positional and not _FUNCTION.search(text):
        return f"{positional[0]} is an argument of a script"
    known = (
        _GIVEN
        | assigned
        | set(re.findall(r"(?:^|[;&|\s(])(?:export\s+|local\s+|read\s+)?([A-Za-z_]\w*)(?==)", text))
        | set(re.findall(r"\b(?:for|select)\s+([A-Za-z_]\w*)(?=\s+in\b|\s*;)", text))
    )
    for simple, braced in _VARIABLE.findall(re.sub(r"'[^']*'|\\\$", "", bare)):
        name = simple or braced
        if name not in known:
            return f"${name} is set nowhere in the text"
    return ""


def _unquoted(text: str) -> str:
    """What of a command is not quoted, and no comment."""
    quote, bare = "", []
    for line in text.split("\n"):
        quote, words, _ = unquoted(line, quote)
        bare.append(words)
    return "\n".join(bare)


def assigned_in(text: str) -> frozenset[str]:
    """The shell variables that a command sets."""
    assigned = _ASSIGNED.findall(text) if "=" in text else []
    return frozenset((*assigned, *_NAMED.findall(text)))


@lru_cache(MOST_LINES)
def opens_shell(text: str) -> str:
    """What a command enters if it leaves the person in another shell ("ns1", "unshare", a host); "" if it does not."""
    words = text.split() if len(text) < _LONGEST else []
    while words and words[0] in ("sudo", "exec", "doas"):
        if words[0] == "sudo" and len(words) == 2 and words[1] in ("-i", "-s", "su"):
            return "sudo"
        words = words[1:]
        while words and _OPTIONS_OF_SUDO.fullmatch(words[0]):
            words = words[1:]
    if not words or _CONNECTED.search(text):
        return ""
    last = words[-1].rpartition("/")[2]
    shell = last in _SHELLS or (
        words[-1] in ("-i", "-l", "--norc") and len(words) > 1 and words[-2].rpartition("/")[2] in _SHELLS
    )
    if words[0] == "ip" and ("exec" in words or any(map(_NETNS.fullmatch, words[:4]))):
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
        detached = words[0] in ("docker", "podman") and any(map(_DETACHED.fullmatch, words[2:]))
        return words[0] if shell and not detached else ""
    return ""
