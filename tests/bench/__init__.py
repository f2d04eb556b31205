"""Speed, measured beside a yardstick in the same run: ``make bench``, or ``make bench-quick``."""
