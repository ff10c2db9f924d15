"""A household typed in: the household part, then a page for each member, saved at every step, judged as a file is."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shohay.bulk.intake_template import Column, load_template
from shohay.core.messages import Refusal
from shohay.core.messages import say as say_message
from shohay.stages.intake import actions_drafts, queries_drafts
from shohay.stages.intake.models import Draft, Upload
from shohay.stages.registry import actions_consent, queries
from shohay.web.office import desk, works
from shohay.web.office.intake.forms import NoticeFields, PartForm
from shohay.web.parts import names, pager

JOB = "import_file"
MOST = 60  # members, as the template says
SKIP = ("line_no",)
# where a heading stands before a column of the member's page
HEADINGS = {"relation": "who", "marital_status": "marriage", "disability": "disability", "pregnant": "pregnancy",
            "school_level": "school", "occupation": "work", "id_kind": "identity", "account_kind": "account",
            "applies_for": "application"}  # fmt: skip


def _columns(level: str) -> list[Column]:
    return [one for one in load_template("household").columns if one.level == level and one.code not in SKIP]


@require_GET
@desk.needs("upload.create")
def drafts(request: HttpRequest) -> HttpResponseBase:
    """Households begun and not sent."""
    rows = pager.page(request, queries_drafts.drafts(desk.officer(request)), order=("-saved_at", "-id"))
    for row in rows.rows:
        row.head = _head(row)
    return desk.page(request, "office/intake/drafts.html", {"rows": rows})


def _head(row: Draft) -> str:
    """The head's name, for finding one's draft again."""
    try:
        data = queries_drafts.opened(row, queries.key_ring())
    except Refusal:
        return ""
    return next((one.get("name_bn", "") for one in data["members"] if one.get("relation") == "head"), "")


@require_POST
@desk.needs("upload.create")
def begin(request: HttpRequest) -> HttpResponseBase:
    made: list[Draft] = []
    officer = desk.officer(request)
    refusal = desk.attempt(lambda: made.append(actions_drafts.begin_draft(ring=queries.key_ring(), by=officer)))
    if refusal:
        rows = pager.page(request, queries_drafts.drafts(officer), order=("-saved_at", "-id"))
        return desk.page(request, "office/intake/drafts.html", {"rows": rows}, refusal=refusal)
    return redirect("office:draft-part", made[0].pk, 0)


def _mine(request: HttpRequest, pk: str) -> Draft:
    found = Draft.objects.filter(desk.officer(request).area_filter(), pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
@desk.needs("upload.create")
def draft(request: HttpRequest, pk: str, refusal: str = "", notice: NoticeFields | None = None) -> HttpResponseBase:
    """The whole draft: who is in it, what is still wrong, and sending it."""
    row, officer = _mine(request, pk), desk.officer(request)
    if row.state == Draft.State.SENT and row.upload_id:
        return redirect("office:upload", row.upload_id)
    if row.state != Draft.State.OPEN:
        return redirect("office:drafts")
    data = queries_drafts.opened(row, queries.key_ring())
    wrong, noted = (
        queries_drafts.judged(data, officer=officer, language=desk.language()) if data["members"] else ({}, {})
    )
    context = {
        "draft": row, "house": data["household"], "members": _shown(data, wrong),
        "ready": not wrong and data["members"],
        "wrong": _listed(wrong), "noted": _listed(noted), "next": len(data["members"]) + 1, "most": MOST,
        "notice": notice or NoticeFields(initial=data.get("notice") or {}),
    }  # fmt: skip
    return desk.page(request, "office/intake/draft.html", context, refusal=refusal)


def _shown(data: dict[str, Any], wrong: queries_drafts.Wrong) -> list[dict[str, Any]]:
    bad = {place for place, _column in wrong}
    relations = load_template("household").column("relation").values
    at = desk.language() == "bn"
    return [
        {"place": place + 1, "name": one.get("name_bn") or one.get("name_en", ""), "wrong": place in bad,
         "relation": (relations.get(one.get("relation", ""), [""])[0] if at else one.get("relation", "").capitalize())}
        for place, one in enumerate(data["members"])
    ]  # fmt: skip


def _listed(found: queries_drafts.Wrong) -> list[dict[str, Any]]:
    """What was found, with the page and field where it is mended."""
    titles = {one.code: getattr(one, desk.language()) for one in load_template("household").columns}
    house = {one.code for one in _columns("household")}
    return [
        {"part": 0 if column in house else place + 1, "column": column, "title": titles.get(column, ""), "texts": texts}
        for (place, column), texts in sorted(found.items())
    ]  # fmt: skip


@require_http_methods(["GET", "POST"])
@desk.needs("upload.create")
def part(request: HttpRequest, pk: str, place: int) -> HttpResponseBase:
    """The household (0) or the member at ``place``. Sending saves what was typed, right or wrong."""
    row = _mine(request, pk)
    if row.state != Draft.State.OPEN:
        return redirect("office:draft", pk)
    data = queries_drafts.opened(row, queries.key_ring())
    if not 0 <= place <= min(len(data["members"]) + 1, MOST):
        raise Http404
    columns = _columns("household" if place == 0 else "person")
    if request.method == "POST":
        return _save(request, row, data, place, columns)
    return _part_page(request, row, place, _form(request, columns, _values(data, place)), data)


def _values(data: dict[str, Any], place: int) -> dict[str, str]:
    if place == 0:
        return dict(data["household"])
    return dict(data["members"][place - 1]) if place <= len(data["members"]) else {}


def _form(request: HttpRequest, columns: list[Column], values: dict[str, str]) -> PartForm:
    form = PartForm(columns=columns, officer=desk.officer(request))
    several = [column.code for column in columns if column.kind == "codes"]
    form.initial = {code: value.split(";") if code in several else value for code, value in values.items()}
    return form


def _save(
    request: HttpRequest, row: Draft, data: dict[str, Any], place: int, columns: list[Column]
) -> HttpResponseBase:
    officer, form = desk.officer(request), PartForm(request.POST, columns=columns, officer=desk.officer(request))
    mine = form.typed()
    members = list(data["members"])
    if place == 0:
        data = {**data, "household": mine}
    elif "remove" in request.POST:
        data = {**data, "members": members[: place - 1] + members[place:]}
    else:
        data = {**data, "members": [*members[: place - 1], mine, *members[place:]]}
    seen = request.POST.get("version", "")
    try:
        actions_drafts.save_draft(
            draft=row, version=int(seen) if seen.isdigit() else -1, data=data, ring=queries.key_ring(), by=officer
        )
    except Refusal as refusal:
        return _clash(request, row.pk, place, columns, mine, refusal)
    if "remove" in request.POST:
        return redirect("office:draft", row.pk)
    wrong, _noted = queries_drafts.judged(data, officer=officer, language=desk.language())
    here = {column: texts for (at, column), texts in wrong.items() if column in form.fields and at == max(place - 1, 0)}
    if here and "anyway" not in request.POST:
        row.refresh_from_db()
        return _part_page(request, row, place, _with_errors(form, here), data, saved=True)
    if "more" in request.POST and len(data["members"]) < MOST:
        return redirect("office:draft-part", row.pk, len(data["members"]) + 1)
    if place == 0 and not data["members"]:
        return redirect("office:draft-part", row.pk, 1)
    return redirect("office:draft", row.pk)


def _with_errors(form: PartForm, found: dict[str, list[str]]) -> PartForm:
    """The errors that the rules found, at their fields; Django's own checks would say the same in other words."""
    form.full_clean()
    form.errors.clear()
    for column, texts in found.items():
        for text in texts:
            form.add_error(column, text)
    return form


def _clash(
    request: HttpRequest, pk: Any, place: int, columns: list[Column], mine: dict[str, str], refusal: Refusal
) -> HttpResponseBase:
    """Another officer saved first: the page shows theirs beside what was typed, which stays in the form."""
    row = _mine(request, str(pk))
    if refusal.code != "draft_changed" or row.state != Draft.State.OPEN:
        return draft(request, pk, refusal=refusal.say(desk.language()))
    said = say_message(refusal.code, desk.language(), who=names.officer(str(refusal.params["who"]), desk.language()))
    data = queries_drafts.opened(row, queries.key_ring())
    theirs = _values(data, place)
    meanwhile = [
        {"label": getattr(column, desk.language()), "old": theirs.get(column.code, ""),
         "new": mine.get(column.code, ""), "changed": True}
        for column in columns if theirs.get(column.code, "") != mine.get(column.code, "")
    ]  # fmt: skip
    return _part_page(request, row, place, _form(request, columns, mine), data, refusal=said, meanwhile=meanwhile)


def _part_page(
    request: HttpRequest, row: Draft, place: int, form: PartForm, data: dict[str, Any], **more: Any
) -> HttpResponseBase:
    context = {
        "draft": row, "place": place, "form": form, "headings": HEADINGS, "members": len(data["members"]),
        "is_new": place > len(data["members"]), "saved": more.get("saved", False),
        "meanwhile": more.get("meanwhile", []),
    }  # fmt: skip
    if not form.is_bound and place == 1 and not form.initial:
        form.initial = {"relation": "head"}
    page = desk.page(request, "office/intake/draft_part.html", context, refusal=more.get("refusal", ""))
    if context["saved"]:
        page.status_code = 200  # what was typed is saved, right or wrong
    return page


@require_POST
@desk.needs("upload.create")
def send(request: HttpRequest, pk: str) -> HttpResponseBase:
    """Send the draft: it becomes an upload and goes the way of a file."""
    row, officer, notice = _mine(request, pk), desk.officer(request), NoticeFields(request.POST)
    if not notice.is_valid():
        return draft(_as_get(request), pk, notice=notice)
    version = request.POST.get("version", "")
    sent: list[Upload] = []

    def action() -> None:
        upload = actions_drafts.send_draft(
            draft=row, version=int(version) if version.isdigit() else -1, ring=queries.key_ring(),
            language=desk.language(), by=officer,
        )  # fmt: skip
        give_notice(upload, notice.cleaned_data, officer)
        sent.append(upload)

    refusal = desk.attempt(action)
    if refusal:
        return draft(_as_get(request), pk, refusal=refusal)
    if sent[0].state != Upload.State.ADMITTED:
        works.start(JOB, subject=str(sent[0].pk), by=officer, upload_id=str(sent[0].pk))
    desk.done(request, _("The household is sent. Below you see what becomes of it."))
    return redirect("office:upload", sent[0].pk)


def give_notice(upload: Upload, given: dict[str, Any], officer: Any) -> None:
    """Write down that the notice was read, where the form says so."""
    if given.get("told_by"):
        actions_consent.give_notice_of_file(
            upload=upload,
            told_by=given["told_by"],
            told_on=given["told_on"],
            language=given["told_in"] or "bn",
            by=officer,
        )


def _as_get(request: HttpRequest) -> HttpRequest:
    request.method = "GET"
    request.GET = QueryDict()
    return request


@require_POST
@desk.needs("upload.create")
def drop(request: HttpRequest, pk: str) -> HttpResponseBase:
    row, officer = _mine(request, pk), desk.officer(request)
    refusal = desk.attempt(lambda: actions_drafts.drop_draft(draft=row, by=officer))
    if refusal:
        return draft(_as_get(request), pk, refusal=refusal)
    desk.done(request, _("The draft is put away; what was typed is forgotten."))
    return redirect("office:drafts")
