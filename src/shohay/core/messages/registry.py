"""Messages of registry."""

MESSAGES: dict[str, tuple[str, str]] = {
    "already_registered": (
        "এই পরিবার নিবন্ধনে আছে, তবে তথ্য আলাদা। কিছু বদলানো হয়নি; পার্থক্যগুলো একজন কর্মকর্তার অনুমোদনের অপেক্ষায়।",
        "This household is in the registry with other facts. Nothing was overwritten; the differences wait.",
    ),
    "person_not_found": (
        "এই ব্যক্তিকে পাওয়া যায়নি, বা আপনার এলাকার বাইরে। নম্বর মিলিয়ে আবার খুঁজুন।",
        "This person was not found, or is outside your area. Check the number and search again.",
    ),
    "purpose_missing": (
        "কেন তথ্য দেখছেন তা লিখুন; খোলার চিহ্ন থেকে যায়।",
        "Say what you open the record for; opening it leaves a trace.",
    ),
    "search_too_short": (
        "অন্তত দুটি অক্ষর বা পুরো নম্বর লিখে খুঁজুন।",
        "Search with at least two letters, or with a whole number.",
    ),
    "search_in_address": (
        "ঠিকানার ঘরে লেখা নম্বর দিয়ে খোঁজা হয় না, কারণ ঠিকানা ব্রাউজারে ও লগে থেকে যায়। নম্বরটি নিচের ঘরে লিখে খুঁজুন।",
        "A number written in the address is not looked for, since addresses stay in the browser and in logs."
        " Type the number in the box below.",
    ),
    "search_not_kept": (
        "যে নম্বর দিয়ে খুঁজেছিলেন, সেটি আর রাখা নেই। নম্বরটি আবার লিখে খুঁজুন।",
        "The number that you looked for is no longer kept. Type it again.",
    ),
    "search_too_many": (
        "প্রায় {about} জনের এমন নাম। আরও ছোট এলাকা দিন, নামের আরও অংশ লিখুন, অথবা নম্বর দিয়ে খুঁজুন।",
        "About {about} people have such a name. Name a smaller area, type more of the name, or search by a number.",
    ),
    "nothing_to_reveal": (
        "এই ব্যক্তির এমন কোনো নম্বর নিবন্ধনে নেই।",
        "The registry holds no such number of this person.",
    ),
    "reveal_too_many": (
        "আজ আপনি {count}টি নম্বর খুলেছেন, সীমা {limit}। আরও দরকার হলে ঊর্ধ্বতন কর্মকর্তাকে জানান।",
        "You have opened {count} numbers today; the limit is {limit}. Tell your supervisor if you need more.",
    ),
    "death_wrong": (
        "মৃত্যুর তারিখ জন্মের আগে বা ভবিষ্যতে হতে পারে না। তারিখ মিলিয়ে লিখুন।",
        "The date of death cannot be before birth or in the future. Check the date.",
    ),
    "duplicate_of_itself": (
        "একজন নিজেরই দ্বৈত হতে পারেন না, এবং দ্বৈত হিসেবে চিহ্নিত রেকর্ডের দ্বৈতও নয়। মূল রেকর্ডটি বেছে নিন।",
        "A person cannot be a duplicate of themselves, nor of a record that is a duplicate. Choose the main record.",
    ),
    "sealed_elsewhere": (
        "নম্বরটি খোলা যাচ্ছে না: যে চাবিতে বন্ধ, তা এই সার্ভারে নেই। পরিচালককে জানান।",
        "The number cannot be opened: the key that sealed it is not on this server. Tell the operator.",
    ),
}
