"""Speed, measured beside a yardstick in the same run: ``make bench``, or ``make bench-quick``."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as annotator.app does

from annotator.app import on_first_use

# What is measured is read from disk as it is in the program: when it is first used.
on_first_use.install()
