"""The definitions once more, as plain loops over a full table: slow, obvious, and written apart from the program."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import product
from math import prod

Statement = tuple[str, str, int | str]
"""Row, column, value of the qualifier."""


def table(
    statements: Sequence[Statement], rows: Sequence[str], columns: Sequence[str], levels: Sequence
) -> dict:
    full = dict.fromkeys(product(rows, columns, levels), 0)
    for statement in statements:
        full[statement] += 1
    return full


def two_mode(statements, rows, columns, levels, *, combine, norm, numeric) -> list[list[float]]:
    n = table(statements, rows, columns, levels)
    matrix = []
    for row in rows:
        line = []
        for column in columns:
            counts = [n[row, column, level] for level in levels]
            if combine == "ignore":
                value = sum(counts)
            elif combine == "combine":
                value = int("".join("1" if count else "0" for count in counts), 2)
            elif numeric == "binary":
                value = n[row, column, 1] - n[row, column, 0]
            elif numeric == "numbers":
                value = sum(level * count for level, count in zip(levels, counts, strict=True))
            else:
                value = sum(counts)
            line.append(float(value))
        matrix.append(line)
    for i, j in product(range(len(rows)), range(len(columns))):
        if norm == "activity":
            whole = (
                sum(any(n[rows[i], column, level] for level in levels) for column in columns)
                if combine == "combine"
                else sum(n[rows[i], column, level] for column in columns for level in levels)
            )
        elif norm == "prominence":
            whole = (
                sum(any(n[row, columns[j], level] for level in levels) for row in rows)
                if combine == "combine"
                else sum(n[row, columns[j], level] for row in rows for level in levels)
            )
        else:
            whole = 1
        matrix[i][j] = matrix[i][j] / whole if whole else 0.0
    return matrix


def one_mode(statements, rows, columns, levels, *, combine, norm, numeric) -> list[list[float]]:
    n = table(statements, rows, columns, levels)
    width = max(levels) - min(levels) if numeric != "categories" else 0
    matrix = [[0.0] * len(rows) for _ in rows]
    for (i, one), (j, two) in product(enumerate(rows), repeat=2):
        if i == j:
            continue
        value = 0.0
        for column in columns:
            if combine == "ignore":
                value += sum(n[one, column, k] for k in levels) * sum(
                    n[two, column, k] for k in levels
                )
                continue
            if numeric == "categories":
                for k in levels:
                    a, b = n[one, column, k], n[two, column, k]
                    if combine in ("congruence", "subtract"):
                        value += a * b
                    if a == 0 or b == 0:
                        value += {"conflict": a + b, "subtract": -(a + b)}.get(combine, 0)
                continue
            for k, m in product(levels, repeat=2):
                both = prod((n[one, column, k], n[two, column, m]))
                far = abs(k - m) / width if width else 0
                value += (
                    both
                    * {"congruence": 1 - far, "conflict": far, "subtract": 1 - 2 * far}[combine]
                )
        cells = list(product(columns, levels))
        a = [n[one, *cell] for cell in cells]
        b = [n[two, *cell] for cell in cells]
        if norm == "average":
            whole = (sum(a) + sum(b)) / 2
        elif norm == "cosine":
            whole = sum(a) * sum(b)
        elif norm == "jaccard":
            whole = sum(x for x, y in zip(a, b, strict=True) if y == 0)
            whole += sum(y for x, y in zip(a, b, strict=True) if x == 0)
            whole += sum(x * y for x, y in zip(a, b, strict=True))
        else:
            whole = 1
        matrix[i][j] = value / whole if whole else 0.0
    return matrix


def directed(statements, names, levels, *, combine, norm, numeric) -> list[list[float]]:
    plain = "none" if norm == "average" else norm
    matrix = two_mode(
        statements, names, names, levels, combine=combine, norm=plain, numeric=numeric
    )
    if norm == "average":
        how_often = two_mode(
            statements, names, names, levels, combine="ignore", norm="none", numeric=numeric
        )
        for i, j in product(range(len(names)), repeat=2):
            matrix[i][j] = matrix[i][j] / how_often[i][j] if how_often[i][j] else 0.0
    return matrix


def later(day: date, unit: str, count: int) -> date:
    """So many days, weeks, months or years later; where a month is too short, its last day."""
    if unit in ("days", "weeks"):
        return day + timedelta(days=count * (7 if unit == "weeks" else 1))
    month = day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = day.year + month // 12, month % 12 + 1
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError


def windows(days: Sequence[date], unit: str, size: int) -> list[tuple[date, date]]:
    """From the first day to the last, a unit further each time: (size − 1) / 2, rounded up, to each side."""
    half = int((size - 1) / 2 + 0.5)
    found, moment = [], min(days)
    while moment <= max(days):
        begin, end = later(moment, unit, -half), later(moment, unit, half)
        if begin >= min(days) and end <= max(days):
            found.append((begin, end))
        moment = later(moment, unit, 1)
    return found
