from tests.stages.registry.conftest import checked, places  # noqa: F401 - the same fixtures
