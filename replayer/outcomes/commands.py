"""Which programs does a shell command line run?

A reading for people's one-liners, not a shell: quotes, lists, pipes, subshells, redirections, here-documents and the
commands that run other commands (`ip netns exec`, `sudo`, `timeout`, …) are seen through; expansions and functions
are not. Never raises; what cannot be read yields what could be.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

# Nobody writes a longer one-liner; a here-document of megabytes is not worth a lexer's time.
_LONGEST = 65_536
_DEEPEST = 8

_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
# What shlex hands back as one run of punctuation: redirections go on with the command, all else ends it.
_PUNCTUATION = "();<>|&\n"
_REDIRECTION = re.compile(r"(?:&>>?|>>|>&|>\||<<<|<<|<&|<>|>|<)$")
_ARITHMETIC = re.compile(r"\$?\(\((?:[^()\n]|\([^()\n]*\))*\)\)")
# The elements of an array are no commands.
_ARRAY = re.compile(r"(?<![\w$-])([A-Za-z_]\w*\+?=)\((?:[^()'\"]++|'[^'\n]*+'|\"[^\"\n]*+\"){0,400}\)")
_DOCUMENT = re.compile(r"(?<!<)<<(?!<)-?\s*(?:'([^'\n]+)'|\"([^\"\n]+)\"|\\?([A-Za-z_]\w*))")
# Nearly all commands: nothing in them means anything to a shell, and a lexer would take twenty times as long.
_WORDS_ALONE = re.compile(r"[A-Za-z0-9_./:@%+=,\- \t]*")
_KEYWORDS = frozenset(["!", "do", "done", "elif", "else", "fi", "if", "then", "until", "while", "{", "}"])


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A command that runs another: its options that take a value, and how many words stand between."""

    valued: frozenset[str] = frozenset()
    words: int = 0
    assignments: bool = False


def _wrapper(valued: str = "", words: int = 0, assignments: bool = False) -> Wrapper:
    return Wrapper(frozenset(valued.split()), words, assignments)


# From the manual pages of coreutils 9, util-linux 2.38, sudo 1.9, bash 5.2.
WRAPPERS = {
    "sudo": _wrapper("-u --user -g --group -h --host -p --prompt -C -T -r -t -D -R", assignments=True),
    "doas": _wrapper("-u -C"),
    "env": _wrapper("-u --unset -C --chdir", assignments=True),
    "timeout": _wrapper("-s --signal -k --kill-after", words=1),
    "nsenter": _wrapper("-t --target -S --setuid -G --setgid"),
    "unshare": _wrapper("-S --setuid -G --setgid -R --root -w --wd --map-user --map-group --propagation"),
    "stdbuf": _wrapper("-i --input -o --output -e --error"),
    "nice": _wrapper("-n --adjustment"),
    "ionice": _wrapper("-c --class -n --classdata"),
    "taskset": _wrapper(words=1),
    "chroot": _wrapper(words=1),
    "setpriv": _wrapper("--reuid --regid --groups"),
    "time": _wrapper("-f --format -o --output"),
    **dict.fromkeys(("nohup", "setsid", "exec", "command", "builtin", "unbuffer", "busybox"), Wrapper()),
}
# Programs whose status 1 is an answer, no complaint.
ANSWERS = frozenset("grep egrep fgrep zgrep diff cmp test [ [[ pgrep pidof which".split())
SHELLS = frozenset({"sh", "bash", "dash", "ash", "zsh", "ksh"})
NEW_NAMESPACE = "/"  # as Invocation.namespace: one of its own, which has no name


@dataclass(frozen=True, slots=True)
class Invocation:
    """One program that the line runs, by its name without a path, and its words, quotes removed."""

    program: str
    arguments: tuple[str, ...] = ()
    namespace: str | None = None  # the network namespace that the line enters for it; None: where the shell is


@lru_cache(20_000)  # as many as a tutorial has lines; each is asked about again and again
def invocations(command: str) -> tuple[Invocation, ...]:
    """A command line -> the programs that it runs, in order, wrappers seen through."""
    return tuple(_invocations(command, 0))


def answers(command: str) -> bool:
    """Whether the status of a command line is that of a program whose 1 is an answer."""
    calls = invocations(command)
    return bool(calls) and calls[-1].program in ANSWERS


def _invocations(command: str, depth: int) -> Iterator[Invocation]:
    for words in _simple_commands(command[:_LONGEST]):
        yield from _unwrapped(words, depth)


def _without_documents(command: str) -> str:
    """A command line without the lines of its here-documents."""
    if "<<" not in command:
        return command
    lines = command.split("\n")
    kept: list[str] = []
    ends: list[str] = []  # the words that end the documents which are open
    for line in lines:
        if ends:
            if line.strip() == ends[0]:
                ends.pop(0)
            continue
        kept.append(line)
        ends = [word for words in _DOCUMENT.findall(line) for word in words if word]
    return "\n".join(kept)


def _simple_commands(command: str) -> Iterator[list[str]]:
    words: list[str] = []
    skip = comment = False
    bare = _without_documents(command)
    if "(" in bare:
        bare = _ARRAY.sub(r"\1", _ARITHMETIC.sub("0", bare))
    bare = bare.replace("\\\n", "")
    if _WORDS_ALONE.fullmatch(bare):
        if bare.strip():
            yield bare.split()
        return
    for token in _lex(bare):
        punctuation = bool(token) and all(c in _PUNCTUATION for c in token)
        if comment:
            if not (punctuation and "\n" in token):
                continue
            comment = False
        if not punctuation:
            if skip:
                skip = False
            elif token.startswith("#"):
                comment = True
            else:
                words.append(token)
            continue
        redirection = _REDIRECTION.search(token)
        skip = redirection is not None
        if skip and len(words) == 1 and words[0].isdigit():
            words = []  # the 2 of `(…) 2>&1`
        if redirection is None or redirection.start() > 0:
            if words:
                yield words
            words = []
    if words:
        yield words


def _lex(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=_PUNCTUATION)
    lexer.whitespace = " \t\r"
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:  # an open quote: an apostrophe in a comment, or half of a line
        return [t.strip("'\"") for t in re.split(r"[ \t\r]+|([();<>|&\n]+)", command) if t]


def _unwrapped(words: list[str], depth: int) -> Iterator[Invocation]:
    namespace: str | None = None
    while words:
        if words[0] in _KEYWORDS or _ASSIGNMENT.match(words[0]):
            words = words[1:]
            continue
        name = words[0].rpartition("/")[2]
        if name in SHELLS and depth < _DEEPEST and (script := _script(words)) is not None:
            for call in _invocations(script, depth + 1):
                yield replace(call, namespace=namespace) if call.namespace is None else call
            return
        inner = _inner(name, words)
        # `unshare -n` alone begins a shell there; the others do nothing without a command.
        namespace = _entered(name, words[: len(words) - len(inner or ())]) or namespace
        if inner is None:
            yield Invocation(name, tuple(words[1:]), namespace)
            return
        words = inner


def _entered(name: str, words: list[str]) -> str | None:
    """The network namespace that a wrapper's own words lead into."""
    if name == "ip" and len(words) > 3 and words[1:2] != ["vrf"] and "exec".startswith(words[-2]):
        return words[-1]
    if name == "nsenter":
        for word in words:
            option, _, path = word.partition("=")
            if option == "--net" or word.startswith("-n/"):
                return (path or word).rpartition("/")[2] or None
    if name == "unshare" and any(re.match(r"-(-net(=|$)|[A-Za-z]*n)", word) for word in words[1:]):
        return NEW_NAMESPACE
    return None


def _inner(name: str, words: list[str]) -> list[str] | None:
    """The words of the command that these words run; None if they run none."""
    if name == "ip":
        return _ip_exec(words)
    wrapper = WRAPPERS.get(name)
    if wrapper is None:
        return None
    at = _after_options(words, wrapper.valued)
    while wrapper.assignments and at < len(words) and _ASSIGNMENT.match(words[at]):
        at += 1
    return words[at + wrapper.words :] or None


def _after_options(words: list[str], valued: frozenset[str]) -> int:
    at = 1
    while at < len(words) and words[at].startswith("-") and words[at] != "-":
        if words[at] == "--":
            return at + 1
        at += 2 if words[at] in valued else 1
    return at


def _ip_exec(words: list[str]) -> list[str] | None:
    """`ip [options] netns exec NAME command`, `ip -all netns exec command`, `ip vrf exec NAME command`."""
    at = _after_options(words, frozenset({"-n", "-netns", "-b", "-batch", "-rc", "-rcvbuf", "-l", "-loops"}))
    everywhere = any(w in ("-a", "-all") for w in words[1:at])
    what = words[at : at + 2]
    if len(what) == 2 and len(what[0]) > 2 and "netns".startswith(what[0]) and "exec".startswith(what[1]):
        return words[at + (2 if everywhere else 3) :] or None
    if what == ["vrf", "exec"]:
        return words[at + 3 :] or None
    return None


def _script(words: list[str]) -> str | None:
    """The text of `sh -c TEXT`, with options before and in front of the c."""
    for at, word in enumerate(words[1:], 1):
        if not word.startswith(("-", "+")):
            return None
        if not word.startswith("--") and "c" in word[1:]:
            return words[at + 1] if at + 1 < len(words) else None
    return None
