"""How hard Hypothesis looks: ``default`` on every run, ``HYPOTHESIS_PROFILE=thorough`` at leisure.

The default looks at the same examples each time, so that a run which was green stays green until
the code changes; new examples are looked for by the thorough one.
"""

from __future__ import annotations

import os

from hypothesis import settings

_COMMON = {"deadline": None, "database": None}

settings.register_profile("default", max_examples=50, derandomize=True, print_blob=True, **_COMMON)
settings.register_profile("thorough", max_examples=2000, print_blob=True, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
