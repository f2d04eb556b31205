"""Archives from strangers: what cannot be trusted is refused in a sentence."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from annotator.domain.errors import BadInput
from annotator.formats.safe_zip import SafeZip


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("story.txt")
        archive.writestr(info, "x")
        info.filename = ""  # as the list at the end of the archive will have it
    with pytest.raises(BadInput, match="without a name"):
        SafeZip(path)


@pytest.mark.parametrize("name", ["/etc/passwd", "../up.txt", "C:/up.txt", "a/../../up.txt"])
def test_a_file_that_would_land_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(BadInput, match="outside its folder"):
        SafeZip(path)
