"""Markdown for the screen."""

from annotator.formats.rich_text import render

__all__ = ["render"]
