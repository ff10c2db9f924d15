"""Words of the action plan and of evidence: codes that officers meet there and in the log."""

from __future__ import annotations

PLAN_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "timeframe": {  # of promises without a day; others stand as the report has them
        "Continuous": ("অবিরাম", "Continuous"),
        "Continuous and intermittent": ("অবিরাম, মাঝে বিরতিসহ", "Continuous and intermittent"),
        **dict.fromkeys(("Annual", "Annually", "Each Year", "Every year", "Every Year"), ("প্রতি বছর", "Every year")),
        "Every year Annually": ("প্রতি বছর", "Every year"),
        "Quarterly": ("প্রতি তিন মাসে", "Quarterly"),
        "Regularly": ("নিয়মিত", "Regularly"),
        "Ongoing": ("চলমান", "Ongoing"),
        "Done": ("সম্পন্ন", "Done"),
        "During crisis": ("সংকটের সময়", "During crisis"),
        **dict.fromkeys(("N/A", "Not Applicable"), ("প্রযোজ্য নয়", "Not applicable")),
        "Instruction issued.": ("নির্দেশনা জারি হয়েছে", "Instruction issued"),
        "At least 10 districts every year.": ("প্রতি বছর অন্তত ১০ জেলা", "At least 10 districts every year"),
        "4-5 districts every year": ("প্রতি বছর ৪-৫ জেলা", "4-5 districts every year"),
    },
    "plan_status": {
        "In-progress": ("চলমান", "In progress"),
        "Continuous": ("অবিরাম", "Continuous"),
        "Completed": ("সম্পন্ন", "Completed"),
        "Stopped": ("বন্ধ", "Stopped"),
    },
    "plan_state": {
        "late": ("বিলম্বিত", "Late"),
        "recurring_missed": ("মেয়াদ বাদ পড়েছে", "Period missed"),
        "due_soon": ("সময় ফুরিয়ে আসছে", "Due soon"),
        "on_track": ("সময়মতো চলছে", "On track"),
        "not_started": ("এখনো কিছু জানানো হয়নি", "Nothing reported yet"),
        "recurring_met": ("এ পর্যন্ত প্রতি মেয়াদে হয়েছে", "Done in each period so far"),
        "continuous": ("অবিরাম", "Continuous"),
        "undated": ("তারিখ নির্ধারিত নেই", "No day given"),
        "completed_in_time": ("সময়ে সম্পন্ন", "Completed in time"),
        "completed_late": ("দেরিতে সম্পন্ন", "Completed late"),
        "completed_unproven": ("সম্পন্ন, প্রমাণ আসেনি", "Completed, unproven"),
        "stopped": ("বন্ধ", "Stopped"),
        "overdue": ("বিলম্বিত বা মেয়াদ বাদ", "Late, or a period missed"),
        "completed": ("সম্পন্ন", "Completed"),
    },
    "plan_claim": {
        "progress": ("চলমান", "In progress"),
        "completed": ("সম্পন্ন", "Completed"),
        "stop": ("বন্ধ", "Stopped"),
    },
    "plan_update": {
        "submitted": ("যাচাইয়ের অপেক্ষায়", "Waits for verification"),
        "replaced": ("পরের সংস্করণ এসেছে", "A later version came"),
        "returned": ("ফেরত দেওয়া হয়েছে", "Returned"),
        "verified": ("যাচাই হয়েছে", "Verified"),
    },
    "plan_part": {
        "owner": ("দায়িত্বপ্রাপ্ত", "Owner"),
        "shared": ("সহযোগী", "Shared"),
    },
    "plan_sheet": {
        "read": ("পড়া হয়েছে, নেওয়া হয়নি", "Read, not yet taken"),
        "taken": ("নেওয়া হয়েছে", "Taken"),
    },
    "cluster": {
        "Social Allowance Cluster": ("সামাজিক ভাতা ক্লাস্টার", "Social Allowance Cluster"),
        "Food Security Cluster": ("খাদ্য নিরাপত্তা ক্লাস্টার", "Food Security Cluster"),
        "Social Insurance Cluster": ("সামাজিক বিমা ক্লাস্টার", "Social Insurance Cluster"),
        "Labour and Livelihood Cluster": ("শ্রম ও জীবিকা ক্লাস্টার", "Labour and Livelihood Cluster"),
        "Human Development and Social Empowerment Cluster": (
            "মানব উন্নয়ন ও সামাজিক ক্ষমতায়ন ক্লাস্টার",
            "Human Development and Social Empowerment Cluster",
        ),
    },
    "event": {
        "evidence.attached": ("প্রমাণ সংযুক্ত", "Evidence attached"),
        "plan.updated": ("কর্মপরিকল্পনার অগ্রগতি জমা", "Progress of the plan submitted"),
        "plan.update_repeated": ("একই অগ্রগতি আবার জমা", "The same progress submitted again"),
        "plan.verified": ("অগ্রগতি যাচাই", "Progress verified"),
        "plan.returned": ("অগ্রগতি ফেরত", "Progress returned"),
        "plan.dependency_added": ("কাজের নির্ভরতা যোগ", "Dependency added"),
        "plan.dependency_removed": ("কাজের নির্ভরতা তুলে নেওয়া", "Dependency removed"),
        "plan.reminded": ("মন্ত্রণালয়কে তাগিদ", "Ministries reminded"),
        "plan.sheet_read": ("মন্ত্রণালয়ের ছক পড়া", "Sheet of a ministry read"),
        "plan.sheet_taken": ("মন্ত্রণালয়ের ছক নেওয়া", "Sheet of a ministry taken"),
    },
    "subject": {
        "plan_update": ("অগ্রগতি হালনাগাদ", "progress update"),
        "plan_item": ("কর্মপরিকল্পনার কাজ", "item of the plan"),
        "plan_sheet": ("মন্ত্রণালয়ের ছক", "sheet of a ministry"),
    },
    "job": {"remind_ministries": ("মন্ত্রণালয়কে তাগিদ", "Reminding the ministries")},
}

# kind -> code -> (CSS class, icon) of its badge
PLAN_TONES: dict[str, dict[str, tuple[str, str]]] = {
    "plan_state": {
        **dict.fromkeys(("late", "recurring_missed"), ("bad", "exclamation-triangle-fill")),
        **dict.fromkeys(("due_soon", "completed_unproven"), ("wait", "hourglass-split")),
        **dict.fromkeys(("on_track", "continuous"), ("busy", "arrow-repeat")),
        **dict.fromkeys(("completed_in_time", "completed_late", "recurring_met"), ("good", "check-circle-fill")),
        "stopped": ("", "slash-circle"),
    },
    "plan_update": {
        "submitted": ("wait", "hourglass-split"),
        "returned": ("bad", "x-circle-fill"),
        "verified": ("good", "check-circle-fill"),
        "replaced": ("", "clock-history"),
    },
    "plan_sheet": {"read": ("wait", "hourglass-split"), "taken": ("good", "check-circle-fill")},
}
