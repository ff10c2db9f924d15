"""shohay definitions: the rules of programmes from the command line: listed, shown, exported, drafted, published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

if TYPE_CHECKING:
    from shohay.core.definition import Definition
    from shohay.core.definition_difference import Change
    from shohay.stages.accounts.officer import Officer

Json = Annotated[bool, typer.Option("--json", help="JSON instead of lines.")]
Code = Annotated[str, typer.Argument(help="Code of a programme, such as OAA.")]
Number = Annotated[int, typer.Argument(help="Number of a draft.")]


def register(app: typer.Typer) -> None:
    commands = typer.Typer(no_args_is_help=True, help="Programme rules: list, show, export, import, diff, publish.")
    commands.command("list")(list_)
    commands.command("import")(import_)
    for command in (show, export, diff, submit, publish):
        commands.command()(command)
    app.add_typer(commands, name="definitions")


def list_(as_json: Json = False, by: acting.By = "system") -> None:
    """The published rules of every programme, and the drafts that are open."""
    ready()
    from shohay.stages.programmes import definitions, queries_drafts

    officer = _reader(by)
    open_ = {row.programme_id: row for row in queries_drafts.drafts(officer).filter(state__in=queries_drafts.OPEN)}
    rows: list[dict[str, Any]] = [
        {"code": one.code, "versions": len(one.versions), "valid_from": one.versions[-1].first.isoformat(),
         "sha256": one.sha256, "title": one.title.as_text().in_language(acting.language())}
        for one in definitions.published()
    ]  # fmt: skip
    known = {row["code"] for row in rows}
    rows += [
        {"code": code, "versions": 0, "valid_from": "", "sha256": "", "title": ""}
        for code in open_
        if code not in known
    ]
    for row in rows:
        draft = open_.get(row["code"])
        row["draft"] = {"number": draft.pk, "state": draft.state, "by": draft.started_by} if draft else None
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        held = f"  #{row['draft']['number']} {row['draft']['state']} ({row['draft']['by']})" if row["draft"] else ""
        typer.echo(f"{row['code']:<14} {row['valid_from']:<10}  {row['sha256'][:12]}  {row['title']}{held}")


def show(code: Code, as_json: Json = False, by: acting.By = "system") -> None:
    """One programme's rules in words: conditions, figures, benefit, who it goes together with."""
    ready()
    definition = _published(code, by)
    if as_json:
        typer.echo(json.dumps(definition.as_json(), ensure_ascii=False))
        return
    from shohay.core import definition_words as words

    language, version = acting.language(), definition.versions[-1]
    typer.echo(f"{definition.title.as_text().in_language(language)} ({definition.code})  {definition.sha256[:12]}")
    typer.echo(words.days(version.first, version.valid[1]).in_language(language))
    for id_ in version.criterion_ids:
        typer.echo(f"  - {version.sentence(id_).in_language(language)} [{id_}]")
    for name, one in version.parameters.items():
        typer.echo(f"  {name} = {words.parameter(one).in_language(language)}")
    for line in version.benefit:
        typer.echo(f"  {words.benefit(version, line).in_language(language)}")
    typer.echo(f"  {words.quota(version.quota).in_language(language)}")
    typer.echo(f"  {words.order(version.priority).in_language(language)}")


def export(
    code: Code,
    draft: Annotated[int, typer.Option(help="The draft with this number instead of what is published.")] = 0,
    out: Annotated[Path | None, typer.Option(help="A file; without it to the terminal.")] = None,
    by: acting.By = "system",
) -> None:
    """The document as YAML, as it was reviewed."""
    ready()
    from shohay.stages.programmes import queries_drafts

    with acting.telling():
        if draft:
            row = acting.row(queries_drafts.drafts(acting.officer(by)), draft, ("খসড়া", "draft"))
            text = queries_drafts.text_of(row)
        else:
            text = _published(code, by).text
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        typer.echo(text, nl=False)


def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A definition as YAML.")],
    as_json: Json = False,
    by: acting.By = "system",
) -> None:
    """Begin a draft from a file; a wrong file is refused with the line and why. It counts once another publishes it."""
    ready()
    from shohay.stages.programmes import actions_drafts

    with acting.telling():
        text = file.read_text(encoding="utf-8-sig", errors="replace")
        row = actions_drafts.import_draft(text=text, by=acting.officer(by))
    told = {"draft": row.pk, "programme": row.programme_id, "sha256": row.sha256, "base": row.base_sha256}
    typer.echo(json.dumps(told) if as_json else f"#{row.pk}  {row.programme_id}  {row.sha256[:12]}")


def diff(
    what: Annotated[str, typer.Argument(help="Number of a draft, or a YAML file.")],
    as_json: Json = False,
    by: acting.By = "system",
) -> None:
    """What a draft or a file changes against the published rules, part by part, in words. Ends with 1 when anything."""
    ready()
    with acting.telling():
        changes = _changes(what, by)
    if as_json:
        rows = [{"part": one.part, "kind": one.kind, "label": one.label._asdict(),
                 "old": one.old._asdict() if one.old else None, "new": one.new._asdict() if one.new else None}
                for one in changes]  # fmt: skip
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        language = acting.language()
        for one in changes:
            typer.echo(f"{one.part}: {one.label.in_language(language)}")
            for sign, text in (("-", one.old), ("+", one.new)):
                if text:
                    typer.echo(f"  {sign} {text.in_language(language)}")
    if changes:
        raise typer.Exit(1)


def submit(
    draft: Number,
    note: Annotated[str, typer.Option(help="Why this change.")] = "",
    by: acting.By = "system",
) -> None:
    """Hand a draft to another officer, who publishes it."""
    ready()
    from shohay.stages.programmes import actions_drafts

    with acting.telling():
        row = actions_drafts.submit_draft(draft=draft, note=note, by=acting.officer(by))
    typer.echo(f"#{row.pk}  {row.programme_id}  {row.state}")


def publish(draft: Number, by: acting.By = "system") -> None:
    """Publish a submitted draft; by another officer than the one who wrote it."""
    ready()
    from shohay.stages.programmes import actions_drafts

    with acting.telling():
        row = actions_drafts.publish_draft(draft=draft, by=acting.officer(by))
    typer.echo(f"{row.programme_id}  {row.sha256}")


def _reader(by: str) -> Officer:
    """The officer who reads; ends the command when the role may not."""
    officer = acting.officer(by)
    with acting.telling():
        officer.require("definition.view")
    return officer


def _published(code: str, by: str) -> Definition:
    """The newest published rules of a programme; ends the command where there are none."""
    from shohay.stages.programmes import definitions

    _reader(by)
    found = definitions.definition_of(code)
    return found or acting.refuse(f"{code} কর্মসূচির কোনো প্রকাশিত নিয়ম নেই", f"there are no published rules of {code}")


def _changes(what: str, by: str) -> list[Change]:
    from shohay.core import definition_difference, definition_edit
    from shohay.stages.programmes import definitions, queries_drafts

    officer = _reader(by)
    if what.isdigit():
        row = acting.row(queries_drafts.drafts(officer), int(what), ("খসড়া", "draft"))
        found = queries_drafts.difference(row)
        return found if found is not None else acting.refuse("খসড়াটি এখনো পড়া যায় না", "the draft cannot be read yet")
    path = Path(what)
    if not path.is_file():
        acting.refuse(f"“{what}” নামে কোনো ফাইল নেই", f"there is no file {what!r}")
    made = definition_edit.taken(path.read_text(encoding="utf-8-sig", errors="replace"))
    return definition_difference.compare(definitions.definition_of(made.programme), made, queries_drafts.names())
