"""Messages of grievance."""

MESSAGES: dict[str, tuple[str, str]] = {}
