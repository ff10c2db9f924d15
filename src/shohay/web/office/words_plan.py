"""Words of the action plan and of evidence: codes that officers meet there and in the log."""

from __future__ import annotations

PLAN_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "event": {
        "evidence.attached": ("প্রমাণ সংযুক্ত", "Evidence attached"),
    },
    "subject": {},
}
