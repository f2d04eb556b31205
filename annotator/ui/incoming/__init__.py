"""Files on their way into the project."""
