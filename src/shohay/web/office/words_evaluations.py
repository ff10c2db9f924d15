"""Words of the register of evaluations: code -> (Bangla, English)."""

from __future__ import annotations

from shohay.web.parts.words import WORDS

EVALUATION_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "evaluation_kind": {
        "mid_term": ("মধ্যবর্তী", "Mid-term"),
        "end_term": ("চূড়ান্ত", "End-term"),
        "third_party": ("তৃতীয় পক্ষ", "Third party"),
        "imed": ("আইএমইডি", "IMED"),
        "impact": ("প্রভাব মূল্যায়ন", "Impact"),
        "baseline": ("ভিত্তিমূল্যায়ন", "Baseline"),
        "diagnostic": ("ব্যবস্থার নির্ণয়", "Diagnostic of the system"),
    },
    "evaluation_state": {
        state: WORDS[f"evaluation.{state}"] for state in ("planned", "under_way", "completed", "cancelled")
    },
    "strength": {
        "strong": ("শক্ত", "Strong"),
        "moderate": ("মাঝারি", "Moderate"),
        "weak": ("দুর্বল", "Weak"),
        "unknown": ("জানা নেই", "Not known"),
    },
    "response": {
        "none": ("জবাব দেওয়া হয়নি", "No response yet"),
        "accepted": ("গৃহীত", "Accepted"),
        "partly": ("আংশিক গৃহীত", "Accepted in part"),
        "rejected": ("গৃহীত নয়", "Not accepted"),
    },
    "recommendation_state": {
        "waiting": ("জবাবের অপেক্ষায়", "Waits for a response"),
        "overdue": ("সময় পার হয়েছে", "Overdue"),
        "going": ("নিষ্পন্ন হয়নি", "Not settled"),
        **{state: WORDS[f"recommendation.{state}"] for state in ("open", "reported", "verified", "rejected")},
    },
    "recommendation_note": {
        "progress": ("অগ্রগতি", "Progress"),
        "reported": ("বাস্তবায়িত বলে জানানো", "Reported as carried out"),
        "returned": ("প্রমাণে মেলেনি, ফেরত", "Not shown by the evidence, back to the owner"),
        "verified": ("অন্য দপ্তর যাচাই করেছে", "Verified by another office"),
    },
    "event": {
        "evaluations.loaded": ("মূল্যায়নের তালিকা তোলা", "Evaluations loaded"),
        "evaluation.registered": ("মূল্যায়ন নিবন্ধন", "Evaluation registered"),
        "evaluation.questions_set": ("মূল্যায়নের প্রশ্ন বদল", "Questions of an evaluation changed"),
        "evaluation.report_added": ("মূল্যায়নের ফাইল যুক্ত", "File of an evaluation attached"),
        "evaluation.started": ("মূল্যায়ন শুরু", "Evaluation begun"),
        "evaluation.completed": ("মূল্যায়ন সমাপ্ত", "Evaluation completed"),
        "evaluation.cancelled": ("মূল্যায়ন বাতিল", "Evaluation cancelled"),
        "evaluation.finding_added": ("ফলাফল লেখা", "Finding written down"),
        "evaluation.recommended": ("সুপারিশ লেখা", "Recommendation written down"),
        "recommendation.answered": ("সুপারিশে ব্যবস্থাপনার জবাব", "Management response given"),
        "recommendation.followed": ("সুপারিশের অগ্রগতি লেখা", "Progress of a recommendation written down"),
        "recommendation.reported": ("সুপারিশ বাস্তবায়িত বলে জানানো", "Recommendation reported as carried out"),
        "recommendation.returned": ("সুপারিশের প্রতিবেদন ফেরত", "Report of a recommendation sent back"),
        "recommendation.verified": ("সুপারিশ বাস্তবায়ন যাচাই", "Recommendation verified"),
        "framework.recorded": ("ফলাফল কাঠামো লেখা", "Results framework written down"),
        "framework.verified": ("ফলাফল কাঠামো যাচাই", "Results framework verified"),
    },
    "subject": {
        "evaluation": ("মূল্যায়ন", "evaluation"),
        "recommendation": ("সুপারিশ", "recommendation"),
        "framework": ("ফলাফল কাঠামো", "results framework"),
    },
}
