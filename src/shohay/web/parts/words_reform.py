"""Codes of budgets, disbursement-linked indicators and CODI in words, and the tones of their badges."""

from __future__ import annotations

REFORM_WORDS: dict[str, tuple[str, str]] = {
    "submitted": ("জমা পড়েছে", "Submitted"),
    "verified": ("যাচাইকৃত", "Verified"),
    "replaced": ("নতুন হিসাব এসেছে", "Replaced"),
    "claimed": ("দাবিকৃত", "Claimed"),
    "scoring": ("স্কোর দেওয়া চলছে", "Being scored"),
    "consensus": ("ঐকমত্য পর্ব", "Consensus"),
    "not_applicable": ("প্রযোজ্য নয়", "Not applicable"),
    "no_evidence": ("প্রমাণ নেই", "No evidence"),
    "high": ("উচ্চ", "High"),
    "medium": ("মধ্যম", "Medium"),
    "low": ("নিম্ন", "Low"),
    "budget_line.submitted": ("যাচাইয়ের অপেক্ষায়", "Waits for verification"),
    "budget_line.refused": ("ফেরত দেওয়া", "Sent back"),
    "dli_claim.claimed": ("যাচাইয়ের অপেক্ষায়", "Waits for verification"),
    "dli_claim.verified": ("পরিশোধের অপেক্ষায়", "Waits for payment"),
    "dli_claim.refused": ("গৃহীত হয়নি", "Refused"),
    "dli_claim.paid": ("পরিশোধিত", "Paid"),
    "codi_round.closed": ("সমাপ্ত", "Closed"),
}
REFORM_TONES: dict[str, tuple[str, str]] = {
    **dict.fromkeys(("budget_line.submitted", "dli_claim.claimed", "codi_round.scoring"), ("wait", "hourglass-split")),
    **dict.fromkeys(("budget_line.verified", "dli_claim.paid"), ("good", "check-circle-fill")),
    **dict.fromkeys(("dli_claim.verified", "codi_round.consensus"), ("busy", "arrow-repeat")),
    "budget_line.replaced": ("", "slash-circle"),
}
