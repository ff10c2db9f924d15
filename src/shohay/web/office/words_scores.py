"""Words of poverty scores: kinds, states, methods, measures, what was left out: code -> (Bangla, English)."""

from __future__ import annotations

SCORE_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "job": {
        "train_score": ("দারিদ্র্য স্কোরের সূত্র তৈরি", "Training a poverty score"),
        "score_drift": ("স্কোরের সরণ মাপা", "Measuring the drift of scores"),
    },
    "step": {
        "fit": ("উপ-মডেল মেলানো", "Fitting the sub-models"),
        "card": ("মডেল কার্ড তৈরি", "Making the model card"),
        "score": ("দুই প্রতিলিপিতে স্কোর দেওয়া", "Scoring both snapshots"),
    },
    "subject": {"formula": ("স্কোরের সূত্র", "score formula")},
    "event": {
        "formula.activated": ("স্কোরের সূত্র চালু", "Score formula put in force"),
        "score.drift": ("স্কোরের সরণ মাপা", "Drift of scores measured"),
    },
    "score_kind": {
        "points": ("নম্বরের কার্ড", "Point scorecard"),
        "linear": ("ভোগব্যয়ের অনুমান (পিএমটি)", "Estimate of consumption (PMT)"),
        "categorical": ("শর্ত গোনা", "Count of conditions"),
    },
    "score_model": {
        "rural": ("গ্রাম", "Villages"),
        "urban": ("পৌরসভা", "Municipal towns"),
        "city": ("সিটি কর্পোরেশন", "City corporations"),
        "town": ("শহর ও সিটি কর্পোরেশন", "Towns and cities"),
        "all": ("সব এলাকা", "All areas"),
        "whole": ("সব মিলিয়ে", "All together"),
    },
    "score_method": {
        "wls": ("ভারযুক্ত ন্যূনতম বর্গ", "Weighted least squares"),
        "quantile": ("কোয়ান্টাইল রিগ্রেশন", "Quantile regression"),
        "boosting": ("গ্রেডিয়েন্ট বুস্টিং (শুধু তুলনার জন্য)", "Gradient boosting (for comparison only)"),
    },
    "score_measure": {
        "exclusion": ("দরিদ্রদের মধ্যে যাঁরা বাদ পড়েন", "Poor people left out"),
        "inclusion": ("নেওয়া মানুষের মধ্যে যাঁরা দরিদ্র নন", "Taken but not poor"),
        "coverage": ("যত মানুষ নেওয়া হয়", "People taken"),
    },
    "score_cut": {
        "share": ("বেছে নেওয়া সীমায়", "at the chosen cut-off"),
        "line": ("দারিদ্র্যসীমায়", "at the poverty line"),
    },
    "score_left": {
        "no_weight": ("ভার নেই, শূন্য বা ঋণাত্মক", "Weight missing, zero or below"),
        "no_design": ("স্তর বা গুচ্ছ লেখা নেই", "Stratum or cluster missing"),
        "nobody": ("কোনো সদস্য নেই", "No member"),
        "no_welfare": ("ভোগব্যয় জানা নেই", "Consumption not known"),
        "welfare_not_positive": ("ভোগব্যয় শূন্য বা ঋণাত্মক", "Consumption zero or below"),
        "fact_missing": ("কোনো নির্দেশক জানা নেই", "A fact not known"),
    },
    "score_advice": {
        "steady": (
            "স্কোরের বণ্টন প্রায় একই আছে।",
            "The scores lie nearly as they did.",
        ),
        "watch": (
            "স্কোরের বণ্টন কিছুটা সরেছে। কোন বিভাগে কেন সরেছে, দেখুন।",
            "The scores have moved somewhat. See in which divisions, and why.",
        ),
        "shifted": (
            "স্কোরের বণ্টন অনেক সরেছে। সীমা ও সূত্রটি আবার যাচাই করুন।",
            "The scores have moved a lot. Check cut-offs and the formula again.",
        ),
    },
}
