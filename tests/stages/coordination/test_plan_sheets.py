"""A ministry's sheet from file to updates: the same file is known again, what changed meanwhile is told, good rows go on."""

from __future__ import annotations

import pytest

from shohay.bulk.plan_template import headings
from shohay.core.messages import Refusal
from shohay.stages.coordination import actions_plan as plan
from shohay.stages.coordination import actions_sheets as actions
from shohay.stages.coordination import queries_plan_work as work
from shohay.stages.coordination.models_plan import PlanImport, PlanUpdate
from tests.stages.coordination.plan_world import (
    CABINET,
    COLLEAGUE,
    FOCAL,
    MINE,
    OTHER,
    plan_in_database,
    progress,
    yearly,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def plan_loaded(django_db_setup, django_db_blocker):
    with plan_in_database(django_db_blocker):
        yield


@pytest.fixture(autouse=True)
def _loaded(plan_loaded, db):
    return plan_loaded


def sheet(*rows: tuple[str, ...]) -> bytes:
    """CSV of (code, state, percent, day, period, text)."""
    head = "Item no.,State,Progress (%),Day of completion,Period,What was done"
    return "\n".join([head, *(",".join(row) for row in rows)]).encode()


GOOD = (MINE, "চলমান", "৬০", "N/A", "-", "দুই শত উপজেলা")
BAD = ("9.9-99-99", "", "5", "", "", "x")
OTHERS = ("2.2-01-01", "", "5", "", "", "x")


def read(*rows, by=FOCAL, ministry="MoSW") -> PlanImport:
    return actions.read_sheet(ministry=ministry, data=sheet(*rows), file_name="progress.csv", by=by)


def test_read_shown_and_taken():
    found = read(GOOD, BAD, OTHERS)
    assert [row["code"] for row in found.rows] == [MINE]
    assert [error["code"] for error in found.errors] == ["plan_row_code_unknown", "plan_row_code_other"]
    assert PlanUpdate.objects.count() == 0
    actions.take_sheet(sheet=found.pk, by=FOCAL)
    (update,) = work.waiting(CABINET)
    assert (update.item_id, update.percent, update.text_bn, update.from_sheet_id) == (MINE, 60, "দুই শত উপজেলা", found.pk)
    plan.verify_update(update=update.pk, by=CABINET)


def test_the_same_file_twice_is_one():
    first = read(GOOD)
    assert read(GOOD) == first
    actions.take_sheet(sheet=first.pk, by=FOCAL)
    again = read(GOOD, by=COLLEAGUE)
    assert again == first
    assert again.state == "taken"
    with pytest.raises(Refusal, match="was taken at"):
        actions.take_sheet(sheet=again.pk, by=COLLEAGUE)
    assert PlanUpdate.objects.count() == 1


def test_what_changed_after_it_was_read_is_told_and_the_others_go_on():
    other = ("2.1-02-01", "চলমান", "10", "", "", "শুরু হয়েছে")
    found = read(GOOD, other)
    plan.submit_update(item=MINE, ministry="MoSW", saying=progress("on the screen"), by=COLLEAGUE)
    taken = actions.take_sheet(sheet=found.pk, by=FOCAL)
    assert [row["code"] for row in taken.rows] == ["2.1-02-01"]
    assert [error["code"] for error in taken.errors] == ["plan_row_changed"]
    assert PlanUpdate.objects.get(item=MINE).text_en == "on the screen"


def test_two_periods_of_one_item_both_wait():
    item = yearly().pk
    rows = [(item, "সম্পন্ন", "", "30/06/2024", year, "হয়েছে") for year in ("2022-23", "2023-24")]
    actions.take_sheet(sheet=read(*rows).pk, by=FOCAL)
    waiting = PlanUpdate.objects.filter(item=item, state="submitted").order_by("version")
    assert [update.obligation.name for update in waiting] == ["2022-23", "2023-24"]


def test_a_sheet_without_a_good_row_takes_nothing():
    with pytest.raises(Refusal, match="no row that can be taken"):
        actions.take_sheet(sheet=read(BAD).pk, by=FOCAL)


def test_a_focal_point_reads_for_their_own_ministry_only():
    with pytest.raises(Refusal):
        read(GOOD, by=OTHER)
    found = read(GOOD)
    with pytest.raises(Refusal):
        actions.take_sheet(sheet=found.pk, by=OTHER)
    assert list(work.imports(OTHER)) == []
    assert list(work.imports(FOCAL)) == [found]
    with pytest.raises(Refusal, match="There is no ministry"):
        read(GOOD, by=CABINET, ministry="MoX")


def test_the_template_holds_the_items_of_the_ministry():
    rows = work.template_rows(FOCAL, "MoSW", "en")
    assert MINE in {row[0] for row in rows}
    assert yearly().pk in {row[0] for row in rows}
    assert len(rows[0]) == 4
    assert len(headings("bn")) == len(headings("en")) == 11
