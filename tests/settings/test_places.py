"""Where files live."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.settings import places


def test_home_variable_moves_all_own_folders(own_home: Path) -> None:
    assert places.data_folder() == own_home / "data"
    assert places.config_folder() == own_home / "config"
    assert places.log_folder() == own_home / "log"


def test_asking_for_a_folder_makes_nothing(own_home: Path) -> None:
    places.data_folder()
    places.log_folder()
    assert list(own_home.iterdir()) == []


def test_a_tilde_in_the_home_variable_is_the_users_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(places.HOME_VARIABLE, "~/portable")
    assert places.data_folder() == Path.home() / "portable" / "data"


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_the_system_says_where(
    monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is None:
        monkeypatch.delenv(places.HOME_VARIABLE)
    else:
        monkeypatch.setenv(places.HOME_VARIABLE, value)
    folders = [places.data_folder(), places.config_folder(), places.log_folder()]
    assert all(folder.is_absolute() for folder in folders)
    assert all("annotator" in folder.parts for folder in folders)


def test_what_ships_with_the_program_is_found() -> None:
    assert places.resources_folder().name == "resources"
    assert places.resources_folder().is_dir()
    assert places.seeds_folder().name == "seeds"
    assert places.seeds_folder().is_dir()


def test_the_installed_package_comes_before_the_checkout(tmp_path: Path) -> None:
    package = tmp_path / "annotator"
    (tmp_path / "resources").mkdir()
    package.mkdir()
    assert places.shipped_folder("resources", package) == tmp_path / "resources"
    (package / "resources").mkdir()
    assert places.shipped_folder("resources", package) == package / "resources"


def test_a_missing_folder_is_named_with_a_way_on(tmp_path: Path) -> None:
    with pytest.raises(places.FolderMissing, match=r"“seeds”.*Install annotator again\."):
        places.shipped_folder("seeds", tmp_path / "annotator")
