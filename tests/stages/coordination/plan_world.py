"""The plan as loaded, once for a file of tests; officers of the Cabinet Division and of ministries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.coordination.actions import load_plan
from shohay.stages.coordination.actions_plan import File, Saying
from shohay.stages.coordination.models_plan import PlanItem
from shohay.stages.programmes.actions import load_catalogue
from tests.core.test_file_kinds import PDF_BYTES

CABINET = Officer("cabinet", "cabinet", ("",), ("",))
FOCAL = Officer("focal", "focal_point", ("",), ("",), ("MoSW",))
COLLEAGUE = Officer("focal-b", "focal_point", ("",), ("",), ("MoSW",))
OTHER = Officer("focal2", "focal_point", ("",), ("",), ("MoWCA",))
PAPER = File("minutes.pdf", PDF_BYTES, "Minutes of the meeting")
MINE = "2.1-01-03"  # of the Ministry of Social Welfare, due July 2022, in progress


@contextmanager
def plan_in_database(blocker: Any) -> Iterator[None]:
    """The whole plan in a transaction that is taken back at the end."""
    with blocker.unblock(), transaction.atomic():
        load_catalogue(by=SYSTEM)
        load_plan(by=SYSTEM)
        yield
        transaction.set_rollback(True)


def today() -> date:
    return timezone.localdate()


def progress(text: str = "Half of the upazilas are covered", percent: int = 50, **rest: Any) -> Saying:
    return Saying("progress", percent=percent, text_en=text, **rest)


def finished(days_ago: int = 1, **rest: Any) -> Saying:
    return Saying("completed", done_on=today() - timedelta(days_ago), text_bn="শেষ হয়েছে", **rest)


def yearly() -> PlanItem:
    """An item of the Ministry of Social Welfare's cluster that is due every year."""
    return PlanItem.objects.filter(every="year", ministries__ministry="MoSW").order_by("order").first()
