"""Counts, networks and timelines, as plain rows."""
