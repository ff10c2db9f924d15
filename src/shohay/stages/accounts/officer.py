"""Who acts, with which role, where and for which programmes.

An ``Officer`` goes into every query as ``officer`` and into every action as ``by``. The same limits hold again
in the database by row security (rls.py), so that a forgotten filter shows nothing instead of everything.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shohay.core.messages import Refusal
from shohay.stages.accounts.roles import PERMISSIONS


@dataclass(frozen=True, slots=True)
class Officer:
    """``areas``, ``programmes`` and ``ministries`` hold codes; '' in them means all, an empty tuple means none."""

    username: str
    role: str
    areas: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ("",)

    def may(self, permission: str) -> bool:
        return self.role == "system" or permission in PERMISSIONS.get(self.role, frozenset())

    def covers(self, *, area: str | None = None, programme: str | None = None, ministry: str | None = None) -> bool:
        """Whether the officer's areas, programmes and ministries include these."""
        area_fits = area is None or any(area.startswith(code) for code in self.areas)
        programme_fits = programme is None or "" in self.programmes or programme in self.programmes
        ministry_fits = ministry is None or "" in self.ministries or ministry in self.ministries
        return area_fits and programme_fits and ministry_fits

    def require(
        self, permission: str, *, area: str | None = None, programme: str | None = None, ministry: str | None = None
    ) -> None:
        """Raise ``Refusal('not_allowed')`` unless permission, area, programme and ministry all fit."""
        if not self.may(permission) or not self.covers(area=area, programme=programme, ministry=ministry):
            raise Refusal("not_allowed", what=permission)

    def area_filter(self, field: str = "area_code") -> Q:
        """A condition for querysets: rows in the officer's areas."""
        if "" in self.areas:
            return Q()
        condition = Q(pk__in=[])
        for code in self.areas:
            condition |= Q(**{f"{field}__startswith": code})
        return condition

    def programme_filter(self, field: str = "programme_code") -> Q:
        return Q() if "" in self.programmes else Q(**{f"{field}__in": self.programmes})

    def ministry_filter(self, field: str = "ministry_id") -> Q:
        """A condition for querysets: rows of the officer's ministries."""
        return Q() if "" in self.ministries else Q(**{f"{field}__in": self.ministries})


SYSTEM = Officer(username="system", role="system", areas=("",), programmes=("",))
NOBODY = Officer(username="", role="", areas=(), programmes=())
