"""Opening a cycle, preparing and approving its payroll. Files and answers: actions_files.py, actions_answers.py.

Preparing works by COPY and so as the owner of the database: call it from a job or a command, not from a web request.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from shohay.bulk import payroll as bulk
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear, Period, Taka
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions as audit
from shohay.stages.payments import rows
from shohay.stages.payments.actions_answers import reconcile, take_answer, take_answers
from shohay.stages.payments.actions_files import send, write_files
from shohay.stages.payments.models import Cycle, Payroll
from shohay.stages.payments.paths import kept
from shohay.stages.payments.terms import definition_on, terms_of
from shohay.stages.programmes.models import Programme

__all__ = [
    "approve_payroll",
    "open_cycle",
    "prepare_payroll",
    "reconcile",
    "send",
    "take_answer",
    "take_answers",
    "write_files",
]

Progress = Callable[[str, int, int], None]


def open_cycle(*, programme_code: str, period: Period, by: Officer) -> Cycle:
    """A programme pays a period of whole months within one fiscal year. Opened already: the same cycle again."""
    by.require("cycle.open", programme=programme_code)
    year = FiscalYear.of(period.first)
    whole_months = period.first.day == period.end.day == 1
    if not whole_months or FiscalYear.of(period.end - timedelta(days=1)) != year:
        raise Refusal("period_wrong", first=period.first, end=period.end)
    definition_on(programme_code, period.first)
    with transaction.atomic():
        cycle, opened = Cycle.objects.get_or_create(
            programme_code=programme_code,
            period_start=period.first,
            defaults={
                "period_end": period.end,
                "fiscal_year": str(year),
                "opened_by": by.username,
                "opened_at": timezone.now(),
            },
        )
        if opened:
            audit.record(
                action="cycle.opened",
                by=by,
                subject=("cycle", cycle.pk),
                programme_code=programme_code,
                detail={"first": str(period.first), "end": str(period.end)},
            )
    return cycle


def prepare_payroll(*, cycle: Cycle, area_code: str = "", by: Officer, progress: Progress | None = None) -> Payroll:
    """Work out who is paid what, store input and result, and book what is owed. Prepared already: the same again.

    One transaction: a stop in the middle leaves nothing in the database; the files written then are written anew.
    """
    by.require("payroll.prepare", area=area_code, programme=cycle.programme_code)
    tell = progress or (lambda step, done, total: None)
    definition, version = definition_on(cycle.programme_code, cycle.period_start)
    terms = terms_of(cycle.programme_code, version, Period(cycle.period_start, cycle.period_end))
    with transaction.atomic():
        Cycle.objects.select_for_update().get(pk=cycle.pk)  # two at once would pay the same people
        if found := Payroll.objects.filter(cycle=cycle, area_code=area_code).first():
            return found
        tell("read", 0, 0)
        facts = [name for name, _ in terms.fact_types]
        enrolments = rows.read_enrolments(terms.programme, terms.first, terms.end, area_code, facts)
        folder = Path(settings.VAR) / "payrolls" / f"{terms.programme}-{terms.first:%Y%m}-{area_code or 'all'}"
        with ThreadPoolExecutor(1) as pool:  # writes the files while the engine computes and the database loads
            source = pool.submit(bulk.write_input, enrolments, folder / "enrolments.parquet")
            tell("compute", 0, enrolments.num_rows)
            result = bulk.work_out(enrolments, terms)
            checked = pool.submit(bulk.check_lines, result.lines, enrolments)
            stored = pool.submit(bulk.store, result, folder)
            payroll = _create(cycle, area_code, terms, definition.sha256, folder, result, by)
            tell("load", 0, payroll.lines)
            _load(payroll, result.lines)
            checked.result()
            payroll.input_sha256, payroll.result_sha256 = source.result(), stored.result()
        payroll.save(update_fields=["first_payment_id", "input_sha256", "result_sha256"])
        audit.record(
            action="payroll.prepared", by=by, subject=("payroll", payroll.pk), area_code=area_code,
            programme_code=cycle.programme_code,
            detail={
                "lines": payroll.lines,
                "poisha": payroll.amount_poisha,
                "held_back": payroll.held_back,
                "definition_sha256": payroll.definition_sha256,
                "input_sha256": payroll.input_sha256,
                "result_sha256": payroll.result_sha256,
            },
        )  # fmt: skip
    tell("done", payroll.lines, payroll.lines)
    return payroll


def _create(
    cycle: Cycle,
    area_code: str,
    terms: bulk.Terms,
    definition_sha256: str,
    folder: Path,
    result: bulk.Result,
    by: Officer,
) -> Payroll:
    """The payroll without the hashes of its files, which are being written."""
    return Payroll.objects.create(
        cycle=cycle,
        area_code=area_code,
        lines=result.lines.num_rows,
        amount_poisha=result.poisha,
        held_back=result.counts,
        parameters=terms.stored(),
        definition_sha256=definition_sha256,
        input_path=kept(folder),
        prepared_by=by.username,
        prepared_at=timezone.now(),
    )


def _load(payroll: Payroll, lines: pa.Table) -> None:
    """COPY the payments and book what is owed; the keys of the table refuse a second payment of the same."""
    if payroll.lines == 0:
        return
    first = rows.reserve("payments_payment", payroll.lines)
    with rows.without_row_checks():
        rows.load_payments(payroll, lines, first)
        rows.load_commitments(payroll, lines, first)
    payroll.first_payment_id = first


def approve_payroll(*, payroll: Payroll, by: Officer) -> Payroll:
    """Another officer releases the payroll; refused when the programme's budget of the year does not cover it.

    A payroll without a line is finished as it is: there is nothing to release, and nobody has to.
    """
    with transaction.atomic():
        payroll = Payroll.objects.select_for_update().select_related("cycle").get(pk=payroll.pk)
        code = payroll.cycle.programme_code
        by.require("payroll.approve", area=payroll.area_code, programme=code)
        if payroll.state != Payroll.State.PREPARED:
            raise Refusal("wrong_state", state=payroll.state)
        if payroll.prepared_by == by.username:
            raise Refusal("same_person")
        if payroll.lines == 0:
            raise Refusal("payroll_empty")
        _check_budget(payroll)
        payroll.state, payroll.approved_by = Payroll.State.APPROVED, by.username
        payroll.approved_at = timezone.now()
        payroll.save(update_fields=["state", "approved_by", "approved_at"])
        audit.record(
            action="payroll.approved",
            by=by,
            subject=("payroll", payroll.pk),
            area_code=payroll.area_code,
            programme_code=code,
            detail={"lines": payroll.lines, "poisha": payroll.amount_poisha, "result_sha256": payroll.result_sha256},
        )
    return payroll


def _check_budget(payroll: Payroll) -> None:
    """What is approved for the year, with this payroll, within the budget of the catalogue (where it states one)."""
    programme = Programme.objects.filter(code=payroll.cycle.programme_code).first()
    if programme is None or programme.budget_crore is None:
        return
    same_year = Payroll.objects.filter(
        cycle__programme_code=payroll.cycle.programme_code, cycle__fiscal_year=payroll.cycle.fiscal_year
    ).exclude(state=Payroll.State.PREPARED)
    spent = same_year.aggregate(total=Sum("amount_poisha"))["total"] or 0
    budget, total = int(programme.budget_crore * 10_000_000 * 100), spent + payroll.amount_poisha
    if total > budget:
        raise Refusal(
            "budget_exceeded",
            programme=payroll.cycle.programme_code,
            year=payroll.cycle.fiscal_year,
            budget=Taka(budget),
            total=Taka(total),
        )
