"""SQL for DuckDB that reads and judges the cells of a template: one expression a column, none a row.

Three layers, each a subquery over the one before: c_<column> the cleaned text (NULL when empty), v_<column> the value,
and a list of findings {column, code, value, is_warning} for the rows that have any.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shohay.bulk.intake_template import Column, Rule, Template
from shohay.core.bangla_text import INVISIBLE

BANGLA_DIGITS = "০১২৩৪৫৬৭৮৯"
NO_BREAK_SPACE = "\u00a0"
YES = ("yes", "y", "true", "1", "১", "হ্যাঁ", "হ্যা", "হাঁ", "হা", "আছে")
NO = ("no", "n", "false", "0", "০", "না", "নেই", "নাই")
KEYS = ("household_reference", "union_code")  # household columns that every row must carry

MACROS = f"""
create or replace macro normal_text(x) as case when strlen(x) = length(x) then x else
    replace(replace(replace(replace(nfc_normalize(translate(x, '{NO_BREAK_SPACE}' || '{INVISIBLE}', ' ')),
        '\u09a1\u09bc', '\u09dc'), '\u09a2\u09bc', '\u09dd'), '\u09af\u09bc', '\u09df'), '\u0985\u09be', '\u0986') end;
create or replace macro one_space(x) as
    trim(case when contains(x, '  ') or contains(x, chr(9)) or contains(x, chr(10)) or contains(x, chr(13))
              then regexp_replace(x, '\\s+', ' ', 'g') else x end);
create or replace macro plain(x) as nullif(trim(x, ' ' || chr(9) || '{NO_BREAK_SPACE}' || '{INVISIBLE}'), '');
create or replace macro latin(x) as
    case when strlen(x) = length(x) then x else translate(x, '{BANGLA_DIGITS}', '0123456789') end;
create or replace macro masked(x) as repeat('•', greatest(length(x) - 3, 0)::int) || right(x, 3);
create or replace macro read_day(x) as case
    when x is null then null
    when x[5] = '-' then try_strptime(x, '%Y-%m-%d')::date
    when x[3] = '/' or x[2] = '/' then try_strptime(x, '%d/%m/%Y')::date
    when x[3] = '-' or x[2] = '-' then try_strptime(x, '%d-%m-%Y')::date end;
"""


def text_of(value: str) -> str:
    """A Python text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def clean(column: Column) -> str:
    """c_<column>: the text of a cell, NULL when there is nothing in it."""
    raw = column.code
    if column.kind in ("text", "name"):
        return f"nullif(one_space(normal_text({raw})), '')"
    if column.kind in ("int", "float"):
        return _unless(raw, "[0-9.]+", f"replace(latin(plain({raw})), ',', '')")
    if column.kind == "date":
        return _unless(raw, "[0-9/-]+", f"replace(replace(latin(plain({raw})), ' ', ''), '.', '/')")
    if column.kind in ("digits", "area"):
        return _unless(raw, "[0-9]+", f"nullif(translate(latin(plain({raw})), ' -', ''), '')")
    if column.kind in ("enum", "bool", "lower"):
        return f"lower(plain({raw}))"
    return f"plain({raw})"


def _unless(raw: str, clean_already: str, cleaned: str) -> str:
    """Most cells need no cleaning, and to see that costs a fifth of doing it."""
    return f"case when regexp_full_match({raw}, '{clean_already}') then {raw} else {cleaned} end"


def value(column: Column) -> str:
    """v_<column>: the value, NULL where it cannot be read."""
    c = f"c_{column.code}"
    if column.kind == "int":
        return f"case when regexp_full_match({c}, '-?[0-9]{{1,15}}([.]0*)?') then try_cast({c} as bigint) end"
    if column.kind == "float":
        return f"case when regexp_full_match({c}, '-?[0-9]{{1,12}}([.][0-9]*)?') then try_cast({c} as double) end"
    if column.kind == "bool":
        return _looked_up(c, {"true": YES, "false": NO})
    if column.kind == "date":
        return _day(column, c)
    if column.kind == "enum":
        return _looked_up(c, {text_of(code): names for code, names in column.spellings().items()})
    if column.kind == "codes":
        return (
            f"case when {c} is not null then array_to_string(list_sort(list_filter(list_distinct(list_transform("
            f"string_split(replace(upper({c}), ',', ';'), ';'), lambda x: trim(x))), lambda x: x <> '')), ';') end"
        )
    if column.kind == "name":
        return f"case when regexp_matches({c}, '[A-Za-z\u0985-\u09b9\u09dc-\u09df]') then {c} end"
    return c


def _day(column: Column, c: str) -> str:
    """A birth date may be a year alone: 1 July of it, the middle, and marked approximate."""
    day = f"read_day({c})"
    if column.code == "birth_date":
        day = f"case when regexp_full_match({c}, '[12][0-9]{{3}}') then make_date({c}::int, 7, 1) else {day} end"
    return day


def _looked_up(c: str, spellings: Mapping[str, Sequence[str]]) -> str:
    """The literal whose spelling ``c`` is, NULL for others; the first wins where two share a spelling.

    A place in a constant list is a function of one column, so each distinct cell is looked up once; CASE with IN
    makes a join of every list.
    """
    pairs = [(text_of(text), literal) for literal, texts in spellings.items() for text in texts]
    places, literals = ", ".join(text for text, _ in pairs), ", ".join(literal for _, literal in pairs)
    return f"([{literals}])[list_position([{places}], {c})]"


def error(column: Column) -> str:
    """The code of what is wrong with a cell, or NULL. Household columns count on the head's row only."""
    arms = [f"when {test} then '{code}'" for test, code in tests(column)]
    if not arms:
        return "null"
    judged = f"case {' '.join(arms)} end"
    if column.level == "household" and column.code not in KEYS:
        return f"case when coalesce(v_relation, 'head') = 'head' then {judged} end"
    return judged


def tests(column: Column) -> list[tuple[str, str]]:
    """(condition, code) of what is wrong with a cell, the first that holds."""
    c, v = f"c_{column.code}", f"v_{column.code}"
    found = [(f"{c} is null", "cell_required")] if column.required else []
    if column.kind in ("text", "name", "lower") and column.max:
        found.append((f"length({c}) > {int(column.max)}", "cell_too_long"))
    if column.kind == "name" and column.required:
        found.append((f"{c} is not null and {v} is null", "name_no_letters"))
    if column.bangla:
        found.append((f"not regexp_matches({c}, '[\u0980-\u09ff]')", "name_not_bangla"))
    if column.kind in ("int", "float"):
        found.append((f"{c} is not null and {v} is null", "not_a_number"))
        found.append((f"{v} not between {column.min or 0:g} and {column.max or 1e15:.0f}", "cell_out_of_range"))
    if column.kind == "bool":
        found.append((f"{c} is not null and {v} is null", "not_yes_or_no"))
    if column.kind == "enum":
        found.append((f"{c} is not null and {v} is null", "not_a_choice"))
    if column.kind == "area":
        found.append((f"not regexp_full_match({c}, '[0-9]{{8}}')", "area_shape"))
    if column.kind == "date":
        shape = "([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}([-/])[0-9]{1,2}[-/][0-9]{4})"
        found.append((f"{c} is not null and {v} is null and regexp_full_match({c}, '{shape}')", "date_impossible"))
        found.append((f"{c} is not null and {v} is null", "date_format"))
    return found


def warnings(column: Column) -> list[tuple[str, str]]:
    """(code, condition) of what is worth a look without holding the row back."""
    c = f"c_{column.code}"
    found = []
    if column.kind in ("text", "name"):
        found.append(("looks_like_formula", f"{c}[1] in ('=', '+', '@', '-') and length({c}) > 1"))
    if column.bangla:
        found.append(("mixed_script", f"regexp_matches({c}, '[\u0980-\u09ff]') and regexp_matches({c}, '[A-Za-z]')"))
    return found


def derived(template: Template) -> str:
    """Values made of others: a wallet number in its 11 digits, whether the routing number's check digit holds."""
    digits = [f"v_routing_number[{place + 1}]::int * {(5, 7, 1)[place % 3]}" for place in range(9)]
    wallet = """regexp_replace(case when length(v_account_number) = 10 and v_account_number[1] = '1'
            then '0' || v_account_number else v_account_number end, '^[+]?88(01)', '\\1')"""
    holds = f"case when regexp_full_match(v_routing_number, '[0-9]{{9}}') then ({' + '.join(digits)}) % 10 = 0 end"
    approximate, codes = "coalesce(length(c_birth_date) = 4, false)", template.codes
    return f"""
        {wallet if "account_number" in codes else "null::varchar"} as v_wallet_number,
        {holds if "routing_number" in codes else "null::boolean"} as v_routing_holds,
        {approximate if "birth_date" in codes else "false"} as v_birth_approximate"""


def findings(template: Template, present: str) -> tuple[str, str]:
    """(whether the row is bad, whether anything was found, and the list of findings) as SQL over layers c and v."""
    bad, items = [], []
    for column in template.columns:
        if (judged := error(column)) != "null":
            bad.append(f"({judged}) is not null")
            items.append(_item(template, column.code, judged, warning=False))
        items += [
            _item(template, column.code, f"case when {test} then '{code}' end", warning=True)
            for code, test in warnings(column)
        ]
    for rule in template.rules:
        wrong = rule.wrong.replace(":today", present)
        if not rule.warning:
            bad.append(f"coalesce({wrong}, false)")
        items.append(_rule_item(template, rule, wrong))
    return " or ".join(bad), "[" + ",\n".join(items) + "]"


def anything(template: Template, present: str) -> str:
    """Whether a row has a warning (cheap test before the list is made)."""
    tests = [test for column in template.columns for _, test in warnings(column)]
    tests += [rule.wrong.replace(":today", present) for rule in template.rules if rule.warning]
    return " or ".join(f"coalesce({test}, false)" for test in tests)


def _rule_item(template: Template, rule: Rule, wrong: str) -> str:
    return _item(template, rule.column, f"case when {wrong} then '{rule.code}' end", warning=rule.warning)


def _item(template: Template, code: str, judged: str, *, warning: bool) -> str:
    shown = f"masked(c_{code})" if template.column(code).secret else f"left(c_{code}, 200)"
    return f"{{'column': '{code}', 'code': {judged}, 'value': {shown}, 'is_warning': {str(warning).lower()}}}"
