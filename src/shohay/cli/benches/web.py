"""How long the dashboards take: every page asked again and again as officers see it, the slowest twentieth told.

The reference data (the whole plan, catalogue, indicators) are loaded and figures of 64 districts and 507 upazilas for
fifteen programmes stand as after a computation for the nation; the pages read nothing else about people.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any

DATABASE = True
DEFAULT_ROWS = 40  # requests a page
PROGRAMMES = 15
PAGES = {
    "cabinet": ("/office/dashboard/reform/", "/office/dashboard/ministries/MoSW/",
                "/office/dashboard/clusters/food-security-cluster/", "/office/dashboard/districts/5549/",
                "/office/dashboard/"),
    "": ("/dashboard/", "/plan/"),
}  # fmt: skip
FIGURES = """
insert into results_figure (name, area_code, programme_code, "group", value, persons, computed_at)
select n.name, a.code, p.code, '', 1000 + length(n.name), 1000, now()
from (values ('persons'), ('households'), ('applied'), ('eligible'), ('enrolled'), ('coverage'), ('beneficiaries'),
             ('payments'), ('payment_poisha'), ('returns'), ('women_share')) n(name),
     (select '' as code union all select code from places_area where level in ('division', 'district', 'upazila')) a,
     (select '' as code union all (select code from programmes_programme order by "order" limit %s)) p
on conflict do nothing
"""


def run(rows: int) -> dict[str, Any]:
    """Seconds of the median and of the 95th percentile of all requests, and the page that is slowest."""
    _prepare()
    from django.test import Client

    pages: dict[str, dict[str, float]] = {}
    every: list[float] = []
    for username, addresses in PAGES.items():
        browser = Client()
        if username:
            _sign_in(browser, username)
        for address in addresses:
            times = _times(partial(browser.get, address), rows)
            every += times
            pages[address] = {
                "p50_ms": _part(times, 50),
                "p95_ms": _part(times, 95),
                "first_ms": round(times[0] * 1000),
            }
    slowest = max(pages, key=lambda address: pages[address]["p95_ms"])
    return {"rows": len(every), "seconds": sum(every), "p50_ms": _part(every, 50), "p95_ms": _part(every, 95),
            "slowest": slowest, "pages": pages}  # fmt: skip


def _prepare() -> None:
    from django.db import connection

    from shohay.cli.load import load_reference
    from shohay.stages.accounts.actions import demo_officers
    from shohay.stages.accounts.officer import SYSTEM

    load_reference(by=SYSTEM)
    demo_officers(upazilas=["554952", "504130"], by=SYSTEM)
    with connection.cursor() as cursor:
        cursor.execute(FIGURES, [PROGRAMMES])
        cursor.execute("analyze")


def _sign_in(browser: Any, username: str) -> None:
    from shohay.stages.accounts.models import User

    browser.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")


def _times(ask: Callable[[], Any], number: int) -> list[float]:
    """Seconds of each request; the first one is counted too."""
    found = []
    for _ in range(number):
        began = perf_counter()
        answer = ask()
        found.append(perf_counter() - began)
        if answer.status_code != 200:
            raise RuntimeError(f"the page answered {answer.status_code}")
    return found


def _part(times: list[float], percent: int) -> int:
    """A percentile in whole milliseconds."""
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return round(cuts[percent - 1] * 1000)
