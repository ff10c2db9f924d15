"""Messages of registry."""

MESSAGES: dict[str, tuple[str, str]] = {}
