"""Two records, one person? Pairs in doubt side by side, merges to approve, merges to undo."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.linkage import actions, queries
from shohay.stages.linkage.models import LinkageRun, Merge, Pair
from shohay.stages.registry import queries as registry
from shohay.stages.registry.models import Person, Snapshot
from shohay.web.office import desk, exports, works
from shohay.web.office.linkage import lists
from shohay.web.office.linkage.forms import DecideForm, UndoForm
from shohay.web.office.words import say
from shohay.web.parts import pager

JOB = "find_duplicates"


class Line(NamedTuple):
    """One particular of both records."""

    label: str
    left: object
    right: object
    kind: str
    differs: bool


@require_GET
@desk.needs("pair.decide", "run.start")
def pairs(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for a person's eye, the likeliest first; and the search that finds them."""
    if kind := exports.wanted(request):
        return exports.answer(request, "pairs", kind)
    return _pairs_page(request)


def _pairs_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    officer, shown = desk.officer(request), request.GET.get("shown", "waiting")
    context = {
        "rows": pager.page(request, lists.pairs(officer, shown), order=("-probability", "id")),
        "shown": shown,
        "may_decide": officer.may("pair.decide"),
        **searching(),
    }
    return desk.page(request, "office/linkage/pairs.html", context, refusal=refusal)


def searching() -> dict[str, Any]:
    """What office/linkage/search.html shows: the search under way, the last one, and the snapshot the next reads."""
    return {
        "search": works.latest(JOB),
        "last_search": LinkageRun.objects.filter(finished_at__isnull=False).order_by("-id").first(),
        "newest": _newest_snapshot(),
    }


def _newest_snapshot() -> Snapshot | None:
    return registry.snapshots().order_by("-id").first()


@require_POST
@desk.needs("run.start")
def search(request: HttpRequest) -> HttpResponse:
    """Matching takes minutes: a job does it, over the newest snapshot."""
    newest = _newest_snapshot()
    if newest is None:
        return _pairs_page(request, _("A search reads a snapshot, and there is none yet. Take a snapshot first."))
    works.start(JOB, by=desk.officer(request), snapshot_id=newest.pk)
    return redirect("office:snapshots" if request.POST.get("from") == "snapshots" else "office:pairs")


@require_GET
@desk.needs("pair.decide")
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    return _pair_page(request, _pair(request, pk), DecideForm())


@require_POST
@desk.needs("pair.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, refusal = _pair(request, pk), DecideForm(request.POST), ""
    if form.is_valid():
        given = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions.decide_pair(
                pair=row, decision=given["decision"], reason=given["reason"], by=desk.officer(request)
            )
        )
        if not refusal:
            desk.done(request, _("Your decision is recorded."))
            return _next_pair(request)
    return _pair_page(request, row, form, refusal)


def _next_pair(request: HttpRequest) -> HttpResponse:
    """The next pair that waits, or the list when none is left."""
    waiting = lists.pairs(desk.officer(request), "waiting").first()
    return redirect("office:pair", waiting.pk) if waiting else redirect("office:pairs")


@require_GET
@desk.needs("merge.propose", "merge.approve")
def merges(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "merges", kind)
    return _merges_page(request)


@require_POST
@desk.needs("merge.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    merge, by = _merge(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.approve_merge(merge=merge, by=by),
        lambda why: _merges_page(request, refusal=why),
        _("The merge is approved: the second record now counts as a copy of the first."),
        "office:merges",
    )


@require_POST
@desk.needs("merge.approve")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    merge, form, by = _merge(request, pk), UndoForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions.undo_merge(merge=merge, reason=form.cleaned_data["reason"], by=by),
        lambda why: _merges_page(request, refusal=why, form=form, at=pk),
        _("The merge is undone: both records stand on their own again."),
        "office:merges", form=form,
    )  # fmt: skip


def _merges_page(request: HttpRequest, *, refusal: str = "", form: UndoForm | None = None, at: int = 0) -> HttpResponse:
    shown = request.GET.get("shown", "waiting")
    rows = pager.page(request, lists.merges(desk.officer(request), shown), order=("-id",))
    context = {"rows": rows, "shown": shown, "form": form or UndoForm(), "at": at}
    return desk.page(request, "office/linkage/merges.html", context, refusal=refusal)


def _pair(request: HttpRequest, pk: int) -> Pair:
    found = queries.pairs(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _merge(request: HttpRequest, pk: int) -> Merge:
    found = queries.merges(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _pair_page(request: HttpRequest, row: Pair, form: DecideForm, refusal: str = "") -> HttpResponse:
    context = {"pair": row, "lines": _lines(row.left, row.right), "form": form}
    return desk.page(request, "office/linkage/pair.html", context, refusal=refusal)


def _lines(left: Person, right: Person) -> list[Line]:
    """Both records side by side, particular by particular; numbers masked."""
    shown = [
        (_("Name in Bangla"), "name_bn", "text"),
        (_("Name in English"), "name_en", "text"),
        (_("Father"), "father_name", "text"),
        (_("Mother"), "mother_name", "text"),
        (_("Born on"), "birth_date", "day"),
        (_("Place"), "area_code", "area"),
        (_("Household"), "household_id", "number"),
    ]
    lines = [
        Line(label, getattr(left, name), getattr(right, name), kind, getattr(left, name) != getattr(right, name))
        for label, name, kind in shown
    ]
    sexes = say("sex", left.sex), say("sex", right.sex)
    lines.insert(5, Line(_("Sex"), *sexes, "text", sexes[0] != sexes[1]))
    for (label, one), (_label, other) in zip(_numbers(left), _numbers(right), strict=True):
        lines.append(Line(label, one, other, "text", one != other))
    return lines


def _numbers(person: Person) -> list[tuple[str, str]]:
    masked = registry.masked(person)
    return [(_("Identity number"), masked.get("identity", "")), (_("Account"), masked.get("account", ""))]
