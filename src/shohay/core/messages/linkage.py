"""Messages of linkage."""

MESSAGES: dict[str, tuple[str, str]] = {}
