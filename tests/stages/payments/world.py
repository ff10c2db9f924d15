"""A small world for tests of money: people with accounts, a programme with its definition, officers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from importlib import resources
from itertools import count

from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange

from shohay.bulk.sealing import ACCOUNT, KeyRing, digest, seal
from shohay.core.definition import Definition
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.programmes import models as programmes
from shohay.stages.registry.models import Account, Household, Person

AT = datetime(2026, 7, 1, tzinfo=UTC)
KURIGRAM = "55490610"  # a union of Kurigram
BHOLA = "10091810"

ALL = {"areas": ("",), "programmes": ("",)}
MANAGER = Officer("manager", "programme_manager", **ALL)
APPROVER = Officer("approver", "payroll_approver", **ALL)
FINANCE = Officer("finance", "finance", **ALL)
GRIEVANCE = Officer("grievance", "grievance_officer", areas=("55",), programmes=("",))
AUDITOR = Officer("auditor", "auditor", **ALL)
UPAZILA = Officer("upazila", "upazila_officer", areas=("554906",), programmes=("",))
UPAZILA_2 = Officer("upazila2", "upazila_officer", areas=("554906",), programmes=("",))

_numbers = count(1)


def ring() -> KeyRing:
    return KeyRing(settings.KEY_RING, settings.DIGEST_KEY)


def person(name: str = "মোছাঃ আমেনা বেগম", *, area: str = KURIGRAM, **fields: object) -> Person:
    household = Household.objects.create(
        reference=f"H-{next(_numbers)}", area_code=area, area_type="rural", recorded_at=AT
    )
    return Person.objects.create(
        **{
            "household": household,
            "area_code": area,
            "line_no": 1,
            "relation": "head",
            "name_bn": name,
            "name_key": "amena",
            "sex": "female",
            "recorded_at": AT,
            **fields,
        }
    )


def account(of: Person, number: str = "", kind: str = "mfs", provider: str = "bkash", **fields: object) -> Account:
    number = number or f"017{next(_numbers):08d}"
    return Account.objects.create(
        person=of,
        kind=kind,
        provider=provider,
        sealed=seal(ring(), kind, ACCOUNT, number),
        digest=digest(ring(), kind, number),
        valid_from=date(2026, 1, 1),
        **fields,
    )


def enrolment(of: Person, code: str = "OAA", since: date = date(2026, 7, 1), until: date | None = None) -> Enrolment:
    return Enrolment.objects.create(
        person=of,
        household_id=of.household_id,
        programme_code=code,
        area_code=of.area_code,
        valid=DateRange(since, until),
        definition_sha256="0" * 64,
        enrolled_at=AT,
        enrolled_by="manager",
    )


def beneficiary(**fields: object) -> Enrolment:
    """A person with a wallet, on the Old Age Allowance."""
    made = person(**fields)
    account(made)
    return enrolment(made)


def programme(code: str = "OAA", folder: str = "old_age_allowance", budget: str = "4350.97") -> Definition:
    """The programme in the catalogue with its real definition, published."""
    ministry, _ = programmes.Ministry.objects.get_or_create(
        code="MOSW",
        defaults={"order": 1, "name_bn": "সমাজকল্যাণ", "name_en": "Social Welfare", "programme_count": 1,
                  "budget_crore": budget, "beneficiaries_lakh": "60.01"},
    )  # fmt: skip
    row = programmes.Programme.objects.create(
        code=code, order=1, ministry=ministry, name_bn="ভাতা", name_en="Allowance", lifecycle_stage="old age",
        thematic_cluster="allowances", type="cash", budget_crore=budget, beneficiaries_lakh="60.01",
    )  # fmt: skip
    text = (resources.files("shohay.policy") / folder / "definition.yaml").read_text()
    definition = Definition.parse(text)
    programmes.Definition.objects.create(
        programme=row, document=definition.as_json(), text=text, sha256=definition.sha256,
        state="published", proposed_by="manager", approved_by="manager2", published_at=AT,
    )  # fmt: skip
    return definition
