"""The link of the chain for the committees: meetings, decisions and follow-up, each text marked as an example."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.stages.accounts.officer import Officer
    from shohay.stages.coordination.models_committees import Decision, Meeting

MARK = "উদাহরণ"  # stands in every text that is invented
AFTERWARDS = f"{MARK}: প্রদর্শনীর জন্য পরে লেখা"
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
# of ten field committees of the demonstration so many have sent their list
SHARE = 7
DECISIONS: tuple[tuple[str, int, str, str, str, int | None, list[str], str], ...] = (
    # committee, days ago, what, ministry, office, days to carry it out, items, how far it has come
    ("CL-ALLOW", 80, "তিনটি ভাতার এমআইএস একক নিবন্ধনে যুক্ত করার সময়সূচি দিতে হবে", "MoSW", "", 60, ["2.1-17-02"], "late"),
    ("CL-ALLOW", 80, "উপকারভোগীর তালিকা ইউনিয়ন পর্যায়ে প্রকাশ করতে হবে", "MoSW", "", 120, [], "reported"),
    ("CL-ALLOW", 80, "মা ও শিশু সহায়তা কর্মসূচির বাছাই নির্দেশিকা হালনাগাদ করতে হবে", "MoWCA", "", 150, [], "open"),
    ("CL-FOOD", 60, "দুর্যোগকালীন কর্মসূচির তথ্য প্রতি সভায় উপস্থাপন করতে হবে", "MoDMR", "", None, [], "open"),
    ("CMC", 40, "ফোকাল পয়েন্টরা প্রতি তিন মাসে কর্মপরিকল্পনার অগ্রগতি প্রমাণসহ জানাবেন", "CD", "", 90, [], "open"),
    ("CMC", 40, "মাঠ কমিটির অন্তত দশ জেলায় প্রশিক্ষণ আয়োজন করতে হবে", "CD", "", 200, [], "closed"),
)  # fmt: skip


def committees(world: World, progress: Progress) -> Counted:
    """Meetings of the clusters and the CMC with what they decided, the lists of the field, agreements, trainings."""
    from django.db import transaction

    from shohay.stages.coordination.models_committees import Decision, Meeting

    for number, make in enumerate((_lists, _meetings, _agreements, _trainings), start=1):
        with transaction.atomic():  # each whole or not at all: a demo that is killed begins it again
            make(world)
        progress("meetings", number, 4)
    return Counted(Meeting.objects.count(), Decision.objects.count())


def _lists(world: World) -> None:
    """Seven of ten field committees held one meeting in the first quarter; the others sent nothing."""
    from shohay.stages.coordination.actions_meetings_held import list_meetings
    from shohay.stages.coordination.models_committees import Committee, Meeting

    if Meeting.objects.filter(listed=True).exists():
        return
    first = _first_day(world.today)
    codes = Committee.objects.exclude(area_code="").order_by("code").values_list("code", flat=True)
    lines = [
        f"{code},{first + timedelta(days=20 + number % 60)},{3 + number % 9},{MARK}"
        for number, code in enumerate(codes)
        if number % 10 < SHARE
    ]
    data = "\n".join(["committee,held_on,present,place", *lines]).encode()
    list_meetings(data=data, by=world.officer("secretary"))


def _first_day(today: date) -> date:
    """The first day of the fiscal year, or of the last one while the year is young."""
    begins = date(today.year if today.month >= 7 else today.year - 1, 7, 1)
    return begins if (today - begins).days > 90 else begins.replace(year=begins.year - 1)


def _meetings(world: World) -> None:
    from shohay.stages.coordination import actions_decisions as decisions
    from shohay.stages.coordination import actions_meetings as actions
    from shohay.stages.coordination.models_committees import Meeting
    from shohay.stages.programmes.models import Ministry

    if Meeting.objects.filter(listed=False).exists():
        return
    secretary, cabinet = world.officer("secretary"), world.officer("cabinet")
    made: dict[tuple[str, int], Meeting] = {}
    written: list[tuple[Decision, str]] = []
    for code, ago, text, ministry, office, days, items, far in DECISIONS:
        meeting = made.get((code, ago)) or _held(world, code, world.today - timedelta(days=ago))
        made[code, ago] = meeting
        due = None if days is None else meeting.meets_on + timedelta(days=days)
        owner = Ministry.objects.get(pk=ministry)
        decision = decisions.decide(
            meeting=meeting,
            text=f"({MARK}) {text}",
            ministry=owner,
            office=office,
            due_on=due,
            items=items,
            by=secretary,
        )
        written.append((decision, far))
    for meeting in made.values():
        actions.draft_minutes(meeting=meeting, text=f"{MARK}: আলোচ্যসূচি অনুযায়ী আলোচনা হয়।", by=secretary)
        if meeting.committee_id != "CL-FOOD":  # of one the minutes wait for confirmation
            actions.confirm_minutes(meeting=meeting, by=cabinet)
    for decision, far in written:
        _follow(world, decision, far)
    _coming(world, secretary)


def _held(world: World, code: str, on: date) -> Meeting:
    from shohay.stages.coordination import actions_meetings as actions
    from shohay.stages.coordination import queries_committees as queries
    from shohay.stages.coordination.models_committees import Committee

    secretary = world.officer("secretary")
    committee = Committee.objects.select_related("kind").get(pk=code)
    meeting = actions.call_meeting(
        committee=committee, meets_on=max(on, committee.counted_from), short_reason=AFTERWARDS, place="মন্ত্রিপরিষদ বিভাগ",
        agenda=["আগের সভার কার্যবিবরণী নিশ্চিতকরণ", "কর্মপরিকল্পনার অগ্রগতি", "একক নিবন্ধন ও এমআইএস", "বিবিধ"], by=secretary,
    )  # fmt: skip
    actions.add_paper(
        meeting=meeting, data=PAPER, file_name="paper.pdf", title=f"{MARK}: অগ্রগতির সারসংক্ষেপ", by=secretary
    )
    roll = list(queries.members(committee, on=meeting.meets_on))
    came = [member.pk for number, member in enumerate(roll) if number % 5 != 4]
    return actions.record_attendance(meeting=meeting, present=came, deputies={}, by=secretary)


def _follow(world: World, decision: Decision, far: str) -> None:
    """As far as the example goes: a note, a report with a file, closed by another officer."""
    from shohay.stages.coordination import actions_decisions as decisions

    decision.refresh_from_db()
    owner = {"MoSW": world.officer("focal"), "MoWCA": world.officer("focal2")}
    by = owner.get(decision.ministry_id or "", world.officer("secretary"))
    if decision.state != "open":
        return
    if far == "late":
        decisions.follow_up(decision=decision, note=f"{MARK}: খসড়া সময়সূচি তৈরি, অনুমোদনের অপেক্ষায়", by=by)
    if far in ("reported", "closed"):
        decisions.report_done(
            decision=decision, note=f"{MARK}: নির্দেশনা জারি হয়েছে", data=PAPER, file_name="order.pdf",
            title=f"{MARK}: নির্দেশনা", by=by,
        )  # fmt: skip
    if far == "closed":
        decisions.close_decision(decision=decision, note=f"{MARK}: নির্দেশনা দেখা হয়েছে", by=world.officer("cabinet"))


def _coming(world: World, secretary: Officer) -> None:
    """One meeting that is called and still to come."""
    from shohay.stages.coordination.actions_meetings import call_meeting
    from shohay.stages.coordination.models_committees import Committee

    call_meeting(
        committee=Committee.objects.select_related("kind").get(pk="CL-ALLOW"),
        meets_on=world.today + timedelta(days=14), place="সমাজকল্যাণ মন্ত্রণালয়",
        agenda=[f"({MARK}) সিদ্ধান্তের অগ্রগতি", "উপকারভোগীর তালিকা প্রকাশ", "বিবিধ"], by=secretary,
    )  # fmt: skip


def _agreements(world: World) -> None:
    from decimal import Decimal

    from shohay.stages.coordination import actions_performance as actions
    from shohay.stages.coordination.models_performance import PerformanceItem
    from shohay.stages.programmes.models import Ministry

    if PerformanceItem.objects.exists():
        return
    begins = _first_day(world.today).year
    year, cabinet = f"{begins}-{(begins + 1) % 100:02d}", world.officer("cabinet")
    wanted = (
        ("MoSW", "একক নিবন্ধনে যুক্ত কর্মসূচি", "শতাংশ", 70, 40, "OP-06", "focal", 49, True),
        ("MoSW", "নিজ হিসাবে পরিশোধ", "শতাংশ", 100, 35, "OP-11", "focal", 92, False),
        ("MoSW", "অভিযোগ নির্ধারিত সময়ে নিষ্পত্তি", "শতাংশ", 90, 25, "OP-15", "", 0, False),
        ("MoWCA", "মায়েদের ভাতার আওতা", "শতাংশ", 60, 60, "OC-03", "focal2", 63, True),
        ("MoWCA", "প্রশিক্ষণপ্রাপ্ত জেলা", "সংখ্যা", 10, 40, "IN-08", "", 0, False),
    )
    for ministry, title, unit, target, weight, indicator, focal, achieved, verified in wanted:
        row = actions.set_item(
            ministry=Ministry.objects.get(pk=ministry), fiscal_year=year, title=f"({MARK}) {title}", unit=unit,
            target=Decimal(target), weight=Decimal(weight), indicator=indicator, by=cabinet,
        )  # fmt: skip
        if focal:
            actions.report_achieved(item=row, achieved=Decimal(achieved), note=MARK, by=world.officer(focal))
        if verified:
            actions.verify_achieved(item=row, by=cabinet)


def _trainings(world: World) -> None:
    from shohay.stages.coordination.actions_performance import record_training
    from shohay.stages.coordination.models_performance import Training
    from shohay.stages.places.queries import areas

    if Training.objects.exists():
        return
    districts = [area.code for area in areas("district")]
    for number, (audience, topic, title) in enumerate(
        [("upazila", "strategy", "উপজেলা কমিটির দায়িত্ব"), ("district", "strategy", "জেলা কমিটির দায়িত্ব"),
         ("field_staff", "grievance", "অভিযোগ গ্রহণ ও প্রতিকার"), ("focal_points", "monitoring", "অগ্রগতি প্রতিবেদন")]
    ):  # fmt: skip
        day = world.today - timedelta(days=12 * (number + 1))
        reached = [districts[(3 * number + place) % len(districts)] for place in range(3)]
        record_training(
            audience=audience, topic=topic, title=f"({MARK}) {title}", first_day=day, last_day=day + timedelta(days=1),
            women=14 + 3 * number, men=26 - number, place="", by=world.officer("secretary"),
            districts=[] if audience == "focal_points" else reached,
        )  # fmt: skip
