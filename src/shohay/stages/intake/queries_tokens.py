"""Who a token speaks for."""

from __future__ import annotations

import hashlib

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import NOBODY, Officer
from shohay.stages.accounts.queries import officer_of
from shohay.stages.intake.models import ApiToken


def digest_of(token: str) -> str:
    """SHA-256: a token is 32 random bytes, so nothing slower is needed to keep it from being guessed."""
    return hashlib.sha256(token.encode()).hexdigest()


def officer_behind(token: str) -> tuple[Officer, ApiToken]:
    """The officer with the rights that they have today, bound to the token's area. Raises token_unknown."""
    row = ApiToken.objects.filter(digest=digest_of(token), revoked_at__isnull=True).first()
    officer = officer_of(row.username, "") if row else NOBODY
    if row is None or officer == NOBODY or not officer.may("upload.create"):
        raise Refusal("token_unknown")
    if row.area_code:
        if not officer.covers(area=row.area_code):
            raise Refusal("token_unknown")
        officer = Officer(officer.username, officer.role, (row.area_code,), officer.programmes)
    return officer, row
