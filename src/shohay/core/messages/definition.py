"""Messages about programme definitions, criteria and score formulas."""

MESSAGES: dict[str, tuple[str, str]] = {
    "definition_unreadable": (
        "নথিটি পড়া যায়নি: {why}। YAML-এর বিন্যাস ঠিক করে আবার দিন।",
        "The document cannot be read: {why}. Correct the YAML and try again.",
    ),
    "definition_wrong": (
        "{code}: “{where}” অংশে ভুল আছে ({why})। অংশটি ঠিক করুন।",
        "{code}: there is a mistake at “{where}” ({why}). Correct that part.",
    ),
    "definition_overlap": (
        "{code}: {first} ও {second} তারিখ থেকে শুরু সংস্করণ দুটির মেয়াদ একে অন্যের ওপর পড়েছে। একটির মেয়াদ কমান।",
        "{code}: the versions beginning {first} and {second} overlap. Shorten one of them.",
    ),
    "definition_gap": (
        "{code}: {first} থেকে {second} পর্যন্ত কোনো সংস্করণ নেই। মেয়াদগুলো জোড়া লাগান।",
        "{code}: no version covers {first} to {second}. Make the versions meet.",
    ),
    "definition_first_changes": (
        "{code}: প্রথম সংস্করণে “changes” থাকতে পারে না, কারণ তার আগে কিছু নেই। পুরো সংস্করণ লিখুন।",
        "{code}: the first version cannot be “changes”: nothing stands before it. Write it in full.",
    ),
    "definition_id_twice": (
        "{code}: “{id}” পরিচিতি দুবার ব্যবহার হয়েছে। প্রতিটি শর্তের পরিচিতি আলাদা হতে হবে।",
        "{code}: the id “{id}” is used twice. Each criterion needs an id of its own.",
    ),
    "definition_text_blank": (
        "{code}: “{id}” শর্তের বাক্যে {{{name}}} আছে, কিন্তু এ নামে কোনো মান নেই। মানটি যোগ করুন বা বাক্য ঠিক করুন।",
        "{code}: the sentence of “{id}” uses {{{name}}}, but there is no such parameter. Add it or correct "
        "the sentence.",
    ),
    "definition_not_boolean": (
        "{code}: “{id}” শর্তের উত্তর হ্যাঁ বা না হয় না। তুলনা যোগ করুন।",
        "{code}: “{id}” does not answer yes or no. Add a comparison.",
    ),
    "definition_level": (
        "{code}: পরিবারভিত্তিক কর্মসূচির “{id}” শর্তে ব্যক্তির তথ্য {fact} ব্যবহার করা যায় না। পরিবারের তথ্য নিন।",
        "{code}: “{id}” of a household programme uses the personal fact {fact}. Take a household fact instead.",
    ),
    "criterion_unreadable": (
        "শর্তটি পড়া যায় না: {text}। বন্ধনী ও বানান দেখুন।",
        "The criterion cannot be read: {text}. Check the brackets and the spelling.",
    ),
    "criterion_too_long": (
        "শর্তটি অনেক বড় বা জটিল: {text}। একাধিক শর্তে ভাগ করুন।",
        "The criterion is too long or too deep: {text}. Split it into several.",
    ),
    "criterion_not_allowed": (
        "শর্তে এটি ব্যবহার করা যায় না: {what}। তথ্যের নাম, তুলনা, and/or/not, between, in, যোগ-বিয়োগ, abs, "
        "coalesce ও at_least চলে।",
        "A criterion cannot use this: {what}. It may use facts, comparisons, and/or/not, between, in, arithmetic, "
        "abs, coalesce and at_least.",
    ),
    "criterion_unknown_fact": (
        "“{name}” নামে কোনো তথ্য নেই। তথ্যের তালিকা থেকে নাম নিন।",
        "There is no fact “{name}”. Take a name from the list of facts.",
    ),
    "criterion_unknown_parameter": (
        "“{name}” নামে কোনো মান ঘোষণা করা হয়নি। parameters অংশে যোগ করুন।",
        "There is no parameter “{name}”. Add it under parameters.",
    ),
    "criterion_types": (
        "ভিন্ন ধরনের জিনিস মেলানো হয়েছে: {what}। একই ধরনের মান তুলনা করুন।",
        "Things of different kinds are mixed: {what}. Compare like with like.",
    ),
    "criterion_value": (
        "{name} কখনো “{value}” হয় না। হতে পারে: {values}।",
        "{name} is never “{value}”. It may be: {values}.",
    ),
    "criterion_constant": (
        "সংখ্যাটি গ্রহণযোগ্য নয়: {value}। সীমার মধ্যে সংখ্যা দিন; শূন্য দিয়ে ভাগ করা যায় না।",
        "This number cannot be used: {value}. Give a number within bounds; nothing can be divided by zero.",
    ),
    "formula_wrong": (
        "স্কোরের সূত্রে ভুল আছে: {why}। সূত্রটি ঠিক করে আবার দিন।",
        "There is a mistake in the score formula: {why}. Correct it and try again.",
    ),
    "snapshot_not_ordered": (
        "প্রতিলিপিের {table} টেবিল household_id অনুযায়ী সাজানো নয়। নতুন প্রতিলিপি নিন।",
        "The table {table} of the snapshot is not in order of household_id. Take a new snapshot.",
    ),
    "snapshot_wrong": (
        "প্রতিলিপিের {table} টেবিলে “{column}” কলাম নেই বা ধরন আলাদা। নতুন প্রতিলিপি নিন।",
        "The table {table} of the snapshot lacks the column “{column}” or has it in another type. Take a new snapshot.",
    ),
    "engine_unknown": (
        "“{engine}” নামে কোনো গণনা ইঞ্জিন নেই। duckdb, spark, local[2] বা spark://যন্ত্র:7077 দিন।",
        "There is no engine “{engine}”. Use duckdb, spark, local[2] or spark://host:7077.",
    ),
    "programme_not_in_catalogue": (
        "{code} কর্মসূচিটি তালিকায় নেই। আগে “shohay load reference” চালান।",
        "The programme {code} is not in the catalogue. Run “shohay load reference” first.",
    ),
}
