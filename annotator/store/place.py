"""Where a project lies: on a disk of this machine, on a network share, or in a folder that is synced."""

from __future__ import annotations

import string
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

NETWORK_TYPES = frozenset(
    (
        "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs", "webdav", "davfs",
        "ceph", "glusterfs", "lustre", "beegfs", "gpfs", "fuse.sshfs", "fuse.glusterfs", "fuse.davfs2",
        "fuse.rclone", "fuse.s3fs", "macfuse", "osxfuse",
    )
)  # fmt: skip
"""Names of file systems whose locks and flushes cannot be relied upon."""

CLOUD_NAMES = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "mobile documents": "iCloud",
    "iclouddrive": "iCloud",
    "icloud drive": "iCloud",
    "pclouddrive": "pCloud",
    "pcloud drive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "box sync": "Box",
    "box": "Box",
    "baidunetdiskworkspace": "Baidu Netdisk",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
    "proton drive": "Proton Drive",
    "yandex.disk": "Yandex Disk",
    "cloudstorage": "a cloud service",
}
"""Folder names that the sync programs use, in lower case."""

CLOUD_SIGNS = {
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".sync_exclude.lst": "Nextcloud",
}
"""Files and folders that a sync program leaves at the top of what it syncs."""


class Risk(NamedTuple):
    """Why a place is not safe for a database that is being written to.

    Attributes:
        is_network: a share of another machine; else a folder that a program syncs.
        name: the file system, or the sync program.
    """

    is_network: bool
    name: str

    @property
    def sentence(self) -> str:
        """What may happen there, in words."""
        if self.is_network:
            return (
                f"It lies on a network drive ({self.name}), where a lost connection can damage a "
                "project while it is open."
            )
        return (
            f"It lies in a folder that {self.name} syncs, which can damage a project or put an old "
            "copy in its place while it is open."
        )


def risk_of(path: Path) -> Risk | None:
    """Return what is unsafe about the place of a file, or None."""
    place = path.resolve()
    network = network_type(place, _mounts())
    if network:
        return Risk(is_network=True, name=network)
    cloud = cloud_service(place)
    return Risk(is_network=False, name=cloud) if cloud else None


def cloud_service(path: Path) -> str | None:
    """Return the name of the program that syncs one of the folders a path lies in, or None."""
    for folder in path.parents:
        name = folder.name.lower()
        for known, service in CLOUD_NAMES.items():
            # “Dropbox (Institute)”, “OneDrive - University”, “GoogleDrive-me@example.org”
            if name == known or name.startswith((f"{known} (", f"{known} - ", f"{known}-")):
                return service
        for sign, service in CLOUD_SIGNS.items():
            if (folder / sign).exists():
                return service
    return None


def network_type(path: Path, mounts: Iterable[tuple[str, str]]) -> str | None:
    """Return the network file system a path lies on, or None.

    Args:
        path: absolute, links resolved.
        mounts: mount points with their file system types; of those a path lies below, the
            longest counts, and of the same one the last.
    """
    found, best = None, -1
    for point, kind in mounts:
        if path.is_relative_to(point) and len(Path(point).parts) >= best:
            found, best = kind.lower(), len(Path(point).parts)
    return found if found in NETWORK_TYPES else None


def linux_mounts(table: str) -> Iterator[tuple[str, str]]:
    """Yield mount points and types of a table as Linux keeps it, where a blank in a name is octal 040."""
    for line in table.splitlines():
        fields = line.split()
        if len(fields) >= 3:
            yield fields[1].replace("\\040", " ").replace("\\011", "\t"), fields[2]


def mac_mounts(table: str) -> Iterator[tuple[str, str]]:
    """Yield mount points and types from what ``mount`` prints on macOS."""
    for line in table.splitlines():
        _, found, rest = line.partition(" on ")
        point, bracket, kinds = rest.rpartition(" (")
        if found and bracket:
            yield point, kinds.rstrip(")").split(",")[0].strip()


def _mounts() -> list[tuple[str, str]]:
    """Return what is mounted where; nothing where the system does not tell."""
    try:
        match str(sys.platform):
            case "linux":
                return list(linux_mounts(Path("/proc/self/mounts").read_text(encoding="utf-8")))
            case "darwin":
                return list(mac_mounts(_said_by_mount()))
            case "win32":
                return list(_windows_shares())
    except (OSError, UnicodeDecodeError):
        pass
    return []


def _said_by_mount() -> str:
    """Return what the program says that lists drives on macOS; nothing if it cannot be asked."""
    import subprocess

    try:
        return subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=5, check=True
        ).stdout
    except subprocess.SubprocessError:
        return ""


def _windows_shares() -> Iterator[tuple[str, str]]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    for letter in string.ascii_uppercase:
        if kernel.GetDriveTypeW(f"{letter}:\\") == _WINDOWS_REMOTE:
            yield f"{letter}:\\", "smb"


_WINDOWS_REMOTE = 4
"""What Windows calls a drive of another machine (``DRIVE_REMOTE``)."""
