"""Places for the nodes of a network: tied nodes draw near each other, all keep apart.

Springs and cooling in the manner of Fruchterman and Reingold (1991), from a start that is the
same every time, so that the same network gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from annotator.domain.slices import Slices, sliced

Place = tuple[float, float]
Tie = tuple[int, int, float]
"""Two nodes, and how strong the tie is, above 0."""

ROUNDS = 160
PASSES = 60
GAP = 0.6
"""The least distance of two nodes, beside the distance that all would have on a grid."""

NEARLY = 0.98
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
GRAVITY = 0.6
"""How strongly everything is drawn to the middle, so that what nothing ties stays in the picture."""


@sliced
def lay_out(count: int, ties: Sequence[Tie]) -> Slices[list[Place]]:
    """Return a place for each of ``count`` nodes, in the square from −1 to 1; a slice is a round."""
    if count < 2:
        return [(0.0, 0.0)] * count
    xs = [math.sqrt((n + 0.5) / count) * math.cos(n * GOLDEN_ANGLE) for n in range(count)]
    ys = [math.sqrt((n + 0.5) / count) * math.sin(n * GOLDEN_ANGLE) for n in range(count)]
    strongest = max((weight for *_, weight in ties), default=1.0)
    springs = [
        (one, two, 0.25 + 0.75 * weight / strongest) for one, two, weight in ties if one != two
    ]
    room = math.sqrt(4 / count) * 0.7
    for done in range(ROUNDS):
        yield
        step = 0.2 * (1 - done / ROUNDS) ** 1.5 + 0.002
        _one_round(xs, ys, springs, room, step)
    xs, ys = _fitted(xs, ys)
    # What everybody is tied to is drawn into one spot: none may lie on another.
    gap = GAP * math.sqrt(4 / count)
    for _ in range(PASSES):
        yield
        if not _pushed_apart(xs, ys, gap):
            break
    return list(zip(*_fitted(xs, ys), strict=True))


def _one_round(
    xs: list[float], ys: list[float], springs: Sequence[Tie], room: float, step: float
) -> None:
    count = len(xs)
    pull = GRAVITY * room
    dx = [-x * pull for x in xs]
    dy = [-y * pull for y in ys]
    square = room * room
    for one in range(count):
        x, y, sum_x, sum_y = xs[one], ys[one], 0.0, 0.0
        for two in range(one + 1, count):
            away_x, away_y = x - xs[two], y - ys[two]
            push = square / (away_x * away_x + away_y * away_y + 1e-9)
            away_x *= push
            away_y *= push
            sum_x += away_x
            sum_y += away_y
            dx[two] -= away_x
            dy[two] -= away_y
        dx[one] += sum_x
        dy[one] += sum_y
    for one, two, strength in springs:
        away_x, away_y = xs[one] - xs[two], ys[one] - ys[two]
        force = math.hypot(away_x, away_y) / room * strength
        dx[one] -= away_x * force
        dy[one] -= away_y * force
        dx[two] += away_x * force
        dy[two] += away_y * force
    for node in range(count):
        length = math.hypot(dx[node], dy[node]) or 1.0
        reach = min(length, step) / length
        xs[node] += dx[node] * reach
        ys[node] += dy[node] * reach


def _pushed_apart(xs: list[float], ys: list[float], gap: float) -> bool:
    """Push those apart that are nearer to each other than a gap; return whether there were any."""
    found = False
    for one in range(len(xs)):
        for two in range(one + 1, len(xs)):
            away_x, away_y = xs[two] - xs[one], ys[two] - ys[one]
            if abs(away_x) >= gap or abs(away_y) >= gap:
                continue
            length = math.hypot(away_x, away_y)
            if length >= gap * NEARLY:
                continue
            found = True
            if length < 1e-9:
                away_x, away_y = math.cos(two), math.sin(two)
                length = 1.0
                reach = gap / 2
            else:
                reach = (gap - length) / 2
            xs[one] -= away_x / length * reach
            ys[one] -= away_y / length * reach
            xs[two] += away_x / length * reach
            ys[two] += away_y / length * reach
    return found


def _fitted(xs: list[float], ys: list[float]) -> tuple[list[float], list[float]]:
    """Return the places stretched to fill the square."""
    middle_x, middle_y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    wide = (max(xs) - min(xs)) / 2 or 1.0
    high = (max(ys) - min(ys)) / 2 or 1.0
    return [(x - middle_x) / wide for x in xs], [(y - middle_y) / high for y in ys]
