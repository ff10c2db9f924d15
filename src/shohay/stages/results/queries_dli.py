"""Reading the ledger of disbursement-linked indicators."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet, Sum

from shohay.core import budget
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.results.models_dli import Dli, DliAgreement, DliClaim


class Standing(NamedTuple):
    """An indicator with what it has earned and been paid so far, in minor units."""

    dli: Dli
    earned: int | None  # by the newest verified result; None before the first
    paid: int
    open_claim: DliClaim | None
    verified_value: Any


def standings(officer: Officer) -> list[Standing]:
    """Every indicator in the order of its area; without 'dli.view' none. Ministries see all: one pot pays them."""
    if not officer.may("dli.view"):
        return []
    rows = Dli.objects.select_related("agreement", "ministry").order_by("agreement_id", "area", "code")
    paid = dict(DliClaim.objects.filter(state="paid").values_list("dli_id").annotate(Sum("paid")))
    newest = DliClaim.objects.filter(state__in=("verified", "paid")).values("dli_id").annotate(last=Max("pk"))
    verified = {row.dli_id: row for row in DliClaim.objects.filter(pk__in=[row["last"] for row in newest])}
    waiting = {row.dli_id: row for row in DliClaim.objects.filter(state__in=("claimed", "verified")).order_by("pk")}
    return [_standing(row, verified.get(row.pk), paid.get(row.pk, 0), waiting.get(row.pk)) for row in rows]


def _standing(dli: Dli, last: DliClaim | None, paid: int, waiting: DliClaim | None) -> Standing:
    if last is None:
        return Standing(dli, None, paid, waiting, None)
    return Standing(dli, last.earned, paid, waiting, last.verified_value)


def agreements(officer: Officer) -> list[dict[str, Any]]:
    """Each agreement with its ceiling, what its terms promise, and what was paid."""
    if not officer.may("dli.view"):
        return []
    rows = DliAgreement.objects.annotate(promised=Sum("indicators__value")).order_by("code")
    paid = dict(
        DliClaim.objects.filter(state="paid").values_list("dli__agreement_id").order_by("dli__agreement_id")
        .annotate(Sum("paid"))
    )  # fmt: skip
    return [
        {"agreement": row, "promised": row.promised or 0, "paid": paid.get(row.pk, 0),
         "left": row.ceiling - paid.get(row.pk, 0)}
        for row in rows
    ]  # fmt: skip


def claims(officer: Officer, *, state: str = "", dli: str = "") -> QuerySet[DliClaim]:
    """The ledger, the newest first; a focal point sees the claims of their ministries and those of all."""
    rows = DliClaim.objects.select_related("dli__agreement").order_by("-id")
    if not officer.may("dli.view"):
        return rows.none()
    asked = (Q(state=state) if state else Q()) & (Q(dli_id=dli) if dli else Q())
    own = officer.ministry_filter("dli__ministry_id")
    return rows.filter(own | Q(dli__ministry=None) if own else own, asked)  # an empty condition means all of them


def claim(officer: Officer, pk: int) -> DliClaim | None:
    return claims(officer).filter(pk=pk).first()


def indicator(officer: Officer, code: str) -> Dli | None:
    """One indicator, or None when there is none or the officer may not see the ledger."""
    found = Dli.objects.select_related("agreement", "ministry").filter(pk=code)
    return found.first() if officer.may("dli.view") else None


def achievement() -> Fraction | None:
    """PB-03: value earned of the verified indicators over the value of all that have terms; None without terms."""
    due = Dli.objects.aggregate(n=Sum("value"))["n"]
    newest = DliClaim.objects.filter(state__in=("verified", "paid")).values("dli_id").annotate(last=Max("pk"))
    earned = DliClaim.objects.filter(pk__in=[row["last"] for row in newest]).aggregate(n=Sum("earned"))["n"]
    return budget.ratio(earned or 0, due)


def terms_of(dli: Dli) -> budget.Terms:
    """The terms of an indicator that has them; Refusal dli_terms_missing for one that has none."""
    if dli.value is None or dli.baseline is None or dli.target is None:
        raise Refusal("dli_terms_missing", code=dli.code)
    return budget.Terms(dli.baseline, dli.target, dli.value, dli.scalable)


def due_of(claim: DliClaim, dli: Dli) -> int:
    """Minor units that the claim would be paid now."""
    paid = _paid(dli=dli)
    left = dli.agreement.ceiling - _paid(dli__agreement=dli.agreement)
    verified = claim.state == DliClaim.State.VERIFIED
    return budget.payable(terms_of(dli), claim.verified_value, verified=verified, paid=paid, left=left)


def _paid(**of: Any) -> int:
    return DliClaim.objects.filter(state=DliClaim.State.PAID, **of).aggregate(n=Sum("paid"))["n"] or 0
