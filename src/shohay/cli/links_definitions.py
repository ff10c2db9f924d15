"""The link of programme rules: an example draft that waits for a second officer."""

from __future__ import annotations

from shohay.cli.world import Counted, Progress, World

PROGRAMME = "WDA"
SOURCE = "Example: no such order exists; it shows how a draft looks"
CASES = """on: 2026-11-21
given: {sex: female, marital_status: widowed, is_permanent_resident: true, has_identity: true,
        receives_government_salary: false, receives_government_pension: false}
cases:
  - {id: example-income-of-14000, facts: {birth_date: 1980-01-01, annual_income: 14000}, expect: {eligible: true}}
"""


def definitions(world: World, progress: Progress) -> Counted:
    """The programme manager submits a higher allowance and income ceiling for widows, labelled example."""
    from shohay.core import definition_edit
    from shohay.stages.programmes import actions_drafts as actions
    from shohay.stages.programmes import queries_drafts

    by = world.officer("manager")
    row = queries_drafts.drafts(by).filter(programme_id=PROGRAMME, example=True).first()
    row = row or actions.start_draft(programme=PROGRAMME, example=True, by=by)
    if row.state == row.State.OPEN:
        whole = queries_drafts.whole_of(row)
        version = definition_edit.edited(whole)
        figures = {name: dict(one) for name, one in version["parameters"].items()}
        figures["rate"]["value"], figures["income_ceiling"]["value"] = 800, 15_000
        source = {"source": SOURCE, "kind": "rate", "confidence": "low"}
        changed = definition_edit.with_edited(whole, {**version, "parameters": figures, "legal": [source]})
        actions.save_draft(draft=row.pk, revision=row.revision, whole=changed, what="parameters", by=by)
        actions.save_cases(draft=row.pk, text=CASES, by=by)
        row = actions.submit_draft(
            draft=row.pk, note="Example: a higher allowance and income ceiling for widows", by=by
        )
    progress("drafts", 1, 1)
    return Counted(len(queries_drafts.difference(row) or []), 1)
