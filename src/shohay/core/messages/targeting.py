"""Messages of targeting."""

MESSAGES: dict[str, tuple[str, str]] = {}
