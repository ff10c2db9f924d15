"""Messages about facts: what is odd about a criterion, how often a fact is missing."""

MESSAGES: dict[str, tuple[str, str]] = {
    "fact_of_person": (
        "“{fact}” ব্যক্তির তথ্য, তাই পরিবারের তালিকায় নেওয়া যায় না। পরিবার বা এলাকার কোনো তথ্য দিন।",
        "“{fact}” is a fact of a person, so a table of households cannot have it. "
        "Name a fact of the household or area.",
    ),
    "facts_no_snapshot": (
        "মাপার মতো কোনো প্রতিলিপি নেই। আগে নিবন্ধনের প্রতিলিপি নিন।",
        "There is no snapshot to measure. Take a snapshot of the registry first.",
    ),
    "criterion_hint_never": (
        "এই শর্ত কখনো পূরণ হতে পারে না: {text}। কেউই যোগ্য হবেন না; সংখ্যা ও তুলনার চিহ্ন মিলিয়ে দেখুন।",
        "This criterion can never hold: {text}. Nobody would be eligible; check the figures and the signs.",
    ),
    "criterion_hint_always": (
        "এই শর্ত সবার বেলায় পূরণ হয়: {text}। এটি কাউকে বাছাই করে না; বাদ দিন অথবা ঠিক করুন।",
        "This criterion always holds: {text}. It selects nobody; leave it out or correct it.",
    ),
    "criteria_hint_together": (
        "“{id}” শর্তটি আগের শর্তগুলোর সঙ্গে একত্রে কেউ পূরণ করতে পারেন না। শর্তগুলো মিলিয়ে দেখুন।",
        "Nobody can meet “{id}” together with the criteria before it. Compare them with each other.",
    ),
    "criterion_hint_no_one": (
        "নিবন্ধনের {people} জনের কারও বেলায় শর্তটি পূরণ হয় না: {text}। প্রকাশের আগে যাচাই করুন।",
        "The criterion holds for none of the {people} in the registry: {text}. Check it before publishing.",
    ),
    "criterion_hint_everyone": (
        "নিবন্ধনের {people} জনের কারও বেলায় শর্তটি “না” হয় না: {text}। এটি কাউকে বাদ দেয় না।",
        "The criterion fails for none of the {people} in the registry: {text}. It leaves nobody out.",
    ),
    "criterion_hint_untold": (
        "{percent}% মানুষের বেলায় শর্তটি বলা যায় না, কারণ তথ্য নেই: {text}। আগে তথ্য সংগ্রহের ব্যবস্থা করুন।",
        "For {percent}% of people the criterion cannot be told, because facts are missing: {text}. "
        "Arrange for the facts first.",
    ),
    "criterion_hint_missing": (
        "“{fact}” তথ্যটি {percent}% নথিতে নেই। এর ওপর দাঁড়ানো শর্ত তাঁদের বেলায় বলা যাবে না।",
        "The fact “{fact}” is missing for {percent}% of records. A criterion on it cannot be told for them.",
    ),
}
