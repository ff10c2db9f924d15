"""Installing, training and activating formulas; asking for a drift."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shohay.stages.programmes import actions_scores as actions
from shohay.stages.programmes.models_scores import ScoreVersion
from shohay.stages.results import queries_lab
from shohay.web.office import desk, works
from shohay.web.office.scores import views
from shohay.web.office.scores.forms import ActivateForm, InstallForm, TrainForm


@desk.needs("score.propose")
def install(request: HttpRequest) -> HttpResponse:
    """A formula as a document; another officer puts it in force."""
    form = InstallForm(request.POST or None, request.FILES or None)
    refusal, made = "", list[ScoreVersion]()
    if request.method == "POST" and form.is_valid():
        given, officer = form.cleaned_data, desk.officer(request)
        refusal = desk.attempt(
            lambda: made.append(actions.install(text=given["text"], note=given.get("note", ""), by=officer))
        )
        if made:
            desk.done(request, _("The formula is installed. Another officer can put it in force."))
            return redirect("office:score", made[0].pk)
    sample = files("shohay.web.office.scores").joinpath("sample.yaml").read_text(encoding="utf-8")
    return desk.page(request, "office/scores/new.html", {"form": form, "sample": sample}, refusal=refusal)


@desk.needs("score.propose")
def train(request: HttpRequest) -> HttpResponse:
    """Choose a survey, facts and a cut-off; the job trains and installs."""
    bases = _bases(request)
    form = TrainForm(bases, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = form.cleaned_data
        works.start(
            views.TRAINS, by=desk.officer(request), base=given["base"], code=given["code"],
            title=[given["title_bn"], given["title_en"]], candidates=given["candidates"], choose=given["choose"],
            areas=given["areas"], method=given["method"], share=given["share"] / 100, seed=given["seed"],
            valid_months=given["valid_months"], compare=["quantile", "boosting"] if given["compare"] == "yes" else [],
        )  # fmt: skip
        return redirect("office:scores")
    return desk.page(request, "office/scores/train.html", {"form": form, "bases": bases})


def _bases(request: HttpRequest) -> list[tuple[str, str]]:
    """The survey bases that can be learned from: folder and title."""
    found = [base for base in queries_lab.bases(desk.officer(request)) if base.kind != queries_lab.Kind.REGISTRY]
    return [(base.key, base.title[desk.language() == "en"] or base.key) for base in found]


@require_POST
@desk.needs("score.activate")
def activate(request: HttpRequest, pk: int) -> HttpResponse:
    """In force from a day, by a second officer."""
    row, form = views.found(pk), ActivateForm(request.POST)
    return desk.act(
        request, lambda: actions.activate(version=row, on=form.cleaned_data["on"], by=desk.officer(request)),
        lambda refusal: views.page(request, views.found(pk), form, refusal),
        _("The formula is in force from that day. Runs of that day and later are scored by it."), "office:score", pk,
        form=form,
    )  # fmt: skip


@require_POST
@desk.needs("score.propose")
def compute_drift(request: HttpRequest) -> HttpResponse:
    """Score two snapshots with a formula and compare, as a job."""
    form = views.drift_form(request.POST)
    if not form.is_valid():
        return views.drift_page(request, form)
    given = form.cleaned_data
    works.start(
        views.DRIFTS, by=desk.officer(request), version=given["version"], before=int(given["before"]),
        after=int(given["after"]),
    )  # fmt: skip
    return redirect("office:score-drift")
