"""Whether two names are one name spelled two ways."""

from __future__ import annotations


def similar(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """One word of several differs by up to three letters, or is missing at the end; the rest are the same."""
    if left == right:
        return True
    if min(len(left), len(right)) < 1:
        return False
    if abs(len(left) - len(right)) == 1:
        short, long = sorted((left, right), key=len)
        return len(short) >= 3 and long[: len(short)] == short
    if len(left) != len(right):
        return False
    apart = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if len(apart) != 1:
        return False
    (a, b), length = apart[0], len(left)
    # three words the same and the fourth alike at its beginning: an old and a new spelling of one place
    return _close(a, b) or (length >= 4 and min(len(a), len(b)) >= 5 and a[:2] == b[:2])


def _close(left: str, right: str) -> bool:
    if len(left) < 5 or len(right) < 5 or left[0] != right[0]:
        return False
    return distance(left, right) <= (1 if min(len(left), len(right)) < 7 else 3)


def distance(left: str, right: str) -> int:
    """How many letters must be changed, put in or taken out (Levenshtein)."""
    previous = list(range(len(right) + 1))
    for row, a in enumerate(left, 1):
        current = [row]
        for column, b in enumerate(right, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (a != b)))
        previous = current
    return previous[-1]
