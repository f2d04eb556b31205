"""The window that releases a dataset."""
