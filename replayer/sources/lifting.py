"""Session -> the values in it that repeat, and its texts as templates that name them.

What a session's own commands make (networks, link-layer addresses, namespaces, links) can be called otherwise by who
plays it. With the values as they are, each template gives the text that it was made of; with another value, all of the
session changes: a value that the text also puts together (`ns$i`), or that others are derived from, stays as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from replayer.outcomes.commands import invocations
from replayer.scalars import TEMPLATE_WORDS
from replayer.sources.session import Command, Remark, Session, Stopped
from replayer.sources.yamltext import literal
from replayer.templates import NOT_VARIABLES

# Nobody would read more.
_MOST = 100
# A text that is longer is no command, and might be no template (`templates.LONGEST`).
_LONGEST = 100_000
_MOST_BUILT = 2_000
# A name that is one of these stands in commands and outputs as itself too.
_WORDS = frozenset(
    "add addr address all any arp bond bridge brd broadcast default del delete dev down dummy dynamic eth ether exec "
    "external fdb flush forever from geneve get global gre group host icmp icmp6 id if inet inet6 inner internal ip "
    "ip6 ipip ipv4 ipv6 ipvlan kernel lan link list lo local loopback macvlan main master mode mtu multicast name "
    "neigh net netns noqueue none ns off on ospf outer peer permanent private proto public qdisc qlen route router "
    "rule scope self set show sit src state static table tap tcp tun type udp unicast unknown up valid_lft veth via "
    "vlan vrf vxlan wan wireguard with".split()
)
_NAME = re.compile(r"[A-Za-z]\w*(?:[.-]\w+)*", re.ASCII)
_QUAD = re.compile(
    r"(?<![\w.])(?P<address>\d{1,3}(?:\.\d{1,3}){3})(?!\w)"
    r"(?:/(?P<bits>\d\d?+)(?![\w.])|(?:/|\s{1,9}netmask\s{1,9})(?P<mask>\d{1,3}(?:\.\d{1,3}){3}))?",
    re.ASCII,
)
_COLONS = r"(?<![\w:.])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:])"
_IPV6 = re.compile(rf"(?P<address>{_COLONS})(?:/(?P<bits>\d+))?", re.ASCII)
_MAC = re.compile(r"(?<![\w:.])(?:[0-9a-f]{2}:){5}[0-9a-f]{2}(?![\w:])", re.ASCII)
# Of a group or of nobody, not of a device.
_FIXED = re.compile(r"ff:ff:|00:00:00|01:00:5e|01:80:c2|33:33:")
# Link-local, multicast, and what is well known on the Internet; what an output would spell otherwise.
_SPECIAL = re.compile(r"f[ef]|64:ff9b|2001:4860|2606:4700|.*[A-F]|(?:.*:)?0[0-9a-f]")
# What a shell fills in; of the word that it stands in only the rest is written.
_EXPANSION = r"\$\{[^{}]*+\}|\$\(?\w+\)?|\{[^{}\s]{0,40}(?:,|\.\.)[^{}\s]{0,40}\}|[*?]|\[[^\[\]\s]++\]|%\w"
_BUILT = re.compile(rf"(?P<before>[\w.:-]{{0,40}})(?:{_EXPANSION})(?P<after>[\w.:-]{{0,40}})", re.ASCII)
_WITHIN = (
    re.compile(r"(?P<name>.+)\.\d+"),  # a VLAN on a link
    re.compile(r".*\.(?:conf|neigh)\.(?P<name>[^.]+)\.\w+"),  # a sysctl
)
# An octet that is no number.
_OPEN_OCTET = re.compile(r"\.(?:[$*{]|[xXnN]\b)")
_OPENS = re.compile(r"\{(?=[{%])")
_OPENS_OR_ENDS = re.compile(r"\{(?=[{%]|\Z)")


def _scanner(dot: str, dash: str) -> re.Pattern[str]:
    """Finds what may be a value, whole."""
    return re.compile(
        rf"(?P<colons>{_COLONS})"
        rf"|(?<![\w.])(?P<octets>\d{{1,3}}(?:(?:{dot}\d{{1,3}}){{3}}(?!\w)|(?:{dot}\d{{1,3}}){{0,2}}(?!\w|{dot}\d)))"
        rf"|(?<![\w$.\\-])(?<!\$\{{)(?P<name>[A-Za-z]\w*(?:(?:{dot}|{dash})\w+)*)"
        rf"(?![\w(-]|=(?!=)|(?:{dot}|{dash})\w)",
        re.ASCII,
    )


_IN_TEXT = _scanner(r"\.", "-")
_IN_PATTERN = _scanner(r"\\?\.", r"\\?-")


@dataclass(frozen=True, slots=True)
class Lifted:
    """`vars`: name -> value, for a scenario. The methods make templates of a session's texts."""

    vars: Mapping[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """Of a command, an output, a line that is typed to a command."""
        return self._template(text, _IN_TEXT, {value: name for name, value in self.vars.items()})

    def prose(self, text: str) -> str:
        """Of a remark: there, a name of letters alone is a word."""
        values = {value: name for name, value in self.vars.items() if not value.isalpha()}
        return self._template(text, _IN_TEXT, values)

    def pattern(self, text: str) -> str:
        """Of a regular expression."""
        return self._template(text, _IN_PATTERN, {value: name for name, value in self.vars.items()})

    def _template(self, text: str, scanner: re.Pattern[str], names: Mapping[str, str]) -> str:
        pieces, at = [], 0
        for begin, end, value in _found(text, scanner, names):
            written = f"{names[value]} | re_escape" if "\\" in text[begin:end] else names[value]
            pieces += [_OPENS_OR_ENDS.sub("{{ '{' }}", text[at:begin]), f"{{{{ {written} }}}}"]
            at = end
        return "".join((*pieces, _OPENS.sub("{{ '{' }}", text[at:]))) if pieces else literal(text)


def lift(session: Session) -> Lifted:
    """What repeats in a session and could be called otherwise."""
    commands = [item for item in session.items if isinstance(item, Command)]
    typed = [text for command in commands for text in (command.text, *command.answers)]
    texts = [*typed, *_said(session)]
    if any(len(text) > _LONGEST for text in texts):
        return Lifted()
    candidates = _candidates(typed, texts)
    times = dict.fromkeys(candidates, 0)
    for text in texts:
        for _, _, value in _found(text, _IN_TEXT, candidates):
            times[value] += 1
    repeated = [value for value in candidates if times[value] > 1][:_MOST]
    return Lifted(_named({value: candidates[value] for value in repeated}))


def _said(session: Session) -> Iterator[str]:
    """What is not typed: remarks, and what is claimed."""
    for item in session.items:
        if isinstance(item, Remark):
            yield item.text
        elif isinstance(item, (Command, Stopped)):
            yield from ("\n".join((claim.value, *claim.lines)) for claim in item.claims)


def _found(text: str, scanner: re.Pattern[str], values: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Where a text holds one of the values: from, to, which."""
    if not values:
        return
    for token in scanner.finditer(text):
        bare = token[0].replace("\\", "")
        if token["octets"]:
            yield from _octets(text, token, bare, values)
        elif bare in values:
            yield token.start(), token.end(), bare
        elif token["colons"]:
            network, double, _ = bare.partition("::")
            if double and network in values:
                yield token.start(), token.start() + len(network), network
        elif bare == token[0] and "." in bare:
            for part in filter(None, (pattern.fullmatch(bare) for pattern in _WITHIN)):
                if part["name"] in values:
                    yield token.start() + part.start("name"), token.start() + part.end("name"), part["name"]
                    break


def _octets(text: str, token: re.Match[str], bare: str, values: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """An address, or the network that it is in. Two numbers alone are a decimal."""
    octets = bare.split(".")
    for number in range(len(octets), 0, -1):
        value = ".".join(octets[:number])
        if value in values and (number > 2 or len(octets) == 4 or _OPEN_OCTET.match(text, token.end())):
            after = octets[number:]
            dots = len(after) * (2 if "\\" in token[0] else 1)
            yield token.start(), token.end() - dots - sum(map(len, after)), value
            return


def _candidates(typed: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    """Values that the commands make -> what each is: net, net6, address, mac, ns, bridge, link."""
    found = {value: "address" if value.count(".") == 3 else "net" for value in _networks(typed, texts)}
    found |= dict.fromkeys(_networks6(typed, texts), "net6")
    found |= dict.fromkeys(_macs(typed, texts), "mac")
    for name, kind in _made(typed):
        found.setdefault(name, kind)
    built = _built(typed)
    if len(built) > _MOST_BUILT:
        return {}
    return {value: kind for value, kind in islice(found.items(), 1_000) if not _is_built(value, kind, built)}


def _networks(typed: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    """The octets of each network that the commands give addresses of, as many as its widest mask leaves alone; one
    address where it has no network."""
    masks: dict[str, int] = {}  # octets -> the narrowest mask that is written for an address of them
    wide: set[str] = set()  # the octets of networks that are wider than /24
    for text in texts:
        for quad in _QUAD.finditer(text):
            bits = _bits(quad)
            if bits is not None and bits < 24 and not _is_special(quad["address"]):
                wide.add(".".join(quad["address"].split(".")[: bits // 8]))
    hosts: dict[str, set[str]] = {}
    for text in typed:
        plain = any(
            call.program == "ifconfig" or (call.program == "ip" and call.arguments[:1] and call.arguments[0][:1] == "a")
            for call in invocations(text)
        )
        for quad in _QUAD.finditer(text):
            bits = _bits(quad)
            if (bits is None and not plain) or _is_special(quad["address"]):
                continue
            octets = quad["address"].split(".")
            number = min((n for n in range(3) if ".".join(octets[:n]) in wide), default=3)
            value = ".".join(octets[:number])
            if number:
                masks[value] = min(masks.get(value, 32), 32 if bits is None else bits)
    for text in texts:
        for quad in _QUAD.finditer(text):
            octets = quad["address"].split(".")
            for number in (3, 2, 1):
                hosts.setdefault(".".join(octets[:number]), set()).add(quad["address"])
    for value, narrowest in masks.items():
        alone = narrowest == 32 and len(hosts[value]) == 1
        yield next(iter(hosts[value])) if alone else value


def _bits(quad: re.Match[str]) -> int | None:
    """The length of the mask behind an address, if one is written."""
    if quad["bits"]:
        return int(quad["bits"])
    if quad["mask"]:
        return sum(bin(int(octet)).count("1") for octet in quad["mask"].split("."))
    return None


def _is_special(address: str) -> bool:
    first = int(address.partition(".")[0])
    return first in (0, 127) or first >= 224 or address.startswith("169.254.")


def _networks6(typed: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    """What stands before the `::` of addresses that the commands give, unless it is written in more than one way."""
    given = dict.fromkeys(
        found["address"].partition("::")[0] for text in typed for found in _IPV6.finditer(text) if found["bits"]
    )
    written = dict.fromkeys(found[0] for text in texts for found in _IPV6.finditer(text))
    before: dict[str, bool] = {}  # groups before a `::` or in the midst of an address -> whether only the former
    widest: dict[str, int] = {}
    for address in written:
        address, _, bits = address.partition("/")
        network, double, _ = address.partition("::")
        groups = network.split(":")
        for number in range(1, len(groups) + 1):
            whole = bool(double) and number == len(groups)
            key = ":".join(groups[:number])
            before[key] = before.get(key, True) and whole
        if bits:
            widest[network] = min(widest.get(network, 128), int(bits[:3]))
    for network in given:
        wide = widest.get(network, 128) < 16 * len(network.split(":"))
        if network and before[network] and not _SPECIAL.match(network) and not wide:
            yield network


def _macs(typed: Sequence[str], texts: Sequence[str]) -> Iterator[str]:
    """Link-layer addresses that the commands give, unless others that derive from them are shown."""
    whole = "\n".join(texts)
    for mac in dict.fromkeys(found[0] for text in typed for found in _MAC.finditer(text)):
        bare = mac.replace(":", "")
        tail = rf"{bare[4:6].lstrip('0')}ff:fe{bare[6:8]}:{bare[8:].lstrip('0')}"
        if not _FIXED.match(mac) and bare not in whole and tail not in whole:
            yield mac


def _made(typed: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The namespaces and links that the commands make or rename, and which of the two; `bridge` if it is one."""
    programs = set()
    made: dict[str, str] = {}
    for text in typed:
        for call in invocations(text):
            programs.add(call.program)
            for name, kind in _made_by(call.program, call.arguments):
                made.setdefault(name, kind)
    for name, kind in made.items():
        if len(name) > 1 and _NAME.fullmatch(name) and name.lower() not in _WORDS and name not in programs:
            yield name, kind


def _made_by(program: str, words: Sequence[str]) -> Iterator[tuple[str, str]]:
    words = [word for word in words if not word.startswith("-")] if program != "tunctl" else list(words)
    if (program, *words[:1]) in (("brctl", "addbr"), ("ovs-vsctl", "add-br")):
        yield from ((name, "bridge") for name in words[1:2])
    elif program == "tunctl" and "-t" in words:
        yield from ((name, "link") for name in words[words.index("-t") + 1 :][:1])
    if program != "ip":
        return
    # `ip -n ns1 link add …`: the option's value stands before the object.
    at = next((n for n, word in enumerate(words[:3]) if word in ("netns", "link", "l", "li", "tuntap", "tunnel")), -1)
    if at < 0 or at + 1 == len(words):
        return
    thing, verb, rest = words[at], words[at + 1], words[at + 2 :]
    if thing == "netns" and verb in ("add", "a", "attach"):
        yield from ((name, "ns") for name in rest[:1])
    elif thing != "netns" and "add".startswith(verb):
        yield from _new_links(rest)
    elif thing != "netns" and "set".startswith(verb) and "name" in rest[1:]:
        yield from ((name, "link") for name in rest[rest.index("name", 1) + 1 :][:1])


def _new_links(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The names behind `ip link add`."""
    kind = "bridge" if re.search(r"\btype bridge\b", " ".join(words)) else "link"
    own = list(words)
    while own[:1] and own[0] in ("link", "mtu", "address", "txqueuelen", "type", "mode"):
        own = own[2:]
    own = own[1:] if own[:1] and own[0] in ("name", "dev") else own
    yield from ((name, kind) for name in own[:1])
    if "peer" in own:
        peer = own[own.index("peer") + 1 :]
        yield from ((name, "link") for name in (peer[1:2] if peer[:1] == ["name"] else peer[:1]))
    if "name" in own:
        yield from ((name, kind) for name in own[own.index("name") + 1 :][:1])


def _built(typed: Sequence[str]) -> set[tuple[str, str]]:
    """What is written before and after each expansion within a word."""
    return {(found["before"], found["after"]) for text in typed for found in _BUILT.finditer(text)} - {("", "")}


def _is_built(value: str, kind: str, built: set[tuple[str, str]]) -> bool:
    """Whether an expansion may give a part of the value only, so that it would not change with the rest."""
    if kind == "mac":
        return False
    if kind in ("net", "net6", "address"):
        dots = 3 - value.count(".") if kind == "net" else 0
        return any(
            (before.endswith((".", ":")) and value.startswith(before.rstrip(".:")) and len(before) <= len(value))
            or (kind == "net" and not before and after.startswith(".") and after.count(".") > dots)
            for before, after in built
        )
    return any(
        len(before) + len(after) < len(value) and value.startswith(before) and value.endswith(after)
        for before, after in built
    )


def _named(kinds: Mapping[str, str]) -> dict[str, str]:
    """Names for values, as a person would choose them: what has a name keeps it; the one bridge is `bridge`."""
    named: dict[str, str] = {}
    bridges = sum(kind == "bridge" for kind in kinds.values())
    for value, kind in kinds.items():
        own = value if kind in ("ns", "link", "bridge") else ""
        wanted = "bridge" if kind == "bridge" and bridges == 1 else re.sub(r"\W", "_", own, flags=re.ASCII) or kind
        if own and (wanted in named or wanted in TEMPLATE_WORDS | NOT_VARIABLES):
            wanted = f"{kind}_{wanted}"
        name, number = wanted, 2
        while name in named:
            name, number = f"{wanted}{'_' if wanted[-1].isdigit() else ''}{number}", number + 1
        named[name] = value
    return named
