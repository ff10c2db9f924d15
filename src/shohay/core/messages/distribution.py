"""Messages of help in kind: lists of rations, and rows of files that say who collected."""

LISTS: dict[str, tuple[str, str]] = {
    "one_month_only": (
        "পণ্য বিতরণের চক্র এক মাসের হয়; পাওয়া গেছে {first} থেকে {end}। প্রতি মাসের জন্য আলাদা চক্র খুলুন।",
        "Goods are handed out for one month at a time; given {first} to {end}. Open a cycle for each month.",
    ),
    "occasion_wrong": (
        "{programme} কর্মসূচির বিতরণের উপলক্ষ ঠিক নয়: ঘটনাভিত্তিক কর্মসূচিতে (যেমন ঈদ) উপলক্ষ বাছতে হয়, "
        "মাসভিত্তিক কর্মসূচিতে খালি রাখতে হয়।",
        "The occasion does not fit {programme}: a programme that gives at events (such as Eid) needs one, a "
        "monthly programme has none.",
    ),
    "no_goods_due": (
        "{programme} কর্মসূচির নিয়মে {month} মাসে কোনো পণ্য প্রাপ্য নয়। সূচি দেখে অন্য মাস দিন।",
        "By the rules of {programme} no goods are due in {month}. See the schedule and choose another month.",
    ),
    "distribution_not_approved": (
        "বিতরণ তালিকাটি এখনো অনুমোদিত নয়, তাই পণ্য দেওয়া বা তালিকা ছাপানো যায় না। অন্য একজন কর্মকর্তাকে অনুমোদন করতে দিন।",
        "The distribution list is not approved yet, so nothing can be handed over and no list taken. Have "
        "another officer approve it.",
    ),
}

# Of a row of the file or of one person on screen; without blanks, since column and value stand beside them.
ROWS: dict[str, tuple[str, str]] = {
    "handover_unknown": (
        "এই নম্বর এই তালিকায় নেই, বা আপনার এলাকার নয়। ছাপানো তালিকার নম্বর মিলিয়ে লিখুন।",
        "This number is not on this list, or not in your area. Compare it with the printed list.",
    ),
    "handover_already": (
        "এই ব্যক্তির বিতরণ আগেই অন্যভাবে লেখা হয়েছে। ভুল হলে আগে সেটি ফেরত নিন।",
        "Something else was recorded for this person before. If that was wrong, take it back first.",
    ),
    "handover_too_much": (
        "প্রাপ্যের চেয়ে বেশি লেখা হয়েছে। তালিকার পরিমাণ দেখুন।",
        "More is written than is due. See the quantity on the list.",
    ),
    "handover_future": (
        "তারিখটি ভবিষ্যতের। যেদিন দেওয়া হয়েছে সেদিনের তারিখ লিখুন।",
        "The date lies in the future. Write the day on which it was handed over.",
    ),
    "handover_early": (
        "তারিখটি বিতরণের মাসের আগের। যেদিন দেওয়া হয়েছে সেদিনের তারিখ লিখুন।",
        "The date lies before the month of this distribution. Write the day on which it was handed over.",
    ),
    "handover_twice": (
        "একই নম্বর ফাইলে একাধিকবার আছে; প্রথমটি নেওয়া হয়েছে।",
        "The same number stands in the file more than once; the first was taken.",
    ),
    "handover_said_nothing": (
        "কিছু লেখা হয়েছে কিন্তু “পেয়েছেন” ঘরে হ্যাঁ বা না নেই। হ্যাঁ বা না লিখুন।",
        "Something is written, but the column “Collected” says neither yes nor no. Write yes or no.",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {**LISTS, **ROWS}
