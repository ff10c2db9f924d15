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
