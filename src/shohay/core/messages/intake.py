"""Messages of intake: what is wrong with a file (with blanks), and with a row (without: column and value are shown)."""

FILE: dict[str, tuple[str, str]] = {
    "file_empty": (
        "ফাইলটি খালি। সঠিক ফাইল বেছে আবার পাঠান।",
        "The file is empty. Choose the right file and send it again.",
    ),
    "file_no_rows": (
        "ফাইলে শিরোনাম ছাড়া কোনো সারি নেই। তথ্য লিখে আবার পাঠান।",
        "The file has headings but no rows. Fill it in and send it again.",
    ),
    "file_not_a_table": (
        "এটি সারণি নয়, {kind} ফাইল। ছকটি পূরণ করে CSV বা XLSX হিসেবে পাঠান।",
        "This is not a table but a {kind} file. Fill in the template and send it as CSV or XLSX.",
    ),
    "file_encoding": (
        "ফাইলের লেখা UTF-8 নয় (বাইট {place}-এ পড়া থেমে গেছে)। এক্সেলে “CSV UTF-8” হিসেবে অথবা XLSX হিসেবে "
        "সংরক্ষণ করে আবার পাঠান।",
        "The text of the file is not UTF-8 (reading stopped at byte {place}). Save it as “CSV UTF-8” or as "
        "XLSX and send it again.",
    ),
    "file_bijoy": (
        "ফাইলের বাংলা বিজয় (SutonnyMJ) হরফে লেখা, ইউনিকোডে নয়; নাম ঠিকভাবে পড়া যাবে না। ইউনিকোডে রূপান্তর "
        "করে (যেমন অভ্র কনভার্টারে) আবার পাঠান।",
        "The Bangla in the file is in Bijoy (SutonnyMJ) letters, not Unicode; names cannot be read. Convert "
        "it to Unicode (for example with the Avro converter) and send it again.",
    ),
    "file_columns_missing": (
        "ফাইলে এই কলামগুলো নেই: {columns}। ছকের সব কলাম রাখুন (খালি থাকতে পারে), তারপর আবার পাঠান।",
        "The file lacks these columns: {columns}. Keep every column of the template (cells may be empty) and "
        "send it again.",
    ),
    "file_column_twice": (
        "একই কলাম একাধিকবার আছে: {columns}। একটি রেখে আবার পাঠান।",
        "A column stands more than once: {columns}. Keep one and send the file again.",
    ),
    "file_locked": (
        "স্প্রেডশিটটি পাসওয়ার্ড দিয়ে বন্ধ। পাসওয়ার্ড তুলে আবার পাঠান।",
        "The spreadsheet is locked with a password. Remove the password and send it again.",
    ),
    "file_spreadsheet_broken": (
        "স্প্রেডশিটটি খোলা যাচ্ছে না; ফাইলটি নষ্ট বা অসম্পূর্ণ। নতুন করে সংরক্ষণ করে আবার পাঠান।",
        "The spreadsheet cannot be opened; the file is damaged or incomplete. Save it anew and send it again.",
    ),
    "file_parquet_broken": (
        "Parquet ফাইলটি পড়া যাচ্ছে না; ফাইলটি নষ্ট বা অসম্পূর্ণ। আবার তৈরি করে পাঠান।",
        "The Parquet file cannot be read; it is damaged or incomplete. Make it anew and send it again.",
    ),
    "file_json_broken": (
        "JSON পড়া যাচ্ছে না, বা তাতে ফরমের কোনো ঘর নেই। ODK বা Kobo থেকে আবার নামিয়ে পাঠান।",
        "The JSON cannot be read, or holds no field of the form. Export it again from ODK or Kobo and send it.",
    ),
    "file_odk_broken": (
        "ODK-র ZIP পড়া যাচ্ছে না, বা তাতে ফরমের CSV নেই। ODK Central থেকে আবার নামিয়ে পাঠান।",
        "The ODK archive cannot be read, or holds no CSV of the form. Export it again from ODK Central and send it.",
    ),
    "mapping_wrong": (
        "কলামের মিল ফাইলের শিরোনামের সাথে মেলে না। পাতা আবার খুলে বেছে নিন।",
        "The choices do not fit the headings of the file. Open the page again and choose anew.",
    ),
    "mapping_required": (
        "এই কলামগুলো ছাড়া ফাইল নেওয়া যায় না: {columns}। কোন শিরোনামে আছে তা বেছে নিন।",
        "The file cannot be taken without these columns: {columns}. Choose which heading holds each.",
    ),
    "mapping_twice": (
        "একই কলাম দুই শিরোনামে বেছেছেন: {columns}। একটিতে রাখুন।",
        "You chose one column for two headings: {columns}. Keep one.",
    ),
    "draft_changed": (
        "এই খসড়া {who} এর মধ্যে বদলেছেন। আপনার লেখা মোছেনি; নিচে দুটো মিলিয়ে আবার সংরক্ষণ করুন।",
        "{who} has changed this draft meanwhile. What you typed is kept; compare the two below and save again.",
    ),
    "draft_closed": (
        "এই খসড়া আর খোলা নেই: পাঠানো বা বাদ দেওয়া হয়েছে। তালিকা দেখুন।",
        "This draft is no longer open: it was sent or dropped. Look at the list.",
    ),
    "draft_wrong": (
        "খসড়ায় ভুল আছে; প্রতিটি ঘরের পাশে লেখা আছে কী ঠিক করতে হবে।",
        "The draft has errors; beside each field stands what to correct.",
    ),
    "draft_sealed_elsewhere": (
        "খসড়াটি খোলা যাচ্ছে না: যে চাবিতে বন্ধ, তা এই সার্ভারে নেই। পরিচালককে জানান।",
        "The draft cannot be opened: the key that sealed it is not on this server. Tell the operator.",
    ),
    "token_no_officer": (
        "{username} নামে এমন কোনো কর্মকর্তা নেই যিনি এই এলাকায় ফাইল পাঠাতে পারেন।",
        "There is no officer {username} who may send files for this area.",
    ),
    "token_unknown": (
        "চাবিটি অচেনা বা বাতিল। কার্যালয় থেকে নতুন চাবি নিন।",
        "The token is unknown or withdrawn. Ask the office for a new one.",
    ),
    "body_too_large": (
        "পাঠানো তথ্য সীমার চেয়ে বড় ({limit} মেবা)। ভাগ করে পাঠান।",
        "What was sent is larger than the limit ({limit} MiB). Send it in parts.",
    ),
    "body_kind": (
        "Content-Type চলে না। application/json, application/x-ndjson বা text/csv পাঠান।",
        "This Content-Type is not taken. Send application/json, application/x-ndjson or text/csv.",
    ),
    "template_unknown": (
        "“{template}” নামে কোনো ছক নেই। ব্যবহার করা যায়: {known}।",
        "There is no template called “{template}”. There are: {known}.",
    ),
    "upload_busy": (
        "এই ফাইলের কাজ এখন চলছে। শেষ হলে আবার দেখুন।",
        "This file is being worked on now. Look again when that has ended.",
    ),
    "upload_missing": (
        "ফাইলটি ভান্ডারে আর নেই ({sha256})। আবার পাঠান।",
        "The file is no longer in the store ({sha256}). Send it again.",
    ),
    "upload_refused": (
        "ফাইলটি গ্রহণ করা হয়নি, তাই নিবন্ধনে তোলা যাবে না। সংশোধন করে আবার পাঠান।",
        "The file was refused, so it cannot enter the registry. Correct it and send it again.",
    ),
    "places_missing": (
        "এলাকার তালিকা এখনো তোলা হয়নি, তাই ইউনিয়ন কোড যাচাই করা যায় না। আগে `shohay load reference` চালান।",
        "The list of places is not loaded, so union codes cannot be checked. Run `shohay load reference` first.",
    ),
}

ROW: dict[str, tuple[str, str]] = {
    "row_ragged": (
        "সারিতে কলামের সংখ্যা বা উদ্ধৃতিচিহ্ন মেলে না। সারিটি ছক অনুযায়ী আবার লিখুন।",
        "The row has the wrong number of cells or a stray quotation mark. Write it again as in the template.",
    ),
    "column_unknown": (
        "এই শিরোনাম ছকে নেই; এর তথ্য নেওয়া হয়নি।",
        "The template has no such heading; its cells were left aside.",
    ),
    "cell_required": ("এই ঘর খালি রাখা যায় না। মান লিখুন।", "This cell may not be empty. Fill it in."),
    "cell_too_long": (
        "লেখা খুব বড়। সংক্ষেপে লিখুন (নামে সর্বোচ্চ ৩০০ অক্ষর)।",
        "The text is too long. Shorten it (a name has at most 300 characters).",
    ),
    "cell_out_of_range": (
        "সংখ্যাটি সম্ভব সীমার বাইরে। মিলিয়ে সঠিক সংখ্যা লিখুন।",
        "The number is outside what is possible. Check it and write the right one.",
    ),
    "not_a_number": ("এখানে সংখ্যা চাই। শুধু অঙ্ক লিখুন।", "A number belongs here. Write digits only."),
    "not_yes_or_no": ("এখানে হ্যাঁ বা না লিখুন; জানা না থাকলে খালি রাখুন।", "Write yes or no here; leave it empty if not known."),
    "not_a_choice": (
        "ছকে দেওয়া মানগুলোর একটি লিখুন।",
        "Write one of the values that the template lists.",
    ),
    "name_no_letters": ("নামে কোনো অক্ষর নেই। নাম লিখুন।", "The name has no letters. Write the name."),
    "name_not_bangla": (
        "বাংলা নাম বাংলা অক্ষরে (ইউনিকোড) লিখুন; ইংরেজি নামের কলাম আলাদা।",
        "Write the Bangla name in Bangla letters (Unicode); the English name has a column of its own.",
    ),
    "mixed_script": (
        "নামে বাংলা ও ইংরেজি অক্ষর মিশে আছে। সারিটি নেওয়া হয়েছে; নামটি দেখে নিন।",
        "Bangla and Latin letters are mixed in the name. The row was taken; look at the name.",
    ),
    "looks_like_formula": (
        "লেখাটি সূত্রের মতো শুরু। সাধারণ লেখা হিসেবে রাখা হয়েছে, চালানো হয়নি।",
        "The text begins like a formula. It was kept as plain text and never run.",
    ),
    "date_format": (
        "তারিখ পড়া যায়নি। ২১/১১/২০২৬, ২১-১১-২০২৬ বা ২০২৬-১১-২১ আকারে লিখুন।",
        "The date cannot be read. Write it as 21/11/2026, 21-11-2026 or 2026-11-21.",
    ),
    "date_impossible": (
        "এমন তারিখ পঞ্জিকায় নেই। দিন ও মাস মিলিয়ে লিখুন।",
        "The calendar has no such date. Check the day and the month.",
    ),
    "date_future": ("তারিখটি ভবিষ্যতের। সঠিক তারিখ লিখুন।", "The date lies in the future. Write the right one."),
    "date_before_birth": ("তারিখটি জন্মের আগের। মিলিয়ে লিখুন।", "The date is before the birth. Check both."),
    "birth_future": ("জন্মতারিখ ভবিষ্যতের। সঠিক তারিখ লিখুন।", "The birth date lies in the future. Write the right one."),
    "birth_too_old": (
        "জন্মতারিখ অনুযায়ী বয়স ১২৫ বছরের বেশি। সালটি মিলিয়ে লিখুন।",
        "By this birth date the person is over 125. Check the year.",
    ),
    "birth_year_only": (
        "শুধু জন্মসাল দেওয়া; ১ জুলাই ধরে আনুমানিক হিসেবে রাখা হয়েছে।",
        "Only the birth year is given; kept as 1 July and marked approximate.",
    ),
    "pregnant_not_female": (
        "পুরুষের ক্ষেত্রে গর্ভাবস্থা লেখা। লিঙ্গ বা গর্ভাবস্থা ঠিক করুন।",
        "Pregnant, yet male. Correct one of the two.",
    ),
    "excel_number": (
        "স্প্রেডশিট নম্বরের শেষের অঙ্ক নষ্ট করেছে। ঘরটি Text করে নম্বর আবার লিখুন।",
        "The spreadsheet has destroyed the last digits. Format the cell as text and type the number again.",
    ),
    "id_length": (
        "পরিচয়পত্রের নম্বরে ১০, ১৩ বা ১৭ অঙ্ক থাকে। নম্বর মিলিয়ে লিখুন।",
        "An identity number has 10, 13 or 17 digits. Check the number.",
    ),
    "id_kind_missing": (
        "পরিচয়পত্রের ধরন লেখা নেই; ১৭ অঙ্ক এনআইডি ও জন্ম নিবন্ধন দুটোরই হয়। ধরন লিখুন।",
        "The kind of identity number is missing; an NID and a birth registration both have 17 digits. Write the kind.",
    ),
    "id_number_missing": (
        "পরিচয়পত্রের ধরন আছে, নম্বর নেই। নম্বর লিখুন বা দুটোই খালি রাখুন।",
        "A kind but no identity number. Write the number or leave both empty.",
    ),
    "id_kind_differs": (
        "নম্বরে ১৭ অঙ্ক, ধরন মেলে না। nid17 না brn17, ঠিক করে লিখুন।",
        "The number has 17 digits and the kind does not fit. Say whether it is nid17 or brn17.",
    ),
    "id_kind_read_as": (
        "অঙ্কের সংখ্যা ধরনের সাথে মেলে না; অঙ্কের সংখ্যা অনুযায়ী এনআইডি ধরা হয়েছে।",
        "The digits do not fit the kind; taken as an NID of that many digits.",
    ),
    "id_year_differs": (
        "নম্বরের সাল আর জন্মসাল আলাদা। সারিটি নেওয়া হয়েছে; কাগজ দেখে মিলিয়ে নিন।",
        "The year in the number is not the birth year. The row was taken; check it against the paper.",
    ),
    "id_repeated": (
        "একই নম্বর ফাইলে আরেকজনেরও আছে। দুটোই নেওয়া হয়েছে; দ্বৈত যাচাইয়ে দেখা হবে।",
        "Another row of the file has the same number. Both were taken; the duplicate check will look at them.",
    ),
    "account_kind_missing": (
        "হিসাবের ধরন লেখা নেই। mfs বা bank লিখুন।",
        "The kind of account is missing. Write mfs or bank.",
    ),
    "account_number_missing": (
        "হিসাবের ধরন আছে, নম্বর নেই। নম্বর লিখুন বা দুটোই খালি রাখুন।",
        "A kind but no account number. Write the number or leave both empty.",
    ),
    "wallet_number_wrong": (
        "মোবাইল হিসাবের নম্বর ১১ অঙ্কের, ০১৩ থেকে ০১৯ দিয়ে শুরু। নম্বর মিলিয়ে লিখুন।",
        "A wallet number has 11 digits and begins 013 to 019. Check the number.",
    ),
    "bank_number_wrong": (
        "ব্যাংক হিসাব নম্বরে ৬ থেকে ২০টি অঙ্ক থাকে। নম্বর মিলিয়ে লিখুন।",
        "A bank account number has 6 to 20 digits. Check the number.",
    ),
    "routing_wrong": (
        "ব্যাংক হিসাবের জন্য ৯ অঙ্কের রাউটিং নম্বর লাগে। চেকবই দেখে লিখুন।",
        "A bank account needs its routing number of 9 digits. Copy it from the cheque book.",
    ),
    "routing_check": (
        "রাউটিং নম্বরের যাচাই-অঙ্ক মেলে না। সারিটি নেওয়া হয়েছে; নম্বর দেখে নিন।",
        "The check digit of the routing number does not hold. The row was taken; look at the number.",
    ),
    "area_shape": ("ইউনিয়ন কোড ৮ অঙ্কের। তালিকা দেখে লিখুন।", "A union code has 8 digits. Copy it from the list."),
    "area_unknown": (
        "এই কোডের কোনো ইউনিয়ন বা ওয়ার্ড নেই। তালিকা দেখে সঠিক কোড লিখুন।",
        "No union or ward has this code. Copy the right one from the list.",
    ),
    "area_outside": (
        "ইউনিয়নটি আপনার এলাকার বাইরে। সংশ্লিষ্ট কার্যালয় থেকে পাঠাতে হবে।",
        "The union lies outside your area. The office in charge must send it.",
    ),
    "programme_unknown": (
        "এই কোডের কোনো কর্মসূচি নেই; কোডটি বাদ রাখা হয়েছে।",
        "No programme has this code; the code was left aside.",
    ),
    "one_programme": (
        "এক সারিতে একটি কর্মসূচির কোড লিখুন।",
        "Write the code of one programme in a row.",
    ),
    "programme_not_known": (
        "এই কোডের কোনো কর্মসূচি নেই। কর্মসূচির তালিকা দেখে কোড লিখুন।",
        "No programme has this code. Copy it from the list of programmes.",
    ),
    "who_missing": (
        "কার তথ্য, তা লেখা নেই। পরিবার নম্বর বা পরিচয়পত্রের নম্বর লিখুন।",
        "Nothing says whom this is about. Write the household number or an identity number.",
    ),
    "member_not_said": (
        "তথ্যটি একজন সদস্যের; কোন সদস্য তা লেখা নেই। ক্রমিক বা পরিচয়পত্রের নম্বর লিখুন।",
        "The fact is one of a member; which member is not said. Write the line number or an identity number.",
    ),
    "row_contradicts": (
        "উপরের একটি সারি একই বিষয়ে অন্য কথা বলে। যেটি ঠিক, শুধু সেটি রাখুন।",
        "A row above says otherwise about the same thing. Keep the right one only.",
    ),
    "person_unmatched": (
        "নিবন্ধনে এই ব্যক্তিকে পাওয়া যায়নি। নম্বর, নাম ও জন্মতারিখ মিলিয়ে দেখুন, বা আগে পরিবারটি নিবন্ধন করুন।",
        "The registry has no such person. Check number, name and birth date, or register the household first.",
    ),
    "person_ambiguous": (
        "একাধিক ব্যক্তি মেলে। পরিচয়পত্রের নম্বর দিয়ে আবার পাঠান।",
        "More than one person fits. Send it again with the identity number.",
    ),
    "person_is_dead": (
        "নিবন্ধন অনুযায়ী এই ব্যক্তি মৃত। কাগজ মিলিয়ে দেখুন।",
        "By the registry this person is dead. Check the papers.",
    ),
    "since_before_birth": (
        "তারিখটি ব্যক্তির জন্মের আগের। মিলিয়ে লিখুন।",
        "The day is before the person's birth. Check both.",
    ),
    "household_unmatched": (
        "এই ইউনিয়নে এই নম্বরের পরিবার নিবন্ধনে নেই। নম্বর মিলিয়ে লিখুন।",
        "The registry has no household of this number in the union. Check the number.",
    ),
    "nothing_new": (
        "নিবন্ধনে আগে থেকেই তাই আছে; কিছু বদলাতে হবে না।",
        "The registry says so already; nothing needs to change.",
    ),
    "change_waiting": (
        "একই পরিবর্তন আগেই জানানো হয়েছে, অনুমোদনের অপেক্ষায়।",
        "The same change was told before and waits for approval.",
    ),
    "declared_already": (
        "এই কর্মসূচিতে এই ব্যক্তির ঘোষণা আগেই আছে।",
        "This person is declared in this programme already.",
    ),
    "member_new": (
        "এই সদস্য নিবন্ধিত পরিবারে নেই, তাই যোগ করা হয়নি। জন্ম বা স্থানান্তর হিসেবে জানান।",
        "The registered household has no such member, so nobody was added. Tell it as a birth or a move.",
    ),
    "member_gone": (
        "নিবন্ধিত একজন সদস্য ফাইলে নেই; নিবন্ধনে তিনি আছেন। মৃত্যু বা স্থানান্তর হলে জানান।",
        "A registered member is not in the file; the registry keeps them. Tell a death or a move if there was one.",
    ),
    "row_repeated": ("একই সারি আগেও আছে। প্রথমটি নেওয়া হয়েছে।", "The same row stands above. The first one counts."),
    "line_no_repeated": (
        "এই পরিবারে এই ক্রমিক আগেই ব্যবহৃত, তথ্য আলাদা। ক্রমিক ঠিক করুন।",
        "Another row of this household has this line number with other facts. Correct the line number.",
    ),
    "household_no_head": (
        "পরিবারে কোনো খানাপ্রধান নেই। একজনের সম্পর্ক “খানাপ্রধান” লিখুন।",
        "The household has no head. Give one member the relation “head”.",
    ),
    "household_two_heads": ("পরিবারে একাধিক খানাপ্রধান। একজনকে রাখুন।", "The household has more than one head. Keep one."),
    "household_head_bad": (
        "খানাপ্রধানের সারিতে ভুল আছে, তাই পুরো পরিবার অপেক্ষায়। খানাপ্রধানের সারি ঠিক করে সবাইকে আবার পাঠান।",
        "The head's row has an error, so the whole household waits. Correct the head's row and send all members again.",
    ),
}

MESSAGES: dict[str, tuple[str, str]] = {**FILE, **ROW}
