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
    models,
    new,
    open_,
    redo,
    restore,
    search,
    stats,
    suggest,
    train,
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
    search,
    suggest,
    train,
    models,
    assign,
    merge,
    agreement,
    codebook,
)
