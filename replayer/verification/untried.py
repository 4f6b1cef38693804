"""What of a tutorial cannot be tried in a sandbox, known before it is played: what needs the Internet, a service
manager, other machines, or a person at an editor."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from replayer.outcomes.commands import Invocation, invocations
from replayer.sources.session import Command, Item, Left, Session, Stopped
from replayer.verification.addresses import is_public

_MAKE = {
    **dict.fromkeys("docker docker-compose podman nerdctl crictl buildah containerlab".split(), "needs containers"),
    **dict.fromkeys("lxc lxc-create lxc-start lxc-attach lxd incus machinectl".split(), "needs containers"),
    **dict.fromkeys("kubectl minikube kind helm kubeadm oc".split(), "needs a cluster"),
    **dict.fromkeys(
        "virsh virt-install vagrant qemu-system-x86_64 qemu kvm multipass".split(), "needs virtual machines"
    ),
    **dict.fromkeys(
        "systemctl service networkctl nmcli nmtui netplan rc-service initctl ifup ifdown".split(),
        "needs the services of its author's machine",
    ),
}
# What these are told that neither builds nor starts anything.
_MAKES_NOTHING = frozenset(
    "ps images inspect logs list ls show status stop disable mask is-active is-enabled version info kill rm rmi delete "
    "destroy down prune get describe --version".split()
)
_NEEDS = _MAKE | {
    **dict.fromkeys(
        "journalctl loginctl hostnamectl timedatectl resolvectl chkconfig update-rc.d update-grub".split(),
        "needs the services of its author's machine",
    ),
    **dict.fromkeys("modprobe insmod rmmod depmod dkms".split(), "needs to load modules into the kernel"),
    **dict.fromkeys("reboot shutdown poweroff halt".split(), "would end the machine"),
    **dict.fromkeys("vi vim nvim nano emacs gedit pico joe micro ed visudo crontab".split(), "opens an editor"),
    **dict.fromkeys("wireshark firefox chromium google-chrome xdg-open gnome-terminal xterm".split(), "opens a window"),
    **dict.fromkeys("passwd adduser useradd usermod".split(), "needs accounts of its author's machine"),
    **dict.fromkeys("scp sftp mosh".split(), "needs another machine"),
}
_PACKAGES = frozenset(
    "apt apt-get aptitude dnf yum zypper pacman apk brew snap flatpak port emerge opkg pip pip3 pipx npm yarn pnpm "
    "gem cargo add-apt-repository rpm-ostree".split()
)
_FETCHES = frozenset(
    {"install", "update", "upgrade", "get", "add", "download", "build-dep", "search", "tap", "-S", "-Sy"}
)
_REACH = frozenset(
    "curl wget git http ping ping4 ping6 traceroute tracepath mtr dig nslookup host nc ncat telnet whois".split()
)
_URL = re.compile(r"(?:(?P<scheme>https?|ftp|git|ssh)://|git@)(?P<host>\[[^\]]*\]|[^/:\s]+)")
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|edu|gov|cn|jp|kr|ru|fr|es|de|vn|uk|eu|me|co|info)", re.I)


@dataclass(frozen=True, slots=True)
class Untried:
    """A command of the session that is not played. `item`: its place among the session's items."""

    item: int
    why: str


def set_aside(session: Session) -> tuple[Session, tuple[Untried, ...]]:
    """The session with what cannot be tried left out, each item in its place; and what that is."""
    items: list[Item] = []
    untried: list[Untried] = []
    gone: set[str] = set()  # terminals in which something that is not played would go on
    for number, item in enumerate(session.items):
        if isinstance(item, Command):
            why = why_untried(item.text)
            gone.discard(item.terminal)
            if why:
                untried.append(Untried(number, why))
                items.append(Left(item.text, item.line, why))
                if item.goes_on:
                    gone.add(item.terminal)
                continue
        elif isinstance(item, Stopped) and item.terminal in gone:
            gone.discard(item.terminal)
            untried.append(Untried(number, untried[-1].why))
            items.append(Left("^C", item.line, untried[-1].why))
            continue
        items.append(item)
    return replace(session, items=tuple(items)), tuple(untried)


def why_untried(command: str) -> str:
    """Why a command is not to be played in a sandbox; "" if it is."""
    return next(_reasons(command), "")


def may_build(command: str) -> bool:
    """Whether a command may have made what later ones name, though it does not say so: of a container, a service, a
    script that the text does not show."""
    words = command.split()
    return any(
        call.program in _MAKE and not _MAKES_NOTHING & set(call.arguments) for call in invocations(command)
    ) or any(re.fullmatch(r"(?:\.{1,2}/|~/)?[\w./-]+\.(?:sh|py|pl|rb)|\./[\w./-]+", word) for word in words[:3])


def _reasons(command: str) -> Iterator[str]:
    for call in invocations(command):
        if _asks_for_help(call):
            continue
        if call.program in _NEEDS:
            yield f"{call.program} {_NEEDS[call.program]}"
        elif call.program in _PACKAGES and _FETCHES & set(call.arguments):
            yield f"{call.program} needs the Internet"
        elif call.program in _REACH and (host := _remote(call)):
            yield f"{host} is on the Internet"
        elif call.program == "ssh" and call.arguments:
            yield "ssh needs another machine"


def _asks_for_help(call: Invocation) -> bool:
    return any(word in ("-h", "--help", "--version", "-V") for word in call.arguments)


def _remote(call: Invocation) -> str:
    """The host of the Internet that a call names, by its name or in a URL."""
    for word in call.arguments:
        found = _URL.match(word)
        host = found["host"] if found else word if call.program != "git" else ""
        host = host.partition("/")[0].partition(":")[0]
        if _DOMAIN.fullmatch(host) or (found and is_public(host)):
            return host
    return ""
