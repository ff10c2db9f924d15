"""Each rule finds its own contradiction in a report that is otherwise consistent, and leaves its near-miss alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shohay.core.checking import RULES, Known
from tests.core.checking.drafts import BANGLA, Draft

Edit = Callable[[Draft], Draft]


def swap(line: str, old: str, new: str) -> Edit:
    return lambda draft: draft.change(line, old, new)


def added(below: str, *lines: str) -> Edit:
    return lambda draft: draft.after(below, *lines)


def both(*edits: Edit) -> Edit:
    def run(draft: Draft) -> Draft:
        for edit in edits:
            draft = edit(draft)
        return draft

    return run


PLAN = "{}\t{}\t{}\t{}\t{}\t{}"

# rule, the line it must name, the edit that makes the contradiction, an edit close to it that is none
CASES: list[tuple[str, str, Edit, Edit]] = [
    ("value.wrong-column", "top", swap("top", "at 900.00 crore", "at 8.00 crore"), swap("top", "at 900.00 crore", "at 900 crore")),
    ("value.wrong-row", "top", swap("top", "with 500.50 crore", "with 250.25 crore"), swap("top", "with 500.50", "with about 500")),
    ("value.scale", "people", swap("people", "60.00 lakh", "60.00 million"), swap("people", "60.00 lakh", "6.00 million")),
    ("value.differs", "top", swap("top", "500.50", "510.50"), swap("top", "500.50 crore taka,", "nearly 510 crore taka,")),
    ("value.bound", "top", swap("top", "over 240", "over 260"), swap("top", "over 240", "over 250")),
    ("order.place", "top", swap("top", "takes the third position", "takes the second position"), swap("top", "takes the third position", "ranks third")),
    ("order.next", "top", swap("top", "followed by the Ministry of Social Welfare with 500.50", "followed by the Ministry of Food with 250.25"),
     swap("top", "It is followed by", "Next is")),
    ("order.not-close", "people", both(swap("people", "40.00", "20.00"), swap("m3", "40.00", "20.00"), swap("p6", "25.00", "10.00"), swap("p7", "15.00", "10.00"), swap("mt", "108", "88")),
     swap("people", "follows closely with", "follows very closely, with")),
    ("order.compared", "sum", swap("sum", "The total", "The Finance Division has a budget lower than other ministries. The total"),
     swap("sum", "The total", "The Ministry of Land has a budget lower than other ministries. The total")),
    ("order.scope", "sum", swap("sum", "The total", "The chart shows those with over 30 lakh beneficiaries. They are led by ministries such as Social Welfare, Food, and Finance Division. The total"),
     swap("sum", "The total", "The chart shows those with over 30 lakh beneficiaries. They are led by ministries such as Social Welfare and Food. The total")),
    ("total.row", "mt", swap("mt", "1,650.75", "1,660.75"), swap("mt", "1,650.75", "1,650.76")),
    ("total.ministry", "m3", swap("p6", "150.25", "170.25"), both(swap("p6", "25.00", "20.00"), swap("p7", "15.00", "20.00"))),
    ("total.text", "sum", swap("sum", "1,650.75", "1,560.75"), swap("sum", "1,650.75", "1,651")),
    ("count.rows", "about", swap("about", "20 actions", "23 actions"), swap("about", "20 actions", "11 objectives")),
    ("count.rows", "lead", swap("lead", "7 programmes", "8 programmes"), swap("lead", "7 programmes", "over 6 programmes")),
    ("count.chapter", "i22", swap("i22", "The Finance Division", "The division has four programmes. The Finance Division"),
     swap("i22", "The Finance Division", "The division has two programmes. The Finance Division")),
    ("count.listed", "about", swap("about", "in three parts: money, people and systems", "in four parts: money, people and systems"),
     swap("about", "money, people and systems", "money; people, who come first; systems")),
    ("count.serial", "b5", swap("b5", "3\t", "4\t"), swap("b5", "3\t", "3.\t")),
    ("series.break", "s3", swap("s3", "41.00", "4.10"), swap("s3", "41.00", "49.00")),
    ("series.last-year", "s6", swap("s6", "60.00", "57.00"), swap("s6", "60.00", "60.0")),
    ("series.year", "s4", swap("s4", "2022-23", "2022-24"), swap("s4", "2022-23", "2022-2023")),
    ("series.value", "growth", swap("growth", "100.10", "101.10"), swap("growth", "100.10", "100")),
    ("series.year-label", "growth", swap("growth", "in 2019-20 to 500.50 crore taka in 2024-25", "in 2020 to 500.50 crore taka in 2024"),
     swap("growth", "in 2019-20 to 500.50 crore taka in 2024-25", "in 2020 to 500.50 crore taka in 2025")),
    ("series.growth", "growth", swap("growth", "fivefold", "tenfold"), swap("growth", "fivefold", "five-fold")),
    ("series.trend", "growth", swap("growth", "The budget shows", "The budget shows a downward trend and"), swap("growth", "The budget shows", "The budget shows an upward trend and")),
    ("unit.nothing", "p7", both(swap("p7", "100.00", "0.00"), swap("p6", "150.25", "250.25")), both(swap("p7", "15.00", "0.01"), swap("p6", "25.00", "39.99"))),
    ("unit.nobody", "p7", both(swap("p7", "15.00", "0.00"), swap("p6", "25.00", "40.00")), both(swap("p7", "15.00", "0.01"), swap("p6", "25.00", "39.99"))),
    ("duplicate.row", "a6", both(swap("a5", "Link the database with payments", "Cover every upazila"), swap("a6", "Maintain the database of persons", "Update the manual for old age")),
     swap("a6", "Maintain the database of persons", "Update the manual for widows")),
    ("duplicate.pasted-row", "d4", lambda draft: draft.put("d4", PLAN.format("", "", "", "Rural dealers appointed in every growth centre", "October, 2026", "In-progress")).change(
        "c1", "Rural dealers appointed", "Rural dealers appointed in every growth centre"),
     lambda draft: draft.put("d4", PLAN.format("", "", "", "Land dealers registered in every growth centre", "October, 2026", "In-progress"))),
    ("duplicate.text", "i24", lambda draft: _copied_text(draft, 1.0), lambda draft: _copied_text(draft, 0.3)),
    ("duplicate.listed", "p7", swap("p7", "Food Friendly Programme", "Open Market Sale"), swap("p7", "Food Friendly Programme", "Open Market Sale (flour)")),
    ("date.impossible", "c1", swap("c1", "March, 2025", "March, 1905"), swap("c1", "March, 2025", "March 2025")),
    ("date.impossible", "c1", swap("c1", "March, 2025", "31 June 2025"), swap("c1", "March, 2025", "30 June 2025")),
    ("date.outside-plan", "c1", swap("c1", "March, 2025", "March, 2029"), swap("c1", "March, 2025", "March, 2026")),
    ("date.starts-before-plan", "c1", swap("c1", "March, 2025", "July 2018 - March 2025"), swap("c1", "March, 2025", "July 2021 - March 2025")),
    ("date.order-in-cell", "c1", swap("c1", "March, 2025", "June 2025 March 2025"), swap("c1", "March, 2025", "March 2025 June 2025")),
    ("date.milestone-order", "a3", swap("a3", "July, 2025", "July, 2022"), swap("a3", "July, 2025", "July, 2023\tCompleted")),
    ("date.step-order", "a5", both(swap("a4", "December, 2023\tCompleted", "March, 2026\tIn-progress")), swap("a5", "December, 2025\tIn-progress", "December, 2023\tCompleted")),
    ("status.late", "c1", swap("c1", "March, 2025", "March, 2024"), swap("c1", "March, 2025", "Continuous")),
    ("status.late", "c1", swap("c1", "March, 2025", "December, 2024"), swap("c1", "March, 2025", "January, 2025")),
    ("status.done", "c1", swap("c1", "March, 2025", "Done"), swap("c1", "March, 2025\tIn-progress", "Done\tCompleted")),
    ("status.not-applicable", "c1", swap("c1", "March, 2025", "N/A"), swap("c1", "March, 2025\tIn-progress", "N/A\tStopped")),
    ("status.endless", "a6", swap("a6", "\tContinuous\tContinuous", "\tContinuous\tCompleted"), swap("a6", "\tContinuous\tContinuous", "\tJune, 2024\tCompleted")),
    ("status.count", "about", swap("about", "The plan holds", "7 actions are completed. The plan holds"), swap("about", "The plan holds", "9 actions are completed. The plan holds")),
    ("cell.shifted", "a3", lambda draft: draft.put("a3", "\t\tAll upazilas covered\tJuly, 2025\t\tIn-progress"), lambda draft: draft.put("a3", "\t\t\tAll upazilas covered by July 2025\tJuly, 2025\tIn-progress")),
    ("cell.shifted", "c2", swap("c2", "Print cards for buyers", "Ministry of Land"), swap("c2", "Print cards for buyers", "Write to the Ministry of Land")),
    ("cell.extra", "a5", swap("a5", "Link in use", "Link in\tuse"), swap("a5", "In-progress", "In-progress\t")),
    ("cell.orphan", "c2", swap("c2", "May, 2024\tCompleted", "\t"), swap("c2", "May, 2024\tCompleted", "June, 2024\tCompleted")),
    ("cell.no-deadline", "c2", swap("c2", "May, 2024", ""), swap("c2", "May, 2024", "Every year")),
    ("cell.no-indicator", "c1", swap("c1", "Rural dealers appointed", "N/A"), swap("c1", "Rural dealers appointed", "Number of dealers")),
    ("cell.cut", "c1", swap("c1", "Rural dealers appointed", "Dealers by year 2021 - 10 2022 -"), swap("c1", "Rural dealers appointed", "Dealers by year 2021 - 10 2022 - 11")),
    ("cell.activity-below", "c1", both(swap("c1", "Extend sale to rural markets", "")), swap("c1", "Extend sale", "Widen sale")),
    ("cell.header", "ah", swap("ah", "SL\tObjectives", "S\tL Objectives"), swap("ah", "SL\tObjectives", "S.L.\tObjectives")),
    ("cell.not-a-number", "s4", swap("s4", "48.00", "see annex"), swap("s4", "48.00", "-")),
    ("name.variant", "h24", swap("h24", "Ministry of Land", "Ministry of Lands"), swap("h24", "Ministry of Land", "Ministry of Land (MoL)")),
    ("name.variant", "i21", swap("i21", "The Ministry of Social Welfare", "The Ministry of Social Welfares"), swap("i21", "The Ministry of Social Welfare", "The Ministry of Social Welfare (MoSW)")),
    ("name.unknown", "p7", swap("p7", "Ministry of Food", "Ministry of Fisheries"), swap("p7", "Ministry of Food", "Ministry of Food (MoFood)")),
    ("name.other-ministry", "i23", swap("i23", "The Ministry of Food", "Ministry of Health"), swap("i23", "The Ministry of Food", "Under the Ministry of Health, the ministry")),
    ("name.short-form", "i23", both(swap("i24", "settles landless", "with the Land Record Survey (LRS) settles landless"), swap("i23", "keeps the", "with the Land Record Survey (LSR) keeps the"),
                                    swap("i22", "prepares the", "with the Land Record Survey (LSR) prepares the")),
     both(swap("i24", "settles landless", "with the Land Record Survey (LRS) settles landless"), swap("i23", "keeps the", "with the Land Tax Office (LTO) keeps the"))),
    ("section.number", "h23", both(swap("h23", "2.3.", "2.5."), swap("toc23", "2.3.", "2.5.")), swap("h23", "2.3.", "2.3")),
    ("section.twice", "h23", swap("h23", "2.3.", "2.2."), swap("h23", "2.3. ", "2.3 ")),
    ("section.title", "h23", swap("toc23", "Food", "Foods and Grain"), swap("toc23", "Ministry of Food", "Ministry Of Food ....")),
    ("section.missing", "toc23", lambda draft: draft.drop("h23"), swap("h23", "2.3.", "2.3")),
    ("section.unlisted", "h23", lambda draft: draft.drop("toc23"), swap("toc23", "9", "10")),
    ("section.page", "toc24", swap("toc24", "10", "8"), swap("toc24", "10", "9")),
    ("section.no-table", "end", swap("end", "The work", "This table shows that the work"), swap("end", "The work", "A table shows that the work")),
]  # fmt: skip


def _copied_text(draft: Draft, share: float) -> Draft:
    """The first words of one chapter's introduction in another's."""
    words = draft.lines[draft.line("i22") - 1].split()
    long = words * 3  # a paragraph long enough to be compared
    draft.put("i22", " ".join(long))
    own = draft.lines[draft.line("i24") - 1].split()
    return draft.put("i24", " ".join([*long[: int(len(long) * share)], *(own * 2)]) if share < 1 else " ".join(long))


@pytest.mark.parametrize(
    ("rule", "place", "wrong", "near"), CASES, ids=[f"{row[0]}-{no}" for no, row in enumerate(CASES)]
)
def test_found_and_near_miss(rule: str, place: str, wrong: Edit, near: Edit) -> None:
    """The contradiction is named at its line; what only looks like it is not."""
    draft = wrong(Draft())
    found = [row for row in draft.findings() if row.rule == rule]
    assert draft.line(place) in {row.line for row in found}, [(row.line, row.rule, row.en) for row in draft.findings()]
    quiet = near(Draft())
    assert rule not in {row.rule for row in quiet.findings()}, [
        (row.line, row.rule, row.en) for row in quiet.findings()
    ]


def test_consistent_reports_have_no_finding() -> None:
    """Neither language, neither with nor without the platform's lists."""
    from shohay.bulk.checking_known import shipped

    assert Draft().findings() == []
    assert Draft(BANGLA).findings() == []
    assert Draft().findings(known=shipped()) == []
    assert Draft(BANGLA).findings(known=shipped()) == []


def test_bangla_figures_places_and_dates() -> None:
    """The same rules on Bangla digits, words and months."""
    assert "value.wrong-column" in Draft(BANGLA).change("top", "৯০০.০০", "৮.০০").rules_at("top")
    assert "total.row" in Draft(BANGLA).change("mt", "১,৬৫০.৭৫", "১,৬৬০.৭৫").rules_at("mt")
    assert "order.place" in Draft(BANGLA).change("top", "অর্থ বিভাগের বাজেট ৯০০.০০", "খাদ্য মন্ত্রণালয়ের বাজেট ২৫০.২৫").rules_at(
        "top"
    )
    assert "status.late" in Draft(BANGLA).change("a2", "জুলাই ২০২৫", "জুলাই ২০২৪").rules_at("a2")
    assert "date.impossible" in Draft(BANGLA).change("a2", "জুলাই ২০২৫", "জুলাই ১৯০৫").rules_at("a2")
    assert "date.outside-plan" in Draft(BANGLA).change("a2", "জুলাই ২০২৫", "জুলাই ২০৩০").rules_at("a2")


def test_a_chapter_pasted_over_another() -> None:
    """The one whose introduction its rows do not speak of is called the pasted one, from its heading to its last row."""
    draft = Draft()
    for to, source in (("d1", "a1"), ("d2", "a2"), ("d3", "a4"), ("d4", "a5")):
        draft.put(to, draft.lines[draft.line(source) - 1])
    found = [row for row in draft.findings() if row.rule == "duplicate.chapter"]
    assert [(row.line, row.line_end) for row in found] == [(draft.line("h24"), draft.line("d4"))]
    # standard activities that several chapters have, with other dates, are no copy
    assert not [row for row in Draft().findings() if row.rule.startswith("duplicate")]


def test_a_series_of_another_chapter() -> None:
    draft = Draft()
    rows = [draft.lines[draft.line(name) - 1] for name in ("sh", "s1", "s2", "s3", "s4", "s5", "s6")]
    draft.after("i24", "", *rows, "")
    assert "duplicate.series" in {row.rule for row in draft.findings()}


def test_known_figures_are_used_only_for_their_year_and_where_the_report_has_none() -> None:
    """A report without tables is held against the platform's list; one of another year is not."""
    from decimal import Decimal

    known = Known(
        (("MoX", "Ministry of Examples", "উদাহরণ মন্ত্রণালয়", "", Decimal(2), Decimal("500"), Decimal("30")),),
        (),
        "2024-25",
    )
    text = [
        "PROGRESS REPORT 2024",
        "",
        "1. Budgets",
        "",
        "The Ministry of Examples received 30 crore taka for its work.",
    ]
    assert [row.rule for row in Draft("x\t" + "\nx\t".join(text)).findings(known=known)] == ["value.wrong-column"]
    text[0] = "PROGRESS REPORT 2021"
    assert Draft("x\t" + "\nx\t".join(text)).findings(known=known) == []
    assert Draft("x\t" + "\nx\t".join(text)).findings() == []


def test_a_table_that_lost_its_header_is_read_by_the_last_plan() -> None:
    draft = Draft().drop("dh")
    assert "cell.header" in draft.rules_at("d1")
    assert "status.late" in draft.change("d2", "October, 2025", "October, 2023").rules_at("d2")


def test_rows_that_a_page_cut_are_one_row() -> None:
    """After an empty line the rest of a cell goes on; it is neither a row of its own nor half of one."""
    draft = (
        Draft()
        .change("c1", "Rural dealers appointed", "Rural dealers")
        .after("c1", "", "\t\t\tappointed in every union\t\t")
    )
    assert draft.findings() == []


def test_cluster_tables() -> None:
    """Groups inside a table restart nothing, and a row owned by another cluster's ministry is told."""
    head = "SL\tObjectives\tActivities\tPerformance Indicator\tTimeframe\tResponsible Ministry\tShared\tStatus"
    rows = ["", head]
    serial = 0
    for cluster, owner in (
        ("Allowance Cluster", "Ministry of Social Welfare"),
        ("Grain Cluster", "Ministry of Food"),
        ("Land Cluster", "Ministry of Land"),
    ):
        rows.append(f"{cluster}\t\t\t\t\t\t\t")
        for work in (
            f"Own work of the {cluster}",
            "Regular consultation with members",
            "Organize seminars and workshops",
        ):
            serial += 1
            rows.append(
                f"{serial}\t{work}\t{cluster}: {work.casefold()}\tHeld in time\tContinuous\t{owner}\t\tIn-progress"
            )
    draft = Draft().after("end", *rows)
    assert [row.rule for row in draft.findings()] == []
    wrong = [
        row.replace("Ministry of Food", "Ministry of Social Welfare") if "Organize" in row and "Grain" in row else row
        for row in rows
    ]
    assert [row.rule for row in Draft().after("end", *wrong).findings()] == ["duplicate.owner"]


def test_units_are_judged_among_many_programmes() -> None:
    """Forty taka a head among thousands is told, twice the median is not."""
    rows = ["Programme\tMinistry\tBeneficiary (Lakh)\tBudget (Crore Taka)"]
    rows += [f"Allowance number {no}\tMinistry of Land\t10.00\t{900 + no * 50}.00" for no in range(14)]
    lines = [
        "",
        *rows,
        "House repair grant\tMinistry of Land\t70.00\t28.00",
        "Large orphanage\tMinistry of Land\t0.01\t180.00",
        "",
    ]
    found = Draft("x\t" + "\nx\t".join(lines)).findings()
    assert [(row.rule, row.line) for row in found] == [("unit.low", 17), ("unit.high", 18)]


def test_shares() -> None:
    head = "Ministry\tBudget (Crore Taka)\tShare (%)"
    rows = [
        "",
        head,
        "Ministry of Land\t50.00\t50.0",
        "Ministry of Food\t30.00\t30.0",
        "Finance Division\t20.00\t20.0",
        "Ministry of Trade\t100.00\t100.0",
    ]
    rows[2:] = ["Ministry of Land\t100.00\t50.0", "Ministry of Food\t60.00\t30.0", "Finance Division\t40.00\t20.0"]
    assert Draft("x\t" + "\nx\t".join(rows)).findings() == []
    rows.append("Ministry of Trade\t0.00\t5.0")
    assert [row.rule for row in Draft("x\t" + "\nx\t".join(rows)).findings()] == ["total.share"]


def test_every_rule_speaks_both_languages() -> None:
    """No rule lacks a sentence, and what the command shows is filled in."""
    import re

    for rule in RULES.values():
        names = [set(re.findall(r"{(\w+)}", text)) for text in (rule.bn, rule.en)]
        assert names[0] - {"reported", "expected"} == names[1] - {"reported", "expected"}, rule.code
        assert re.search("[\u0980-\u09ff]", rule.bn + rule.title_bn), rule.code
        assert rule.severity in ("error", "warning", "note")
