"""The policy lab in a browser: a draft beside the published rules, a figure moved, the whole simulated and read."""

from __future__ import annotations

DRAFT = """
from shohay.cli.ready import ready; ready()
from shohay.core import definition_edit
from shohay.stages.accounts.queries import officer_of
from shohay.stages.programmes import actions_drafts, queries_drafts
by = officer_of("manager", "programme_manager")
row = actions_drafts.start_draft(programme="WDA", by=by)
whole = queries_drafts.whole_of(row)
version = definition_edit.edited(whole)
figures = {name: dict(one) for name, one in version["parameters"].items()}
figures["rate"]["value"] = 800
made = definition_edit.with_edited(whole, {**version, "parameters": figures})
print(actions_drafts.save_draft(draft=row.pk, revision=row.revision, whole=made, what="parameters", by=by).sha256)
"""
RUN = """
from shohay.cli.ready import ready; ready()
from shohay.stages.audit.models import Work
from shohay.jobs.running import carry_out
from shohay.jobs.simulate import simulate
work = Work.objects.filter(name="simulate").latest("id")
carry_out(simulate, 0, work.pk, "manager", "programme_manager", {"study_id": int(work.subject)})
"""


def test_a_manager_compares_a_draft_moves_a_figure_and_reads_the_result(office, site, axe):
    site.shohay("survey-base", "synthetic", "browser", "--households", "400", "--seed", "7")
    draft = site.run("-c", DRAFT).split()[-1]
    page = office("manager", f"/office/lab/new?draft={draft}", language="en")
    axe(page)
    page.click("main form.lab-form button.btn-primary")
    page.wait_for_url("**/office/lab/*/")
    assert "Draft" in page.inner_text("main")
    study = page.url
    page.goto(f"{study}2/WDA/")
    page.wait_for_selector("#answer dl")
    page.fill("#id_p_rate", "1000")  # the sample answers of itself
    page.wait_for_selector("#answer .less")
    axe(page)
    page.click("main .answer-line button.btn-primary")
    page.wait_for_url(study)
    page.click("text=Simulate the whole")
    page.wait_for_selector(".job progress")
    site.run("-c", RUN)
    page.click("text=See the result")  # the job's box asks each second
    page.wait_for_selector("#area-map .chart[data-drawn] svg")
    assert page.locator(".chart[data-drawn]").count() >= 6
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    axe(page)
    page.click("main .do button:has-text('Save')")
    page.wait_for_url(study)
    assert "Saved" in page.inner_text(".head .state")
