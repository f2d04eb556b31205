"""The commands of the command line, in the order of the help: one module each."""

from __future__ import annotations

from annotator.app.commands import (
    agreement,
    check,
    export,
    formats,
    history,
    import_,
    new,
    open_,
    redo,
    stats,
    undo,
)

COMMANDS = (open_, new, import_, export, formats, check, history, undo, redo, stats, agreement)
