"""Keys: the table has no two commands on one key at one time; users may change them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.presentation.commands import codebook_commands, general_commands
from annotator.presentation.commands.command import Command
from annotator.presentation.commands.keymap import clashes, holders, with_keys
from annotator.presentation.menu_names import MENUS, menu_letters
from annotator.services.codebooks import default_codebook


def table() -> tuple[Command, ...]:
    return (*codebook_commands(default_codebook()), *general_commands())


def command(id: str, *keys: str, scope: str = "") -> Command:
    return Command(id, id.title(), "", lambda desk: None, keys, scope=scope)


def test_no_key_of_the_table_is_claimed_twice_at_one_time() -> None:
    assert [(clash.key, clash.first.id, clash.second.id) for clash in clashes(table())] == []


def test_two_layers_may_share_a_key_and_a_wider_scope_may_not() -> None:
    actor, claim = command("a", "1", scope="mark:actor"), command("b", "1", scope="mark:claim")
    assert clashes([actor, claim]) == []
    for scope in ("", "mark", "mark:actor"):
        (clash,) = clashes([actor, command("c", "1", scope=scope)])
        assert (clash.key, clash.first.id, clash.second.id) == ("1", "a", "c")
    assert clashes([actor, command("d", "1", scope="linking")]) == []


def test_own_keys_take_the_place_of_the_ones_in_the_table() -> None:
    changed = with_keys(table(), {"edit.undo": ["Alt+U"], "edit.redo": []})
    keys = {command.id: command.keys for command in changed}
    assert keys["edit.undo"] == ("Alt+U",)
    assert keys["edit.redo"] == ()
    assert keys["edit.delete"] == ("Delete", "Backspace")


def test_enter_is_called_enter_also_where_it_was_kept_as_return() -> None:
    names = [key for command in table() for key in command.keys]
    assert "Enter" in names
    assert not [key for key in names if "Return" in key]
    changed = with_keys(table(), {"edit.undo": ["Return", "Ctrl+Return", "Ctrl+U"]})
    (undo,) = (command for command in changed if command.id == "edit.undo")
    assert undo.keys == ("Enter", "Ctrl+Enter", "Ctrl+U")


def test_a_key_that_is_taken_names_its_holder() -> None:
    commands = table()
    undo = next(command for command in commands if command.id == "edit.undo")
    assert [other.id for other in holders(commands, undo, "A")] == ["mark.as.actor"]
    assert holders(commands, undo, "Ctrl+Z") == []


def letters(commands: tuple[Command, ...]) -> str:
    places = menu_letters(MENUS, commands)
    return "".join(
        "-" if place is None else name[place] for name, place in zip(MENUS, places, strict=True)
    )


def test_each_menu_has_a_letter_that_no_layer_has() -> None:
    assert letters(table()) == "PEMLurVH"
    assert letters((*table(), command("view.layer.place", "Alt+P", "P", "Ctrl+E"))) == "rEMLutVH"


@given(st.lists(st.text("abcde ", min_size=1), max_size=8), st.sets(st.sampled_from("ABCDE")))
def test_no_letter_opens_two_menus_or_does_something_else(
    titles: list[str], taken: set[str]
) -> None:
    places = menu_letters(titles, [command(key, f"Alt+{key}") for key in taken])
    found = [
        title[place].upper()
        for title, place in zip(titles, places, strict=True)
        if place is not None
    ]
    assert len(set(found)) == len(found)
    assert not set(found) & taken
    for title, place in zip(titles, places, strict=True):
        if place is None:
            assert set(title.upper()) - {" "} <= taken | set(found)
