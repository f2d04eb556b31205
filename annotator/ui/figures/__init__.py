"""Charts of the marks of a project."""
