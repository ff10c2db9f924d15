"""shohay simulate SCENARIO.yaml...: scenarios simulated on a survey or on the registry; ``shohay survey-base``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shohay.cli.acting import language, refuse, telling

if TYPE_CHECKING:
    from shohay.core.scenario import Scenario
    from shohay.core.simulation_result import Result, ScenarioResult

ENDINGS = (".yaml", ".yml")
FOLDER = "survey-bases"  # under VAR; the policy lab lists what stands there
SHOWN = 8  # warnings of a scenario in the table


def register(app: typer.Typer) -> None:
    commands = typer.Typer(no_args_is_help=True, help="Household surveys that rules and scores can be run on.")
    commands.command("synthetic")(synthetic)
    commands.command("make")(make)
    app.add_typer(commands, name="survey-base")


def are_scenarios(names: Sequence[str]) -> bool:
    """Whether the arguments of ``shohay simulate`` are files of scenarios (else: the name of an outside party)."""
    return any(name.endswith(ENDINGS) or Path(name).is_file() for name in names)


def scenarios(names: Sequence[str], *, data: str, sample: float, seed: int, as_json: bool, on: str) -> None:
    """Simulate the scenarios of the files and print the result."""
    from shohay.core.scenario import Scenario

    with telling():
        read = [Scenario.parse(_text(name)) for name in names]
        if on:
            from shohay.cli.acting import day

            read = [scenario.model_copy(update={"on": day(on)}) for scenario in read]
        given = _registry(read) if data == "registry" else _survey(data)
        result = _simulated(read, given, sample, seed, quiet=as_json)
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, sort_keys=True))
    else:
        show(result)


def _text(name: str) -> str:
    path = Path(name)
    if not path.is_file():
        refuse(f"{name} নামে কোনো ফাইল নেই", f"there is no file {name}")
    return path.read_text(encoding="utf-8")


def _simulated(read: list[Scenario], given: dict[str, Any], sample: float, seed: int, quiet: bool) -> Result:
    from shohay.bulk.simulation import simulate

    if quiet:
        return simulate(scenarios=read, sample=sample, seed=seed, **given)
    from shohay.cli.showing import bars

    with bars() as progress:
        return simulate(scenarios=read, sample=sample, seed=seed, progress=progress, **given)


def _survey(data: str) -> dict[str, Any]:
    """The base at survey:PATH with what is shipped: it needs no database."""
    from shohay.bulk import pmt, survey_base
    from shohay.policy import shipped

    kind, _, path = data.partition(":")
    if kind != "survey" or not path:
        raise typer.BadParameter("registry, or survey:PATH", param_hint="--data")
    survey_base.info(Path(path))
    definitions = {definition.code: definition for definition in shipped.definitions()}
    return {"base": Path(path), "definitions": definitions, "formula": pmt.shipped()}


def _registry(read: list[Scenario]) -> dict[str, Any]:
    """The newest snapshot with the definitions, drafts, formula and places of the database."""
    from shohay.cli.ready import ready

    ready()
    from shohay.core import document
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.results import queries_lab

    base = next((one for one in queries_lab.bases(SYSTEM) if one.kind == "registry"), None)
    if base is None:
        refuse("এমন কোনো প্রতিলিপি নেই; নিন: `shohay snapshot`", "there is no snapshot; take one with `shohay snapshot`")
    asked = queries_lab.inputs_of(base, [document.read(scenario.text) for scenario in read])
    return {
        "base": base.path, "definitions": asked.definitions, "drafts": asked.drafts, "formula": asked.formula,
        "quotas": asked.quotas,
    }  # fmt: skip


# ----------------------------------------------------------------------------------------------------- the table


def show(result: Result) -> None:
    """The figures of each scenario, programme by programme, and what differs."""
    from shohay.core.simulation_result import MEASURES

    tongue, base = language(), result["base"]
    typer.echo(
        f"{base['kind']}  {base['as_of']}  {base['weighted_people']:,} people  welfare: {base['welfare']}"
        f"  line: {base['line']['value'] or ''}{'  SYNTHETIC' if base['synthetic'] else ''}"
    )
    for one in result["scenarios"]:
        totals = one["totals"]
        typer.echo(f"\n== {one['title'][tongue]}  ({result['fiscal_year']})")
        typer.echo(f"{'':10}{'eligible':>14}{'caseload':>14}{'places':>12}{'cost, Tk crore':>16}")
        for row in one["programmes"]:
            places = "" if row["quota"] is None else f"{row['quota']:,}"
            typer.echo(f"{row['code']:10}{row['eligible']:>14,}{row['caseload']:>14,}{places:>12}{crore(row['cost'])}")
        typer.echo(f"{'':10}{totals['eligible']:>14,}{totals['caseload']:>14,}{'':>12}{crore(totals['cost'])}")
        for row_ in one["measures"]:
            if not row_["by"] and not row_["programme"] and row_["value"] is not None:
                error = f" ± {row_['error']:.2%}" if row_["error"] is not None else ""
                typer.echo(f"  {row_['value']:>8.2%}{error}  {MEASURES[row_['measure']].in_language(tongue)}")
        _rest(one, tongue)
    for other in result["compare"]:
        if other["measure"] in ("caseload", "cost", "headcount") and not other["programme"] and other["difference"]:
            typer.echo(f"{other['scenario'] + 1} - 1  {other['measure']:10} {other['difference']:+,.9g}")


def _rest(one: ScenarioResult, tongue: str) -> None:
    """Projection and warnings."""
    from shohay.core.simulation_result import WARNINGS

    years = "  ".join(f"{row['year']}:{crore(row['cost']).strip()}" for row in one["projection"])
    typer.echo(f"  {years}")
    for warned in one["warnings"][:SHOWN]:
        typer.echo(f"  ! {WARNINGS[warned['code']].in_language(tongue).format_map(_Blanks(warned['params']))}")
    if len(one["warnings"]) > SHOWN:
        typer.echo(f"  ! + {len(one['warnings']) - SHOWN}")


class _Blanks(dict[str, Any]):
    """A blank that a warning does not fill stays empty."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        super().__init__(given)

    def __missing__(self, key: str) -> str:
        return ""


def crore(poisha: int) -> str:
    """Poisha as crore of taka, with two decimals."""
    return f"{poisha / 1_000_000_000:>16,.2f}"


# --------------------------------------------------------------------------------------------------- survey bases


def synthetic(
    name: Annotated[str, typer.Argument(help="Name of the folder.")] = "synthetic",
    households: Annotated[int, typer.Option(help="About so many, 20 to a cluster.", min=320)] = 14_400,
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 2022,
    out: Annotated[Path | None, typer.Option(help="Else VAR/survey-bases.")] = None,
) -> None:
    """Make a survey of people who do not exist, labelled as such: to try rules out before there are microdata."""
    from shohay.bulk import survey_base

    typer.echo(str(survey_base.synthetic(households=households, seed=seed, out=_folder(out) / name)))


def make(
    households: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or Parquet, a row a household.")],
    persons: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV or Parquet, a row a person.")],
    mapping: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="What the columns mean (YAML).")],
    name: Annotated[str, typer.Option(help="Name of the folder; else that of the survey.")] = "",
    out: Annotated[Path | None, typer.Option(help="Else VAR/survey-bases.")] = None,
) -> None:
    """Make a survey base of microdata; says what was found in them. Exit 1 where they cannot be taken."""
    from shohay.bulk import survey_base_files

    with telling():
        text = mapping.read_text(encoding="utf-8")
        made = survey_base_files.make(households, persons, text, _folder(out) / (name or households.stem))
    typer.echo(str(made.path))
    for code, count in sorted(made.findings.items()):
        typer.echo(f"{count:>10,}  {code}")


def _folder(out: Path | None) -> Path:
    folder = out or Path(import_module("shohay.config.settings").VAR) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return folder
