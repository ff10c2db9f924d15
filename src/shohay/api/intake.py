"""Households sent in by other systems: the same path as a file, over HTTP. docs/developer/intake-api.md describes it.

A body is kept as it came, checked by the worker, and answered for at the address of its upload. The same bytes twice
are one upload, so a sender that heard no answer sends again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django import app

from shohay.core.messages import MESSAGES, Refusal
from shohay.stages.accounts import rls
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import start_work
from shohay.stages.audit.models import Work
from shohay.stages.intake import actions, queries
from shohay.stages.intake.models import RowError, Upload
from shohay.stages.intake.queries_tokens import officer_behind

LIMIT_MIB = 64
BLOCK = 1 << 20
KINDS = ("application/json", "application/x-ndjson", "text/csv")
ERRORS = 500  # row errors on one page
View = Callable[..., JsonResponse]


def bearer(view: View) -> Callable[..., JsonResponse]:
    """The officer behind ``Authorization: Bearer TOKEN``, in one transaction bound to their area; else 401."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        try:
            officer, _row = officer_behind(token.strip() if scheme.lower() == "bearer" else "")
        except Refusal as refusal:
            return _refused(refusal, 401)
        with transaction.atomic():
            rls.enter(officer)
            try:
                return view(request, *args, officer=officer, **kwargs)
            except Refusal as refusal:
                transaction.set_rollback(True)
                return _refused(refusal, STATUS.get(refusal.code, 422))

    return guarded


STATUS = {"body_too_large": 413, "body_kind": 415, "not_allowed": 403}


@csrf_exempt
@require_POST
@bearer
def households(request: HttpRequest, *, officer: Officer) -> JsonResponse:
    """202 with the upload and where its state stands; 200 when these bytes were sent before."""
    kind = (request.content_type or "").lower()
    if kind not in KINDS:
        raise Refusal("body_kind")
    folder: Path = settings.VAR / "work"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="body-") as kept:
        _keep(request, kept)
        ending = {"application/json": "json", "application/x-ndjson": "ndjson", "text/csv": "csv"}[kind]
        upload = actions.receive(
            data=Path(kept.name), file_name=f"api.{ending}", area_code=officer.areas[0], channel=Upload.Channel.API,
            by=officer,
        )  # fmt: skip
    if upload.state in (Upload.State.RECEIVED, Upload.State.CHECKED):
        _start(upload, officer)
    new = upload.state == Upload.State.RECEIVED
    return JsonResponse(_said(request, upload), status=202 if new else 200)


def _keep(request: HttpRequest, out: Any) -> None:
    size = 0
    while block := request.read(BLOCK):
        size += len(block)
        if size > LIMIT_MIB << 20:
            raise Refusal("body_too_large", limit=LIMIT_MIB)
        out.write(block)
    out.flush()


def _start(upload: Upload, officer: Officer) -> None:
    """Queue the import, once."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]  # the library leaves it untyped
    waits = Work.objects.filter(name="import_file", subject=str(upload.pk), state__in=("waiting", "running"))
    if waits.exists():
        return
    work = start_work(name="import_file", subject=str(upload.pk), by=officer)
    app.configure_task("import_file").defer(
        work_id=work.pk, username=officer.username, role=officer.role, upload_id=str(upload.pk)
    )


@require_GET
@bearer
def upload(request: HttpRequest, pk: str, *, officer: Officer) -> JsonResponse:
    """State, counts and what is wrong with which rows; ``?after=`` the last id of the page before."""
    row = queries.uploads(officer).filter(pk=pk).first()
    if row is None:
        return JsonResponse({"error": {"code": "not_found"}}, status=404)
    after = request.GET.get("after", "0")
    found = queries.row_errors(row).filter(pk__gt=int(after) if after.isdigit() else 0).order_by("pk")
    errors = list(found[: ERRORS + 1])
    said = _said(request, row) | {"errors": [_error(one) for one in errors[:ERRORS]]}
    if len(errors) > ERRORS:
        said["next"] = f"{said['url']}?after={errors[ERRORS - 1].pk}"
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False})


def _said(request: HttpRequest, row: Upload) -> dict[str, Any]:
    said: dict[str, Any] = {
        "upload": str(row.pk), "state": str(row.state), "sha256": row.sha256, "rows": row.rows_total,
        "good": row.rows_good, "bad": row.rows_bad, "counts": row.counts,
        "url": request.build_absolute_uri(reverse("api:intake-upload", args=[row.pk])),
    }  # fmt: skip
    if code := row.problem.get("code"):
        said["error"] = {"code": code, "bn": queries.problem(row, "bn"), "en": queries.problem(row, "en")}
    return said


def _error(error: RowError) -> dict[str, Any]:
    """``line`` counts rows, or members in the order sent, the first being 2: it stands under the heading."""
    return {
        "line": error.line, "column": error.column, "code": error.code, "value": error.value,
        "warning": error.is_warning, "bn": queries.reason(error, "bn"), "en": queries.reason(error, "en"),
    }  # fmt: skip


def _refused(refusal: Refusal, status: int) -> JsonResponse:
    texts = {"bn": refusal.say("bn"), "en": refusal.say("en")} if refusal.code in MESSAGES else {}
    return JsonResponse(
        {"error": {"code": refusal.code, **texts}}, status=status, json_dumps_params={"ensure_ascii": False}
    )
