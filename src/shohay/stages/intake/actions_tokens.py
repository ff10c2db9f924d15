"""Tokens by which machines of an office send households in; shown once, kept as a hash."""

from __future__ import annotations

import secrets

from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import NOBODY, Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.audit.actions import record
from shohay.stages.intake.models import ApiToken
from shohay.stages.intake.queries_tokens import digest_of

PREFIX = "shohay_"


def create_token(*, username: str, area_code: str, name: str, by: Officer) -> tuple[ApiToken, str]:
    """(the row, the token itself, which nobody sees again). Raises not_allowed, token_no_officer."""
    by.require("upload.create", area=area_code or None)
    acting = officer_of(username, "")
    if acting == NOBODY or not acting.may("upload.create") or not acting.covers(area=area_code or None):
        raise Refusal("token_no_officer", username=username)
    token = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        row = ApiToken.objects.create(
            digest=digest_of(token), name=name[:100], username=username, area_code=area_code, created_by=by.username
        )
        record(
            action="token.created", by=by, subject=("token", row.pk), area_code=area_code,
            detail={"name": row.name, "username": username},
        )  # fmt: skip
    return row, token


def withdraw_token(*, token: ApiToken, by: Officer) -> ApiToken:
    """The token opens nothing any more."""
    by.require("upload.create", area=token.area_code or None)
    with transaction.atomic():
        row = ApiToken.objects.select_for_update().get(pk=token.pk)
        row.revoked_at = row.revoked_at or timezone.now()
        row.save(update_fields=["revoked_at"])
        record(action="token.withdrawn", by=by, subject=("token", row.pk), area_code=row.area_code)
    return row
