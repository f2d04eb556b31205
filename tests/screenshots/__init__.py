"""Pictures of the window for the README and the manual, made anew by ``make screenshots``."""
