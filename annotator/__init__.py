"""annotator: a desktop workbench for marking actors, claims and sentiment in news."""

__version__ = "0.1.0"
