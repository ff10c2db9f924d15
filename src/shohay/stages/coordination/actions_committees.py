"""Committees and who sits on them: the national ones from the documents, those of the field from the places."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.coordination.models_committees import Committee, CommitteeMember, Seat
from shohay.stages.coordination.queries_committees import fiscal_year_begins, likely_day, require_manage
from shohay.stages.places.reference_files import DATA, Merged, merge
from shohay.stages.programmes.models import Ministry

KIND_COLUMNS = {
    "code": "code", "level": "level", '"order"': '"order"::int', "name_bn": "name_bn", "name_en": "name_en",
    "every_months": "every_months::int", "at_least": "at_least::int", "basis": "basis", "source_bn": "source_bn",
    "source_en": "source_en", "notice_days": "notice_days::int", "quorum_percent": "quorum_percent::int",
    "minutes_days": "minutes_days::int",
}  # fmt: skip
# a second run keeps the day from which meetings are counted
COUNTED = "coalesce((select k.counted_from from coordination_committee k where k.code = {code}), date '{day}')"
FIELD = """
with named (level, prefix, of_bn, of_en) as (values
  ('division', 'DIV-', 'বিভাগ', 'Division'), ('district', 'DIS-', 'জেলা', 'District'),
  ('upazila', 'UPZ-', 'উপজেলা', 'Upazila')),
merged as (
  insert into coordination_committee as kept
    (code, kind_id, area_code, parent_id, name_bn, name_en, purpose_bn, purpose_en, source, counted_from)
  select n.prefix || a.code, n.level, a.code,
         case n.level when 'division' then 'CMC' when 'district' then 'DIV-' || left(a.code, 2)
                      else 'DIS-' || left(a.code, 4) end,
         'সামাজিক নিরাপত্তা ব্যবস্থাপনা কমিটি, ' || coalesce(nullif(a.name_bn, ''), a.name_en) || ' ' || n.of_bn,
         'Social Security Management Committee, ' || a.name_en || ' ' || n.of_en,
         '', '', 'Progress report of NSSS Action Plan, Phase II (Cabinet Division, 2024), 2.18, objective 4', %s
  from places_area a join named n on n.level = a.level
  order by length(a.code), a.code
  on conflict (code) do update set name_bn = excluded.name_bn, name_en = excluded.name_en, source = excluded.source
  where (kept.name_bn, kept.name_en, kept.source) is distinct from (excluded.name_bn, excluded.name_en, excluded.source)
  returning (xmax = 0) as added)
select (select count(*) from places_area a join named n on n.level = a.level),
       count(*) filter (where added), count(*) filter (where not added) from merged
"""
SEATS = """
with wanted (committee_id, seat, office_bn, office_en, ministry_id, source) as (
  select u.committee, u.seat, u.bn, u.en, nullif(u.ministry, ''), u.source
  from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
    as u (committee, seat, bn, en, ministry, source)
  union all
  select c.code, u.seat, u.bn, u.en, null, u.source
  from unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[]) as u (kind, seat, bn, en, source)
  join coordination_committee c on c.kind_id = u.kind),
added as (
  insert into coordination_committeemember
    (committee_id, seat, office_bn, office_en, ministry_id, person, valid_from, source, recorded_by)
  select w.committee_id, w.seat, w.office_bn, w.office_en, m.code, '', c.counted_from, w.source, ''
  from wanted w join coordination_committee c on c.code = w.committee_id
  left join programmes_ministry m on m.code = w.ministry_id
  where not exists (  -- whoever was ever seated there stays as the officers have left it
    select 1 from coordination_committeemember k where k.committee_id = w.committee_id
      and (k.office_bn = w.office_bn or (k.seat = w.seat and k.seat <> 'member' and k.valid_to is null)))
  returning 1)
select (select count(*) from wanted), (select count(*) from added), 0
"""


def load_committees(*, counted_from: date | None = None, by: Officer) -> dict[str, Merged]:
    """The national committees from data/catalogue, one committee a division, district and upazila from the places.

    ``counted_from``: meetings are due from this day (the first day of this fiscal year). Again: no change; what
    officers have changed of the members stays.
    """
    by.require("reference.load")
    day = counted_from or fiscal_year_begins(timezone.localdate())
    with transaction.atomic():
        merged = {
            "committee_kinds": merge(
                "catalogue/committee_kinds.csv", table="coordination_committeekind", key="code", columns=KIND_COLUMNS
            ),
            "committees": merge(
                "catalogue/committees.csv", table="coordination_committee", key="code", columns=_national(day)
            ),
            "field_committees": _merged(FIELD, [day]),
            "committee_seats": _merged(SEATS, [*_columns("committee_members", 6), *_columns("committee_seats", 5)]),
        }
        record(action="committees.loaded", by=by, detail={name: list(counts) for name, counts in merged.items()})
    return merged


def _national(day: date) -> dict[str, str]:
    ministry = "(select m.code from programmes_ministry m where m.code = incoming.ministry_code)"
    texts = ("code", "name_bn", "name_en", "purpose_bn", "purpose_en", "source")
    return {
        **{name: name for name in texts}, "kind_id": "kind", "area_code": "''", "parent_id": "nullif(parent, '')",
        "ministry_id": ministry, "counted_from": COUNTED.format(code="incoming.code", day=day.isoformat()),
    }  # fmt: skip


def _columns(name: str, width: int) -> list[list[str]]:
    """The columns of data/catalogue/<name>.csv, each a list for unnest()."""
    with (DATA / "catalogue" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return [[row[column] for row in rows] for column in range(width)]


def _merged(sql: str, parameters: list[Any]) -> Merged:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return Merged(*cursor.fetchone())


# -------------------------------------------------------------------------------------------------- members


def seat_member(
    *,
    committee: Committee,
    seat: str,
    office_bn: str,
    office_en: str = "",
    ministry: Ministry | None = None,
    person: str = "",
    valid_from: date,
    by: Officer,
) -> CommitteeMember:
    """An office takes a seat from a day on.

    Raises committee_office_sits, committee_seat_taken, committee_day_unlikely.
    """
    require_manage(committee, by)
    likely_day(valid_from, committee.counted_from.replace(year=committee.counted_from.year - 20), 366)
    with transaction.atomic():
        Committee.objects.select_for_update().get(pk=committee.pk)
        now = CommitteeMember.objects.filter(committee=committee, valid_to=None)
        if now.filter(office_bn=office_bn.strip()).exists():
            raise Refusal("committee_office_sits", office=office_bn.strip())
        if seat != Seat.MEMBER and (holder := now.filter(seat=seat).first()):
            raise Refusal("committee_seat_taken", office=holder.office_bn, on=holder.valid_from)
        row = CommitteeMember.objects.create(
            committee=committee, seat=seat, office_bn=office_bn.strip(), office_en=office_en.strip(), ministry=ministry,
            person=person.strip(), valid_from=valid_from, recorded_by=by.username,
        )  # fmt: skip
        record(
            action="committee.member_seated", by=by, subject=("committee", committee.pk), area_code=committee.area_code,
            detail={"member": row.pk, "seat": seat, "office": row.office_bn, "from": valid_from.isoformat()},
        )  # fmt: skip
    return row


def end_seat(*, member: CommitteeMember, on: date, by: Officer) -> CommitteeMember:
    """From ``on`` the office no longer sits there. Raises committee_seat_ended, committee_seat_day."""
    require_manage(member.committee, by)
    with transaction.atomic():
        row = CommitteeMember.objects.select_for_update(of=("self",)).select_related("committee").get(pk=member.pk)
        if row.valid_to is not None:
            raise Refusal("committee_seat_ended", on=row.valid_to)
        if on <= row.valid_from:
            raise Refusal("committee_seat_day", first=row.valid_from)
        row.valid_to = on
        row.save(update_fields=["valid_to"])
        record(
            action="committee.member_left", by=by, subject=("committee", row.committee_id),
            area_code=row.committee.area_code, detail={"member": row.pk, "office": row.office_bn, "on": on.isoformat()},
        )  # fmt: skip
    return row
