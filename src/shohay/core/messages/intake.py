"""Messages of intake."""

MESSAGES: dict[str, tuple[str, str]] = {}
