"""Copies of articles side by side."""
