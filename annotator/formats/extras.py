"""Libraries that only some formats need: asked for on first use, missed in one sentence."""

from __future__ import annotations

import logging
from importlib import import_module, metadata
from typing import Any

from annotator.domain.errors import BadInput


def needed(module: str, what: str) -> Any:
    """Return a library; ``what`` names the files that need it.

    Raises:
        BadInput: it is not installed; the sentence says how to get it.
    """
    library = module.partition(".")[0]
    quiet(library)
    try:
        return import_module(module)
    except ImportError:
        raise BadInput(
            f"needs the library {library}, as all {what} do, and it is not installed: "
            f"python -m pip install {library}"
        ) from None


def quiet(*libraries: str) -> None:
    """Let libraries log nothing: what matters about other people's files is told in reports."""
    for library in libraries:
        logging.getLogger(library).setLevel(logging.CRITICAL)


def version_of(library: str) -> str:
    """Return the library with its version, as it is kept with a text that it made."""
    return f"{library} {metadata.version(library)}"
