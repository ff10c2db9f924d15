"""The number of a ration: on the printed list, on the slip in a hand, in the file that comes back.

``12-0345-31``: list 12, line 345, and two digits that make a slip of the pen show (ISO 7064, MOD 97-10): one wrong
digit, or two exchanged, never gives the number of somebody else.
"""

from __future__ import annotations

PLACES = 1_000_000  # lines of one list are fewer

# the same in PostgreSQL, for ``{list}`` and ``{line}``
NUMBER_SQL = (
    "{list} || '-' || lpad({line}::text, greatest(4, length({line}::text)), '0') || '-' ||"
    f" lpad((98 - mod(({{list}}::bigint * {PLACES} + {{line}}) * 100, 97))::text, 2, '0')"
)


def ration_number(of_list: int, line: int) -> str:
    """The number of a line; ValueError when a list is longer than numbers reach."""
    if not 0 < line < PLACES:
        raise ValueError(f"a list has at most {PLACES - 1} lines")
    return f"{of_list}-{line:04d}-{98 - (of_list * PLACES + line) * 100 % 97:02d}"


def is_ration_number(text: str) -> bool:
    """Whether the check digits fit."""
    parts = text.split("-")
    if (
        len(parts) != 3
        or not all(part.isascii() and part.isdigit() for part in parts)
        or not 0 < int(parts[1]) < PLACES
    ):
        return False
    return ration_number(int(parts[0]), int(parts[1])) == text
