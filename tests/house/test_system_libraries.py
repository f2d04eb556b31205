"""The check for what Qt takes from the system names packages, and installs only where it may."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from tests.support.checkout import ROOT

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="other systems bring all that Qt needs"
)


@pytest.fixture
def libraries() -> ModuleType:
    path = ROOT / ".ci" / "system_libraries.py"
    spec = importlib.util.spec_from_file_location("system_libraries", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def installed(libraries: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would have been handed to apt; nothing is installed, and Qt's EGL is always missing."""
    asked: list[str] = []
    monkeypatch.setattr(libraries, "install", asked.extend)
    monkeypatch.setattr(libraries, "_loads", lambda name: name != "libEGL.so.1")
    monkeypatch.setattr(libraries, "_has_a_font", lambda: True)
    return asked


def test_all_there_is_silence(
    libraries: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(libraries, "missing_packages", lambda wanted: [])
    assert libraries.main([]) == 0
    assert capsys.readouterr() == ("", "")


def test_a_person_is_told_the_package(
    libraries: ModuleType,
    installed: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 1000)
    assert libraries.main([]) == 1
    assert installed == []
    assert "libegl1. Install them" in capsys.readouterr().err


def test_root_on_debian_gets_it_installed(
    libraries: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries.os, "geteuid", lambda: 0)
    monkeypatch.setattr(libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    libraries.main(["screen"])
    assert installed == ["libegl1"]


def test_a_virtual_screen_is_asked_for_only_where_it_is_used(
    libraries: ModuleType, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libraries.shutil, "which", lambda name: None)
    assert libraries.missing_packages({"window"}) == ["libegl1"]
    assert libraries.missing_packages({"screen"}) == ["libegl1", "xvfb", "xauth"]
