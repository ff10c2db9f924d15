"""What a file asks to change and what a programme's list declares: for the pages where an officer decides."""

from __future__ import annotations

import pyarrow as pa
from django.db.models import QuerySet

from shohay.bulk.snapshot import SCHEMAS
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake.models import Upload
from shohay.stages.registry.models_declared import Declared
from shohay.stages.registry.models_history import LifeEvent


def changes_of(officer: Officer, upload: Upload) -> QuerySet[LifeEvent]:
    """The events that the file proposed, in the officer's areas."""
    return LifeEvent.objects.filter(officer.area_filter(), upload=upload).select_related("household")


def declared_of(officer: Officer, upload: Upload) -> QuerySet[Declared]:
    """The rows of a beneficiary list that were matched, in the officer's areas."""
    return Declared.objects.filter(officer.area_filter(), upload=upload).select_related("person", "person__household")


def can_be_decided(upload: Upload, by: Officer) -> bool:
    """Whether the officer may decide on what the file asks for: of the place, and not who sent it."""
    covers = by.covers(area=upload.area_code or None)
    return upload.uploaded_by != by.username and by.may("event.approve") and covers


def with_declared(held: pa.Table | None) -> pa.Table:
    """``held`` and what programmes' registers declare, accepted by an officer; each person and programme once."""
    rows = Declared.objects.filter(state=Declared.State.ACCEPTED).order_by("person_id", "programme_code")
    found = list(rows.values_list("person_id", "person__household_id", "programme_code"))
    schema = SCHEMAS["held"]
    held = schema.empty_table() if held is None else held.select(schema.names).cast(schema)
    if not found:
        return held
    columns = [pa.array(column, field.type) for column, field in zip(zip(*found, strict=True), schema, strict=True)]
    both = pa.concat_tables([held, pa.table(columns, schema=schema)])
    return both.group_by(schema.names).aggregate([]).select(schema.names).cast(schema)
