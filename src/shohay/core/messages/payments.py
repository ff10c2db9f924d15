"""Messages of payments."""

MESSAGES: dict[str, tuple[str, str]] = {}
