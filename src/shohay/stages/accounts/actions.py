"""Officers and their duties: create, assign, change, end. Passwords are kept as Argon2 hashes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import product

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.core.values import AreaCode
from shohay.stages.accounts.models import Assignment, Role, User
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record

DEMO_PASSWORD = "shohay-demo-2026"  # printed on the sign-in page of a demonstration
# sign-in name: (Bangla, English, role, whether the duty is bound to the demonstration's upazilas)
DEMO_OFFICERS: dict[str, tuple[str, str, Role, bool]] = {
    "operator": ("ইউনিয়ন ডিজিটাল সেন্টার উদ্যোক্তা", "Union Digital Centre operator", Role.UNION_OPERATOR, True),
    "upazila": ("উপজেলা সমাজসেবা অফিসার", "Upazila Social Services Officer", Role.UPAZILA_OFFICER, True),
    "upazila2": ("উপজেলা নির্বাহী অফিসার", "Upazila Nirbahi Officer", Role.UPAZILA_OFFICER, True),
    "manager": ("কর্মসূচি ব্যবস্থাপক", "Programme manager", Role.PROGRAMME_MANAGER, False),
    "manager2": ("উপ-কর্মসূচি ব্যবস্থাপক", "Deputy programme manager", Role.PROGRAMME_MANAGER, False),
    "approver": ("পে-রোল অনুমোদনকারী", "Payroll approver", Role.PAYROLL_APPROVER, False),
    "finance": ("অর্থ বিভাগ (এসপিবিএমইউ)", "Finance Division (SPBMU)", Role.FINANCE, False),
    "grievance": ("অভিযোগ নিষ্পত্তি কর্মকর্তা", "Grievance redress officer", Role.GRIEVANCE_OFFICER, True),
    "cabinet": ("মন্ত্রিপরিষদ বিভাগ", "Cabinet Division", Role.CABINET, False),
    "auditor": ("নিরীক্ষক", "Auditor", Role.AUDITOR, False),
    "focal": ("ফোকাল পয়েন্ট, সমাজকল্যাণ মন্ত্রণালয়", "Focal point, Ministry of Social Welfare", Role.FOCAL_POINT, False),
    "focal2": (
        "ফোকাল পয়েন্ট, মহিলা ও শিশু বিষয়ক মন্ত্রণালয়",
        "Focal point, Ministry of Women and Children Affairs",
        Role.FOCAL_POINT,
        False,
    ),
    "secretary": ("কমিটি সচিব", "Committee secretary", Role.SECRETARY, False),
    "bbs": ("পরিসংখ্যান ব্যুরো", "Bureau of Statistics", Role.STATISTICS, False),
    "imed": ("মূল্যায়ন কর্মকর্তা (আইএমইডি)", "Evaluation officer (IMED)", Role.EVALUATOR, False),
}
# of the demonstration's officers, whose duty is bound to one ministry
DEMO_MINISTRIES = {"focal": "MoSW", "focal2": "MoWCA"}


def create_officer(
    *,
    username: str,
    password: str,
    names: tuple[str, str],
    role: str,
    area_codes: Sequence[str],
    programme_codes: Sequence[str],
    by: Officer,
) -> User:
    """Open an account with one role in each area for each programme ('' = all). ``names`` are Bangla and English.

    Refuses a taken name, a weak password, an unknown role, a code that is no place code, and duties in no area.
    """
    by.require("officer.manage")
    with transaction.atomic():
        user = _create(username, password, names)
        duties = _assign(user, role, area_codes, programme_codes)
        record(action="officer.created", by=by, subject=("officer", username), detail={"role": role, "duties": duties})
    return user


def assign(
    *,
    user: User,
    role: str,
    area_code: str,
    programme_code: str,
    ministry_code: str = "",
    on: date | None = None,
    by: Officer,
) -> Assignment:
    """Give a duty from ``on`` (today). A person may hold several; one acts in one of them at a time."""
    by.require("officer.manage")
    with transaction.atomic():
        duty = {"area_code": area_code, "programme_code": programme_code, "ministry_code": ministry_code}
        if _open(user).filter(role=role, **duty).exists():
            raise Refusal("duty_held")
        _assign(user, role, [area_code], [programme_code], on, ministry_code)
        assignment = _open(user).get(role=role, **duty)
        _record_duty("duty.assigned", assignment, by)
    return assignment


def end_assignment(*, assignment: Assignment, on: date | None = None, by: Officer) -> Assignment:
    """End a duty with the day ``on`` (today): from then on it gives no rights. The row stays, for the auditor."""
    by.require("officer.manage")
    with transaction.atomic():
        ended = _end(assignment, on)
        _record_duty("duty.ended", ended, by)
    return ended


def change_assignment(
    *, assignment: Assignment, area_code: str, programme_code: str, on: date | None = None, by: Officer
) -> Assignment:
    """Move a duty to another area or programme: the old one ends the day the new one begins."""
    by.require("officer.manage")
    with transaction.atomic():
        ended = _end(assignment, on)
        _assign(ended.user, ended.role, [area_code], [programme_code], on, ended.ministry_code)
        begun = _open(ended.user).get(
            role=ended.role, area_code=area_code, programme_code=programme_code, ministry_code=ended.ministry_code
        )
        _record_duty("duty.changed", begun, by, before={"area": ended.area_code, "programme": ended.programme_code})
    return begun


def demo_officers(*, upazilas: Sequence[str], by: Officer) -> list[User]:
    """One account for each part in the chain, all with DEMO_PASSWORD; only where nobody recorded is real.

    Officers of the field are bound to ``upazilas``, the others work for the whole country. Again: only what is
    missing is added.
    """
    by.require("officer.manage")
    if not settings.SYNTHETIC:
        raise Refusal("only_synthetic")
    added: dict[str, int] = {}
    with transaction.atomic():
        users = []
        for username, (name_bn, name_en, role, local) in DEMO_OFFICERS.items():
            user = User.objects.filter(username=username).first()
            user = user or _create(username, DEMO_PASSWORD, (name_bn, name_en))
            areas, ministry = upazilas if local else [""], DEMO_MINISTRIES.get(username, "")
            added[username] = _assign(user, role, areas, [""], ministry_code=ministry)
            users.append(user)
        record(action="officers.demo", by=by, detail={"added": added, "upazilas": len(upazilas)})
    return users


def _create(username: str, password: str, names: tuple[str, str]) -> User:
    if User.objects.filter(username=username).exists():
        raise Refusal("username_taken", username=username)
    user = User(username=username, name_bn=names[0], name_en=names[1])
    try:
        validate_password(password, user)
    except ValidationError:
        raise Refusal("password_weak") from None
    user.set_password(password)
    user.save()
    return user


def _assign(
    user: User,
    role: str,
    area_codes: Sequence[str],
    programme_codes: Sequence[str],
    on: date | None = None,
    ministry_code: str = "",
) -> int:
    """Open a duty for each pair that is not open yet; returns how many were added."""
    if role not in Role.values:
        raise Refusal("role_unknown", role=role)
    if not area_codes or not programme_codes:
        raise Refusal("duty_missing")
    for code in area_codes:
        try:
            AreaCode(code)
        except ValueError:
            raise Refusal("area_code_wrong", code=code) from None
    held = set(_open(user).filter(role=role, ministry_code=ministry_code).values_list("area_code", "programme_code"))
    wanted = [pair for pair in dict.fromkeys(product(area_codes, programme_codes)) if pair not in held]
    first = on or timezone.localdate()
    Assignment.objects.bulk_create(
        Assignment(
            user=user,
            role=role,
            area_code=area,
            programme_code=programme,
            ministry_code=ministry_code,
            valid_from=first,
        )
        for area, programme in wanted
    )
    return len(wanted)


def _end(assignment: Assignment, on: date | None) -> Assignment:
    # locked, so that two people ending and moving the same duty do not both succeed
    row = Assignment.objects.select_for_update(of=("self",)).select_related("user").get(pk=assignment.pk)
    if row.valid_to is not None:
        raise Refusal("duty_ended", on=row.valid_to.isoformat())
    row.valid_to = on or timezone.localdate()
    row.save(update_fields=["valid_to"])
    return row


def _open(user: User) -> QuerySet[Assignment]:
    return Assignment.objects.filter(user=user, valid_to__isnull=True)


def _record_duty(action: str, assignment: Assignment, by: Officer, **detail: object) -> None:
    record(
        action=action,
        by=by,
        subject=("officer", assignment.user.username),
        area_code=assignment.area_code,
        programme_code=assignment.programme_code,
        detail={"role": assignment.role, **detail},
    )
