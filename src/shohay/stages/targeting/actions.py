"""Writing applications, quotas, determinations and selection lists."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import rfc8785
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import decisions, pmt
from shohay.bulk.copying import copy_in
from shohay.bulk.determination import Determined, determine
from shohay.core.definition import Definition
from shohay.core.messages import Refusal
from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.intake import queries as intake
from shohay.stages.intake.models import Upload
from shohay.stages.places.models import Area
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting import queries
from shohay.stages.targeting.models import Quota, Run, SelectionList

Progress = Callable[[str, int, int], None]  # step, rows done, rows in all

SEED = 2026  # of the lot that breaks ties; stored with every run


def register_applications(*, upload: Upload, by: Officer) -> dict[str, int]:
    """Take the applications that an admitted household file carries; taking them again adds nothing.

    Returns {"asked", "registered", "unknown"}: what the file asked for, what was new, and what named a person or
    a programme that is not there.
    """
    by.require("application.create", area=upload.area_code or None)
    if upload.state != Upload.State.ADMITTED:
        raise Refusal("upload_not_admitted")
    with tempfile.TemporaryDirectory(dir=_folder("tmp")) as folder:
        path = Path(folder) / "applications.csv"
        asked = decisions.applications_csv(intake.good_rows(upload), path)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "create temporary table asked (reference text, area_code text, line_no int, programme_code text,"
                " applied_on date) on commit drop"
            )
            copy_in(cursor, "asked", ["reference", "area_code", "line_no", "programme_code", "applied_on"], path)
            cursor.execute("analyze asked")
            cursor.execute(MATCH, [timezone.localdate(), f"upload:{upload.pk}"])
            matched, registered = cursor.fetchone()
            cursor.execute("drop table asked")
            counts = {"asked": asked, "registered": registered, "unknown": asked - matched}
            record(
                action="applications.registered", by=by, subject=("upload", upload.pk),
                area_code=upload.area_code, detail=counts,
            )  # fmt: skip
    return counts


MATCH = """
with matched as (
    select p.id as person_id, a.programme_code, p.area_code, coalesce(a.applied_on, %s) as applied_on
    from asked a
    join registry_household h on h.reference = a.reference and h.area_code = a.area_code
    join registry_person p on p.household_id = h.id and p.line_no = a.line_no
    join programmes_programme g on g.code = a.programme_code
), added as (
    insert into targeting_application (person_id, programme_code, area_code, applied_on, channel, source)
    select person_id, programme_code, area_code, applied_on, 'file', %s from matched
    order by area_code, person_id, programme_code
    on conflict (person_id, programme_code) do nothing
    returning 1
)
select (select count(*) from matched), (select count(*) from added)
"""


def set_quotas(*, programme_code: str, fiscal_year: str, slots: Mapping[str, int], by: Officer) -> int:
    """Set the places of a programme by upazila or city corporation for a fiscal year; how many places in all."""
    by.require("quota.set", programme=programme_code)
    FiscalYear.parse(fiscal_year)
    for area, number in slots.items():
        if number < 0:
            raise Refusal("quota_negative", area=area)
    levels = [Area.Level.UPAZILA, Area.Level.CITY_CORPORATION]
    known = set(Area.objects.filter(code__in=slots, level__in=levels).values_list("code", flat=True))
    if unknown := sorted(set(slots) - known):
        raise Refusal("quota_unknown_area", areas=", ".join(unknown))
    rows = [
        Quota(programme_code=programme_code, fiscal_year=fiscal_year, area_code=area, slots=number, set_by=by.username)
        for area, number in sorted(slots.items())
    ]
    total = sum(slots.values())
    with transaction.atomic():
        Quota.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["programme_code", "fiscal_year", "area_code"],
            update_fields=["slots", "set_by"],
        )
        record(
            action="quota.set", by=by, subject=("quota", f"{programme_code} {fiscal_year}"),
            programme_code=programme_code, detail={"areas": len(rows), "slots": total},
        )  # fmt: skip
    return total


def allocate_quotas(*, programme_code: str, fiscal_year: str, total: int | None = None, by: Officer) -> int:
    """Share ``total`` places among the areas by people and poverty; the shares sum to it exactly.

    Without ``total`` the published national number is scaled to the people whom the registry holds. A quota of an
    area without people becomes 0, so that nothing stays beside the shares.
    """
    by.require("quota.set", programme=programme_code)
    FiscalYear.parse(fiscal_year)
    shares = queries.allocation(programme_code, fiscal_year, total)
    slots = {share.area_code: share.after for share in shares}
    return set_quotas(programme_code=programme_code, fiscal_year=fiscal_year, slots=slots, by=by)


def run_determination(*, snapshot: Snapshot, on: date, by: Officer, progress: Progress | None = None) -> Run:
    """Decide every person of the snapshot for every programme, rank within quotas, keep the answers.

    The result files stay in VAR/runs/<sha256>; applicants and ranked people become Decision rows. The same
    snapshot, definitions, quotas and day again give the run that is there.
    """
    by.require("run.start")
    documents, parameters = _inputs(on)
    hashes = {document.code: document.sha256 for document in documents}
    earlier = Run.objects.filter(
        snapshot=snapshot, on=on, definitions=hashes, parameters=parameters, finished_at__isnull=False
    ).first()
    if earlier:
        return earlier
    started_at = timezone.now()
    result, path = _determined(snapshot, documents, on, parameters, progress)
    with transaction.atomic():
        run = Run.objects.create(
            snapshot=snapshot, on=on, definitions=hashes, definitions_sha256=_hash(hashes), parameters=parameters,
            engine=settings.ENGINE, counts=result.counts, result_path=str(path.relative_to(settings.VAR)),
            result_sha256=result.sha256, started_at=started_at, started_by=by.username,
        )  # fmt: skip
        rows = _load_decisions(run, path, progress)
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at"])
        record(
            action="determination.run", by=by, subject=("run", run.pk),
            detail={"snapshot": snapshot.sha256, "definitions": run.definitions_sha256,
                    "result": run.result_sha256, "decisions": rows, "on": on.isoformat()},
        )  # fmt: skip
    return run


def _inputs(on: date) -> tuple[list[Definition], dict[str, Any]]:
    """The definitions in force and everything else that the result depends on."""
    documents = sorted(catalogue.definitions_on(on), key=lambda document: document.code)
    if not documents:
        raise Refusal("no_definitions", on=on.isoformat())
    formula = catalogue.formula(on=on)
    if formula is None:
        raise Refusal("formula_missing", code=pmt.SHIPPED)
    places = queries.quotas_of(str(FiscalYear.of(on)))
    parameters = {
        "seed": SEED,
        "formula": formula.code,
        "formula_sha256": formula.sha256,
        "quotas": {f"{programme}|{area}": slots for (programme, area), slots in places.items()},
    }
    return documents, parameters


def _determined(
    snapshot: Snapshot, documents: list[Definition], on: date, parameters: dict[str, Any], progress: Progress | None
) -> tuple[Determined, Path]:
    """Run the computation into a folder that gets the name of its hash; killed in the middle it leaves only tmp."""
    formula = catalogue.formula_of(parameters["formula_sha256"])
    assert formula is not None  # _inputs looked
    out = Path(tempfile.mkdtemp(dir=_folder("tmp")))
    result = determine(
        snapshot=queries.folder_of(snapshot), definitions=documents, on=on, out=out, formula=formula,
        seed=parameters["seed"], quotas=queries.unpack_quotas(parameters), progress=progress,
    )  # fmt: skip
    path = _folder("runs") / result.sha256
    if path.exists():
        shutil.rmtree(out)
    else:
        out.rename(path)
    return result, path


def _load_decisions(run: Run, path: Path, progress: Progress | None) -> int:
    """COPY the answers of applicants and ranked people into the database; how many rows."""
    with tempfile.TemporaryDirectory(dir=_folder("tmp")) as folder:
        rows = Path(folder) / "decisions.csv"
        number = decisions.decisions_csv(path, run.pk, rows)
        with connection.cursor() as cursor:
            report = (lambda done, total: progress("load_decisions", done, total)) if progress else None
            copy_in(cursor, "targeting_decision", decisions.COLUMNS, rows, report)
    return number


def propose_lists(*, run: Run, by: Officer) -> list[SelectionList]:
    """Put the ranked lists of a run forward: one per programme and upazila that the officer covers.

    A list that was returned is proposed again; lists proposed or approved already stay as they are.
    """
    by.require("list.propose")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            PROPOSE,
            {
                "run": run.pk,
                "fiscal_year": str(FiscalYear.of(run.on)),
                "by": by.username,
                "now": timezone.now(),
                "areas": [f"{code}%" for code in by.areas],
                "every_programme": "" in by.programmes,
                "programmes": list(by.programmes),
            },
        )
        found = [row[0] for row in cursor.fetchall()]
        if not found:
            raise Refusal("lists_none")
        cursor.execute(ATTACH, [run.pk])
        proposed = list(SelectionList.objects.filter(pk__in=found).order_by("programme_code", "area_code"))
        record(
            action="lists.proposed", by=by, subject=("run", run.pk),
            detail={"lists": len(proposed), "selected": sum(one.selected for one in proposed)},
        )  # fmt: skip
    return proposed


# the places are those that the run ranked with, not those of today
PROPOSE = """
insert into targeting_selectionlist (run_id, programme_code, area_code, fiscal_year, slots, eligible, selected,
                                     state, proposed_by, proposed_at, approved_by, note)
select d.run_id, d.programme_code, d.upazila_code, %(fiscal_year)s,
       (r.parameters -> 'quotas' ->> (d.programme_code || '|' || d.upazila_code))::int,
       count(*), count(*) filter (where d.selected), 'proposed', %(by)s, %(now)s, '', ''
from targeting_decision d join targeting_run r on r.id = d.run_id
where d.run_id = %(run)s and d.rank is not null and d.upazila_code like any (%(areas)s)
  and (%(every_programme)s or d.programme_code = any (%(programmes)s))
group by d.run_id, d.programme_code, d.upazila_code, r.parameters
order by d.programme_code, d.upazila_code
on conflict (run_id, programme_code, area_code) do update
   set state = 'proposed', proposed_by = excluded.proposed_by, proposed_at = excluded.proposed_at, note = ''
   where targeting_selectionlist.state = 'returned'
returning id
"""

ATTACH = """
update targeting_decision d set selection_list_id = l.id
from targeting_selectionlist l
where l.run_id = %s and d.run_id = l.run_id and d.programme_code = l.programme_code
  and d.upazila_code = l.area_code and d.rank is not null and d.selection_list_id is null
"""


def approve_list(*, selection_list: SelectionList, by: Officer) -> SelectionList:
    """A second officer approves a proposed list; whoever proposed it cannot."""
    by.require("list.approve", area=selection_list.area_code, programme=selection_list.programme_code)
    with transaction.atomic():
        locked = _proposed(selection_list, by)
        locked.state, locked.approved_by, locked.approved_at = SelectionList.State.APPROVED, by.username, timezone.now()
        locked.save(update_fields=["state", "approved_by", "approved_at"])
        record(
            action="list.approved", by=by, subject=("list", locked.pk), area_code=locked.area_code,
            programme_code=locked.programme_code, detail={"selected": locked.selected, "slots": locked.slots},
        )  # fmt: skip
    return locked


def return_list(*, selection_list: SelectionList, reason: str, by: Officer) -> SelectionList:
    """Send a proposed list back with a reason; it may then be proposed again."""
    by.require("list.approve", area=selection_list.area_code, programme=selection_list.programme_code)
    if not reason.strip():
        raise Refusal("reason_missing")
    with transaction.atomic():
        locked = _proposed(selection_list, by)
        locked.state, locked.note = SelectionList.State.RETURNED, reason.strip()
        locked.save(update_fields=["state", "note"])
        record(
            action="list.returned", by=by, subject=("list", locked.pk), area_code=locked.area_code,
            programme_code=locked.programme_code, reason=locked.note,
        )  # fmt: skip
    return locked


def _proposed(selection_list: SelectionList, by: Officer) -> SelectionList:
    """The list, locked against a second officer deciding at the same moment; refused unless it waits for ``by``."""
    locked = SelectionList.objects.select_for_update().get(pk=selection_list.pk)
    if locked.state == SelectionList.State.APPROVED:
        at = timezone.localtime(locked.approved_at)
        raise Refusal("list_already_approved", by=locked.approved_by, at=f"{at:%Y-%m-%d %H:%M}")
    if locked.state == SelectionList.State.RETURNED:
        raise Refusal("list_was_returned", reason=locked.note)
    if locked.proposed_by == by.username:
        raise Refusal("same_person")
    return locked


def _hash(value: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(value)).hexdigest()


def _folder(name: str) -> Path:
    folder: Path = settings.VAR / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder
