"""Messages of poverty scores: what is wrong in a formula, in the data it is made from, in putting it into force."""

MESSAGES: dict[str, tuple[str, str]] = {
    "formula_key": (
        "স্কোরের সূত্রের {where} অংশে “{key}” থাকতে পারে না। থাকতে পারে: {known}। নামটি ঠিক করুন বা বাদ দিন।",
        "“{key}” cannot stand in {where} of the score formula. Known there: {known}. Correct the name or remove it.",
    ),
    "formula_lacks": (
        "স্কোরের সূত্রের {where} অংশে “{key}” নেই বা ফাঁকা। এটি যোগ করুন।",
        "The score formula lacks “{key}” in {where}, or it is empty. Add it.",
    ),
    "formula_kind": (
        "“{kind}” ধরনের সূত্র নেই। ধরন হতে পারে points, linear বা categorical।",
        "There is no formula of the kind “{kind}”. It may be points, linear or categorical.",
    ),
    "formula_coefficient": (
        "“{where}” পদের সহগ (coefficient) নেই বা সংখ্যা নয়: {value}। প্রতিটি পদে একটি সংখ্যা দিন।",
        "The term “{where}” has no coefficient, or it is no number: {value}. Give every term a number.",
    ),
    "formula_number": (
        "{where} অংশের “{value}” গ্রহণযোগ্য সংখ্যা নয়। সীমার মধ্যে একটি সংখ্যা দিন।",
        "“{value}” in {where} is no number that can be used. Give a number within bounds.",
    ),
    "formula_condition": (
        "“{text}” কোনো শর্ত নয়। হ্যাঁ বা না হয় এমন একটি শর্ত লিখুন।",
        "“{text}” is not a condition. Write one that is true or false.",
    ),
    "formula_value": (
        "“{text}” সংখ্যা বা শর্ত নয়, তাই সহগ দিয়ে গুণ করা যায় না। সংখ্যা বা হ্যাঁ-না তথ্য ব্যবহার করুন।",
        "“{text}” is neither a number nor a condition and cannot be multiplied. Use a number or a yes-or-no fact.",
    ),
    "formula_rest": (
        "“{where}” প্রশ্নের শেষ উত্তরে শর্ত থাকবে না: বাকি সবার জন্য একটি উত্তর দিন।",
        "The last answer of “{where}” must have no condition: it is what remains for everybody else.",
    ),
    "formula_model_missing": (
        "{areas} এলাকার জন্য কোনো উপ-মডেল নেই। ওই এলাকার মডেল যোগ করুন, অথবা শেষে শর্তহীন একটি মডেল দিন।",
        "No sub-model fits households of: {areas}. Add one for them, or a last one without a condition.",
    ),
    "formula_model_never": (
        "“{where}” উপ-মডেলটি কখনো ব্যবহৃত হবে না: আগের মডেলগুলোই সব পরিবার নেয়। ক্রম বা শর্ত ঠিক করুন।",
        "The sub-model “{where}” would never be used: those before it take every household. Correct the order.",
    ),
    "formula_scale": (
        "স্কেল ঠিক নয়: {why}। স্কোর ০ থেকে ১০০০, টাকা ও স্কোর দুটিই প্রতি ধাপে বাড়তে হবে।",
        "The scale is wrong: {why}. Scores run from 0 to 1000; taka and score must both rise at every step.",
    ),
    "formula_likelihood": (
        "সম্ভাবনার তালিকা ঠিক নয়: স্কোর প্রতি ধাপে বাড়বে, শতাংশ বাড়বে না। তালিকাটি ঠিক করুন।",
        "The table of likelihoods is wrong: the score must rise and the percentage must not. Correct the table.",
    ),
    "formula_needed": (
        "{count}টি শর্তের মধ্যে {needed}টি চাওয়া হয়েছে। ১ থেকে {count} এর মধ্যে একটি পূর্ণ সংখ্যা দিন।",
        "{needed} of {count} conditions are asked for. Give a whole number from 1 to {count}.",
    ),
    "formula_twice": (
        "“{what}” সূত্রে দুবার আছে। একটি বাদ দিন।",
        "“{what}” stands twice in the formula. Remove one.",
    ),
    "formula_circle": (
        "সূত্রটি নিজের ফল “{fact}” পড়ছে। অন্য তথ্য ব্যবহার করুন।",
        "The formula reads “{fact}”, which is made by a formula. Use other facts.",
    ),
    "formula_unknown": (
        "“{code}” নামে কোনো স্কোর সূত্র নেই। তালিকা থেকে একটি বেছে নিন।",
        "There is no score formula “{code}”. Choose one from the list.",
    ),
    "formula_own": (
        "নিজের যোগ করা সূত্র নিজে চালু করা যায় না। আরেকজন কর্মকর্তা এটি দেখে চালু করবেন।",
        "You cannot put into force a formula that you installed. Another officer looks at it and does.",
    ),
    "formula_state": (
        "সূত্রটির অবস্থা এখন “{state}”, তাই এটি করা যায় না। পাতাটি আবার খুলুন।",
        "The formula is now “{state}”, so this cannot be done. Open the page again.",
    ),
    "formula_synthetic": (
        "সূত্রটি কাল্পনিক তথ্য থেকে তৈরি; প্রকৃত পরিবারের জন্য চালু করা যায় না। প্রকৃত জরিপ থেকে তৈরি করুন।",
        "This formula was made from synthetic data and cannot be put into force for real households. Train one from "
        "a real survey.",
    ),
    "formula_range": (
        "চালুর তারিখ {on} গ্রহণযোগ্য নয়: আগের সূত্রটি {since} থেকে চলছে। তার পরের একটি তারিখ দিন।",
        "The day {on} cannot be used: the formula before is in force since {since}. Give a later day.",
    ),
    "training_columns": (
        "জরিপের ভিত্তিতে এই কলামগুলো নেই: {columns}। ভিত্তিটি আবার তৈরি করুন।",
        "The survey base lacks these columns: {columns}. Make the base again.",
    ),
    "training_facts": (
        "কোনো নির্দেশক বাছা হয়নি, অথবা এগুলো ব্যবহার করা যায় না: {facts}। পরিবারের অন্য তথ্য বেছে নিন।",
        "No fact was chosen, or these cannot be used: {facts}. Choose other facts of the household.",
    ),
    "training_few": (
        "{where}: ব্যবহারযোগ্য পরিবার {rows}টি ও গুচ্ছ {clusters}টি, সূত্র তৈরির জন্য কম। কম ফাঁকা থাকে এমন নির্দেশক নিন অথবা "
        "বড় জরিপ দিন।",
        "{where}: {rows} usable households in {clusters} clusters are too few to make a formula. Choose facts that are "
        "missing less often, or give a larger survey.",
    ),
    "training_options": (
        "“{name}” এর মান {value} গ্রহণযোগ্য নয়। সম্ভাব্য: {allowed}।",
        "“{name}” cannot be {value}. Possible: {allowed}.",
    ),
    "base_unknown": (
        "“{name}” নামে কোনো জরিপ-ভিত্তি নেই। তালিকা থেকে একটি বেছে নিন।",
        "There is no survey base “{name}”. Choose one from the list.",
    ),
    "card_missing": (
        "এই সূত্রের কোনো মডেল কার্ড নেই: এটি এখানে তৈরি হয়নি। উৎসের দলিল দেখুন।",
        "This formula has no model card: it was not made here. See its source.",
    ),
    "card_wrong": (
        "মডেল কার্ডটি এই সূত্রের নয় বা অসম্পূর্ণ: {why}। সূত্র ও কার্ড একসঙ্গে আবার তৈরি করুন।",
        "The model card is not of this formula or not whole: {why}. Make formula and card together again.",
    ),
    "drift_same": (
        "একই প্রতিলিপির সঙ্গে তুলনা হয় না। দুটি আলাদা প্রতিলিপি বেছে নিন।",
        "A snapshot cannot be compared with itself. Choose two different ones.",
    ),
    "household_not_scored": (
        "এই পরিবারটি পাওয়া যায়নি বা আপনার এলাকায় নয়। নম্বরটি মিলিয়ে দেখুন।",
        "This household was not found or is not in your area. Check its number.",
    ),
}
