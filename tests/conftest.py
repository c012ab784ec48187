"""Settings that all tests share."""

import os

from hypothesis import settings

# No deadline: a test's first example pays for imports. In CI the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")
