"""Links of the chain about the reform: budgets beside results, disbursement-linked indicators.

What no ministry has reported is made up here, and every row of it says that it is an example.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.stages.accounts.officer import Officer

YEAR = "2024-25"
SOURCE = "উদাহরণ: প্রদর্শনের জন্য বানানো · example made up for the demonstration"
# programme -> revised and actual in crore taka, people reached: invented, near the printed allocations of 2024-25
FIGURES = {
    "OAA": ("4350.97", "4291.55", 5_982_000),
    "WDA": ("1844.32", "1822.10", 2_761_000),
    "DPA": ("3321.77", "3267.48", 3_180_000),
    "HIJRA": ("12.31", "10.02", 12_400),
    "MCBP": ("1622.00", "1504.30", 1_602_000),
    "VWB": ("2075.00", "1986.20", 1_040_000),
}
NEXT = {"OAA": ("4791.31", 6_100_000), "WDA": ("2277.83", 2_900_000), "DPA": ("3752.05", 3_450_000)}  # waits
TERMS = (  # indicator, baseline, target, million dollars, scalable, claimed, verified ('' = waits)
    ("SNSP-4", "40", "70", 30, True, "62", "58"),
    ("SNSP-7", "20", "60", 20, True, "44", ""),
    ("SNSP-8", "55", "90", 25, False, "", ""),
)
PROOF = b"%PDF-1.4\n% example made up for the demonstration\n%%EOF\n"


def budgets(world: World, progress: Progress) -> Counted:
    """Example figures of two ministries: sent in by their focal points, those of last year verified by Finance."""
    from shohay.core.budget import CRORE
    from shohay.stages.programmes import actions_budget as actions
    from shohay.stages.programmes import queries_budget as queries
    from shohay.stages.programmes.models_budget import BudgetLine

    finance = world.officer("finance")
    known = {row.name: row for row in queries.totals(YEAR, "programme")}
    if not BudgetLine.objects.exists():
        for number, (code, (revised, actual, reached)) in enumerate(FIGURES.items(), start=1):
            figures: dict[str, Any] = {
                "allocation_poisha": known[code].allocation_poisha, "beneficiaries": known[code].beneficiaries,
                "revised_poisha": int(Decimal(revised) * CRORE), "actual_poisha": int(Decimal(actual) * CRORE),
                "reached": reached,
            }  # fmt: skip
            _submit(world, code, YEAR, figures)
            progress("lines", number, len(FIGURES))
        waiting = list(queries.submissions(finance).values_list("pk", flat=True))
        actions.verify_lines(lines=waiting, by=finance)
        for code, (allocation, people) in NEXT.items():
            planned = {"allocation_poisha": int(Decimal(allocation) * CRORE), "beneficiaries": people}
            _submit(world, code, "2025-26", planned)
    lines = BudgetLine.objects.all()
    return Counted(lines.count(), lines.filter(state="verified").count())


def _submit(world: World, code: str, year: str, figures: dict[str, Any]) -> None:
    from shohay.stages.programmes.actions_budget import submit_line

    submit_line(programme=code, fiscal_year=year, figures=figures, source=SOURCE, example=True, by=_focal(world, code))


def _focal(world: World, code: str) -> Officer:
    """The focal point of the programme's ministry: one of Social Welfare, one of Women and Children Affairs."""
    return world.officer("focal2" if code in ("MCBP", "VWB") else "focal")


def dlis(world: World, progress: Progress) -> Counted:
    """Example terms, a claim paid, a claim that waits for verification."""
    from shohay.stages.results import actions_dli as actions
    from shohay.stages.results.models_dli import DliClaim

    finance, focal, verifier = world.officer("finance"), world.officer("focal"), world.officer("imed")
    if not DliClaim.objects.exists():
        for number, (code, baseline, target, million, scalable, claimed, verified) in enumerate(TERMS, start=1):
            actions.set_terms(
                dli=code, fiscal_year=YEAR, baseline=Decimal(baseline), target=Decimal(target),
                value=million * 100_000_000, scalable=scalable, example=True, by=finance,
            )  # fmt: skip
            if claimed:
                row = actions.claim(
                    dli=code, actual=Decimal(claimed), note=SOURCE, files=[("example.pdf", PROOF)], example=True,
                    by=focal,
                )  # fmt: skip
                if verified:
                    actions.verify(claim=row.pk, value=Decimal(verified), finding=SOURCE, by=verifier)
                    actions.pay(claim=row.pk, by=finance)
            progress("indicators", number, len(TERMS))
    claims = DliClaim.objects.all()
    return Counted(claims.count(), claims.filter(state="paid").count())
