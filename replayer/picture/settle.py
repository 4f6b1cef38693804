"""Things in a row that want to be somewhere, and must not come too near each other."""

from collections.abc import Sequence


def settle(wanted: Sequence[float], apart: Sequence[float], weights: Sequence[float] | None = None) -> list[float]:
    """Places in the given order, the squares of their distances from the wanted ones as small as can be, so that
    place n + 1 is at least `apart[n]` beyond place n. (Least squares under an order: isotonic regression by pooling
    neighbours that violate it.)"""
    offsets = [0.0]
    for distance in apart:
        offsets.append(offsets[-1] + distance)
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for place, want in enumerate(wanted):
        mean, weight, many = want - offsets[place], weights[place] if weights else 1.0, 1
        while pools and pools[-1][0] >= mean:
            other, its, count = pools.pop()
            mean, weight, many = (mean * weight + other * its) / (weight + its), weight + its, many + count
        pools.append((mean, weight, many))
    places: list[float] = []
    for mean, _, many in pools:
        places += [mean + offsets[len(places) + n] for n in range(many)]
    return places


def settle_within(wanted: Sequence[float], apart: float, low: float, high: float) -> list[float]:
    """The same, between two bounds; where they leave too little room, evenly spread."""
    if not wanted:
        return []
    room = high - low
    if (len(wanted) - 1) * apart > room:
        step = room / (len(wanted) + 1)
        return [low + step * (n + 1) for n in range(len(wanted))]
    places = settle(wanted, [apart] * (len(wanted) - 1))
    last = len(places) - 1
    return [min(max(place, low + n * apart), high - (last - n) * apart) for n, place in enumerate(places)]
