"""The link of household surveys: two rounds of invented people, imported, estimated, ready to be compared."""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

HOUSEHOLDS = 8_000  # of the invented country that each round samples


def surveys(world: World, progress: Progress) -> Counted:
    """The statistics officer sends two example rounds in; both say that they are synthetic."""
    from shohay.bulk.survey_synth import ROUNDS, write_survey
    from shohay.stages.results import actions_survey, queries_survey

    by = world.officer("bbs")
    rows = estimates = 0
    for number, label in enumerate(ROUNDS, start=1):
        made = queries_survey.named(by, "SYNTH", label)
        if made is None or queries_survey.stored(made) is None:
            data, mapping = write_survey(label=label, households=HOUSEHOLDS, out=world.var / "synth" / "survey")
            text = mapping.read_text(encoding="utf-8")
            made = actions_survey.import_round(data=data, file_name=data.name, mapping=text, by=by)
        rows += made.counts["good"]
        estimates += actions_survey.estimate_round(survey_round=made, by=by).estimates
        progress("estimates", number, len(ROUNDS))
    return Counted(rows, estimates)
