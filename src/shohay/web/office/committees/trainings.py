"""Trainings given: for whom, on what, how many women and men, which districts; against what the plan asks for."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_on
from shohay.stages.coordination import actions_performance as actions
from shohay.stages.coordination import queries_performance as queries
from shohay.stages.coordination.models_performance import Training
from shohay.web.office import desk, exports
from shohay.web.office.committees.forms import TrainingForm, districts, ministry
from shohay.web.office.committees.performance import this_year
from shohay.web.office.exports import Field
from shohay.web.parts import names, pager
from shohay.web.templatetags.shohay import digits, num

YEARS = 6  # fiscal years that the filter offers


def _asked(asked: exports.Asked) -> dict[str, str]:
    year, district = asked.get("year", this_year()), asked.get("district", "")
    return {
        "fiscal_year": year if year in years() else "", "district": district if district.isdigit() else "",
        "audience": asked.get("audience", "") if asked.get("audience", "") in Training.Audience.values else "",
        "topic": asked.get("topic", "") if asked.get("topic", "") in Training.Topic.values else "",
    }  # fmt: skip


def years() -> list[str]:
    last = int(this_year()[:4])
    return [f"{year}-{(year + 1) % 100:02d}" for year in range(last, last - YEARS, -1)]


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[Training]:
    return queries.trainings(officer, **_asked(asked))


exports.declare("trainings", gettext_noop("Trainings"), _listed, ("committee.view",), [
    Field(gettext_noop("Title"), "title"), Field(gettext_noop("For whom"), "audience", "audience"),
    Field(gettext_noop("On what"), "topic", "topic"), Field(gettext_noop("First day"), "first_day", "day"),
    Field(gettext_noop("Last day"), "last_day", "day"), Field(gettext_noop("Women"), "women", "number"),
    Field(gettext_noop("Men"), "men", "number"), Field(gettext_noop("Districts"), "n_districts", "number"),
    Field(gettext_noop("Place"), "place"), Field(gettext_noop("Given by"), "ministry__name_{language}"),
])  # fmt: skip


@require_GET
@desk.needs("committee.view")
def trainings(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "trainings", kind)
    return _page(request)


def _page(request: HttpRequest, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    asked = _asked(request.GET.dict())
    found = queries.trainings(officer, **asked)
    page = pager.page(request, found.prefetch_related("districts"), order=("-first_day", "-id"))
    files = evidence_on("training", [row.pk for row in page.rows])
    for row in page.rows:
        row.files = files[str(row.pk)]
        row.places = sorted(one.area_code for one in row.districts.all())
    mine = [code for code in districts() if officer.covers(area=code)]
    form = None
    if officer.may("training.record"):
        form = TrainingForm(areas=officer.areas, only=officer.ministries)
    context = {
        "rows": page, "asked": asked, "years": [(year, digits(year)) for year in years()],
        "audiences": Training.Audience.values, "topics": Training.Topic.values,
        "districts": [(code, names.area(code, desk.language())) for code in mine],
        "tiles": _tiles(officer, found, asked["fiscal_year"]), "training_form": form, **forms,
    }  # fmt: skip
    return desk.page(request, "office/committees/trainings.html", context, refusal=refusal)


def _tiles(officer: Officer, found: QuerySet[Training], year: str) -> list[dict[str, object]]:
    totals = queries.training_totals(found)
    shown: list[dict[str, object]] = [
        {"label": _("Trainings"), "value": num(totals["n"]), "note": "", "href": "", "tone": ""},
        {
            "label": _("People trained"),
            "value": num(totals["women"] + totals["men"]),
            "note": _("%(women)s women, %(men)s men") % {"women": num(totals["women"]), "men": num(totals["men"])},
            "href": "",
            "tone": "",
        },
    ]
    labels = {
        "field_committees": _("Districts whose committees were trained"),
        "grievance": _("Districts trained on grievances"),
    }
    for row in queries.training_coverage(officer, fiscal_year=year) if year and "" in officer.areas else []:
        shown.append(
            {
                "label": labels[row.name],
                "value": f"{num(row.districts)} / {num(row.planned)}",
                "note": _("at least %(n)s districts a year (action plan, 2.18)") % {"n": num(row.planned)},
                "href": "",
                "tone": "good" if row.districts >= row.planned else "wait",
            }
        )
    return shown


@require_POST
@desk.needs("training.record")
def record(request: HttpRequest) -> HttpResponse:
    officer = desk.officer(request)
    form = TrainingForm(request.POST, request.FILES, areas=officer.areas, only=officer.ministries)

    def write() -> None:
        given = dict(form.cleaned_data)
        file = given.pop("paper")
        given["ministry"] = ministry(given["ministry"])
        actions.record_training(
            data=file.read() if file else b"", file_name=file.name if file else "", by=officer, **given
        )

    def again(why: str) -> HttpResponse:
        return _page(request, why, training_form=form)

    return desk.act(request, write, again, _("The training is written down."), "office:trainings", form=form)
