"""Start: the command line, the window, and the last net under both."""

from __future__ import annotations


def main(arguments: list[str] | None = None) -> int:
    """Run annotator as it is called from a terminal; return the exit code."""
    import os

    # Products of matrices are small here: sharing one out among processors takes longer than it saves.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from annotator.app import on_first_use

    on_first_use.install()
    from annotator.app.command_line import run

    return run(arguments)
