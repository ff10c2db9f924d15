"""The planted truth of a population: a table that no other part of the system may read but the measuring of it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shohay.bulk.synth import arrow as a
from shohay.bulk.synth import cast, planted
from shohay.bulk.synth.chunk import LINES, Chunk
from shohay.bulk.synth.file_form import references
from shohay.bulk.synth.frame import NO_DAY

SCHEMA = pa.schema(
    [
        ("kind", pa.string()),
        ("household_reference", pa.string()),
        ("line_no", pa.int16()),
        ("person_id", pa.int64()),  # of the snapshot form
        ("other_household_reference", pa.string()),  # duplicate: the first registration
        ("other_line_no", pa.int16()),
        ("other_person_id", pa.int64()),
        ("detail", pa.string()),  # wrong_age: true birth date; dead_beneficiary: day of death; double_dipper: held
    ]
)


def table(chunk: Chunk) -> pa.Table:
    """The planted rows of a chunk in person order."""
    p = chunk.people
    row = np.flatnonzero(p["planted"])
    other = p["copy_of"][row]
    has = other >= 0
    first = np.where(has, other, 0)
    reference = a.text(references(chunk.homes))
    nobody = pa.array(has)

    def of_other(values: pa.Array) -> pa.Array:
        return pc.if_else(nobody, values, pa.scalar(None, values.type))

    days = a.text(a.dates(np.where(p["true_day"][row] == NO_DAY, NO_DAY, p["true_day"][row])).cast(pa.string()))
    held = np.where(p["planted"][row] == planted.DOUBLE_DIPPER, p["holds"][row], 0)
    columns = [
        a.text(a.words(p["planted"][row], planted.KINDS)),
        reference.take(pa.array(p["home"][row])),
        pa.array(p["line"][row]),
        pa.array(p["person_id"][row]),
        of_other(reference.take(pa.array(p["home"][first]))),
        of_other(pa.array(p["line"][first])),
        of_other(pa.array(p["person_id"][first])),
        pc.if_else(pa.array(held > 0), a.text(a.programme_texts(held.astype(np.int16))), days),
    ]
    return pa.table([column.cast(field.type) for column, field in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def cast_table() -> pa.Table:
    """What is planted in the named cast: the man of Sylhet who is registered twice."""
    keys = list(cast.CAST)
    first, second = keys.index("twice_first") + 1, keys.index("twice_second") + 1
    row = {
        "kind": "duplicate", "household_reference": cast.REFERENCE.format(second), "line_no": 1,
        "person_id": second * LINES + 1, "other_household_reference": cast.REFERENCE.format(first), "other_line_no": 1,
        "other_person_id": first * LINES + 1,
    }  # fmt: skip
    return pa.Table.from_pylist([row], schema=SCHEMA)
