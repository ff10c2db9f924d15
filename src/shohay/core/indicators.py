"""Results figures: what may be shown to everybody."""

from __future__ import annotations

SMALL = 5  # fewer people than this could be recognised


def suppress(value: float, persons: int | None, *, limit: int = SMALL) -> float | None:
    """``value``, or None where at least one but fewer than ``limit`` people stand behind it.

    ``persons`` None: the figure is not about people (money in a budget, days). Nobody at all is no secret.

    >>> suppress(3.0, 3), suppress(0.0, 0), suppress(12.5, None), suppress(5.0, 5)
    (None, 0.0, 12.5, 5.0)
    """
    return None if persons is not None and 0 < persons < limit else value


def suppress_parts(parts: dict[str, tuple[float, int | None]], *, limit: int = SMALL) -> dict[str, float | None]:
    """The parts of a whole that is shown itself, name -> (value, persons): a single hidden part would be the rest.

    So when one part is hidden, the smallest other part that is not empty is hidden with it.

    >>> suppress_parts({"paid": (40.0, 40), "rejected": (9.0, 9), "returned": (2.0, 2)})
    {'paid': 40.0, 'rejected': None, 'returned': None}
    """
    shown = {name: suppress(value, persons, limit=limit) for name, (value, persons) in parts.items()}
    if sum(value is None for value in shown.values()) == 1:
        others = [(value, name) for name, value in shown.items() if value]
        if others:
            shown[min(others)[1]] = None
    return shown
