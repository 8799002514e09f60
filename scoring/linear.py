"""Small symmetric systems of linear equations, by Cholesky's method."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = list[list[float]]


def cholesky(matrix: Matrix) -> Matrix:
    """The lower triangle whose product with its transpose is ``matrix``, which must be positive definite."""
    lower: Matrix = []
    for at, row in enumerate(matrix):
        made: list[float] = []
        for column in range(at):
            made.append((row[column] - _dot(made, lower[column][:column])) / lower[column][column])
        lower.append([*made, math.sqrt(row[at] - _dot(made, made))])
    return lower


def solve(lower: Matrix, right: Sequence[float]) -> list[float]:
    """The solution for a factored matrix."""
    forward: list[float] = []
    for row, value in zip(lower, right, strict=True):
        forward.append((value - _dot(row[: len(forward)], forward)) / row[len(forward)])
    made = [0.0] * len(lower)
    for at in reversed(range(len(lower))):
        below = sum(lower[row][at] * made[row] for row in range(at + 1, len(lower)))
        made[at] = (forward[at] - below) / lower[at][at]
    return made


def log_determinant(lower: Matrix) -> float:
    return 2 * sum(math.log(row[at]) for at, row in enumerate(lower))


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))
