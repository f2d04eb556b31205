"""Start annotator from a checkout: ``python main.py`` is the same program as ``annotator``."""

from annotator.app import main

if __name__ == "__main__":
    raise SystemExit(main())
