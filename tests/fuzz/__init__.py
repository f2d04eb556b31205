"""Hostile input for everything that reads: ``make fuzz ARGS="--minutes 10"``."""
