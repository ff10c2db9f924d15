"""Messages of life events and of the history of households."""

MESSAGES: dict[str, tuple[str, str]] = {
    "event_future": (
        "তারিখটি ({on}) এখনো আসেনি; সার্ভারের হিসাবে আজ {today}। যা ঘটেছে তার তারিখ লিখুন; যন্ত্রের ঘড়ি এগিয়ে থাকলে ঠিক করুন।",
        "That day ({on}) has not come yet; by the server today is {today}. Give the day on which it happened; if your"
        " device's clock is ahead, set it right.",
    ),
    "clock_skew": (
        "আপনার যন্ত্রের ঘড়ি বলছে {device}, সার্ভারের ঘড়ি {server}। পার্থক্য বেশি, তাই তারিখ ভুল"
        " হতে পারে। যন্ত্রের ঘড়ি ঠিক করে আবার পাঠান;"
        " লেখা তথ্য ফরমে রয়ে গেছে।",
        "Your device's clock says {device}, the server's {server}. They differ too much, so days"
        " may be wrong. Set the"
        " device's clock and send again; what you typed is kept.",
    ),
    "household_changed": (
        "আপনি ফরম খোলার পর {who} এই খানায় পরিবর্তন করেছেন ({at})। নিচে দেখুন কী বদলেছে। আপনার"
        " লেখা রয়ে গেছে; এখনো ঠিক থাকলে আবার পাঠান।",
        "After you opened the form, {who} changed this household ({at}). See below what changed."
        " What you typed is kept;"
        " send it again if it still holds.",
    ),
    "household_closed": (
        "খানা {reference} বন্ধ: এতে এখন কেউ থাকেন না। সদস্যরা যে খানায় আছেন সেটি খুলুন।",
        "Household {reference} is closed: nobody lives in it now. Open the household where its members are.",
    ),
    "household_not_found": (
        "এমন খানা পাওয়া যায়নি। ইউনিয়ন ও খানা নম্বর মিলিয়ে দেখুন।",
        "No such household was found. Check the union and the household number.",
    ),
    "same_household": (
        "দুটি একই খানা। অন্য খানার নম্বর দিন।",
        "Both are the same household. Give the number of the other one.",
    ),
    "not_member": (
        "এই ব্যক্তি এখন খানা {reference}-এর সদস্য নন। তিনি যে খানায় আছেন সেটি খুলুন।",
        "This person is not a member of household {reference} now. Open the household where the person lives.",
    ),
    "person_dead": (
        "{name} {on} তারিখে মারা গেছেন; এর পরের কোনো ঘটনা লেখা যায় না। মৃত্যুর তারিখ ভুল হলে আগে তা সংশোধন করুন।",
        "{name} died on {on}; nothing can be recorded after that. If the date of death is wrong, correct it first.",
    ),
    "event_before_birth": (
        "{name}-এর জন্ম {born}; ঘটনার তারিখ ({on}) তার আগে হতে পারে না। কোন তারিখটি ভুল দেখুন।",
        "{name} was born on {born}; the event ({on}) cannot be before. See which of the dates is wrong.",
    ),
    "event_before_known": (
        "{name}-এর বিষয়ে {known} তারিখের পরিবর্তন আগে থেকেই লেখা আছে; {on} তারিখের এই ঘটনা তার"
        " আগে পড়ে ও তার সঙ্গে মেলে না। তারিখ মেলান,"
        " বা আগে পরের ঘটনাটি সংশোধন করুন।",
        "For {name} a change on {known} is known already; this event of {on} comes before it and does not go with it."
        " Check the day, or correct the later event first.",
    ),
    "head_needed": (
        "{name} খানাপ্রধান। কে নতুন খানাপ্রধান হবেন তা বেছে নিন।",
        "{name} is the head of the household. Choose who will be the new head.",
    ),
    "head_not_member": (
        "খানাপ্রধান হতে হবে খানার এমন একজনকে যিনি সেখানে থাকছেন। অন্য একজনকে বেছে নিন।",
        "The head must be somebody who lives in the household from then on. Choose another person.",
    ),
    "already_head": (
        "{name} এখনই খানাপ্রধান। অন্য একজনকে বেছে নিন।",
        "{name} is the head already. Choose another person.",
    ),
    "everybody_leaves": (
        "সবাই চলে গেলে সেটি বিভাজন নয়, স্থানান্তর। ‘স্থানান্তর’ বেছে নিন।",
        "When everybody leaves it is a move, not a split. Choose “Move”.",
    ),
    "nobody_chosen": ("কার কথা তা বেছে নিন।", "Choose whom it is about."),
    "reference_taken": (
        "এই ইউনিয়নে খানা নম্বর {reference} আগে থেকেই আছে। অন্য নম্বর দিন, বা ঘরটি খালি রাখুন।",
        "The household number {reference} is taken in this union. Give another, or leave it empty.",
    ),
    "place_unknown": (
        "ইউনিয়ন বা ওয়ার্ডের কোড {code} তালিকায় নেই। তালিকা থেকে বেছে নিন।",
        "The union or ward {code} is not in the list. Choose one from the list.",
    ),
    "name_missing": ("বাংলায় নাম লিখুন।", "Write the name in Bangla."),
    "mother_age": (
        "{name}-এর বয়স তখন {age} বছর: মা হওয়ার বয়স নয়। মা ও তারিখ মিলিয়ে দেখুন, বা আগে জন্মতারিখ সংশোধন করুন।",
        "{name} was {age} years old then, not an age to bear a child. Check the mother and the"
        " day, or correct the birth"
        " date first.",
    ),
    "parent_sex": (
        "{name} মা বা বাবা হিসেবে লিঙ্গ মেলে না। অন্য একজনকে বেছে নিন।",
        "The sex of {name} does not fit a mother or father. Choose another person.",
    ),
    "already_born": (
        "{name} নামে {on} তারিখে জন্ম নেওয়া একজন এই খানায় আছেন। যমজ হলে আলাদা নাম লিখুন।",
        "This household has a {name} born on {on} already. For twins, write different names.",
    ),
    "child_is_head": (
        "নবজাতক {name} খানাপ্রধান হতে পারে না। সম্পর্ক ঠিক করুন।",
        "The newborn {name} cannot be the head of a household. Correct the relation.",
    ),
    "couple_wrong": (
        "বিবাহ একজন পুরুষ ও একজন নারীর মধ্যে লেখা হয়। ব্যক্তি ও লিঙ্গ মিলিয়ে দেখুন।",
        "A marriage is recorded between a man and a woman. Check the persons and their sex.",
    ),
    "too_young_to_marry": (
        "{name}-এর বয়স {age} বছর; বিবাহের ন্যূনতম বয়স {least}। আদালতের আদেশ থাকলে তার নম্বর লিখুন।",
        "{name} is {age} years old; the least age to marry is {least}. With an order of the court, write its number.",
    ),
    "already_married": (
        "{name} বিবাহিত। আগের বিবাহের অবসান (তালাক বা স্বামীর মৃত্যু) আগে লিখুন।",
        "{name} is married. First record how that marriage ended: divorce, or the husband's death.",
    ),
    "needs_permission": (
        "{name}-এর স্ত্রী আছেন। আবার বিবাহে সালিশি পরিষদের অনুমতির নম্বর লিখুন (মুসলিম পারিবারিক আইন অধ্যাদেশ ১৯৬১, ধারা ৬)।",
        "{name} has a wife. To marry again, write the number of the arbitration council's"
        " permission (Muslim Family Laws"
        " Ordinance 1961, section 6).",
    ),
    "too_many_wives": (
        "{name}-এর {most} জন স্ত্রী আছেন; এর বেশি লেখা যায় না।",
        "{name} has {most} wives; more cannot be recorded.",
    ),
    "not_married": (
        "{on} তারিখে {name} বিবাহিত ছিলেন বলে লেখা নেই। আগে বৈবাহিক অবস্থা সংশোধন করুন।",
        "{name} is not known as married on {on}. Correct the marital status first.",
    ),
    "which_marriage": (
        "{name}-এর কোন বিবাহের কথা, তা বেছে নিন।",
        "Choose which marriage of {name} is meant.",
    ),
    "difficulty_1_to_4": (
        "প্রতিটি প্রশ্নের উত্তর ১ থেকে ৪-এর মধ্যে দিন।",
        "Answer each question from 1 to 4.",
    ),
    "nothing_changed": (
        "{on} তারিখে নিবন্ধনে ঠিক এটাই লেখা আছে; বদলানোর কিছু নেই।",
        "The registry says exactly this for {on}; there is nothing to change.",
    ),
    "unknown_choice": (
        "‘{value}’ তালিকায় নেই ({column})। তালিকা থেকে বেছে নিন।",
        "“{value}” is not in the list ({column}). Choose from the list.",
    ),
    "number_out_of_bounds": (
        "{value} হতে পারে না ({column}); ০ থেকে {most}-এর মধ্যে লিখুন।",
        "{value} cannot be ({column}); write a number from 0 to {most}.",
    ),
    "not_away": (
        "যাঁকে বেছেছেন তিনি এই খানা থেকে দূরে গেছেন বলে লেখা নেই। তিনি যে খানায় আছেন সেটি খুলুন।",
        "Whom you chose is not recorded as away from this household. Open the household where the person lives.",
    ),
    "event_evidence_missing": (
        "কোন দলিল বা কার কথায় ঘটনাটি লেখা হচ্ছে, তা লিখুন।",
        "Say what shows the event: the document and its number, or who told it.",
    ),
    "pregnancy_of_man": (
        "{name} নথিতে পুরুষ, তাই তাঁর নামে গর্ভাবস্থা লেখা যায় না। লিঙ্গ ভুল হলে আগে তা সংশোধন করুন।",
        "{name} is a man in the record, so no pregnancy can be written. If the sex is wrong, correct that first.",
    ),
    "evidence_gone": (
        "কাগজের ছবিটি সংরক্ষণস্থলে পাওয়া যায়নি। সিস্টেমের দায়িত্বপ্রাপ্তকে জানান; ব্যাকআপে থাকতে পারে।",
        "The picture of the paper is not where it was kept. Tell whoever runs the system; a backup may hold it.",
    ),
    "evidence_file_wrong": (
        "ফাইলটি নেওয়া যায়নি: পিডিএফ, জেপিইজি বা পিএনজি, সর্বোচ্চ {most} মেগাবাইট।",
        "The file was not taken: PDF, JPEG or PNG, at most {most} megabytes.",
    ),
    "event_decided": (
        "ঘটনাটির সিদ্ধান্ত আগেই হয়েছে ({state}, {who})।",
        "The event was decided before ({state}, by {who}).",
    ),
    "only_own_event": (
        "নিজের লেখা ঘটনাই ফিরিয়ে নেওয়া যায়। অন্যেরটি প্রত্যাখ্যান করুন।",
        "Only your own event can be withdrawn. Refuse another officer's.",
    ),
    "history_refused": (
        "ডেটাবেস পরিবর্তনটি নেয়নি: একই সময়ে কেউ দুই খানায়, বা এক খানায় দুই প্রধান হতেন। খানার পাতা আবার খুলে মিলিয়ে দেখুন।",
        "The database refused the change: somebody would be in two households at once, or a household would have two"
        " heads. Open the household again and compare.",
    ),
}
