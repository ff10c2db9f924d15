"""Which keys seal how many values, and whether they are being changed."""

from __future__ import annotations

from django.db import connection

from shohay.stages.registry.models_verification import KeyRotation


def sealed_by(table: str, column: str) -> dict[str, int]:
    """Key -> how many values of the column it seals; an empty one is sealed by none. Reads the whole column."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select encode(substring({column} from 1 for position(':'::bytea in {column}) - 1), 'escape') as key,"
            f" count(*) from {table} where {column} <> '' group by 1 order by 1"
        )
        return dict(cursor.fetchall())


def rotation() -> KeyRotation | None:
    """The rotation under way, else the last one."""
    return KeyRotation.objects.order_by("-state", "-id").first()


def digests_mixed() -> bool:
    """Whether some digests are of the old key and some of the new: equal numbers may then look different."""
    return KeyRotation.objects.filter(state=KeyRotation.State.RUNNING, digests_too=True).exists()
