"""The applications that a household file carries are taken once, for people and programmes that are there."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.intake.models import Upload
from shohay.stages.registry.models import Household, Person
from shohay.stages.targeting import actions, queries
from shohay.stages.targeting.models import Application
from tests.stages.targeting.conftest import OPERATOR, small_catalogue

UNION = "30261433"

pytestmark = pytest.mark.django_db

ROWS = [
    ("H1", 1, "OAA;FFP", date(2026, 8, 2)),
    ("H1", 2, "WDA", None),
    ("H1", 3, None, None),
    ("H1", 9, "OAA", None),  # nobody on this line
    ("H2", 1, "OAA", None),  # no such household
    ("H1", 3, "NOSUCH; ;", None),  # no such programme, and nothing
]


@pytest.fixture
def upload() -> Upload:
    small_catalogue()
    now = timezone.now()
    home = Household.objects.create(reference="H1", area_code=UNION, area_type="rural", recorded_at=now)
    for line in (1, 2, 3):
        Person.objects.create(
            household=home, area_code=UNION, line_no=line, relation="other", name_bn="ক", name_key="k", sex="female",
            recorded_at=now,
        )  # fmt: skip
    upload = Upload.objects.create(
        template="household", file_name="f.csv", sha256="a" * 64, size=1, state="admitted", uploaded_by="operator"
    )
    columns = list(zip(*ROWS, strict=True))
    table = pa.table({
        "household_reference": columns[0], "union_code": [UNION] * len(ROWS), "line_no": pa.array(columns[1], pa.int64()),
        "applies_for": columns[2], "applied_on": pa.array(columns[3], pa.date32()),
    })  # fmt: skip
    folder = settings.VAR / "intake"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, folder / f"{upload.sha256}.good.parquet")
    return upload


def test_known_people_apply_for_known_programmes(upload: Upload):
    assert actions.register_applications(upload=upload, by=OPERATOR) == {"asked": 6, "registered": 3, "unknown": 3}
    found = Application.objects.order_by("person_id", "programme_code")
    assert list(found.values_list("person__line_no", "programme_code", "applied_on", "area_code", "channel")) == [
        (1, "FFP", date(2026, 8, 2), UNION, "file"),
        (1, "OAA", date(2026, 8, 2), UNION, "file"),
        (2, "WDA", timezone.localdate(), UNION, "file"),
    ]
    table = queries.applications_table()
    assert table.schema == queries.APPLICATIONS_SCHEMA
    assert table.column("programme_code").to_pylist() == ["FFP", "OAA", "WDA"]


def test_taking_them_again_adds_nothing(upload: Upload):
    actions.register_applications(upload=upload, by=OPERATOR)
    assert actions.register_applications(upload=upload, by=OPERATOR)["registered"] == 0
    assert Application.objects.count() == 3
    assert Event.objects.filter(action="applications.registered").count() == 2


def test_a_file_that_the_registry_does_not_hold_has_none_yet(upload: Upload):
    Upload.objects.update(state="checked")
    upload.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        actions.register_applications(upload=upload, by=OPERATOR)
    assert refused.value.code == "upload_not_admitted"


def test_it_needs_the_permission(upload: Upload):
    with pytest.raises(Refusal) as refused:
        actions.register_applications(upload=upload, by=Officer("auditor", "auditor", ("",), ("",)))
    assert refused.value.code == "not_allowed"


def test_without_applications_the_table_is_empty_and_typed():
    assert queries.applications_table().num_rows == 0
