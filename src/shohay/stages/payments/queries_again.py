"""What bounced and where it stands, and supplements, as the screens show them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import rows_again
from shohay.stages.payments.models import Payment
from shohay.stages.payments.models_again import Attempt, Supplement, SupplementFile
from shohay.stages.payments.queries import reason_words

STANDINGS = ("ready", "same_account", "not_back", "on_its_way", "dead")  # see rows_again.STANDING


def bounces_standing(officer: Officer) -> list[dict[str, Any]]:
    """Money that did not arrive, by reason: state, code, words, lines, poisha, and lines by standing."""
    officer.require("payroll.view")
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for state, code, standing, lines, poisha in rows_again.standing(officer.areas, officer.programmes):
        row = found.setdefault(
            (state, code),
            {"state": state, "code": code, "words": reason_words(code), "lines": 0, "poisha": 0,
             **dict.fromkeys(STANDINGS, 0)},
        )  # fmt: skip
        row["lines"] += lines
        row["poisha"] += poisha
        row[standing] += lines
    return sorted(found.values(), key=lambda row: (-row["lines"], row["code"], row["state"]))


def ready_by_programme(officer: Officer) -> list[dict[str, Any]]:
    """Programmes with something that can be paid again now, of those the officer may gather: code, lines, poisha."""
    if not officer.may("payroll.prepare"):
        return []
    bounced = Payment.objects.filter(
        officer.programme_filter(), officer.area_filter(), state__in=("rejected", "returned")
    )
    found = []
    for code in bounced.order_by("programme_code").values_list("programme_code", flat=True).distinct():
        ready = [row for row in rows_again.standing(officer.areas, (code,)) if row[2] == "ready"]
        if ready:
            found.append({"code": code, "lines": sum(row[3] for row in ready), "poisha": sum(row[4] for row in ready)})
    return found


def supplements(officer: Officer) -> QuerySet[Supplement]:
    """Supplements that pay people of the officer's areas and programmes, the latest first."""
    officer.require("payroll.view")
    rows = Supplement.objects.filter(officer.programme_filter())
    if "" not in officer.areas:
        around = {code[:length] for code in officer.areas for length in range(len(code) + 1)}
        rows = rows.filter(officer.area_filter() | Q(area_code__in=around))
    return rows.order_by("-id")


def supplement(officer: Officer, supplement_id: int) -> Supplement | None:
    return supplements(officer).filter(pk=supplement_id).first()


def waiting_for_approval(officer: Officer) -> QuerySet[Supplement]:
    if not officer.may("payroll.approve"):
        return Supplement.objects.none()
    return supplements(officer).filter(state=Supplement.State.PREPARED).exclude(prepared_by=officer.username)


def lines_by_state(officer: Officer, supplement: Supplement) -> list[dict[str, Any]]:
    """state, lines, poisha of the attempts in the officer's areas."""
    rows = attempts(officer, supplement).order_by().values("state")
    counted = rows.annotate(lines=Count("id"), poisha=Sum("payment__amount_poisha"))
    order = list(Attempt.State.values)
    return sorted((dict(row) for row in counted), key=lambda row: order.index(row["state"]))


def attempts(officer: Officer, supplement: Supplement) -> QuerySet[Attempt]:
    rows = Attempt.objects.filter(officer.area_filter(), supplement=supplement)
    return rows.select_related("payment__person", "account").order_by("id")


def attempts_of(payments: list[Payment]) -> dict[int, list[Attempt]]:
    """payment -> its further attempts, in order."""
    found: dict[int, list[Attempt]] = {}
    for attempt in Attempt.objects.filter(payment__in=payments).order_by("payment_id", "number"):
        found.setdefault(attempt.payment_id, []).append(attempt)
    return found


def files(supplement: Supplement) -> QuerySet[SupplementFile]:
    return SupplementFile.objects.filter(supplement=supplement).order_by("sequence")
