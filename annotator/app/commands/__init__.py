"""The commands of the command line, in the order of the help: one module each."""

from __future__ import annotations

from annotator.app.commands import (
    agreement,
    assign,
    backup,
    check,
    codebook,
    export,
    formats,
    history,
    import_,
    merge,
    new,
    open_,
    redo,
    restore,
    stats,
    suggest,
    undo,
)

COMMANDS = (
    open_,
    new,
    import_,
    export,
    formats,
    check,
    backup,
    restore,
    history,
    undo,
    redo,
    stats,
    suggest,
    assign,
    merge,
    agreement,
    codebook,
)
