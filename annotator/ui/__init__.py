"""The window: widgets, painters, item models, dialogs, theme and job runner."""
