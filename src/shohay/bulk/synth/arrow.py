"""From NumPy columns to Arrow columns: codes to words, -1 to null, days to dates."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shohay.bulk.synth.frame import NO_DAY, PROGRAMMES


def words(codes: np.ndarray, names: tuple[str, ...] | pa.Array, empty_is_null: bool = False) -> pa.Array:
    """Codes as dictionary-encoded words; -1 (and the word '' when asked) becomes null."""
    values = names if isinstance(names, pa.Array) else pa.array(names)
    missing = codes < 0
    if empty_is_null:
        missing |= codes == 0
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int16), mask=missing), values)


def flags(values: np.ndarray) -> pa.Array:
    """Yes/no/unknown (1, 0, -1) as booleans with nulls."""
    return pa.array(values == 1, mask=values < 0)


def whole(values: np.ndarray, kind: pa.DataType) -> pa.Array:
    """Whole numbers with -1 as null."""
    return (
        pa.array(values, mask=values < 0, type=kind)
        if values.dtype != np.int8
        else pa.array(values.astype(np.int16), mask=values < 0, type=kind)
    )


def dates(days: np.ndarray) -> pa.Array:
    """Day numbers as dates with NO_DAY as null."""
    return pa.array(days.astype(np.int32), mask=days == NO_DAY, type=pa.int32()).view(pa.date32())


def _codes(bits: int) -> list[str]:
    return [code for i, code in enumerate(PROGRAMMES) if bits >> i & 1]


def programme_lists(bits: np.ndarray) -> pa.Array:
    """Programme bits as lists of codes."""
    unique, at = np.unique(bits, return_inverse=True)
    return pa.array([_codes(int(one)) for one in unique], type=pa.list_(pa.string())).take(pa.array(at))


def programme_texts(bits: np.ndarray) -> pa.Array:
    """Programme bits as text: codes with semicolons between, null for none."""
    unique, at = np.unique(bits, return_inverse=True)
    return pa.array([";".join(_codes(int(one))) or None for one in unique], type=pa.string()).take(pa.array(at))


def programme_rows(bits: np.ndarray) -> tuple[np.ndarray, pa.Array]:
    """One row per person and programme: row numbers and codes, in the order of persons."""
    table = (bits[:, None] >> np.arange(len(PROGRAMMES))) & 1
    rows, programmes = np.nonzero(table)
    return rows, words(programmes, PROGRAMMES).cast(pa.string())


def area_words(codes: np.ndarray) -> pa.Array:
    """8-digit area codes as dictionary-encoded text."""
    unique, at = np.unique(codes, return_inverse=True)
    return pa.DictionaryArray.from_arrays(pa.array(at.astype(np.int32)), pa.array([f"{code:08d}" for code in unique]))


def text(column: pa.Array) -> pa.Array:
    """A plain string column."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


def joined(*parts: pa.Array | str, between: str = "") -> pa.Array:
    """Columns put together as text, row by row; a null part gives null."""
    return pc.binary_join_element_wise(*[part if isinstance(part, str) else text(part) for part in parts], between)
