"""Every command of the window, as data, one module to a subject; ``table`` gathers them."""

from annotator.presentation.commands.command import Command, missing
from annotator.presentation.commands.table import codebook_commands, general_commands

__all__ = ["Command", "codebook_commands", "general_commands", "missing"]
