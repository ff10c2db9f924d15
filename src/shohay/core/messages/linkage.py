"""Messages of linkage."""

MESSAGES: dict[str, tuple[str, str]] = {
    "snapshot_without_names": (
        "এই প্রতিলিপিে নামের সারণি নেই, তাই দ্বৈত যাচাই করা যায় না। নতুন প্রতিলিপি নিন।",
        "This snapshot has no table of names, so duplicates cannot be looked for. Take a new snapshot.",
    ),
    "pair_decided": (
        "এই জোড়া নিয়ে সিদ্ধান্ত হয়ে গেছে ({decision})। ভুল হলে একীকরণ ফিরিয়ে নিন।",
        "This pair is decided already ({decision}). If that was wrong, undo the merge.",
    ),
    "merge_undone": (
        "এই একীকরণ আগেই ফিরিয়ে নেওয়া হয়েছে।",
        "This merge has been undone already.",
    ),
    "merge_open": (
        "এই রেকর্ড আরেকটি একীকরণে আছে। আগে সেটি শেষ করুন বা ফিরিয়ে নিন।",
        "This record is part of another merge. End or undo that one first.",
    ),
    "decision_unknown": (
        "সিদ্ধান্ত “same” (একই ব্যক্তি) বা “different” (আলাদা) হতে হবে।",
        "The decision must be “same” or “different”.",
    ),
}
