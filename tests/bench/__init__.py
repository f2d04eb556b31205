"""Speed, measured beside a yardstick in the same run: ``make bench``, or ``make bench-quick``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as annotator.app does
