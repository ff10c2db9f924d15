"""Messages of reports and their editions."""

MESSAGES: dict[str, tuple[str, str]] = {
    "report_year_unknown": (
        "{year} অর্থবছরের কর্মসূচির তালিকা এই প্ল্যাটফর্মে নেই। যে অর্থবছরের তালিকা আছে তা বেছে নিন, যেমন ২০২৪-২৫।",
        "The platform holds no list of programmes for the fiscal year {year}. Choose a year that it "
        "holds, such as 2024-25.",
    ),
    "report_format_unknown": (
        "{format} ধরনে প্রতিবেদন হয় না। pdf, html বা xlsx লিখুন।",
        "Reports are not made as {format}. Write pdf, html or xlsx.",
    ),
    "report_language_unknown": (
        "{language} ভাষায় প্রতিবেদন হয় না। bn বা en লিখুন।",
        "Reports are not made in {language}. Write bn or en.",
    ),
    "report_edition_unknown": (
        "{edition} নামে কোনো সংস্করণ নেই। তালিকা থেকে সংস্করণের নম্বর বা হ্যাশের শুরুটা লিখুন।",
        "There is no edition {edition}. Give its number or the beginning of its hash from the list.",
    ),
    "report_own_edition": (
        "সংস্করণটি আপনি তৈরি করেছেন। আপনার পক্ষে তা প্রকাশ করা যায় না; অন্য একজন কর্মকর্তাকে প্রকাশ করতে বলুন।",
        "You made this edition, so you cannot publish it. Ask another officer to publish it.",
    ),
    "report_edition_gone": (
        "{edition} নম্বর সংস্করণের ফাইল আর নেই অথবা বদলে গেছে। ব্যাকআপ থেকে ফিরিয়ে আনুন; নতুন সংস্করণও করা যায়।",
        "The file of edition {edition} is gone or has been changed. Restore it from the backup, or make a new edition.",
    ),
}
