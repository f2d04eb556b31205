"""Large archives are read some files at a time, and mean what they mean to everybody else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import BadInput
from annotator.formats import zip_directory, zip_out
from annotator.formats.safe_zip import SafeZip
from annotator.formats.zip_directory import empty_share, shares
from annotator.formats.zip_out import ZipOut

names = st.text("abcÄ😀", min_size=1, max_size=5)


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_directory, "AT_ONCE", 120)


def archive(files: dict[str, bytes], *, before: bytes = b"", comment: bytes = b"") -> bytes:
    out = io.BytesIO(before)
    with zipfile.ZipFile(out, "a" if before else "w") as made:
        made.comment = comment
        for number, (name, raw) in enumerate(files.items()):
            method = zipfile.ZIP_DEFLATED if number % 2 else zipfile.ZIP_STORED
            made.writestr(zipfile.ZipInfo(name), raw, method)
    return out.getvalue()


@given(
    files=st.dictionaries(names, st.binary(max_size=40), max_size=12),
    before=st.sampled_from((b"", b"a program that unpacks itself")),
    comment=st.sampled_from((b"", b"said of the archive PK")),
)
def test_shares_hold_the_same_files(files: dict[str, bytes], before: bytes, comment: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zip_directory, "AT_ONCE", 120)
        whole = io.BytesIO(archive(files, before=before, comment=comment))
        found = {}
        sizes = []
        infos = []
        for share in shares(whole):
            with zipfile.ZipFile(share) as some:
                found |= {info.filename: some.read(info) for info in some.infolist()}
                sizes.append(len(some.infolist()))
                infos += some.infolist()
    assert found == files
    assert list(found) == list(files)
    assert len(files) < 4 or max(sizes) < len(files)
    with zipfile.ZipFile(empty_share(whole)) as opened:
        assert {info.filename: opened.read(info) for info in infos} == files


@pytest.mark.parametrize("is_large", [False, True])
def test_an_archive_with_many_files_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_large: bool
) -> None:
    if is_large:
        monkeypatch.setattr(zip_out, "FEW", 2)  # said the way of archives with very many files
    wanted = {f"folder/{number}.txt": f"Text {number}".encode() for number in range(30)}
    path, text = tmp_path / "many.zip", tmp_path / "text"
    with path.open("xb") as out, ZipOut(out) as packed:
        for name, raw in wanted.items():
            text.write_bytes(raw)
            with text.open("rb") as source:
                packed.add(name, source)
    with SafeZip(path) as read:
        assert list(read) == list(wanted)
        assert {name: read.read(name) for name in read} == wanted
        assert "folder/7.txt" in read
        assert "folder/70.txt" not in read
        with pytest.raises(BadInput, match=r"has no “folder/70\.txt” in it"):
            read.read("folder/70.txt")


def test_one_bad_name_among_many_shuts_the_archive(tmp_path: Path) -> None:
    files = {f"{number}.txt": b"x" for number in range(20)}
    path = tmp_path / "bad.zip"
    path.write_bytes(archive({**files, "../out.txt": b"x", "last.txt": b"x"}))
    with pytest.raises(BadInput, match="would land outside its folder"):
        SafeZip(path)


def test_a_damaged_directory_is_told(tmp_path: Path) -> None:
    raw = archive({f"{number}.txt": b"x" for number in range(20)})
    at = raw.index(b"PK\1\2", raw.index(b"PK\1\2") + 400)
    path = tmp_path / "damaged.zip"
    path.write_bytes(raw[:at] + b"PK??" + raw[at + 4 :])
    with pytest.raises(BadInput, match="is no zip archive that can be read"):
        SafeZip(path)
