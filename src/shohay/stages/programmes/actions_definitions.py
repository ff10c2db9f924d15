"""Installing the definitions that come with Shohay."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.policy import shipped
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit import actions as audit
from shohay.stages.programmes.models import Definition, Programme

RELEASE = "release"  # proposed the shipped definitions: they were reviewed in git before they came here


@transaction.atomic
def install_definitions(*, by: Officer) -> dict[str, str]:
    """Publish the shipped definitions that are not here yet; returns code -> sha256 of what was added.

    Doing it again adds nothing. Raises Refusal('programme_not_in_catalogue') before the catalogue is loaded.
    """
    by.require("definition.propose")
    here = set(Definition.objects.values_list("programme_id", "sha256"))
    catalogue = set(Programme.objects.values_list("code", flat=True))
    new = [found for found in shipped.definitions() if (found.programme, found.sha256) not in here]
    for found in new:
        if found.programme not in catalogue:
            raise Refusal("programme_not_in_catalogue", code=found.programme)
    now = timezone.now()
    Definition.objects.bulk_create(
        Definition(
            programme_id=found.programme, document=found.as_json(), text=found.text, sha256=found.sha256,
            state=Definition.State.PUBLISHED, proposed_by=RELEASE, approved_by=by.username, published_at=now,
        )
        for found in new
    )  # fmt: skip
    added = {found.code: found.sha256 for found in new}
    audit.record(action="definition.installed", subject=("definitions", len(added)), by=by, detail=added)
    return added
