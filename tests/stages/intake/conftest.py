from tests.jobs.conftest import _guards_back, committed  # noqa: F401
from tests.stages.registry.conftest import checked, places  # noqa: F401 - the same fixtures
