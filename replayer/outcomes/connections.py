"""Readers for what opens a connection: netcat (OpenBSD's, traditional, ncat), curl and wget.

Formats as recorded in tests/data/outcomes from netcat-openbsd 1.219, netcat-traditional 1.10, ncat 7.93,
curl 7.88, wget 1.21 and busybox 1.35.
"""

import re
from collections.abc import Sequence

from replayer.outcomes.commands import Invocation
from replayer.outcomes.shown import Shown, first_of, judged
from replayer.words import REACHABLE, UNREACHABLE

# Causes that come from the way there or from the other end. `Network is unreachable` is not among them: it
# is this host that has no route.
_REFUSED = re.compile(r"refused|timed out|TIMEOUT|No route to host|Host is unreachable|reset by peer", re.I)

_NETCAT = re.compile(
    r"^Connection to (?P<o_host>\S+)(?: \(\S+\))? (?P<o_port>\S+) port \[(?P<o_kind>tcp|udp)/.*\] (?P<o_ok>succeeded)!"
    r"|^\S+: connect to (?P<f_host>\S+)(?: \(\S+\))? port (?P<f_port>\S+) \((?:tcp|udp)\)"
    r" (?P<f_why>(?:failed|timed out):.*)$"
    r"|^(?P<t_host>\S+ \[[^\]\n]+\]) (?P<t_port>\S+) \([^)\n]*\) (?:(?P<t_ok>open)|: (?P<t_why>.*))$"
    r"|^Ncat: (?:(?P<n_ok>Connected to) \S+|(?P<n_why>.*))$",
    re.MULTILINE,
)
_RECEIVED = re.compile(r"^Ncat: \d+ bytes sent, [1-9]\d* bytes received", re.MULTILINE)


def read_netcat(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """What `nc -v` says of each port. Over UDP only a refusal tells: `succeeded` there means sent, not answered."""
    udp = any(_has_flag(call, "u") or "--udp" in call.arguments for call in called)
    unanswered = False
    # A host of several addresses is tried one after the other: one that answers is enough.
    ports: dict[tuple[str, str], tuple[str, str]] = {}
    for match in _NETCAT.finditer(text):
        port = (
            match["o_host"] or match["f_host"] or match["t_host"] or "",
            match["o_port"] or match["f_port"] or match["t_port"] or "",
        )
        why = match["f_why"] or match["t_why"] or match["n_why"]
        if why is None:
            if udp or match["o_kind"] == "udp":
                unanswered = True
            else:
                ports[port] = (REACHABLE, match[0])
        elif _REFUSED.search(why) and ports.get(port, ("",))[0] != REACHABLE:
            ports[port] = (UNREACHABLE, match[0])
    if not ports and (received := _RECEIVED.search(text)):
        return Shown((REACHABLE,), received[0])
    if not ports and unanswered:
        return Shown((), "over UDP, netcat's success only means that it sent something; nothing answered")
    return judged(list(ports.values()))


def _has_flag(call: Invocation, letter: str) -> bool:
    return any(re.fullmatch(rf"-[A-Za-z46]*{letter}[A-Za-z0-9]*", word) for word in call.arguments)


_STATUS_LINE = re.compile(r"^(?:< )?HTTP/\d(?:\.\d)? \d{3}\b.*$", re.MULTILINE)
_CURL_SAYS = re.compile(r"curl: \((\d+)\) (.*)$", re.MULTILINE)
_NO_ANSWER = re.compile(r"Connection time(?:d )?out|Failed to connect|with 0 (?:out of \S+ )?bytes received", re.I)
# What curl prints that the server did not send: errors, warnings, its progress meter, its -v comments.
_NOT_BODY = re.compile(
    r"^(?:curl: .*|Warning: .*|[*>{}] .*|[*>]|  % Total .*|  +Dload .*|[ \d.kMG%]+(?:[-\d]+:[-\d]+:[-\d]+.*)|\s*)$"
)
_ASKS_NOTHING = frozenset({"-h", "--help", "-V", "--version", "-M", "--manual"})


def read_curl(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """An HTTP status is an answer, whichever it is; so is a body, if curl printed nothing else and is content.

    (7) and (28) say that no answer came; (6) that the name is not known. Other errors (52, 56, TLS) come
    after somebody answered, but not as expected: they are no outcome.
    """
    calls = [call for call in called if call.program == "curl"]
    found = [(REACHABLE, match[0]) for match in _STATUS_LINE.finditer(text)]
    found += [(REACHABLE, line) for call in calls if (line := _written(call, text))]
    other = ""
    for match in _CURL_SAYS.finditer(text):
        code, message = match[1], match[2]
        if code == "22" and "returned error" in message:
            found.append((REACHABLE, match[0]))
        elif (code == "7" and "Network is unreachable" not in text) or (code == "28" and _NO_ANSWER.search(message)):
            found.append((UNREACHABLE, match[0]))
        else:
            other = other or match[0]
    if found:
        return judged(found)
    if other:
        return Shown((), f"curl could not tell: {other}")
    if exit == 0 and len(called) == 1 and not _asks_nothing(calls):
        body = next((line for line in text.split("\n") if not _NOT_BODY.match(line)), None)
        if body is not None:
            return Shown((REACHABLE,), f"the answer: {body[:200]}")
    return Shown(())


def _asks_nothing(calls: Sequence[Invocation]) -> bool:
    words = {word for call in calls for word in call.arguments}
    return bool(words & _ASKS_NOTHING) or any(word.startswith("file:") for word in words)


def _written(call: Invocation, text: str) -> str | None:
    """The status that `-w '… %{http_code} …'` printed; 000 is curl's for none."""
    for at, word in enumerate(call.arguments):
        if word in ("-w", "--write-out") and at + 1 < len(call.arguments):
            form = call.arguments[at + 1]
        elif word.startswith("--write-out="):
            form = word.partition("=")[2]
        elif re.match(r"-[a-zA-Z]*w.", word) and not word.startswith("--"):
            form = word.partition("w")[2]
        else:
            continue
        pattern = _pattern_of(form)
        for match in re.finditer(pattern, text) if pattern else ():
            if match[1] != "000":
                return match[0].strip()[:200]
    return None


def _pattern_of(form: str) -> str | None:
    """A --write-out format -> the pattern of what it writes; None if it does not write the status."""
    pieces = re.split(r"%\{(\w+)\}|(\\[nrt])", form)
    pattern, groups = "", 0
    for piece in pieces:
        if piece in ("http_code", "response_code") and not groups:
            pattern += r"(\d{3})(?!\d)"
            groups += 1
        elif piece in ("\\n", "\\r", "\\t"):
            pattern += r"\s*"
        elif piece and re.fullmatch(r"\w+", piece) and f"%{{{piece}}}" in form:
            pattern += r"[^\n]*?"
        elif piece:
            pattern += re.escape(piece)
    return pattern if groups else None


_WGET = re.compile(
    r"(?P<status>HTTP request sent, awaiting response\.\.\. \d{3}\b.*"
    r"|^wget: server returned error: HTTP/.*|^written to stdout|^'.*' saved)$"
    r"|(?P<failed>^.*\.\.\. failed: .*|^wget: can't connect to remote host.*|^wget: download timed out)$",
    re.MULTILINE,
)


def read_wget(called: Sequence[Invocation], text: str, exit: int | None) -> Shown:
    """An HTTP status is an answer. A host of several addresses is tried one after the other."""
    found = []
    for match in _WGET.finditer(text):
        if match["status"]:
            found.append((REACHABLE, match[0]))
        elif _REFUSED.search(match[0]):
            found.append((UNREACHABLE, match[0]))
    calls = sum(call.program == "wget" for call in called)
    if calls == 1 and REACHABLE in first_of(word for word, _ in found):
        found = [entry for entry in found if entry[0] == REACHABLE]
    return judged(found)
