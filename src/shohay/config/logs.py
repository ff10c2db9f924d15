"""Log lines without people: what PostgreSQL quotes from a row is left out before a line is written."""

from __future__ import annotations

import logging
import re

# DETAIL and CONTEXT of a database error quote the failing row ("Failing row contains (রহিমা, ...)"); a traceback ends
# with them, or another one follows after an empty line. LINE quotes the statement, in which Django has put the values
QUOTED_ROW = re.compile(r"^(?:DETAIL|CONTEXT|QUERY|LINE \d+):.*?(?=^$|^HINT:|^Traceback|\Z)", re.MULTILINE | re.DOTALL)
QUOTED_VALUE = re.compile(r'(: )".*"$', re.MULTILINE)  # invalid input syntax for type date: "31/02/1960"


class Line(logging.Formatter):
    """Says what broke and where; the values that broke it stay in the database and the file they came from."""

    def format(self, record: logging.LogRecord) -> str:
        return without_values(super().format(record))


def without_values(text: str) -> str:
    """``text`` without the rows and values that a database error quotes.

    >>> without_values('date/time field value out of range: "31/02/1960"')
    'date/time field value out of range: "…"'
    """
    return QUOTED_VALUE.sub(r'\1"…"', QUOTED_ROW.sub("", text)).rstrip()
