"""A small world through the models: two upazilas, a few people, one row of everything that the office shows.

Only what the database asks for is filled; tests change what they are about. Everybody is invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from shohay import policy
from shohay.core.bangla import name_key
from shohay.core.definition import Definition as DefinitionDocument
from shohay.core.rations import ration_number
from shohay.stages.accounts.models import Assignment, User
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.accounts.roles import PERMISSIONS
from shohay.stages.audit.actions import record
from shohay.stages.enrolment.models import Enrolment
from shohay.stages.grievance.models import Grievance
from shohay.stages.intake.models import RowError, Upload
from shohay.stages.linkage.models import LinkageRun, Merge, Pair
from shohay.stages.payments.models import Cycle, Payment, PaymentFile, Payroll, Transfer
from shohay.stages.payments.models_again import Supplement
from shohay.stages.payments.models_kind import Distribution, Ration
from shohay.stages.places import queries as places
from shohay.stages.places.models import Area
from shohay.stages.programmes.models import Definition, Ministry, Programme
from shohay.stages.registry.models import Account, Household, Person, Snapshot
from shohay.stages.registry.models_accounts import AccountChange
from shohay.stages.targeting.models import Application, Decision, Quota, Run, SelectionList
from shohay.web.parts import names

HERE, THERE = "554952", "504130"  # Kurigram Sadar and Khoksa, as BBS writes them
UNION_HERE, UNION_THERE = "55495217", "50413011"
PASSWORD = "shohay-demo-2026"
EARLIER = datetime(2026, 9, 1, 4, 0, tzinfo=UTC)
PLACES = [
    ("55", "division", "রংপুর", "Rangpur"), ("5549", "district", "কুড়িগ্রাম", "Kurigram"),
    (HERE, "upazila", "কুড়িগ্রাম সদর", "Kurigram Sadar"), (UNION_HERE, "union", "বেলগাছা", "Belgachha"),
    ("50", "division", "খুলনা", "Khulna"), ("5041", "district", "কুষ্টিয়া", "Kushtia"),
    (THERE, "upazila", "খোকসা", "Khoksa"), (UNION_THERE, "union", "জানিপুর", "Janipur"),
]  # fmt: skip


@dataclass
class World:
    """The rows by name; ``here`` is the officer's upazila, ``there`` another."""

    people: dict[str, Person] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.rows[name]
        except KeyError:
            raise AttributeError(name) from None


def make_places() -> None:
    for code, level, bn, en in PLACES:
        parent = code[:-2] or None
        Area.objects.create(
            code=code, level=level, name_bn=bn, name_en=en, parent_id=parent, vintage="test",
            path=".".join(code[:length] for length in range(2, len(code) + 1, 2)),
        )  # fmt: skip
    places.forget()


def make_programmes() -> None:
    ministry = Ministry.objects.create(
        code="MoSW", order=1, name_bn="সমাজকল্যাণ মন্ত্রণালয়", name_en="Ministry of Social Welfare",
        programme_count=2, budget_crore=100, beneficiaries_lakh=10,
    )  # fmt: skip
    for order, (code, bn, en) in enumerate(
        [("OAA", "বয়স্ক ভাতা", "Old Age Allowance"), ("WDA", "বিধবা ভাতা", "Widow Allowance")], start=1
    ):
        Programme.objects.create(
            code=code, order=order, ministry=ministry, name_bn=bn, name_en=en, lifecycle_stage="old_age",
            thematic_cluster="Social Allowance", type="cash_allowance", budget_crore=50, beneficiaries_lakh=5,
        )  # fmt: skip
    names._programmes.clear()


def publish_definition(folder: str = "old_age_allowance") -> Definition:
    """The shipped rules of a programme, published."""
    text = (Path(policy.__file__).parent / folder / "definition.yaml").read_text()
    parsed = DefinitionDocument.parse(text)
    if found := Definition.objects.filter(programme_id=parsed.code, sha256=parsed.sha256).first():
        return found
    return Definition.objects.create(
        programme_id=parsed.code, document=parsed.as_json(), text=text, sha256=parsed.sha256, state="published",
        proposed_by="ministry", approved_by="system", published_at=EARLIER,
    )  # fmt: skip


def make_officer(username: str, role: str, area: str = "", programme: str = "") -> User:
    """A user with one duty. The password hash is made once: hashing costs a tenth of a second."""
    user = User(username=username, name_bn=f"জনাব {username}", name_en=f"Officer {username}")
    user.set_unusable_password()
    user.save()
    Assignment.objects.create(
        user=user, role=role, area_code=area, programme_code=programme, valid_from=timezone.localdate()
    )
    return user


def make_officers() -> None:
    """One officer a role, those of the field in HERE; a second upazila officer there and one elsewhere."""
    for role in PERMISSIONS:
        field_role = role in ("union_operator", "upazila_officer", "grievance_officer")
        make_officer(role, role, HERE if field_role else "")
    make_officer("second", "upazila_officer", HERE)
    make_officer("elsewhere", "upazila_officer", THERE)


def make_person(area: str, line_no: int = 1, household: Household | None = None, **values: Any) -> Person:
    household = household or Household.objects.create(
        reference=f"H-{Household.objects.count() + 1:04d}", area_code=area, area_type="rural", rooms=2,
        annual_income=84000, recorded_at=EARLIER,
    )  # fmt: skip
    name_bn = values.pop("name_bn", "মোছাঃ আমেনা বেগম")
    return Person.objects.create(
        household=household, area_code=area, line_no=line_no, name_bn=name_bn, name_key=name_key(name_bn),
        recorded_at=EARLIER,
        **{"relation": "head", "name_en": "Mst. Amena Begum", "sex": "female", "birth_date": date(1952, 3, 4), **values},
    )  # fmt: skip


def make_world() -> World:
    """Places, programmes, officers and one row of everything, all of it in HERE but for what is named there."""
    make_places()
    make_programmes()
    make_officers()
    return make_rows()


def make_rows() -> World:
    """One row of everything, where places, programmes and officers are there already."""
    world = World()
    _people(world)
    _intake(world)
    _linkage(world)
    world.rows["definition"] = publish_definition()
    _targeting(world)
    _money(world)
    _again(world)
    _goods(world)
    _grievance(world)
    record(action="person.opened", by=SYSTEM, subject=("person", world.amena.pk), reason="verification: পত্র ১২")
    return world


def _people(world: World) -> None:
    amena = make_person(UNION_HERE)
    world.rows.update(
        amena=amena,
        household=amena.household,
        husband=make_person(UNION_HERE, 2, amena.household, name_bn="মোঃ করিম মিয়া", name_en="Md. Karim Mia", sex="male",
                            relation="spouse"),
        rahim=make_person(UNION_HERE, name_bn="মোঃ আব্দুর রহিম", name_en="Md. Abdur Rahim", sex="male"),
        rahim_again=make_person(UNION_HERE, name_bn="আবদুর রহীম", name_en="Abdur Rahim", sex="male"),
        other=make_person(UNION_THERE, name_bn="মোছাঃ জরিনা খাতুন", name_en="Mst. Zarina Khatun"),
    )  # fmt: skip


def _intake(world: World) -> None:
    upload = Upload.objects.create(
        template="household", file_name="households-kurigram.csv", sha256="a" * 64, size=1000, area_code=HERE,
        state="admitted", rows_total=120, rows_good=117, rows_bad=3, uploaded_by="union_operator", admitted_at=EARLIER,
    )  # fmt: skip
    elsewhere = Upload.objects.create(
        template="household", file_name="households-khoksa.csv", sha256="b" * 64, size=1000, area_code=THERE,
        state="received", uploaded_by="elsewhere",
    )  # fmt: skip
    for line in (4, 9, 17):
        RowError.objects.create(
            upload=upload, line=line, column="birth_date", code="reason_missing", value="31/02/1950"
        )
    world.rows.update(upload=upload, upload_there=elsewhere)


def _linkage(world: World) -> None:
    snapshot = Snapshot.objects.create(
        sha256="c" * 64,
        path="snapshots/c",
        as_of=date(2026, 9, 1),
        counts={"households": 3, "persons": 5},
        taken_by="system",
    )
    run = LinkageRun.objects.create(
        snapshot=snapshot,
        settings_sha256="d" * 64,
        link_above=0.95,
        review_above=0.6,
        started_at=EARLIER,
        started_by="system",
    )
    left, right = sorted((world.rahim, world.rahim_again), key=lambda person: person.pk)
    pair = Pair.objects.create(run=run, left=left, right=right, area_code=UNION_HERE, probability=0.87, band="review")
    merge = Merge.objects.create(kept=world.amena, merged=world.husband, proposed_by="second")
    world.rows.update(snapshot=snapshot, linkage_run=run, pair=pair, merge=merge)


def _targeting(world: World) -> None:
    run = Run.objects.create(
        snapshot=world.snapshot, on=date(2026, 9, 1), definitions={"OAA": world.definition.sha256}, definitions_sha256="e" * 64, engine="duckdb",
        counts={"OAA": {"eligible": 3, "not_eligible": 1, "cannot_tell": 0, "selected": 2}}, result_path="runs/e",
        result_sha256="e" * 64, started_at=EARLIER, finished_at=EARLIER, started_by="system",
    )  # fmt: skip
    lists = {
        name: SelectionList.objects.create(
            run=run, programme_code=code, area_code=area, fiscal_year="2026-27", slots=1, eligible=2, selected=1,
            proposed_by="second" if area == HERE else "elsewhere", proposed_at=EARLIER,
        )
        for name, code, area in [("list", "OAA", HERE), ("list_wda", "WDA", HERE), ("list_there", "OAA", THERE)]
    }  # fmt: skip
    for rank, person in enumerate((world.amena, world.rahim), start=1):
        Decision.objects.create(
            run=run, programme_code="OAA", person=person, household=person.household, area_code=UNION_HERE,
            upazila_code=HERE, outcome="eligible", score=700 - rank, rank=rank, selected=rank == 1,
            selection_list=lists["list"],
        )  # fmt: skip
    Decision.objects.create(
        run=run, programme_code="OAA", person=world.other, household=world.other.household, area_code=UNION_THERE,
        upazila_code=THERE, outcome="eligible", score=650, rank=1, selected=True, selection_list=lists["list_there"],
    )  # fmt: skip
    Application.objects.create(
        person=world.amena, programme_code="OAA", area_code=UNION_HERE, applied_on=date(2026, 8, 1), channel="file"
    )
    Quota.objects.create(
        programme_code="OAA", fiscal_year="2026-27", area_code=HERE, slots=1, set_by="programme_manager"
    )
    Quota.objects.create(
        programme_code="OAA", fiscal_year="2026-27", area_code=THERE, slots=4, set_by="programme_manager"
    )
    world.rows.update(run=run, **lists)


def _money(world: World) -> None:
    enrolments = {}
    for name, person, area in [("enrolment", world.amena, UNION_HERE), ("enrolment_there", world.other, UNION_THERE)]:
        enrolments[name] = Enrolment.objects.create(
            person=person, household=person.household, programme_code="OAA", area_code=area,
            valid=DateRange(date(2026, 7, 1), None), definition_sha256="f" * 64, enrolled_at=EARLIER, enrolled_by="system",
        )  # fmt: skip
    cycle = Cycle.objects.create(
        programme_code="OAA", period_start=date(2026, 7, 1), period_end=date(2026, 10, 1), fiscal_year="2026-27",
        opened_by="programme_manager", opened_at=EARLIER,
    )  # fmt: skip
    bare = Cycle.objects.create(
        programme_code="WDA", period_start=date(2026, 7, 1), period_end=date(2026, 10, 1), fiscal_year="2026-27",
        opened_by="programme_manager", opened_at=EARLIER,
    )  # fmt: skip
    payroll = Payroll.objects.create(
        cycle=cycle, lines=2, amount_poisha=390000, held_back={"no_account": 3}, definition_sha256="f" * 64,
        input_path="payrolls/f", input_sha256="1" * 64, result_sha256="2" * 64, prepared_by="manager",
        prepared_at=EARLIER,
    )  # fmt: skip
    payments = []
    for number, (name, area) in enumerate([("enrolment", UNION_HERE), ("enrolment_there", UNION_THERE)], start=1):
        enrolment = enrolments[name]
        payments.append(
            Payment.objects.create(
                payroll=payroll, enrolment=enrolment, person=enrolment.person, programme_code="OAA", area_code=area,
                period_start=date(2026, 7, 1), amount_poisha=195000, end_to_end_id=f"E2E-{number}", state="returned",
                reason_code="AC04", state_at=EARLIER,
            )
        )  # fmt: skip
    payroll.first_payment_id = payments[0].pk
    payroll.save()
    PaymentFile.objects.create(
        payroll=payroll, sequence=1, message_id="MSG-1", path="files/1.xml", sha256="3" * 64, lines=2,
        first_payment_id=payments[0].pk, amount_poisha=390000, created_at=EARLIER,
    )  # fmt: skip
    Transfer.objects.create(
        booked_at=EARLIER,
        kind="commit",
        debit="budget:OAA",
        credit="payable:OAA",
        amount_poisha=390000,
        payroll=payroll,
    )
    world.rows.update(
        enrolments, cycle=cycle, bare_cycle=bare, payroll=payroll, payment=payments[0], payment_there=payments[1]
    )


def _again(world: World) -> None:
    """Another wallet waits for approval, and a supplement without its attempts; one of each in HERE and THERE."""
    for name, payment, area in [("", world.payment, HERE), ("_there", world.payment_there, THERE)]:
        account = Account.objects.create(
            person=payment.person, kind="mfs", provider="nagad", sealed=b"k1:", digest=b"d", valid_from=date(2026, 9, 1),
            valid_to=date(2026, 9, 1),
        )  # fmt: skip
        world.rows[f"change{name}"] = AccountChange.objects.create(
            person=payment.person, account=account, area_code=payment.area_code, reason="পুরোনো ওয়ালেট বন্ধ",
            proposed_by="second", proposed_at=EARLIER,
        )  # fmt: skip
        made = Supplement.objects.create(
            programme_code="OAA", area_code=area, lines=1, amount_poisha=payment.amount_poisha, reasons={"AC04": 1},
            first_attempt_id=payment.pk, sha256="4" * 64, prepared_by="programme_manager", prepared_at=EARLIER,
        )  # fmt: skip
        world.rows[f"supplement{name}"] = made


def _goods(world: World) -> None:
    """A list of rice in HERE, approved, with Amena on it; and one in THERE."""
    for name, enrolment, area in [("", "enrolment", HERE), ("_there", "enrolment_there", THERE)]:
        row = world.rows[enrolment]
        made = Distribution.objects.create(
            cycle=world.cycle, programme_code="OAA", area_code=area, state="approved", rations=1, grams=30_000,
            price_poisha=45_000, definition_sha256="f" * 64, prepared_by="programme_manager", prepared_at=EARLIER,
            approved_by="second", approved_at=EARLIER,
        )  # fmt: skip
        ration = Ration.objects.create(
            distribution=made, line_no=1, number=ration_number(made.pk, 1), enrolment=row, person=row.person,
            household=row.household, programme_code="OAA", area_code=row.area_code, period_start=date(2026, 7, 1),
            kind="regular", item="kg_rice", grams=30_000, price_poisha=45_000,
        )  # fmt: skip
        world.rows.update({f"distribution{name}": made, f"ration{name}": ration})


def _grievance(world: World) -> None:
    today = timezone.localdate()
    for name, number, person, area, due in [
        ("grievance", "G-2026-000001", world.amena, UNION_HERE, today - timedelta(days=3)),
        ("grievance_there", "G-2026-000002", world.other, UNION_THERE, today + timedelta(days=20)),
    ]:
        world.rows[name] = Grievance.objects.create(
            number=number, person=person, programme_code="OAA", area_code=area, category="payment_missing",
            channel="office", text="তিন মাস ধরে টাকা পাইনি।", filed_at=EARLIER, filed_by="second", due_on=due,
        )  # fmt: skip
