"""Searching all articles, below the page."""
