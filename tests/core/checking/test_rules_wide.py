"""Rules that need many rows or chapters before they may speak."""

from __future__ import annotations

import pytest

from tests.core.checking.drafts import ENGLISH, Draft

PLAN_HEAD = "SL\tObjectives\tActivities\tPerformance Indicator\tTimeframe\tStatus"


def of(*lines: str) -> Draft:
    return Draft("x\t" + "\nx\t".join(lines))


def found(draft: Draft) -> list[tuple[str, int]]:
    return [(row.rule, row.line) for row in draft.findings()]


def chapters(number: int) -> list[str]:
    """Chapters with the two standard activities that every ministry has."""
    lines = ["PROGRESS REPORT 2024", ""]
    for no in range(1, number + 1):
        lines += [
            f"2.{no}. Office number {no}", "", PLAN_HEAD,
            f"1\tImprove targeting of people\tUpdate the manual for selection\tCircular issued to offices\tMarch, 202{no % 3 + 5}\tIn-progress",
            f"2\tGrievance redress\tTell people of the central desk\tMeetings held in upazilas\tApril, 202{no % 3 + 5}\tIn-progress", "",
        ]  # fmt: skip
    return lines


def test_standard_activities_that_stand_elsewhere() -> None:
    """An activity under another objective and with another activity's indicator; with its own wording nothing is said."""
    lines = chapters(8)
    assert found(of(*lines)) == []
    moved = [
        line.replace("1\tImprove targeting of people", "1\tDigital payments") if no == 4 else line
        for no, line in enumerate(lines)
    ]
    assert found(of(*moved)) == []  # one chapter's first row: index 4 is its header
    moved = [
        line.replace("1\tImprove targeting of people", "1\tDigital payments") if no == 5 else line
        for no, line in enumerate(lines)
    ]
    assert found(of(*moved)) == [("cell.other-objective", 6)]
    wrong = [
        line.replace("Circular issued to offices", "Meetings held in upazilas") if no == 5 else line
        for no, line in enumerate(lines)
    ]
    assert found(of(*wrong)) == [("cell.other-indicator", 6)]
    own = [
        line.replace("Circular issued to offices", "Handbook printed") if no == 5 else line
        for no, line in enumerate(lines)
    ]
    assert found(of(*own)) == []
    for text, rules in (("Update the manual for", ["cell.cut"]), ("Update the manual", [])):  # three words are a title
        cut = [
            line.replace("Update the manual for selection", text) if no == 5 else line for no, line in enumerate(lines)
        ]
        assert [rule for rule, _line in found(of(*cut))] == rules


def test_claims_about_progress() -> None:
    """'A majority within the timeframe' is denied when most of what was due is not finished, and only then."""
    claim = "A majority of the actions are progressing within the defined timeframe."
    rows = [
        f"{no}\tObjective {no}\tWork number {no}\tResult number {no}\tMarch, 2023\tIn-progress" for no in range(1, 7)
    ]
    late = of("PROGRESS REPORT 2024", "", "1.1 Progress", "", claim, "", PLAN_HEAD, *rows)
    assert ("status.claim", 5) in found(late)
    done = of(
        "PROGRESS REPORT 2024",
        "",
        "1.1 Progress",
        "",
        claim,
        "",
        PLAN_HEAD,
        *(row.replace("In-progress", "Completed") for row in rows),
    )
    assert found(done) == []


def test_number_of_ministries() -> None:
    """A number next to the table's is told; a number about some of them is not."""
    rows = [f"Ministry of Subject{no:c}\t1\t{no}.00" for no in range(65, 85)]
    head = "Ministry\tNo. of Programmes\tBudget (Crore Taka)"
    assert ("count.ministries", 1) in found(of("The plan covers 19 ministries and their offices.", "", head, *rows))
    assert found(of("The plan covers 20 ministries and their offices.", "", head, *rows)) == []
    assert found(of("Reports came from 19 of the 20 ministries.", "", head, *rows)) == []


def test_total_columns_and_shares() -> None:
    head = "Ministry\tAllocation for pay\tBudget for works\tTotal"
    rows = [
        "Ministry of Land\t10.0\t20.0\t30.0",
        "Ministry of Food\t5.0\t6.0\t11.0",
        "Finance Division\t7.0\t1.0\t8.0",
        "Ministry of Trade\t2.0\t2.0\t4.0",
    ]
    assert found(of(head, *rows)) == []
    assert ("total.column", 3) in found(of(head, rows[0], rows[1].replace("11.0", "12.0"), *rows[2:]))
    # a column that is no sum of the others is none that is wrong
    assert found(of(head, *(row.rsplit("\t", 1)[0] + f"\t{no}00.0" for no, row in enumerate(rows, 1)))) == []
    shares = ["Ministry\tShare (%)", "Ministry of Land\t50.0", "Ministry of Food\t30.0", "Finance Division\t20.0"]
    assert found(of(*shares)) == []
    assert found(of(*shares[:3], "Finance Division\t25.0")) == [("total.hundred", 2)]


def test_chapters_and_clusters_that_are_missing_or_named_otherwise() -> None:
    """A ministry of the table without a chapter, where nearly all have one."""
    names = ["Land", "Food", "Trade", "Health", "Roads", "Ports", "Textiles"]
    table = ["Ministry\tBudget (Crore Taka)", *(f"Ministry of {name}\t10.00" for name in names)]
    sections = [
        line for no, name in enumerate(names[:-1], 1) for line in (f"1.{no}. Ministry of {name}", "", "It works.", "")
    ]
    assert found(of(*table, "", *sections)) == [("section.no-chapter", 8)]
    assert found(of(*table, "", *sections, "1.7. Ministry of Textiles", "", "It works.")) == []


def test_a_title_that_promises_more() -> None:
    lines = ["1. Conclusion and Recommendations", "", "1.1. Conclusion", "", "The work goes on."]
    assert found(of(*lines)) == [("section.promised", 1)]
    assert found(of(*lines, "", "1.2. Recommendations", "", "Go on.")) == []


def test_last_fiscal_year_of_the_plan() -> None:
    """Where a plan's last deadlines are in June, one in December of that year stands outside its last fiscal year."""
    rows = [
        f"{no}\tObjective {no}\tWork number {no}\tResult number {no}\tJune, 2026\tIn-progress" for no in range(1, 6)
    ]
    lines = ["ACTION PLAN (2021-2026)", "PROGRESS REPORT 2024", "", "1.1 Progress", "", PLAN_HEAD, *rows]
    assert found(of(*lines)) == []
    assert found(of(*lines[:-1], rows[-1].replace("June", "December"))) == [("date.after-last-fiscal-year", 11)]
    # March to June of the first year stand before its first fiscal year; from July on they are in it
    done = rows[0].replace("In-progress", "Completed")
    for month in ("March", "June"):
        early = done.replace("June, 2026", f"{month}, 2021")
        assert found(of(*lines[:-5], early, *rows[1:])) == [("date.before-first-fiscal-year", 7)]
    assert found(of(*lines[:-5], done.replace("June, 2026", "July, 2021"), *rows[1:])) == []
    assert found(of(*lines[:-5], done.replace("June, 2026", "March, 2020"), *rows[1:])) == [("date.outside-plan", 7)]


def test_one_word_spelled_two_ways() -> None:
    head = "Programme\tMinistry\tBudget (Crore Taka)"
    rows = ["Ashrayan Housing Project\tMinistry of Land\t10.00", "Special Ashroyan Works\tMinistry of Land\t12.00"]
    assert [rule for rule, _line in found(of(head, *rows))] == ["name.spelling"]
    assert found(of(head, rows[0], "Special Ashrayan Works\tMinistry of Land\t12.00")) == []


@pytest.mark.heavy
def test_text_without_figures_is_left_alone() -> None:
    """Plain prose, empty files, odd characters, a table of one row: nothing to say and nothing to fall over."""
    for lines in (
        [],
        [""],
        ["\t\t\t"],
        ["|||"],
        ["a\tb"],
        ["1. 2. 3."],
        ["১.১ ক"],
        ["x" * 20000],
        ["12 34 56 crore lakh taka " * 500],
    ):
        assert Draft("x\t" + "\nx\t".join(lines)).findings() == []


def test_order_of_findings_and_their_places() -> None:
    """By line; with the section and the kind of place in both languages."""
    draft = Draft().change("top", "at 900.00", "at 8.00").change("c1", "March, 2025", "March, 1905")
    rows = draft.findings()
    assert [row.line for row in rows] == sorted(row.line for row in rows)
    value = next(row for row in rows if row.rule == "value.wrong-column")
    assert value.place_en == f"1.1 Budgets of Ministries: paragraph, line {draft.line('top')}"
    assert value.place_bn.startswith("১.১ Budgets of Ministries: অনুচ্ছেদ, পঙ্‌ক্তি ")
    date = next(row for row in rows if row.rule == "date.impossible")
    assert "table" in date.place_en
    assert date.as_row()["message"]["bn"] != date.as_row()["message"]["en"]
    assert Draft(ENGLISH).findings() == []


def test_programmes_named_otherwise_and_claimed_by_another_ministry() -> None:
    """Another joint of the same words is told, a plural is not; 'implements' is held against the list's owner."""
    head = "Programme\tMinistry\tBeneficiary (Lakh)\tBudget (Crore Taka)"
    rows = [
        head,
        "Mother and Child Benefit Program\tMinistry of Land\t2.00\t10.00",
        "Food For Work\tMinistry of Food\t3.00\t12.00",
    ]
    chapter = [
        "",
        "1.1. Ministry of Land",
        "",
        "The ministry implements {} for poor families in every union of the country.",
    ]

    def rules(words: str) -> list[str]:
        return [rule for rule, _line in found(of(*rows, *(line.format(words) for line in chapter)))]

    assert rules("the Mother-Child Benefit Program") == ["name.programme"]
    assert rules("the Mother and Child Benefit Programmes") == []
    assert rules("food for work") == ["name.other-owner"]
    assert rules("with the Ministry of Food its food for work") == []


def test_a_pilot_and_its_roll_out() -> None:
    def rules(pilot: str, roll_out: str) -> list[str]:
        rows = [
            f"1\tDigital payments\tPilot wallet payments\tPilot done\t{pilot}\tIn-progress",
            f"\t\tRoll out wallet payments\tIn use\t{roll_out}\tIn-progress",
        ]
        return [rule for rule, _line in found(of("PROGRESS REPORT 2024", "", "1.1 Plan", "", PLAN_HEAD, *rows))]

    assert rules("June, 2025", "June, 2025") == ["date.pilot-and-rollout"]
    assert rules("June, 2025", "July, 2025") == []
    assert rules("June, 2025", "May, 2025") == ["date.step-order"]


def test_an_annex_that_repeats_the_list_counts_once() -> None:
    """The same programmes in a chapter and in an annex are one list; twice in one table they are listed twice."""
    head = "Programme\tMinistry\tBeneficiary (Lakh)\tBudget (Crore Taka)"
    rows = ["Old Age Allowance\tMinistry of Land\t2.00\t10.00", "Widow Allowance\tMinistry of Land\t3.00\t12.00"]
    table = ["Ministry\tNo. of Programmes\tBudget (Crore Taka)\tBeneficiary (Lakh)", "Ministry of Land\t2\t22.00\t5.00"]
    lines = [
        "1.1 Ministries",
        "",
        *table,
        "",
        "1.2 List",
        "",
        head,
        *rows,
        "",
        "Annex text stands here between the tables, long enough to be one.",
        "",
        head,
        *rows,
    ]
    assert found(of(*lines)) == []
    assert "duplicate.listed" in [rule for rule, _line in found(of(*table, "", head, *rows, rows[0]))]


def test_sums_inside_one_sentence() -> None:
    """A part and its percentage, a change and its two amounts; rounding is no contradiction."""

    def rules(text: str) -> list[str]:
        return [rule for rule, _line in found(of("1.1 Progress", "", text))]

    assert rules("Of all promises, 14 of the 695 actions (20.0 per cent) are completed so far.") == ["sum.share"]
    assert rules("Of all promises, 14 of the 695 actions (2.0 per cent) are completed so far.") == []
    assert rules("Of all promises, 700 of the 695 actions (100 per cent) are completed so far.") == ["sum.part"]
    assert rules("মোট ৬৯৫টির মধ্যে ১৪টি (২০ শতাংশ) সম্পন্ন হয়েছে।") == ["sum.share"]
    assert rules("মোট ৬৯৫টির মধ্যে ১৪টি (২ শতাংশ) সম্পন্ন হয়েছে।") == []
    assert rules("The allowance rose from 500 taka to 600 taka, an increase of 25 per cent.") == ["sum.change"]
    assert rules("The allowance rose from 500 taka to 600 taka, an increase of 20 per cent.") == []
    assert rules("Coverage increased from 40 lakh people to 35 lakh people in the year.") == ["sum.direction"]
    assert rules("Coverage fell from 40 lakh people to 35 lakh people in the year.") == []
    assert rules("The age limit goes from 65 to 62, and 25 per cent of the budget is new.") == []


def test_tables_of_districts_and_clusters() -> None:
    """Figures and places in an order of any table with names: rows are compared within their own table."""
    table = [
        "District\tBeneficiary (Lakh)\tBudget (Crore Taka)",
        "Kurigram\t3.20\t90.50",
        "Bhola\t2.10\t60.25",
        "Sylhet\t1.40\t41.00",
        "Total\t6.70\t191.75",
    ]

    def rules(text: str) -> list[str]:
        return [rule for rule, _line in found(of("1.1 Districts", "", text, "", *table))]

    assert rules("Kurigram has the highest number of beneficiaries, 3.20 lakh, followed by Bhola with 2.10 lakh.") == []
    assert rules("Bhola has the highest number of beneficiaries, 2.10 lakh.") == ["order.place"]
    assert rules("Sylhet received 1.40 crore taka for allowances.") == ["value.wrong-column"]
    assert rules("Sylhet received 41.00 crore taka for allowances.") == []
