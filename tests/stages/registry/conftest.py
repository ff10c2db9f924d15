"""A few places and officers, and a checked file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from shohay.stages.accounts.officer import Officer
from shohay.stages.intake import actions as intake
from shohay.stages.intake.models import Upload
from shohay.stages.places.models import Area
from tests.household_files import OTHER_UNION, UNION, data

FAR_UNION = "10091812"
OPERATOR = Officer(username="operator", role="union_operator", areas=("302608",), programmes=("",))
UPAZILA = Officer(username="upazila", role="upazila_officer", areas=("302608",), programmes=("",))
UPAZILA2 = Officer(username="upazila2", role="upazila_officer", areas=("302608",), programmes=("",))
FAR = Officer(username="far", role="upazila_officer", areas=("100918",), programmes=("",))
MANAGER = Officer(username="manager", role="programme_manager", areas=("",), programmes=("",))


def make_places() -> None:
    levels = {2: "division", 4: "district", 6: "upazila", 8: "union"}
    for union in (UNION, OTHER_UNION, FAR_UNION):
        for length, level in levels.items():
            code = union[:length]
            path = ".".join(code[:n] for n in range(2, length + 1, 2))
            Area.objects.get_or_create(
                code=code,
                defaults={"level": level, "name_bn": code, "name_en": code, "path": path, "vintage": "test"},
            )


@pytest.fixture
def places(db: None) -> None:
    make_places()


@pytest.fixture
def checked(places: None) -> Callable[..., Upload]:
    """Receive and check rows as the operator."""

    def run(rows: list[dict[str, str]], *, by: Officer = OPERATOR, area: str = "302608") -> Upload:
        upload = intake.receive(data=data(rows), file_name="file.csv", area_code=area, by=by)
        return intake.check(upload=upload, by=by)

    return run
