"""``python -m annotator`` is the same as ``annotator``."""

from __future__ import annotations

import sys

from annotator.app import main

if __name__ == "__main__":
    sys.exit(main())
