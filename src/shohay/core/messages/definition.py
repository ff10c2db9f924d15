"""Messages of definition."""

MESSAGES: dict[str, tuple[str, str]] = {}
