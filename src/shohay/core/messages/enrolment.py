"""Messages of enrolment."""

MESSAGES: dict[str, tuple[str, str]] = {}
