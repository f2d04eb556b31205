"""Typed preferences, window state, and where files live."""
