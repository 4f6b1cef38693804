"""Long transcripts, as a run would write them."""

import random


def transcript(lines: int, seed: int) -> str:
    """What `ip` and `ping` print of many interfaces: a MAC for each, in three places, and times; other
    values for another seed."""
    chance = random.Random(seed)
    blocks = []
    for n in range(lines // 10):
        mac = "02:" + ":".join(f"{chance.randrange(256):02x}" for _ in range(5))
        a, b = divmod(n, 250)
        address = f"10.{a // 250}.{a % 250}.{b + 1}"
        milliseconds = f"{chance.uniform(0.01, 2):.3f}"
        blocks += [
            f"$ ip link show dev p{n}",
            f"{n + 2}: p{n}: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode DEFAULT",
            f"    link/ether {mac} brd ff:ff:ff:ff:ff:ff",
            f"$ ping -c 1 {address}",
            f"PING {address} ({address}) 56(84) bytes of data.",
            f"64 bytes from {address}: icmp_seq=1 ttl=64 time={milliseconds} ms",
            "1 packets transmitted, 1 received, 0% packet loss, time 0ms",
            f"rtt min/avg/max/mdev = {milliseconds}/{milliseconds}/{milliseconds}/0.000 ms",
            f"$ ip neigh show {address}",
            f"{address} dev p{n} lladdr {mac} REACHABLE",
        ]
    return "\n".join(blocks) + "\n"
