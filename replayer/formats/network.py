"""A topology in a few lines of text: namespaces, their interfaces, addresses, and what these are joined to."""

from collections.abc import Iterator

from replayer.topology import Interface, Key, Link, Topology

HERE = "(main)"  # the namespace that terminals begin in has no name of its own
JOINED = {"veth": "⇄", "master": "in", "lower": "on", "tunnel": "to"}


def network_lines(topology: Topology) -> Iterator[str]:
    """One line an interface; what every namespace has (a loopback that is up, link-local addresses) is left out."""
    rows = [
        (namespace, interface)
        for namespace in topology.namespaces
        for interface in _shown([i for i in topology.interfaces.values() if i.namespace == namespace])
    ]
    joined = {(link, end): other for link in topology.links for end, other in _ends(link)}
    cells = [
        (
            namespace or HERE,
            i.name if i else "",
            " ".join(filter(None, (i.kind, i.mode, i.state if i.state != "up" else ""))) if i else "",
            " ".join((*_addresses(i), *_joints(i, joined))) if i else "no interface",
        )
        for namespace, i in rows
    ]
    widths = [max((len(row[column]) for row in cells), default=0) for column in range(3)]
    before = None
    for namespace, name, kind, rest in cells:
        first = namespace if namespace != before else ""
        before = namespace
        yield f"{first:<{widths[0]}}  {name:<{widths[1]}}  {kind:<{widths[2]}}  {rest}".rstrip()


def _shown(interfaces: list[Interface]) -> list[Interface | None]:
    usual = [i for i in interfaces if i.kind == "loopback" and not _addresses(i)]
    shown = [i for i in interfaces if i not in usual]
    return [*sorted(shown, key=lambda i: i.index)] or [*usual] or [None]


def _addresses(interface: Interface) -> list[str]:
    return [a for a in interface.addresses if not a.startswith(("fe80:", "127.0.0.1/", "::1/"))]


def _ends(link: Link) -> list[tuple[Key, Key]]:
    """From which end a link is told: both of a wire, else from the one that sits on the other."""
    return [(link.a, link.b), (link.b, link.a)] if link.kind == "veth" else [(link.a, link.b)]


def _joints(interface: Interface, joined: dict[tuple[Link, Key], Key]) -> Iterator[str]:
    for (link, end), (namespace, name) in joined.items():
        if end == interface.key:
            place = f"{namespace or HERE} " if namespace != interface.namespace else ""
            yield f"{JOINED[link.kind]} {place}{name}"
    yield from (f"[{word}]" for word in interface.port)
