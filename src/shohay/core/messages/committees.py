"""Messages about committees, their meetings and decisions, performance agreements and trainings."""

MESSAGES: dict[str, tuple[str, str]] = {
    "committee_office_sits": (
        "“{office}” পদটি এই কমিটিতে আছে। বদলাতে হলে আগে সেই সদস্যপদ শেষ করুন।",
        "“{office}” sits on this committee already. End that seat first if it changes.",
    ),
    "committee_seat_taken": (
        "এই কমিটিতে {on} থেকে “{office}” এই দায়িত্বে আছেন। আগে সেই দায়িত্ব শেষ করুন, তারপর নতুন কাউকে দিন।",
        "Since {on} “{office}” holds this seat. End that seat first, then give it to another.",
    ),
    "committee_seat_ended": (
        "এই সদস্যপদ {on} তারিখে শেষ হয়েছে। পাতাটি আবার খুলুন।",
        "This seat ended on {on}. Open the page again.",
    ),
    "committee_seat_day": (
        "সদস্যপদ শুরু হয়েছে {first} তারিখে; শেষের তারিখ তার পরে হতে হবে। তারিখটি ঠিক করুন।",
        "The seat began on {first}; it must end after that day. Correct the day.",
    ),
    "committee_day_unlikely": (
        "{on} তারিখটি ঠিক মনে হচ্ছে না: এটি {first} থেকে {last}-এর মধ্যে হতে হবে। তারিখটি দেখে আবার লিখুন।",
        "{on} cannot be right: it must lie between {first} and {last}. Look at the day and write it again.",
    ),
    "meeting_agenda_missing": (
        "আলোচ্যসূচি নেই। অন্তত একটি আলোচ্য বিষয় লিখুন, প্রতি লাইনে একটি।",
        "There is no agenda. Write at least one item, one a line.",
    ),
    "meeting_that_day": (
        "এই কমিটির একটি সভা {on} তারিখে আছে (সভা নং {number})। সেই সভাটি খুলুন, বা অন্য দিন দিন।",
        "This committee has a meeting on {on} (no. {number}). Open that one, or choose another day.",
    ),
    "meeting_short_notice": (
        "সভার নোটিশ অন্তত {days} দিন আগে দিতে হয়, এখানে সময় আছে {left} দিন। কেন কম সময়ে বা পরে লেখা হচ্ছে, তার কারণ লিখুন।",
        "A meeting is called at least {days} days before; here {left} remain. "
        "Say why the notice is shorter or comes afterwards.",
    ),
    "meeting_not_yet": (
        "সভাটি {on} তারিখে। সভার আগে উপস্থিতি লেখা যায় না।",
        "The meeting is on {on}. Attendance cannot be recorded before it.",
    ),
    "meeting_no_roll": (
        "সভার দিনে এই কমিটির কোনো সদস্য তালিকায় ছিলেন না, তাই কোরাম হিসাব করা যায় না। আগে সদস্যদের তালিকা পূরণ করুন।",
        "No member was on the roll on the day of the meeting, so there can be no quorum. Enter the members first.",
    ),
    "meeting_decided_already": (
        "এই সভায় সিদ্ধান্ত লেখা আছে, কিন্তু এই উপস্থিতিতে কোরাম হয় না ({present} জন; প্রয়োজন {quorum})। উপস্থিতি আবার দেখুন।",
        "Decisions are recorded for this meeting, but this attendance makes no quorum ({present}; {quorum} needed). "
        "Look at the attendance again.",
    ),
    "meeting_minutes_missing": (
        "কার্যবিবরণী লেখা নেই। আলোচনার সারাংশ লিখুন।",
        "The minutes are empty. Write what was discussed.",
    ),
    "meeting_minutes_confirmed": (
        "কার্যবিবরণী {on} তারিখে নিশ্চিত হয়েছে; এর পর তা বদলানো যায় না। নতুন কিছু থাকলে পরের সভায় তুলুন।",
        "The minutes were confirmed on {on} and cannot be changed. Bring anything new to the next meeting.",
    ),
    "meeting_confirm_other": (
        "কার্যবিবরণী বা সিদ্ধান্ত যিনি লিখেছেন তিনি নিজে নিশ্চিত করতে পারেন না। সভাপতি বা অন্য কর্মকর্তাকে নিশ্চিত করতে হবে।",
        "Whoever wrote the minutes or a decision cannot confirm them. The chair or another officer must.",
    ),
    "decision_owner_missing": (
        "সিদ্ধান্তটি কে বাস্তবায়ন করবে তা নেই। মন্ত্রণালয় বেছে নিন অথবা দপ্তরের নাম লিখুন।",
        "Nobody owns the decision. Choose a ministry or write the office that carries it out.",
    ),
    "decision_due_early": (
        "বাস্তবায়নের শেষ তারিখ সভার তারিখের ({on}) আগে হতে পারে না। তারিখটি ঠিক করুন।",
        "The decision cannot be due before the meeting ({on}). Correct the day.",
    ),
    "decision_action_unknown": (
        "কর্মপরিকল্পনায় “{code}” নামে কোনো কার্যক্রম নেই। ক্রমিকটি কর্মপরিকল্পনার পাতা থেকে দেখে লিখুন।",
        "The action plan has no item “{code}”. Take the number from the page of the action plan.",
    ),
    "decision_note_missing": (
        "কী করা হয়েছে বা কেন, তা লেখা হয়নি। এক-দুই বাক্যে লিখুন।",
        "It is not said what was done or why. Write a sentence or two.",
    ),
    "decision_evidence_missing": (
        "বাস্তবায়নের প্রমাণ যুক্ত করা হয়নি। আদেশ, পত্র বা ছবি যুক্ত করে আবার জানান।",
        "No evidence is attached. Attach the order, the letter or a picture and report again.",
    ),
    "performance_weight": (
        "এই মন্ত্রণালয়ের {year} অর্থবছরের ভার যোগ করলে {sum} হয়; মোট ১০০-এর বেশি হতে পারে না। ভার কমান।",
        "With this the weights of the ministry for {year} would add up to {sum}; at most 100. Lower the weight.",
    ),
    "performance_target": (
        "লক্ষ্যমাত্রা শূন্যের বেশি হতে হবে (কমানোর সূচকে শূন্য হতে পারে), আর ভার ০ থেকে ১০০-এর মধ্যে। সংখ্যা দুটি দেখুন।",
        "The target must be above zero (zero only where less is better), the weight between 0 and 100. "
        "Look at the two numbers.",
    ),
    "performance_year": (
        "“{year}” কোনো অর্থবছর নয়। ২০২৪-২৫ এর মতো করে লিখুন।",
        "“{year}” is no fiscal year. Write it like 2024-25.",
    ),
    "training_nobody": (
        "কেউ উপস্থিত ছিলেন না এমন প্রশিক্ষণ লেখা যায় না। নারী ও পুরুষের সংখ্যা লিখুন।",
        "A training to which nobody came is none. Write how many women and men came.",
    ),
    "training_days": (
        "শেষ দিন প্রথম দিনের আগে হতে পারে না, আর ভবিষ্যতের প্রশিক্ষণ লেখা যায় না। তারিখ দুটি দেখুন।",
        "The last day cannot lie before the first, nor a training in the future. Look at the two days.",
    ),
    "training_district_unknown": (
        "“{code}” কোনো জেলা নয়, অথবা আপনার এলাকার বাইরে। জেলা তালিকা থেকে বেছে নিন।",
        "“{code}” is no district, or not one of yours. Choose from the list.",
    ),
    "training_districts_missing": (
        "মাঠ কমিটি বা মাঠকর্মীর প্রশিক্ষণ কোন জেলার জন্য তা বাছা হয়নি। অন্তত একটি জেলা বেছে নিন।",
        "A training of field committees or field staff needs its districts. Choose at least one.",
    ),
    "meetings_file_wrong": (
        "ফাইলটি পড়া গেল না: {column} কলাম নেই। কলামগুলো হবে committee, held_on, present, place।",
        "The file cannot be read: column {column} is missing. The columns are committee, held_on, present, place.",
    ),
}
