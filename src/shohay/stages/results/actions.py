"""Computing the figures of the dashboards."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import indicators
from shohay.bulk.copying import copy_in
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.results import base

COLUMNS = ["name", "area_code", "programme_code", '"group"', "value", "persons", "computed_at"]


def compute_figures(*, by: Officer) -> int:
    """Count afresh what the stages hold and put it in place of the earlier figures; how many figures there are.

    Readers see the earlier figures until the new ones are complete.
    """
    by.require("figures.compute")
    folder: Path = settings.VAR / "tmp"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place, transaction.atomic(), connection.cursor() as cursor:
        counted = pa.concat_tables([base.counts(cursor), base.eligible()])
        figures = indicators.roll_up(counted)
        path = Path(place) / "figures.csv"
        number = indicators.figures_csv(figures, timezone.now().isoformat(), path)
        cursor.execute("delete from results_figure")
        copy_in(cursor, "results_figure", COLUMNS, path)
        record(action="figures.computed", by=by, subject=("figures", ""), detail={"figures": number})
    return number
