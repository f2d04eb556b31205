"""The manual names every command and option, every format, and every key of the window."""

from __future__ import annotations

import argparse
from pathlib import Path

from annotator.app.command_line import build_parser
from annotator.formats.registry import READERS, WRITERS
from annotator.presentation.commands import codebook_commands, general_commands
from annotator.presentation.commands.keymap import clashes
from annotator.services import manual
from annotator.services.codebooks import default_codebook
from annotator.settings.options import OPTIONS
from annotator.settings.places import resources_folder

MANUAL = resources_folder() / "manual"


def test_every_command_and_option_is_in_the_manual() -> None:
    page = (MANUAL / "command-line.md").read_text(encoding="utf-8")
    parser = build_parser()
    (commands,) = [
        action for action in parser._actions if isinstance(action, argparse._SubParsersAction)
    ]
    for name, command in commands.choices.items():
        assert f"annotator {name}" in page, name
        for action in command._actions:
            for option in action.option_strings:
                assert option in (*page.split(), "-h", "--help") or option in page, (name, option)


def test_every_format_is_in_the_manual() -> None:
    page = (MANUAL / "formats.md").read_text(encoding="utf-8")
    for item in (*READERS, *WRITERS):
        assert f"| `{item.name}` |" in page


def test_no_two_commands_that_can_be_done_together_have_one_key() -> None:
    table = (*codebook_commands(default_codebook()), *general_commands())
    told = [command for command in table if not command.id.startswith(("value.", "link."))]
    assert [(clash.key, clash.first.id, clash.second.id) for clash in clashes(told)] == []


def test_every_command_has_a_name_and_a_place() -> None:
    commands = (*codebook_commands(default_codebook()), *general_commands())
    assert len({command.id for command in commands}) == len(commands)
    for command in commands:
        assert command.title
        assert command.title[0].isupper()


def test_links_within_the_manual_lead_somewhere() -> None:
    import re

    for page in MANUAL.glob("*.md"):
        for target in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                name, _, anchor = target.partition("#")
                assert (page.parent / name).exists(), (page.name, target)
                anchors = (
                    [heading.anchor for heading in manual.page(Path(name).stem).headings]
                    if anchor
                    else []
                )
                assert not anchor or anchor in anchors, (page.name, target)


def test_every_option_is_in_the_manual_as_it_was_declared() -> None:
    page = (MANUAL / "settings.md").read_text(encoding="utf-8")
    for option in OPTIONS:
        assert f"| {option.label} | {option.sentence} |" in page
