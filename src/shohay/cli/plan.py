"""shohay plan: the action plan on any day, reports of the ministries and their verification, sheets, reminders."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli.acting import By, language, officer, telling
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.stages.coordination.models_plan import PlanImport

On = Annotated[str, typer.Option("--on", help="Status on this day, YYYY-MM-DD; today when left out.")]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]
Code = Annotated[str, typer.Argument(help="Number of the item, such as 2.1-01-03 or SAC-05-1.")]
Number = Annotated[int, typer.Argument(help="Number of the update, as `shohay plan show ITEM` tells.")]
Day = Annotated[str, typer.Option(help="Day of completion, YYYY-MM-DD.")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="The action plan: status, reports, verification, sheets, reminders.", no_args_is_help=True)
    for command in (show, late, moved, update, verify, template, remind):
        group.command()(command)
    group.command("return")(send_back)
    group.command("import")(import_sheet)
    app.add_typer(group, name="plan")


def _day(text: str) -> date:
    from django.utils import timezone

    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        typer.echo(f"not a day: {text} (write 2025-06-30) / তারিখ নয়: {text}", err=True)
        raise typer.Exit(2) from None


def _say(found: Any, as_json: bool, lines: list[str]) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False, default=str) if as_json else "\n".join(lines))


def show(
    item: Annotated[str, typer.Argument(help="Number of an item; without one, counts.")] = "",
    by: Annotated[str, typer.Option("--count-by", help="ministry, cluster, theme, state or reported.")] = "ministry",
    on: On = "",
    as_json: Json = False,
    who: By = "system",
) -> None:
    """One item with everything reported on it; without a number the counts by ministry, cluster, theme or status."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.coordination import queries_plan as plan

    with telling():
        asking, day = officer(who), _day(on)
        if not item:
            if by not in plan.BY:
                typer.echo(f"--count-by: {', '.join(plan.BY)}", err=True)
                raise typer.Exit(2)
            rows = plan.counts_by(asking, by, day)
            lines = [f"{'':<46}{'promised':>9}{'late':>6}{'missed':>8}{'done':>6}{'proven':>8}{'stopped':>9}"]
            lines += [
                f"{row.name[:45]:<46}{row.promised:>9}{row.late:>6}{row.missed:>8}{row.completed:>6}{row.proven:>8}"
                f"{row.stopped:>9}"
                for row in rows
            ]
            _say([row._asdict() for row in rows], as_json, lines)
            return
        row = plan.status_on(asking, item, day)
        if row is None:
            raise Refusal("plan_item_unknown", code=item)
        found = _item(asking, row)
        lines = [f"{name}: {value}" for name, value in found.items() if name != "updates"]
        lines += [
            f"  #{one['update']} v{one['version']} {one['state']}: {one['claim']} {one['text']}"
            for one in found["updates"]
        ]
        _say(found, as_json, lines)


def _item(asking: Any, row: Any) -> dict[str, Any]:
    from shohay.stages.coordination import queries_plan_work as work

    said = language()
    return {
        "item": row.pk, "ministry": row.owner_id, "activity": getattr(row, f"activity_{said}"), "due": row.due,
        "timeframe": row.timeframe, "state": row.state, "reported": row.reported, "due_periods": row.promises,
        "met": row.met, "missed": row.missed,
        "updates": [
            {"update": one.pk, "version": one.version, "ministry": one.ministry_id, "state": one.state,
             "claim": one.claim, "percent": one.percent, "done_on": one.done_on, "evidence": one.evidence_count,
             "period": one.obligation.name if one.obligation else "", "by": one.written_by,
             "verified_by": one.verified_by, "reason": one.reason,
             "text": getattr(one, f"text_{said}") or one.text_bn or one.text_en}
            for one in work.updates_of(asking, row.pk)
        ],
    }  # fmt: skip


def late(
    ministry: Annotated[str, typer.Option(help="Code of a ministry, such as MoSW.")] = "",
    missed: Annotated[bool, typer.Option("--missed", help="Also what recurs and was missed.")] = False,
    on: On = "",
    as_json: Json = False,
    who: By = "system",
) -> None:
    """Items past their day, the longest late first."""
    ready()
    from shohay.stages.coordination import queries_plan as plan

    with telling():
        day = _day(on)
        found = plan.late_items(officer(who), day, missed=missed)
        rows = list(found.filter(owner=ministry) if ministry else found)
    said = language()
    lines = [
        f"{row.pk:<12}{row.owner_id:<8}{row.due or ''!s:<12}{row.state:<18}{getattr(row, f'activity_{said}')}"
        for row in rows
    ]
    told = [{"item": row.pk, "ministry": row.owner_id, "due": row.due, "state": row.state,
             "days": (day - row.due).days if row.due else None} for row in rows]  # fmt: skip
    _say(told, as_json, [*lines, f"{len(rows)}"])


def moved(
    since: Annotated[str, typer.Argument(help="Day of the last meeting, YYYY-MM-DD.")],
    on: On = "",
    as_json: Json = False,
    who: By = "system",
) -> None:
    """What moved since a day: newly verified, newly completed, newly late."""
    ready()
    from shohay.stages.coordination import queries_plan as plan

    with telling():
        rows = plan.moved_since(officer(who), _day(since), _day(on))
    told = [
        {"item": row.item.pk, "was": row.was, "now": row.now, "updates": [one.pk for one in row.updates]}
        for row in rows
    ]
    _say(told, as_json, [f"{row['item']:<12}{row['was']} -> {row['now']}  {len(row['updates'])}" for row in told])


def update(
    item: Code,
    text: Annotated[str, typer.Option(help="What was done, in Bangla or English.")],
    ministry: Annotated[str, typer.Option(help="On behalf of; the officer's own when left out.")] = "",
    claim: Annotated[str, typer.Option(help="progress, completed or stop.")] = "progress",
    percent: Annotated[int | None, typer.Option(help="0 to 100.")] = None,
    milestone: Annotated[str, typer.Option(help="Milestone reached.")] = "",
    done_on: Day = "",
    period: Annotated[str, typer.Option(help="Fiscal year or quarter of what recurs, such as 2024-25.")] = "",
    evidence: Annotated[list[Path] | None, typer.Option(help="A file of evidence; may be given several times.")] = None,
    by: By = "system",
) -> None:
    """Report on an item; it waits for verification. Prints the number of the update."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.coordination.actions_plan import File, Saying, submit_update
    from shohay.stages.coordination.models_plan import PlanObligation

    with telling():
        acting = officer(by)
        owed = PlanObligation.objects.filter(item=item, name=period).first() if period else None
        if period and owed is None:
            raise Refusal("plan_update_which")
        bangla = any("\u0980" <= sign <= "\u09ff" for sign in text)
        saying = Saying(
            claim, percent, milestone, _day(done_on) if done_on else None, text if bangla else "",
            "" if bangla else text, owed.number if owed else None,
        )  # fmt: skip
        files = [File(path.name, _bytes(path)) for path in evidence or []]
        row = submit_update(item=item, ministry=ministry or _own(acting, item), saying=saying, files=files, by=acting)
    typer.echo(row.pk)


def _own(acting: Any, item: str) -> str:
    """The ministry of the item for which the officer may write; the owner first."""
    from shohay.core.messages import Refusal
    from shohay.stages.coordination.queries_plan_work import answering

    found = answering(acting, item)
    if not found:
        raise Refusal("plan_not_yours", ministry=", ".join(acting.ministries))
    return str(found[0].pk)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        typer.echo(f"no such file: {path} / ফাইলটি নেই: {path}", err=True)
        raise typer.Exit(2)
    return path.read_bytes()


def verify(number: Number, by: By = "system") -> None:
    """Verify an update: from today it counts."""
    ready()
    from shohay.stages.coordination.actions_plan import verify_update

    with telling():
        row = verify_update(update=number, by=officer(by))
    typer.echo(f"{row.item_id} verified")


def send_back(number: Number, reason: Annotated[str, typer.Option(help="Why.")], by: By = "system") -> None:
    """Return an update to the ministry with the reason."""
    ready()
    from shohay.stages.coordination.actions_plan import return_update

    with telling():
        row = return_update(update=number, reason=reason, by=officer(by))
    typer.echo(f"{row.item_id} returned")


# --------------------------------------------------------------------------------------------------- sheets


def template(
    ministry: Annotated[str, typer.Argument(help="Code of the ministry, such as MoSW.")],
    out: Annotated[Path | None, typer.Option("-o", help="Where to; plan-MINISTRY.xlsx when left out.")] = None,
    lang: Annotated[str, typer.Option(help="bn or en.")] = "",
    by: By = "system",
) -> None:
    """The template of a ministry with its own items, XLSX or CSV by the ending of the name."""
    ready()
    from shohay.bulk.plan_template import write_template
    from shohay.stages.coordination.queries_plan_work import ministry_of, template_rows

    said, path = lang or language(), out or Path(f"plan-{ministry}.xlsx")
    with telling():
        row = ministry_of(ministry)
        rows = template_rows(officer(by), ministry, said)
        title = row.name_en if said == "en" else row.name_bn
        path.write_bytes(write_template("csv" if path.suffix == ".csv" else "xlsx", rows, title=title, language=said))
    typer.echo(f"{path}: {len(rows)}")


def import_sheet(
    file: Annotated[Path, typer.Argument(help="The ministry's sheet: XLSX, XLS, ODS or CSV.")],
    ministry: Annotated[str, typer.Option(help="Code of the ministry; the officer's own when left out.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and show; take nothing.")] = False,
    as_json: Json = False,
    by: By = "system",
) -> None:
    """Read a sheet and take its good rows as updates that wait; rows with errors are told with line and reason."""
    ready()
    from django.db import transaction

    from shohay.core.messages import Refusal
    from shohay.stages.coordination.actions_sheets import read_sheet, take_sheet

    data = _bytes(file)
    with telling(), transaction.atomic():
        acting = officer(by)
        code = ministry or next((one for one in acting.ministries if one), "")
        sheet = read_sheet(ministry=code, data=data, file_name=file.name, by=acting)
        again = sheet.state == "taken"
        if not again and not dry_run:
            try:
                sheet = take_sheet(sheet=sheet.pk, by=acting)
            except Refusal as refusal:
                if refusal.code != "plan_sheet_nothing":
                    raise
        if dry_run:
            transaction.set_rollback(True)
    _tell(sheet, again, as_json)
    raise typer.Exit(0 if not sheet.errors else 3)


def _tell(sheet: PlanImport, again: bool, as_json: bool) -> None:
    from shohay.core.messages import say

    both = [{**one, "bn": say(one["code"], "bn", **one["params"]), "en": say(one["code"], "en", **one["params"])}
            for one in sheet.errors]  # fmt: skip
    told = {"ministry": sheet.ministry_id, "sha256": sheet.sha256, "again": again, "state": sheet.state,
            "found": sheet.found, "rows": sheet.rows, "errors": both}  # fmt: skip
    said = language()
    lines = [f"{one['line']}: {one['column']}: {one['value']!r}: {one[said]}" for one in both]
    _say(
        told, as_json, [*lines, f"{len(sheet.rows)} + {len(sheet.errors)} ({sheet.state}{', again' if again else ''})"]
    )


def remind(on: On = "", as_json: Json = False, by: By = "system") -> None:
    """The reminders of the month; ministries that are silent are named."""
    ready()
    from shohay.stages.coordination import actions_plan
    from shohay.stages.coordination.queries_plan_work import silent

    with telling():
        acting, day = officer(by), _day(on)
        made = actions_plan.remind(on=day, by=acting)
        quiet = silent(acting, day)
    rows = [{"ministry": one.ministry.pk, "open": one.items, "overdue": one.overdue, "last": one.last} for one in quiet]
    lines = [
        f"{row['ministry']:<10}{row['open']:>5}{row['overdue']:>5}  {row['last'] or 'never / কখনো নয়'}" for row in rows
    ]
    _say({"reminders": made, "silent": rows}, as_json, [*lines, f"{made}"])
