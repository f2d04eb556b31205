"""Our archives are read by others, the same bytes every time, however many files there are."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats import in_order, zip_out
from annotator.formats.safe_zip import SafeZip, files_in, pack

names = st.text("abcÄ😀-_ ", min_size=1, max_size=6).filter(lambda name: name.strip() == name)
contents = st.binary(max_size=300) | st.binary(max_size=3).map(lambda raw: raw * 500)


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(raw)
    return folder


@settings(max_examples=30)
@given(
    files=st.dictionaries(st.tuples(names, names).map("/".join), contents, max_size=8),
    way=st.sampled_from(("plain", "many", "large")),
)
def test_others_read_what_was_packed(
    tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes], way: str
) -> None:
    place = tmp_path_factory.mktemp("zip")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(in_order, "AT_HAND", 2)
        if way != "plain":
            patch.setattr(zip_out, "FEW" if way == "many" else "PLAIN", 2 if way == "many" else 90)
        for name in ("one", "two"):
            pack(fill(place / name, files), place / f"{name}.zip")
    assert (place / "one.zip").read_bytes() == (place / "two.zip").read_bytes()
    with zipfile.ZipFile(place / "one.zip") as archive:
        assert archive.testzip() is None
        read = {info.filename: archive.read(info) for info in archive.infolist()}
    assert read == files
    assert list(read) == sorted(files, key=lambda name: name.split("/"))
    with SafeZip(place / "one.zip") as archive_of_ours:
        assert set(archive_of_ours) == files.keys()
    assert list(files_in(place / "one")) == []


@pytest.mark.skipif(shutil.which("unzip") is None, reason="there is no unzip")
def test_the_usual_tool_finds_nothing_wrong(tmp_path: Path) -> None:
    pack(fill(tmp_path / "in", {"a.txt": b"x" * 5000, "b.txt": b""}), tmp_path / "out.zip")
    done = subprocess.run(
        ["unzip", "-t", str(tmp_path / "out.zip")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_more_files_than_a_plain_archive_can_count(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    count = 0x10001
    many = tmp_path / "many.zip"
    with many.open("xb") as out, zip_out.ZipOut(out) as archive, empty.open("rb") as source:
        for number in range(count):
            archive.add(f"{number}", source)
    with zipfile.ZipFile(many) as read:
        assert len(read.infolist()) == count


def test_what_fails_leaves_no_whole_archive(tmp_path: Path) -> None:
    def fail() -> None:
        with (tmp_path / "half.zip").open("xb") as out, zip_out.ZipOut(out):
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert not zipfile.is_zipfile(tmp_path / "half.zip")
