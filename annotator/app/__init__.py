"""Start: arguments, logging, crash report, wiring."""


def main() -> int:
    """Run the program and return its exit code."""
    return 0
