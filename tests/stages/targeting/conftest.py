"""A small population that the registry and a snapshot share, with one programme to decide."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.utils import timezone

from shohay.bulk import sample, snapshot
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.places.models import Area
from shohay.stages.programmes.actions_definitions import install_definitions
from shohay.stages.programmes.actions_scores import install_shipped_formula
from shohay.stages.programmes.models import Ministry, Programme
from shohay.stages.registry.models import Household, Person, Snapshot

AS_OF = date(2026, 11, 21)

OPERATOR = Officer("operator", "union_operator", ("",), ("",))
MANAGER = Officer("manager", "programme_manager", ("",), ("",))
OFFICER = Officer("upazila", "upazila_officer", ("",), ("",))


def small_catalogue() -> None:
    """Every shipped programme in a catalogue of one ministry."""
    from shohay.policy import shipped

    ministry = Ministry.objects.create(
        code="MoSW", order=1, name_bn="সমাজকল্যাণ মন্ত্রণালয়", name_en="Ministry of Social Welfare", programme_count=1,
        budget_crore=1, beneficiaries_lakh=1,
    )  # fmt: skip
    codes = sorted({definition.programme for definition in shipped.definitions()} | {"OAA"})
    for order, code in enumerate(codes, start=1):
        Programme.objects.create(
            code=code, order=order, ministry=ministry, name_bn=code, name_en=code, lifecycle_stage="old_age",
            thematic_cluster="Social Allowance", type="cash_allowance", beneficiaries_lakh="60.01",
        )  # fmt: skip


def fill_registry(folder: Path) -> None:
    """The people of a sample snapshot as rows of the registry, under the same numbers."""
    now = timezone.now()
    households = pq.read_table(folder / "households.parquet").to_pylist()
    Household.objects.bulk_create(
        Household(
            id=row["household_id"], reference=f"H{row['household_id']}", area_code=row["area_code"],
            area_type=row["area_type"], recorded_at=now,
        )
        for row in households
    )  # fmt: skip
    Person.objects.bulk_create(
        Person(
            id=row["person_id"], household_id=row["household_id"], area_code=row["area_code"], line_no=row["line_no"],
            relation=row["relation"], name_bn="রহিমা খাতুন", name_key="rhmktn", sex=row["sex"],
            birth_date=row["birth_date"], recorded_at=now,
        )
        for row in pq.read_table(folder / "persons.parquet").to_pylist()
    )  # fmt: skip


def everybody_applies(folder: Path) -> None:
    """Everybody asks for the Old Age Allowance: more who fit than there are places."""
    asked = pq.read_table(folder / "persons.parquet", columns=["person_id", "household_id", "area_code"])
    codes = pa.array(["OAA"] * asked.num_rows)
    pq.write_table(asked.append_column("programme_code", codes), folder / "applications.parquet")
    snapshot.write_manifest(folder, AS_OF)


def add_areas(upazilas: list[str]) -> None:
    """The upazilas with their districts and divisions; a division of a million people."""
    codes = sorted({code[:2] for code in upazilas}) + sorted({code[:4] for code in upazilas}) + sorted(upazilas)
    levels = {2: Area.Level.DIVISION, 4: Area.Level.DISTRICT, 6: Area.Level.UPAZILA}
    for code in codes:
        parts = [code[:length] for length in (2, 4, 6) if length <= len(code)]
        Area.objects.create(
            code=code, level=levels[len(code)], name_bn=code, name_en=code, path=".".join(parts), vintage="test",
            parent_id=parts[-2] if len(parts) > 1 else None, population=1_000_000 if len(code) == 2 else None,
        )  # fmt: skip


@pytest.fixture
def taken(db: None) -> Snapshot:
    """A snapshot of about 3,000 people in three upazilas, who are in the registry too; rules and places are there."""
    made = sample.write(settings.VAR / "tmp" / "sample", 3000, AS_OF, upazilas=3)
    everybody_applies(made)
    fill_registry(made)
    small_catalogue()
    install_definitions(by=SYSTEM)
    install_shipped_formula(by=SYSTEM)
    add_areas(sorted({code[:6] for code in Household.objects.values_list("area_code", flat=True)}))
    manifest = snapshot.read_manifest(made)
    path = settings.VAR / "snapshots" / manifest.sha256
    shutil.rmtree(path, ignore_errors=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    made.rename(path)
    return Snapshot.objects.create(
        sha256=manifest.sha256, path=f"snapshots/{manifest.sha256}", as_of=AS_OF, taken_by="manager"
    )
