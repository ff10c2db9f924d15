"""The link of the policy lab: today's old age allowance beside two changes of it, simulated on the registry, saved."""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

NAME = "বয়স্ক ভাতা ৬০ বছরে · Old age at 60 (example)"
CODES = ("OAA", "WDA", "DPA", "MCBP")
CHANGE: dict[str, object] = {"parameters": {"age_men": 60, "age_women": 60, "rate": 1000}}


def lab(world: World, progress: Progress) -> Counted:
    """The programme manager compares three scenarios and saves the comparison for all."""
    from shohay.stages.results import actions_lab, queries_lab

    by = world.officer("manager")
    study = queries_lab.studies(by).filter(name=NAME).first()
    if study is None:
        base = next(base for base in queries_lab.bases(by) if base.kind == queries_lab.Kind.REGISTRY)
        study = actions_lab.start_study(name=NAME, base=base, scenarios=_scenarios(world), by=by)
    result = study.result or actions_lab.simulate_study(study=study, by=by, progress=progress)
    if not study.saved:
        actions_lab.save_study(study=study, name=NAME, by=by)
    return Counted(int(result.result["base"]["persons"]), len(result.result["scenarios"]))


def _scenarios(world: World) -> list[dict[str, object]]:
    """Published rules; older people earlier and more in the same places; the same for everyone eligible."""
    titles: list[tuple[str, str, dict[str, object]]] = [
        ("আজকের নিয়ম", "Today’s rules", {}),
        ("৬০ বছর, ১,০০০ টাকা, একই কোটা", "Age 60, Tk 1,000, the same places", CHANGE),
        ("৬০ বছর, ১,০০০ টাকা, যোগ্য সবাই", "Age 60, Tk 1,000, everyone eligible", {**CHANGE, "quota": "none"}),
    ]  # fmt: skip
    return [
        {
            "format": 1, "title": {"bn": bn, "en": en}, "on": world.today.isoformat(), "years": 5, "take_up": 0.9,
            "administration": 0.03,
            "programmes": [{"code": "OAA", **({"change": change} if change else {})},
                           *({"code": code} for code in CODES[1:])],
        }
        for bn, en, change in titles
    ]  # fmt: skip
