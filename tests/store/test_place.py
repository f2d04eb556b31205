"""Network drives and synced folders are recognised by what the system and the folders say."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.store import place
from annotator.store.place import cloud_service, linux_mounts, mac_mounts, network_type

LINUX = """\
/dev/sda1 / ext4 rw 0 0
server:/export/home /people/amal nfs4 rw,vers=4.2 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
/dev/sdb1 /mnt/my\\040share/local ext4 rw 0 0
broken
"""

MAC = """\
/dev/disk1s1 on / (apfs, sealed, local, read-only, journaled)
//amal@nas._smb._tcp.local/Texts on /Volumes/Texts (old) (smbfs, nodev, nosuid, mounted by amal)
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/etc/study.annotator", None),
        ("/people/amal/study.annotator", "nfs4"),
        ("/people/amalia/study.annotator", None),
        ("/mnt/my share/study.annotator", "cifs"),
        ("/mnt/my share/local/study.annotator", None),
    ],
)
def test_a_share_is_told_from_a_disk(path: str, kind: str | None) -> None:
    assert network_type(Path(path), linux_mounts(LINUX)) == kind


def test_a_later_mount_hides_an_earlier_one() -> None:
    table = [("/data", "nfs"), ("/data", "ext4")]
    assert network_type(Path("/data/study"), table) is None


def test_shares_of_a_mac() -> None:
    assert network_type(Path("/Volumes/Texts (old)/s"), mac_mounts(MAC)) == "smbfs"
    assert network_type(Path("/people/amal/s"), mac_mounts(MAC)) is None


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/people/amal/Dropbox/thesis/study.annotator", "Dropbox"),
        ("/people/amal/Dropbox (Institute)/study.annotator", "Dropbox"),
        ("C:/people/amal/OneDrive - University of X/study.annotator", "OneDrive"),
        ("/people/amal/Library/Mobile Documents/com~apple~CloudDocs/s.annotator", "iCloud"),
        ("/people/amal/Library/CloudStorage/GoogleDrive-a@b.org/My Drive/s", "Google Drive"),
        ("/people/amal/Nextcloud/s.annotator", "Nextcloud"),
        ("/people/amal/boxes/study.annotator", None),
        ("/people/amal/Dropbox.annotator", None),
        ("/people/amal/dropboxed/s.annotator", None),
    ],
)
def test_a_synced_folder_is_known_by_its_name(path: str, service: str | None) -> None:
    assert cloud_service(Path(path)) == service


def test_a_synced_folder_is_known_by_what_its_program_leaves(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    inside = tmp_path / "thesis" / "study.annotator"
    assert cloud_service(inside) == "Syncthing"


def test_this_folder_is_safe(tmp_path: Path) -> None:
    assert place.risk_of(tmp_path / "study.annotator") is None
