"""Files enter the registry once, sealed, whole; a snapshot of it is the same twice."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from django.db import connection

from shohay.bulk import sealing, snapshot
from shohay.core.bangla import name_key
from shohay.core.messages import Refusal
from shohay.stages.audit.models import Event
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import RowError
from shohay.stages.registry import actions, queries
from shohay.stages.registry.models import Account, Household, Identity, Membership, NameWord, Person
from tests.household_files import UNION, household, row
from tests.stages.registry.conftest import FAR, MANAGER, OPERATOR

pytestmark = pytest.mark.django_db

NUMBERS = {
    "id_kind": "nid17", "id_number": "19601234567890123", "account_kind": "mfs", "account_provider": "bkash",
    "account_number": "01712345678",
}  # fmt: skip


def test_every_column_arrives(checked):
    cells = NUMBERS | {
        "rooms": "3", "walls": "টিন", "television": "yes", "declared_programmes": "OAA;WDA", "name_en": "Fatema Khatun",
        "father_name": "করিম", "marital_status": "বিধবা", "marriage_ended_on": "2019-02-03", "disability": "নেই",
        "annual_income": "12000", "permanent_resident": "হ্যাঁ", "household_income": "50000",
    }  # fmt: skip
    counts = actions.admit(upload=checked([row("H1", 1, **cells), row("H1", 2, disability="visual")]), by=OPERATOR)
    assert counts == {"households": 1, "persons": 2, "unchanged": 0, "changed": 0, "identities": 1, "accounts": 1}
    home = Household.objects.get()
    assert (home.reference, home.area_code, home.rooms, home.walls, home.has_television, home.annual_income) == (
        "H1", UNION, 3, "tin", True, 50000,
    )  # fmt: skip
    assert home.declared_programmes == ["OAA", "WDA"]
    head, child = Person.objects.order_by("line_no")
    assert (head.name_key, head.father_name, head.marital_status, head.marriage_ended_on, head.disability) == (
        name_key("ফাতেমা খাতুন"), "করিম", "widowed", date(2019, 2, 3), "",
    )  # fmt: skip
    assert (child.disability, child.name_en, child.annual_income, child.is_pregnant) == ("visual", "", None, None)
    assert head.household_id == child.household_id == home.pk
    assert Membership.objects.filter(valid_to__isnull=True).count() == 2
    assert NameWord.objects.filter(key="ftm").exists()


def test_numbers_are_sealed_and_found_by_digest(checked):
    actions.admit(upload=checked([row("H1", 1, **NUMBERS)]), by=OPERATOR)
    identity, account, ring = Identity.objects.get(), Account.objects.get(), queries.key_ring()
    assert b"19601234567890123" not in bytes(identity.sealed)
    assert sealing.open_sealed(ring, "nid17", sealing.IDENTITY, bytes(identity.sealed)) == NUMBERS["id_number"]
    assert sealing.open_sealed(ring, "mfs", sealing.ACCOUNT, bytes(account.sealed)) == NUMBERS["account_number"]
    assert bytes(identity.digest) == sealing.digest(ring, "nid17", NUMBERS["id_number"])
    assert account.holder_name == Person.objects.get().name_bn


def test_admitting_again_is_a_no_op(checked):
    upload = checked(household("H1"))
    counts = actions.admit(upload=upload, by=OPERATOR)
    assert actions.admit(upload=upload, by=OPERATOR) == counts
    assert Person.objects.count() == 3
    assert Event.objects.filter(action="upload.admitted").count() == 1


def test_a_known_household_is_not_doubled_nor_overwritten(checked):
    actions.admit(upload=checked([*household("H1"), *household("H2")]), by=OPERATOR)
    changed = household("H2")
    changed[0]["rooms"] = "9"
    upload = checked([*household("H1"), *changed, *household("H3", 1)])
    counts = actions.admit(upload=upload, by=OPERATOR)
    assert (counts["households"], counts["unchanged"], counts["changed"]) == (1, 1, 1)
    assert Household.objects.get(reference="H2").rooms == 2
    warning = RowError.objects.get(upload=upload)
    assert (warning.line, warning.code, warning.value, warning.is_warning) == (5, "already_registered", "H2", True)
    assert "নিবন্ধনে আছে" in intake.reason(warning, "bn")


def test_the_same_reference_in_another_union_is_another_household(checked):
    actions.admit(upload=checked([*household("H1"), *household("H1", union_code="30260812")]), by=OPERATOR)
    assert Household.objects.filter(reference="H1").count() == 2


def test_foreign_keys_hold_for_every_row_and_for_what_comes_later(checked):
    actions.admit(upload=checked([row("H1", 1, **NUMBERS), *household("H2")]), by=OPERATOR)
    with connection.cursor() as cursor:
        for table, column, target in (
            ("registry_person", "household_id", "registry_household"),
            ("registry_membership", "person_id", "registry_person"),
            ("registry_identity", "person_id", "registry_person"),
            ("registry_account", "person_id", "registry_person"),
        ):
            cursor.execute(
                f"select count(*) from {table} t where not exists (select 1 from {target} x where x.id = t.{column})"
            )
            assert cursor.fetchone() == (0,)
        cursor.execute("show session_replication_role")
        assert cursor.fetchone() == ("origin",)
    fresh = Person.objects.create(
        household=Household.objects.first(), area_code=UNION, line_no=9, relation="other", name_bn="ক", name_key="k",
        sex="male", recorded_at="2026-11-22T00:00:00Z",
    )  # fmt: skip
    assert fresh.pk > max(Person.objects.exclude(pk=fresh.pk).values_list("pk", flat=True))  # the sequence went on


def test_only_checked_files_of_my_area(checked, places):
    with pytest.raises(Refusal, match="may not"):
        actions.admit(upload=checked(household("H1")), by=FAR)
    from shohay.stages.intake import actions as sending

    raw = sending.receive(data=b"x", file_name="x", area_code="302608", by=OPERATOR)
    with pytest.raises(Refusal) as refused:
        actions.admit(upload=raw, by=OPERATOR)
    assert refused.value.code == "wrong_state"


def test_a_snapshot(checked):
    actions.admit(upload=checked([row("H1", 1, **NUMBERS), row("H1", 2, disability="unknown")]), by=OPERATOR)
    taken = actions.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER)
    again = actions.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER)
    assert again.pk == taken.pk
    folder = Path(taken.path)
    snapshot.check(folder)
    assert snapshot.verify(folder) == []
    persons = pq.read_table(folder / "persons.parquet").to_pylist()
    assert [(p["line_no"], p["disability"], p["has_identity"], p["is_alive"], p["is_duplicate"]) for p in persons] == [
        (1, "none", True, True, False), (2, None, False, True, False),
    ]  # fmt: skip
    assert persons[0]["marital_status"] is None
    names = pq.read_table(folder / "names.parquet").to_pylist()
    assert names[0]["identity_digest"] == bytes(Identity.objects.get().digest).hex()
    assert names[0]["father_name"] is None
    areas = duckdb.sql(f"select * from '{folder}/areas.parquet' where area_code = '{UNION}'").fetchone()
    assert areas[:4] == (UNION, "302608", "3026", "30")
    assert taken.counts == {
        "households": 1,
        "persons": 2,
        "names": 2,
        "areas": 3,
        "held": 0,
        "applications": 0,
        "sources": 1,
    }


def test_a_death_and_a_duplicate_show_in_the_next_snapshot(checked):
    from tests.stages.registry.conftest import UPAZILA

    actions.admit(upload=checked(household("H1")), by=OPERATOR)
    head, second, third = Person.objects.order_by("line_no")
    before = actions.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER)
    actions.record_death(person=head, died_on=date(2026, 1, 5), source="certificate 5", by=UPAZILA)
    actions.mark_duplicate(person=third, of=second, reason="same man", by=UPAZILA)
    after = actions.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER)
    assert after.sha256 != before.sha256
    rows = pq.read_table(Path(after.path) / "persons.parquet").to_pylist()
    assert [(r["is_alive"], r["is_duplicate"]) for r in rows] == [(False, False), (True, False), (True, True)]
    assert len(pq.read_table(Path(after.path) / "names.parquet")) == 2


def test_who_may_take_a_snapshot(places):
    with pytest.raises(Refusal, match="may not"):
        actions.take_snapshot(as_of=date(2026, 11, 22), by=OPERATOR)
