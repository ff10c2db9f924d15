"""An edition of the progress report in both languages and every format."""

from __future__ import annotations

from datetime import date
from typing import Any

from shohay.core.report.editions import FORMATS, LANGUAGES
from shohay.jobs.running import Progress, step
from shohay.stages.accounts.officer import Officer
from shohay.stages.coordination.actions_editions import make_edition


@step("make_report")
def make_report(
    *,
    by: Officer,
    progress: Progress,
    year: str,
    as_of: str,
    languages: tuple[str, ...] = LANGUAGES,
    formats: tuple[str, ...] = FORMATS,
) -> dict[str, Any]:
    """``as_of`` is an ISO day: what was asked for, even when the worker comes to it after midnight."""
    made = make_edition(
        year=year, as_of=date.fromisoformat(as_of), languages=languages, formats=formats, progress=progress, by=by
    )
    return {"edition": made.pk, "sha256": made.sha256}
