"""The ledger of disbursement-linked indicators: terms, claim, verification by another office, payment by a third."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from shohay.core import budget
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.places.reference_files import Merged, merge
from shohay.stages.results import queries_dli as queries
from shohay.stages.results.models_dli import Dli, DliAgreement, DliClaim

SUBJECT = "dli_claim"
AGREEMENT_COLUMNS = {name: name for name in ("code", "name_bn", "name_en", "currency", "source")} | {
    "ceiling": "ceiling::bigint"
}
DLI_COLUMNS = {
    name: name
    for name in (
        "code", "area_bn", "area_en", "definition_bn", "definition_en", "unit", "indicators", "protocol_bn",
        "protocol_en", "verifier_bn", "verifier_en",
    )
} | {
    "agreement_id": "agreement_code", "area": "area::int", "ministry_id": "nullif(ministry_code, '')",
    "proposal": "true", "fiscal_year": "''", "scalable": "true", "terms_by": "''", "example": "false",
}  # fmt: skip


def load_dlis(*, by: Officer) -> dict[str, Merged]:
    """The agreement and its eight areas, without terms: the agreed values could not be read. Again: no change."""
    by.require("reference.load")
    with transaction.atomic():
        merged = {
            "dli_agreements": merge(
                "catalogue/dli_agreements.csv", table="results_dliagreement", key="code", columns=AGREEMENT_COLUMNS
            )
        }
        known = Dli.objects.count()  # terms written since must stay
        merged["dlis"] = (
            Merged(known, 0, 0)
            if known
            else merge("catalogue/dlis.csv", table="results_dli", key="code", columns=DLI_COLUMNS)
        )
        record(action="dli.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged


def set_terms(
    *,
    dli: str,
    fiscal_year: str,
    baseline: Decimal,
    target: Decimal,
    value: int,
    scalable: bool,
    example: bool = False,
    by: Officer,
) -> Dli:
    """Write what the indicator pays: ``value`` minor units from ``baseline`` to ``target``. Fixed by the first claim.

    Raises not_allowed, dli_missing, dli_terms_fixed, dli_terms_wrong, budget_year_wrong.
    """
    by.require("dli.manage")
    with transaction.atomic():
        row = _locked(dli)
        if row.claims.exists():
            raise Refusal("dli_terms_fixed", code=row.code)
        promised = Dli.objects.filter(agreement=row.agreement).exclude(pk=row.pk).aggregate(n=Sum("value"))["n"] or 0
        if value <= 0 or baseline == target or promised + value > row.agreement.ceiling:
            raise Refusal("dli_terms_wrong")
        row.fiscal_year = _year(fiscal_year)
        row.baseline, row.target, row.value, row.scalable = baseline, target, value, scalable
        row.example, row.terms_by, row.terms_at = example, by.username, timezone.now()
        row.save()
        record(
            action="dli.terms_set", by=by, subject=("dli", row.code),
            detail={"fiscal_year": row.fiscal_year, "baseline": str(baseline), "target": str(target), "value": value,
                    "scalable": scalable},
        )  # fmt: skip
    return row


def claim(
    *, dli: str, actual: Decimal, note: str, files: list[tuple[str, bytes]], example: bool = False, by: Officer
) -> DliClaim:
    """Claim a result with at least one file as evidence (name, bytes). It waits for another office.

    Raises not_allowed, dli_missing, dli_terms_missing, dli_open_claim, dli_evidence_missing, and what attach raises.
    """
    by.require("dli.claim")
    with transaction.atomic():
        row = _locked(dli)
        by.require("dli.claim", ministry=row.ministry_id)
        if row.value is None:
            raise Refusal("dli_terms_missing", code=row.code)
        if row.claims.filter(state=DliClaim.State.CLAIMED).exists():
            raise Refusal("dli_open_claim", code=row.code)
        if not files:
            raise Refusal("dli_evidence_missing")
        made = DliClaim.objects.create(
            dli=row, actual=actual, note=note.strip()[:500], claimed_by=by.username, claimed_role=by.role,
            claimed_at=timezone.now(), example=example,
        )  # fmt: skip
        for name, data in files:
            attach(data=data, file_name=name, title="", subject=(SUBJECT, made.pk), by=by)
        record(
            action="dli.claimed", by=by, subject=(SUBJECT, made.pk), reason=made.note,
            detail={"dli": row.code, "actual": str(actual), "files": len(files)},
        )  # fmt: skip
    return made


def verify(*, claim: int, value: Decimal, finding: str, by: Officer) -> DliClaim:
    """Say what the verification found: the value that counts. What it earns follows from the rule.

    Raises not_allowed, dli_missing, dli_own_claim (the same person or office), dli_reason_missing.
    """
    with transaction.atomic():
        row = _to_verify(claim, finding, by)
        row.verified_value, row.earned = value, budget.earned(queries.terms_of(row.dli), value)
        _verified(row, DliClaim.State.VERIFIED, finding, by)
        record(
            action="dli.verified", by=by, subject=(SUBJECT, row.pk), reason=row.finding,
            detail={"dli": row.dli_id, "claimed": str(row.actual), "verified": str(value), "earned": row.earned},
        )  # fmt: skip
    return row


def refuse(*, claim: int, finding: str, by: Officer) -> DliClaim:
    """Refuse a claim whose evidence does not hold. Raises as ``verify``."""
    with transaction.atomic():
        row = _to_verify(claim, finding, by)
        _verified(row, DliClaim.State.REFUSED, finding, by)
        record(action="dli.refused", by=by, subject=(SUBJECT, row.pk), reason=row.finding, detail={"dli": row.dli_id})
    return row


def pay(*, claim: int, by: Officer) -> DliClaim:
    """Record the payment of a verified claim: what it earns less what was paid before, within the ceiling.

    Raises not_allowed, dli_missing, dli_own_claim, dli_nothing_due.
    """
    by.require("dli.pay")
    with transaction.atomic():
        row = _claim(claim, DliClaim.State.VERIFIED)
        dli = _locked(row.dli_id)
        if by.username in (row.claimed_by, row.verified_by):
            raise Refusal("dli_own_claim")
        due = queries.due_of(row, dli)
        if due <= 0:
            raise Refusal("dli_nothing_due")
        row.state, row.paid, row.paid_by, row.paid_at = DliClaim.State.PAID, due, by.username, timezone.now()
        row.save(update_fields=["state", "paid", "paid_by", "paid_at"])
        record(action="dli.paid", by=by, subject=(SUBJECT, row.pk), detail={"dli": dli.code, "paid": due})
    return row


def _locked(code: str) -> Dli:
    """The indicator with its agreement, both locked: payments under one ceiling come one after the other."""
    row = Dli.objects.select_related("agreement").filter(pk=code).first()
    if row is None:
        raise Refusal("dli_missing")
    DliAgreement.objects.select_for_update().get(pk=row.agreement_id)
    return Dli.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=code)


def _claim(pk: int, state: str) -> DliClaim:
    row = DliClaim.objects.select_for_update(of=("self",)).select_related("dli").filter(pk=pk, state=state).first()
    if row is None:
        raise Refusal("dli_missing")
    return row


def _to_verify(pk: int, finding: str, by: Officer) -> DliClaim:
    by.require("dli.verify")
    if not finding.strip():
        raise Refusal("dli_reason_missing")
    row = _claim(pk, DliClaim.State.CLAIMED)
    if by.username == row.claimed_by or by.role == row.claimed_role:
        raise Refusal("dli_own_claim")
    return row


def _verified(row: DliClaim, state: str, finding: str, by: Officer) -> None:
    row.state, row.finding = state, finding.strip()[:500]
    row.verified_by, row.verified_role, row.verified_at = by.username, by.role, timezone.now()
    row.save()


def _year(said: str) -> str:
    try:
        return str(FiscalYear.parse(said))
    except ValueError as error:
        raise Refusal("budget_year_wrong", value=said[:20]) from error
