"""shohay score: formulas of poverty scores, from a document or a survey to what a household's score is made of."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from shohay.cli import acting
from shohay.cli.ready import ready

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
Which = Annotated[str, typer.Argument(help="Code, number or the beginning of the hash of a formula.")]


def register(app: typer.Typer) -> None:
    commands = typer.Typer(no_args_is_help=True, help="Poverty scores: install, train, card, activate, explain, drift.")
    commands.command("list")(list_)
    for command in (install, train, card, activate, explain, drift, due):
        commands.command()(command)
    app.add_typer(commands, name="score")


def _tell(told: dict[str, Any], as_json: bool, line: str) -> None:
    typer.echo(json.dumps(told, ensure_ascii=False, default=str) if as_json else line)


def list_() -> None:
    """Every installed formula and which is in force."""
    ready()
    from shohay.stages.programmes import queries_scores as queries

    for one in queries.versions():
        synthetic = "  synthetic" if one.synthetic else ""
        typer.echo(f"{one.pk:>4}  {one.sha256[:12]}  {queries.state(one):<9}  {one.kind:<11}  {one.code}{synthetic}")


def install(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The formula (YAML).")],
    card: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Its model card (JSON).")] = None,
    by: acting.By = "system",
    as_json: Json = False,
) -> None:
    """Check a formula and keep it; another officer puts it in force."""
    ready()
    from shohay.stages.programmes import actions_scores

    with acting.telling():
        made = actions_scores.install(
            text=file.read_text(encoding="utf-8"), by=acting.officer(by),
            card=json.loads(card.read_text(encoding="utf-8")) if card else None,
        )  # fmt: skip
    _tell(
        {"version": made.pk, "code": made.code, "sha256": made.sha256},
        as_json,
        f"{made.pk}  {made.code}  {made.sha256}",
    )


def train(
    base: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A survey base (shohay survey-base).")],
    code: Annotated[str, typer.Option(help="Code of the formula.")],
    title: Annotated[str, typer.Option(help="Title, English.")] = "Proxy means test",
    title_bn: Annotated[str, typer.Option(help="Title, Bangla.")] = "প্রক্সি মিনস টেস্ট",
    facts: Annotated[str, typer.Option(help="Candidate facts, with commas; '' = the usual ones.")] = "",
    choose: Annotated[str, typer.Option(help="given or stepwise.")] = "given",
    method: Annotated[str, typer.Option(help="wls or quantile.")] = "wls",
    areas: Annotated[str, typer.Option(help="each (rural, urban, city), two (rural, town) or one.")] = "each",
    share: Annotated[float, typer.Option(help="The part of people whom the score is to find.")] = 0.2,
    folds: Annotated[int, typer.Option(help="Folds of clusters.")] = 5,
    seed: Annotated[int, typer.Option(help="Deals the clusters out.")] = 1,
    smear: Annotated[bool, typer.Option(help="Bring the mean of taka back (Duan).")] = False,
    compare: Annotated[str, typer.Option(help="Methods to compare with.")] = "quantile,boosting",
    out: Annotated[Path | None, typer.Option(help="Write formula and card here and install nothing.")] = None,
    by: acting.By = "system",
    as_json: Json = False,
) -> None:
    """Train a formula on a survey base, with its model card; installed, or written into a folder with --out."""
    from shohay.bulk.training import Options
    from shohay.bulk.training_choice import USUAL
    from shohay.core.messages import Text

    ready()
    from shohay.bulk import survey_base
    from shohay.cli.imports import watched
    from shohay.stages.programmes import actions_scores

    with acting.telling(), watched() as tell:
        told = survey_base.info(base)
        options = Options(
            code=code, title=Text(title_bn, title), source=str(told["source"]),
            candidates=tuple(facts.split(",")) if facts else USUAL, choose=choose, method=method, areas=areas,
            share=share, folds=folds, seed=seed, smear=smear, synthetic=bool(told.get("synthetic")),
            compare=tuple(name for name in compare.split(",") if name),
        )  # fmt: skip
        if out is not None:
            _written(base, options, out, tell)
            return
        made = actions_scores.train_formula(base=base, options=options, by=acting.officer(by), progress=tell)
    fit = made.card["fit"] if made.card else {}
    told = {"version": made.pk, "code": made.code, "sha256": made.sha256, "fit": fit}
    _tell(told, as_json, f"{made.pk}  {made.code}  {made.sha256[:12]}  R2 {fit['r2_in']:.3f} / {fit['r2_out']:.3f}")


def _written(base: Path, options: Any, out: Path, tell: Any) -> None:
    from shohay.bulk import survey_base, training
    from shohay.bulk.training_data import GROUPS

    options.check()
    table = survey_base.table(base, list(dict.fromkeys([*options.candidates, *GROUPS, "area_type"])))
    made = training.train(table, options, progress=tell)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{options.code}.yaml").write_text(made.text, encoding="utf-8")
    card_text = json.dumps(made.card, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (out / f"{options.code}.card.json").write_text(card_text, encoding="utf-8")
    typer.echo(f"{out / options.code}.yaml  {made.formula.sha256}")


def card(which: Which, as_json: Json = False) -> None:
    """The model card of a formula: how well it finds the poor."""
    ready()
    from shohay.core import model_card
    from shohay.stages.programmes import queries_scores as queries

    with acting.telling():
        found = queries.card(queries.needed(which))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    typer.echo(model_card.news(found).in_language(acting.language()))
    for one in found["models"]:
        typer.echo(f"\n{one['name']}: {one['rows']:,} / {one['clusters']}  R2 {one['r2']:.3f}  out {one['r2_out']:.3f}")
        for row in one["coefficients"]:
            error = "" if row["error"] is None else f"  ({row['error']:.4g})"
            typer.echo(f"  {row['coefficient']:>12.6g}{error:<14}  {row['value']}")
    typer.echo(f"\n{'%':>3} {'score':>6} {'left out':>9} {'wrong':>7} {'CGH':>6}")
    for row in found["curve"]:
        if row["share"] % 10 == 0 and row["exclusion"] is not None:
            errors = f"{row['exclusion']:>9.3f} {row['inclusion']:>7.3f} {row['cgh']:>6.2f}"
            typer.echo(f"{row['share']:>3} {row['score']:>6} {errors}")


def activate(
    which: Which,
    on: Annotated[str, typer.Option(help="The day from which it is in force; today where it is left out.")] = "",
    by: acting.By = "system",
) -> None:
    """Put an installed formula in force; not by the officer who installed it."""
    ready()
    from django.utils import timezone

    from shohay.stages.programmes import actions_scores
    from shohay.stages.programmes import queries_scores as queries

    with acting.telling():
        day = acting.day(on) if on else timezone.localdate()
        use = actions_scores.activate(version=queries.needed(which), on=day, by=acting.officer(by))
    typer.echo(f"{use.version.code}  {use.version.sha256[:12]}  {use.valid_from.isoformat()}")


def explain(
    household: Annotated[int, typer.Argument(help="Number of the household in the registry.")],
    formula: Annotated[str, typer.Option(help="Another formula than the one in force.")] = "",
    purpose: Annotated[str, typer.Option(help="Why the record is opened; the log keeps it.")] = "verification",
    by: acting.By = "system",
    as_json: Json = False,
) -> None:
    """What the score of a household is made of, in words; the opening of the record is logged."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.programmes import queries_scores as formulas
    from shohay.stages.registry import actions_households
    from shohay.stages.registry import queries_scores as queries

    with acting.telling():
        officer, version = acting.officer(by), formulas.needed(formula) if formula else formulas.version_on()
        if version is None:
            raise Refusal("formula_missing", code="-")
        actions_households.open_household(household_id=household, purpose=purpose, by=officer)
        parsed = formulas.parsed(version)
        _, snapshot, found = queries.explained(officer, household, parsed)
    language = acting.language()
    if as_json:
        told = found._asdict() | {"parts": [{**part._asdict(), "text": part.text._asdict()} for part in found.parts]}
        told |= {"formula": version.sha256, "snapshot": snapshot.sha256}
        typer.echo(json.dumps(told, ensure_ascii=False, default=str))
        return
    typer.echo(f"{household}  {parsed.title.in_language(language)}  {snapshot.as_of}  score {found.score}")
    for part in found.parts:
        value = (
            "?" if part.contribution is None else f"{part.contribution + 0.0:+.4g}"
        )  # + 0.0: no minus before nothing
        typer.echo(f"  {value:>9}  {part.text.in_language(language)}")


def drift(
    which: Which,
    before: Annotated[int, typer.Argument(help="Number of the earlier snapshot.")],
    after: Annotated[int, typer.Argument(help="Number of the later snapshot.")],
    by: acting.By = "system",
    as_json: Json = False,
) -> None:
    """How the scores of a formula differ between two snapshots."""
    ready()
    from shohay.core.messages import Refusal
    from shohay.stages.programmes import actions_scores
    from shohay.stages.programmes import queries_scores as queries
    from shohay.stages.registry.models import Snapshot
    from shohay.stages.registry.queries_scores import folder_of

    with acting.telling():
        found = [Snapshot.objects.filter(pk=number).first() for number in (before, after)]
        if found[0] is None or found[1] is None:
            raise Refusal("snapshot_gone", path=f"{before}, {after}")
        row = actions_scores.keep_drift(
            version=queries.needed(which), before=folder_of(found[0]), after=folder_of(found[1]), by=acting.officer(by)
        )
    _tell(row.result, as_json, f"{row.formula_code}  PSI {row.psi:.4f}  KS {row.ks:.4f}  {row.level}")


def due(
    on: Annotated[str, typer.Option(help="The day; today where it is left out.")] = "",
    by: acting.By = "system",
) -> None:
    """By upazila how many scores have run out and how many soon will."""
    ready()
    from django.utils import timezone

    from shohay.core.messages import Refusal
    from shohay.stages.programmes import queries_scores as formulas
    from shohay.stages.registry import queries_scores as queries

    with acting.telling():
        day = acting.day(on) if on else timezone.localdate()
        version = formulas.version_on(day)
        if version is None:
            raise Refusal("formula_missing", code="-")
        months = formulas.parsed(version).valid_months
        rows = queries.due_by_upazila(acting.officer(by), months, day)
    for row in rows:
        typer.echo(f"{row.area_code}  {row.households:>9,}  {row.due:>9,}  {row.soon:>9,}  {row.oldest or ''}")
