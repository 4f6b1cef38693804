"""Small tutorials, verified: imported, played for real, and reported."""

import re
import textwrap

from replayer.cli.verify import plan_of
from replayer.formats.chinese import chinese
from replayer.looking import looking
from replayer.player import Options, replay
from replayer.transcript import Transcriber
from replayer.tutorial import read_tutorial
from replayer.verification import Found, Report, report, set_aside
from replayer.verification.circumstances import circumstances_of

STATISTICS = {
    "通": "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
    "不通": "1 packets transmitted, 0 received, 100% packet loss, time 0ms",
}

# A sentence that was not translated. What a command printed is, in brackets or behind a colon.
ENGLISH = re.compile(
    r"^(?!.*[（：]|.*Network is unreachable).*\b(?:the|is|are|has|have|no|nobody|and|nothing|does|could)\b"
)

# a -- r -- b, addresses given, links up.
ROUTED = """
    $ ip netns add a
    $ ip netns add r
    $ ip netns add b
    $ ip link add a0 netns a type veth peer name r0 netns r
    $ ip link add b0 netns b type veth peer name r1 netns r
    $ ip -n a addr add 10.1.0.2/24 dev a0
    $ ip -n r addr add 10.1.0.1/24 dev r0
    $ ip -n r addr add 10.2.0.1/24 dev r1
    $ ip -n b addr add 10.2.0.2/24 dev b0
    $ ip -n a link set a0 up
    $ ip -n r link set r0 up
    $ ip -n r link set r1 up
    $ ip -n b link set b0 up
    $ ip -n a route add default via 10.1.0.1
    $ ip -n b route add default via 10.2.0.1
    $ ip netns exec r sysctl -q -w net.ipv4.ip_forward=1
"""

WIRED = """
    $ ip netns add b
    $ ip link add v0 address 02:00:00:00:00:01 type veth peer name v1 netns b
    $ ip addr add 10.0.0.1/24 dev v0
    $ ip link set v0 up
    $ ip -n b addr add 10.0.0.2/24 dev v1
    $ ip -n b link set v1 up
"""
# The first reply goes astray.
LATE = """
    $ ip -n b neigh add 10.0.0.1 lladdr 02:00:00:00:00:99 dev v1
    $ sleep 0.6 && ip -n b neigh replace 10.0.0.1 lladdr 02:00:00:00:00:01 dev v1 &
"""


def text_of(*parts: str) -> str:
    """A tutorial of parts; `PING WORD: COMMAND` is a command with its documented statistics."""
    text = "\n".join(textwrap.dedent(part).strip("\n") for part in parts) + "\n"
    return re.sub(r"^PING (通|不通): (.*)$", lambda m: f"$ {m[2]}\n{STATISTICS[m[1]]}", text, flags=re.MULTILINE)


def verified(text: str, name: str = "text.txt") -> Report:
    """As the command does it, less what it prints."""
    session = read_tutorial(text, name).session
    tried, untried = set_aside(session)
    plan, origins = plan_of(tried, name)
    fold = Transcriber(plan)
    for _ in replay(plan, Options(fast=True, step_timeout=8), fold, guide=looking(circumstances_of(session).question)):
        pass
    return report(session, untried, origins, fold.transcript)


def last(*parts: str) -> Found:
    """What became of the last claim of a tutorial."""
    return verified(text_of(*parts)).found[-1]


def untold(found: Found) -> list[str]:
    """Its causes that are not told in Chinese."""
    return [why for why in found.causes if ENGLISH.search(chinese(why))]


def explained(parts: tuple[str, ...], cause: str) -> None:
    """The last claim of a tutorial does not hold, because of this, which can be told in Chinese, too."""
    found = last(*parts)
    assert (found.holds, found.causes[:1]) == ("does not hold", (found.causes[0],))
    assert found.causes[0].startswith(cause)
    assert found.looked or "nothing in the text" in cause or "no address" in cause
    assert untold(found) == []
