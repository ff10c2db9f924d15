"""What codes and chapters are called in a report, in Bangla and English."""

from __future__ import annotations

from shohay.core.report.text import Pair, digits, pick

WORDS: dict[str, Pair] = {
    # stages of life
    "old_age": ("বার্ধক্য", "Old age"),
    "working_age": ("কর্মক্ষম বয়স", "Working age"),
    "disability": ("প্রতিবন্ধিতা", "Disability"),
    "community": ("বিশেষ জনগোষ্ঠী", "Special communities"),
    "school_age": ("স্কুলবয়স", "School age"),
    "pregnancy_early_childhood": ("গর্ভকাল ও শৈশব", "Pregnancy and early childhood"),
    "universal_shock": ("দুর্যোগ ও সবার জন্য", "Shocks and everybody"),
    "institutional": ("প্রাতিষ্ঠানিক", "Institutional"),
    # types of programmes
    "cash_allowance": ("নগদ ভাতা", "Cash allowance"),
    "project": ("উন্নয়ন প্রকল্প", "Project"),
    "grant_fund": ("অনুদান ও তহবিল", "Grant or fund"),
    "infrastructure": ("অবকাঠামো", "Infrastructure"),
    "service": ("সেবা", "Service"),
    "food": ("খাদ্য সহায়তা", "Food support"),
    "credit": ("ঋণ", "Credit"),
    "stipend": ("উপবৃত্তি", "Stipend"),
    "public_works": ("কর্মসৃজন", "Public works"),
    "subsidy": ("ভর্তুকি", "Subsidy"),
    "pension": ("পেনশন", "Pension"),
    # clusters
    "Social Allowance": ("সামাজিক ভাতা", "Social allowance"),
    "Food Security": ("খাদ্য নিরাপত্তা", "Food security"),
    "Social Insurance": ("সামাজিক বিমা", "Social insurance"),
    "Labour and Livelihood": ("শ্রম ও জীবিকা", "Labour and livelihood"),
    "Human Development and Social Empowerment": (
        "মানব উন্নয়ন ও সামাজিক ক্ষমতায়ন",
        "Human development and social empowerment",
    ),
    # themes of the plan
    "programme_specific": ("কর্মসূচিভিত্তিক", "Programme specific"),
    "single_registry": ("একক নিবন্ধন", "Single registry"),
    "consolidation": ("কর্মসূচি একীভূতকরণ", "Consolidation"),
    "results_based_me": ("ফলাফলভিত্তিক পরিবীক্ষণ ও মূল্যায়ন", "Results-based M&E"),
    "targeting": ("উপকারভোগী বাছাই", "Targeting"),
    "grievance_redress": ("অভিযোগ প্রতিকার", "Grievance redress"),
    "g2p_digitisation": ("ডিজিটাল পরিশোধ", "Digital payments"),
    # where a promise stands, and how its ministry reports it
    "promised": ("প্রতিশ্রুত", "Promised"),
    "completed": ("সম্পন্ন", "Completed"),
    "stopped": ("বন্ধ", "Stopped"),
    "late": ("সময় পার", "Late"),
    "continuous": ("অবিরাম বা দিন নেই", "Continuous or no day"),
    "in_time": ("সময় আছে", "Not yet due"),
    "recurring_missed": ("মেয়াদ বাদ পড়েছে", "Period missed"),
    "due_soon": ("সময় ফুরিয়ে আসছে", "Due soon"),
    "not_started": ("কিছু জানানো হয়নি", "Nothing reported"),
    "recurring_met": ("প্রতি মেয়াদে হয়েছে", "Done each period"),
    "undated": ("দিন নির্ধারিত নেই", "No day given"),
    "completed_in_time": ("সময়ে সম্পন্ন", "Completed in time"),
    "completed_late": ("দেরিতে সম্পন্ন", "Completed late"),
    "completed_unproven": ("সম্পন্ন বলা হয়েছে, প্রমাণ নেই", "Said to be completed, no evidence"),
    "In-progress": ("চলমান", "In progress"),
    "Continuous": ("অবিরাম", "Continuous"),
    "Completed": ("সম্পন্ন", "Completed"),
    "Stopped": ("বন্ধ", "Stopped"),
    # what is counted in a share
    "all": ("সব কর্মসূচি", "All programmes"),
    "without_pensions": ("সরকারি পেনশন বাদে", "Without government pensions"),
    "core": ("মূল সহায়তা", "Core support"),
    # payments
    "due": ("দেয়", "Due"),
    "sent": ("ব্যাংকে পাঠানো", "Sent to the bank"),
    "accepted": ("ব্যাংক গ্রহণ করেছে", "Accepted by the bank"),
    "paid": ("পরিশোধিত", "Paid"),
    "rejected": ("প্রত্যাখ্যাত", "Rejected"),
    "returned": ("ফেরত", "Returned"),
    # indicators
    "impact": ("প্রভাব", "Impact"),
    "outcome": ("ফলাফল", "Outcome"),
    "output": ("উৎপাদ", "Output"),
    "input": ("উপকরণ", "Input"),
    "met": ("অর্জিত", "Met"),
    "on_track": ("পথে আছে", "On track"),
    "behind": ("পিছিয়ে", "Behind"),
    "no_value": ("মান নেই", "No value"),
    "no_target": ("লক্ষ্য নেই", "No target"),
    "computed": ("প্ল্যাটফর্ম গণনা করেছে", "Computed by the platform"),
    "submitted": ("জমা দেওয়া ও যাচাই করা", "Submitted and verified"),
    # findings of the checker
    "error": ("ভুল", "Error"),
    "warning": ("সতর্কতা", "Warning"),
    "note": ("মন্তব্য", "Note"),
}


def word(code: object, language: str) -> str:
    """The words of a code; the code itself where it has none; '–' for nothing."""
    pair = WORDS.get(str(code))
    return pick(pair, language) if pair else str(code or "–")


def name_of(row: dict[str, object], language: str, field: str = "name") -> str:
    """``row['name_bn']`` or ``['name_en']``; the other one where it is empty."""
    order = (f"{field}_en", f"{field}_bn") if language == "en" else (f"{field}_bn", f"{field}_en")
    return str(row.get(order[0]) or row.get(order[1]) or "")


TIMEFRAMES: dict[str, str] = {  # of promises without a day; those of others stand as the plan has them
    "Continuous": "অবিরাম", "Continuous and intermittent": "অবিরাম, মাঝে বিরতিসহ", "Quarterly": "প্রতি তিন মাসে",
    "Regularly": "নিয়মিত", "Ongoing": "চলমান", "Done": "সম্পন্ন", "During crisis": "সংকটের সময়",
    **dict.fromkeys(("Annual", "Annually", "Each Year", "Every year", "Every Year", "Every year Annually"), "প্রতি বছর"),
    **dict.fromkeys(("N/A", "Not Applicable"), "প্রযোজ্য নয়"), "Instruction issued.": "নির্দেশনা জারি হয়েছে",
}  # fmt: skip
UNITS: dict[str, str] = {
    "days": "দিন", "ratio": "অনুপাত", "per 10,000": "প্রতি ১০,০০০", "index": "সূচকমান", "index 0-1": "সূচকমান ০-১",
    "index 0-1; count": "সূচকমান ০-১; সংখ্যা", "0-1": "০-১", "taka per taka": "টাকায় টাকা", "taka": "টাকা", "score": "নম্বর",
}  # fmt: skip


def timeframe(text: str, language: str) -> str:
    """When a promise without a day is to be kept."""
    return (TIMEFRAMES.get(text, text) if language == "bn" else text) or "–"


def unit(text: str, language: str) -> str:
    return (UNITS.get(text) or digits(text, language)) if language == "bn" else text
