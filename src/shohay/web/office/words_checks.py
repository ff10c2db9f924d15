"""Words of the checks of draft reports."""

from __future__ import annotations

CHECK_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "event": {"report.checked": ("খসড়া প্রতিবেদন যাচাই", "Draft report checked")},
    "subject": {"report_check": ("প্রতিবেদন যাচাই", "Check of a report")},
    "severity": {"error": ("ভুল", "Error"), "warning": ("সতর্কতা", "Warning"), "note": ("মন্তব্য", "Note")},
}
