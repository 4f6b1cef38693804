"""Whole lines that may come or not, and say nothing about what a step shows."""

import re
from collections.abc import Iterable

from replayer.planned import Rule

NOISE = re.compile(
    # IPv6 by itself, for some seconds after a link came up: router solicitations, multicast listener reports,
    # duplicate address detection (RFC 4861, 3810, 4862), as tcpdump shows them.
    r"\S+ (?:\S+ +(?:In|Out|M|B|P) +)?IP6 .*ICMP6, (?:router solicitation|multicast listener report)"
    r"|\S+ (?:\S+ +(?:In|Out|M|B|P) +)?IP6 :: > ff02::1:ff\S+: ICMP6, neighbor solicitation"
    # An interactive shell about its background jobs.
    r"|\[\d+\] \d+$"
    r"|\[\d+\][+-]? +(?:Done|Exit \d+|Terminated|Killed|Hangup|Interrupt|Quit)\b"
)


def is_noise(line: str, rules: Iterable[Rule]) -> bool:
    """Whether a line may be left out of a transcript: it is noise, and no expectation claims it."""
    return NOISE.match(line) is not None and not any(_claims(rule, line) for rule in rules)


def _claims(rule: Rule, line: str) -> bool:
    if rule.kind == "contains":
        return rule.value.strip() in line
    return rule.kind == "matches" and re.search(rule.value, line) is not None
