"""Words of programme definitions and their drafts: code -> (Bangla, English)."""

from __future__ import annotations

DEFINITION_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "rule_draft": {
        "open": ("লেখা হচ্ছে", "Being written"),
        "submitted": ("প্রকাশের অপেক্ষায়", "Waits for publishing"),
        "published": ("প্রকাশিত", "Published"),
        "dropped": ("বাদ দেওয়া", "Dropped"),
    },
    "compatible_rule": {
        "allowed": ("একসঙ্গে চলে", "May be held together"),
        "forbidden": ("একসঙ্গে চলে না", "May not be held together"),
        "itself": ("নিজে", "Itself"),
    },
    "subject": {"definition_draft": ("নিয়মের খসড়া", "draft of rules")},
    "event": {
        "definition.draft_started": ("নিয়মের খসড়া শুরু", "Draft of rules begun"),
        "definition.draft_saved": ("নিয়মের খসড়া সংরক্ষণ", "Draft of rules saved"),
        "definition.draft_cases": ("খসড়ার কেস সংরক্ষণ", "Cases of a draft saved"),
        "definition.submitted": ("নিয়মের খসড়া জমা", "Draft of rules submitted"),
        "definition.taken_back": ("জমা দেওয়া খসড়া ফিরিয়ে নেওয়া", "Submitted draft taken back"),
        "definition.published": ("কর্মসূচির নিয়ম প্রকাশ", "Programme rules published"),
        "definition.returned": ("নিয়মের খসড়া ফেরত", "Draft of rules sent back"),
        "definition.draft_dropped": ("নিয়মের খসড়া বাদ", "Draft of rules dropped"),
    },
}
