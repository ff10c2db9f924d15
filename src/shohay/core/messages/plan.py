"""Messages of the action plan: updates, verification, dependencies, reminders and the ministries' sheets."""

MESSAGES: dict[str, tuple[str, str]] = {
    "plan_item_unknown": (
        "“{code}” নম্বরের কোনো কাজ কর্মপরিকল্পনায় নেই। তালিকা থেকে নম্বরটি দেখে নিন, যেমন ২.১-০১-০৩।",
        "The action plan has no item “{code}”. Look the number up in the list, such as 2.1-01-03.",
    ),
    "plan_not_yours": (
        "এই কাজের দায়িত্ব {ministry}-এর নয়। কাজটি যে মন্ত্রণালয়ের বা যারা এতে সহযোগী, শুধু তারাই অগ্রগতি জানাতে পারে।",
        "{ministry} does not answer for this item. Only the ministry that owns it, or one that shares it, can report.",
    ),
    "plan_update_empty": (
        "কী হয়েছে তা লিখুন: বাংলা বা ইংরেজি বিবরণের অন্তত একটি দরকার।",
        "Say what was done: a description in Bangla or English is needed.",
    ),
    "plan_update_measure": (
        "অগ্রগতি শতাংশে (০ থেকে ১০০) অথবা মাইলফলক হিসেবে লিখুন; অন্তত একটি দরকার।",
        "Give the progress in percent (0 to 100) or as a milestone; one of the two is needed.",
    ),
    "plan_update_done_on": (
        "কাজটি কোন দিন শেষ হয়েছে তা দিন; দিনটি আজকের পরে হতে পারে না।",
        "Give the day on which it was completed; it cannot be after today.",
    ),
    "plan_update_which": (
        "কাজটি বারবার করার। কোন মেয়াদের কথা বলছেন তা বেছে নিন, যেমন ২০২৪-২৫ অর্থবছর।",
        "This is due again and again. Choose the period that you speak of, such as fiscal year 2024-25.",
    ),
    "plan_update_changed": (
        "এর মধ্যে {by} {at} সময়ে এই কাজের আরেকটি হালনাগাদ (সংস্করণ {version}) জমা দিয়েছেন। আপনার লেখা নিচে আছে, কিছু "
        "হারায়নি। তাঁর লেখাটি দেখে আপনারটি মিলিয়ে নিন এবং আবার জমা দিন।",
        "Meanwhile {by} submitted another update of this item (version {version}) at {at}. What you wrote is below, "
        "nothing is lost. Look at theirs, bring yours in line with it and submit again.",
    ),
    "plan_update_decided": (
        "এই হালনাগাদের সিদ্ধান্ত আগেই হয়েছে, বা এর পরের সংস্করণ এসেছে। কাজের পাতায় সর্বশেষটি দেখুন।",
        "This update was decided already, or a later version has come. See the newest one on the page of the item.",
    ),
    "plan_update_own": (
        "নিজের লেখা হালনাগাদ নিজে যাচাই করা যায় না। অন্য একজন কর্মকর্তা যাচাই করবেন।",
        "You cannot verify an update that you wrote. Another officer verifies it.",
    ),
    "plan_update_unproven": (
        "প্রমাণ ছাড়া কাজ সম্পন্ন বলে গণ্য করা যায় না। হালনাগাদটি কারণ লিখে ফেরত দিন, যেন মন্ত্রণালয় প্রমাণপত্র জুড়ে দেয়।",
        "Nothing counts as completed without evidence. Return the update with the reason, so that it is attached.",
    ),
    "plan_return_reason": (
        "কেন ফেরত দিচ্ছেন তা লিখুন, যাতে মন্ত্রণালয় সংশোধন করতে পারে।",
        "Say why you return it, so that the ministry can put it right.",
    ),
    "plan_dependency_circle": (
        "{needs} নিজেই {item}-এর ওপর নির্ভর করে। এটি যোগ করলে দুটি কাজ একে অন্যের জন্য অপেক্ষা করবে; অন্য কাজ বেছে নিন।",
        "{needs} itself depends on {item}. With this the two would wait for each other; choose another item.",
    ),
    "plan_dependency_there": (
        "{item} যে {needs}-এর ওপর নির্ভর করে তা আগেই লেখা আছে।",
        "It is recorded already that {item} depends on {needs}.",
    ),
    "plan_dependency_gone": (
        "এই নির্ভরতা আর নেই; কেউ আগেই তুলে দিয়েছেন।",
        "This dependency is no longer there; somebody has removed it.",
    ),
    "plan_ministry_unknown": (
        "“{code}” সংকেতের কোনো মন্ত্রণালয় নেই। সংকেতটি মন্ত্রণালয়ের তালিকায় দেখুন, যেমন MoSW।",
        "There is no ministry with the code “{code}”. Look it up in the list of ministries, such as MoSW.",
    ),
    # ------------------------------------------------------------------ sheets of the ministries
    "plan_sheet_header": (
        "ফাইলে শিরোনামের সারি পাওয়া যায়নি। “কাজের নম্বর” ও “অগ্রগতির বিবরণ” কলাম দুটি থাকতে হবে; মন্ত্রণালয়ের ছকটি নামিয়ে তাতে লিখুন।",
        "No row of headings was found in the file. It needs the columns “Item no.” and “What was done”; download the "
        "ministry's template and fill it in.",
    ),
    "plan_sheet_twice": (
        "“{column}” শিরোনামটি একাধিক কলামে আছে। একটি রেখে বাকিগুলো মুছে আবার দিন।",
        "The heading “{column}” stands over more than one column. Keep one and send the file again.",
    ),
    "plan_sheet_rows": (
        "ফাইলে {rows}টি সারি আছে; সর্বোচ্চ {most}টি নেওয়া যায়। মন্ত্রণালয় অনুযায়ী ভাগ করে দিন।",
        "The file has {rows} rows; at most {most} can be taken. Split it by ministry.",
    ),
    "plan_sheet_taken": (
        "এই ফাইলটিই {at} সময়ে নেওয়া হয়েছে; আবার নেওয়ার কিছু নেই। নতুন অগ্রগতি নতুন ফাইলে দিন।",
        "This very file was taken at {at}; there is nothing to take again. Send new progress in a new file.",
    ),
    "plan_sheet_nothing": (
        "ফাইলে নেওয়ার মতো কোনো সারি নেই। ভুলের তালিকা দেখে সংশোধন করে আবার দিন।",
        "The file has no row that can be taken. Correct it by the list of errors and send it again.",
    ),
    "plan_row_code_missing": (
        "কাজের নম্বর নেই।",
        "The item number is missing.",
    ),
    "plan_row_code_unknown": (
        "এই নম্বরের কোনো কাজ পরিকল্পনায় নেই; ছক থেকে নম্বরটি দেখে লিখুন।",
        "The plan has no item of this number; take it from the template.",
    ),
    "plan_row_code_other": (
        "এই কাজ অন্য মন্ত্রণালয়ের; আপনার মন্ত্রণালয় এর মালিক বা সহযোগী নয়।",
        "This item belongs to another ministry; yours neither owns nor shares it.",
    ),
    "plan_row_duplicate": (
        "একই কাজের কথা {line} নম্বর সারিতেও আছে। একটি সারি রাখুন।",
        "Line {line} speaks of the same item. Keep one of them.",
    ),
    "plan_row_nothing": (
        "কী হয়েছে তা লেখা নেই; বাংলা বা ইংরেজিতে লিখুন।",
        "Nothing says what was done; write it in Bangla or English.",
    ),
    "plan_row_percent": (
        "শতাংশ ০ থেকে ১০০-এর মধ্যে একটি পূর্ণ সংখ্যা হবে।",
        "The percentage must be a whole number from 0 to 100.",
    ),
    "plan_row_claim": (
        "অবস্থা “চলমান”, “সম্পন্ন” বা “স্থগিত”-এর কোনো একটি হবে।",
        "The state must be “In progress”, “Completed” or “Stopped”.",
    ),
    "plan_row_date": (
        "তারিখটি পড়া যায়নি। এভাবে লিখুন: ৩০/০৬/২০২৫।",
        "This date cannot be read. Write it like 30/06/2025.",
    ),
    "plan_row_date_impossible": (
        "তারিখটি সম্ভব নয়: আজকের পরে, বা ২০১৫ সালের আগে।",
        "This date is not possible: after today, or before 2015.",
    ),
    "plan_row_done_on": (
        "সম্পন্ন কাজের শেষ হওয়ার তারিখ দিন।",
        "Give the day on which the completed item was finished.",
    ),
    "plan_row_period": (
        "কোন মেয়াদের কথা তা লিখুন: {periods}।",
        "Say which period you speak of: {periods}.",
    ),
    "plan_row_changed": (
        "ফাইলটি পড়ার পর এই কাজে নতুন হালনাগাদ এসেছে; সেটি দেখে সারিটি আবার দিন।",
        "After the file was read another update of this item came; look at it and send the row again.",
    ),
    "plan_row_measure": (
        "অগ্রগতি শতাংশে বা মাইলফলক হিসেবে লিখুন।",
        "Give the progress in percent or as a milestone.",
    ),
}
