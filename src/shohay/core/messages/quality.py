"""Messages of the quality of records."""

MESSAGES: dict[str, tuple[str, str]] = {
    "quality_rules_wrong": (
        "মানের নিয়মের দলিলটি ঠিক নেই: {where}। নিয়মটি ঠিক করে আবার দিন।",
        "The document of quality rules does not hold together at: {where}. Correct that rule and load it again.",
    ),
    "quality_rule_unknown": (
        "{rule} নামে কোনো নিয়ম এই যাচাইয়ে ছিল না। তালিকা থেকে নিয়ম বেছে নিন।",
        "This check had no rule named {rule}. Choose a rule from the list.",
    ),
    "quality_run_missing": (
        "এই এলাকায় এখনো মান যাচাই হয়নি। আগে যাচাই চালান।",
        "No quality check has been run yet. Run one first.",
    ),
    "quality_files_gone": (
        "এই যাচাইয়ের ফলের ফাইল আর নেই। নতুন করে যাচাই চালান।",
        "The result files of this check are gone. Run a new check.",
    ),
    "quality_nobody_assigned": (
        "কাকে দেবেন তা বেছে নিন: এই এলাকায় কাজ করেন এমন কর্মকর্তা।",
        "Choose who shall do it: an officer who works in this area.",
    ),
    "quality_task_ended": (
        "এই কাজ আগেই শেষ হয়েছে, {by} শেষ করেছেন। তালিকাটি আবার খুলুন।",
        "This task has already ended; {by} ended it. Open the list again.",
    ),
    "quality_note_missing": (
        "কেন কাজটি শেষ হলো তা লিখুন।",
        "Say why the task is ended.",
    ),
}
