"""What ``pip install .`` gives works from any folder, and installs what we tested with."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import annotator
from tests.support.checkout import ROOT, pyproject, tracked_files


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        timeout=100,
        check=True,
    )
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_every_file_of_the_program(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = [path.relative_to(ROOT).as_posix() for path in tracked_files()]
    code = {name for name in ours if name.startswith("annotator/")}
    shipped = {f"annotator/{name}" for name in ours if name.startswith(("resources/", "seeds/"))}
    hidden = {name for name in code | shipped if "/." in name}
    assert (code | shipped) - hidden <= inside


def test_the_wheel_carries_nothing_else(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {"annotator", f"annotator-{annotator.__version__}.dist-info"}


def test_the_installed_program_finds_what_ships_with_it(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(installed)
    program = (
        "import annotator, annotator.app; from annotator.settings import places; "
        "print(annotator.__file__); "
        "print(places.resources_folder()); print(places.seeds_folder())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    inside = [Path(line).relative_to(installed).as_posix() for line in done.stdout.splitlines()]
    assert inside == ["annotator/__init__.py", "annotator/resources", "annotator/seeds"]


def test_the_wheel_has_the_version_and_the_command(wheel: Path) -> None:
    info = f"annotator-{annotator.__version__}.dist-info"
    with zipfile.ZipFile(wheel) as archive:
        assert f"\nVersion: {annotator.__version__}\n" in archive.read(f"{info}/METADATA").decode()
        commands = archive.read(f"{info}/entry_points.txt").decode()
    assert "annotator = annotator.app:main" in commands


def test_the_main_dependencies_are_the_five_agreed_ones() -> None:
    names = {Requirement(line).name.lower() for line in pyproject()["project"]["dependencies"]}
    assert names == {
        "pyside6-essentials",
        "sqlite-utils",
        "spacy",
        "markdown",
        "appdirs",
        "rapidfuzz",
    }


def test_the_lock_holds_every_dependency_within_its_bounds() -> None:
    locked = _locked_versions()
    declared = pyproject()["project"]["dependencies"] + pyproject()["dependency-groups"]["dev"]
    for requirement in map(Requirement, declared):
        versions = locked.get(requirement.name.lower(), [])
        assert versions, f"{requirement.name} is not in the lock: make lock"
        assert all(version in requirement.specifier for version in versions), "make lock"


def test_every_locked_package_has_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def _locked_versions() -> dict[str, list[str]]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE):
        versions.setdefault(name, []).append(version)
    return versions
