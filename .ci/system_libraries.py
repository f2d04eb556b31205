"""Check the libraries that Qt takes from a Linux system, and install the missing ones as root.

Usage: system_libraries.py [window] [screen]

Without a word only what every use of Qt needs is looked at; ``window`` adds what a window on X11
needs, ``screen`` a virtual screen as well. Where the missing packages cannot be installed (not
root, not Debian or Ubuntu) one sentence names them.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

ALWAYS = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def missing_packages(wanted: set[str]) -> list[str]:
    """The Debian names of what is not there."""
    libraries = ALWAYS | (WINDOW if wanted & {"window", "screen"} else {})
    packages = [package for name, package in libraries.items() if not _loads(name)]
    if not _has_a_font():
        packages.append("fonts-dejavu-core")
    if "screen" in wanted and not shutil.which("xvfb-run"):
        packages += ["xvfb", "xauth"]
    return packages


def install(packages: list[str]) -> None:
    """Ask apt for the packages, without questions."""
    print("Installing what Qt needs from the system:", *packages, file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )


def main(arguments: list[str]) -> int:
    """Exit code 0 when everything is there, 1 otherwise."""
    if not sys.platform.startswith("linux"):
        return 0
    wanted = set(arguments)
    missing = missing_packages(wanted)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = missing_packages(wanted)
    if not missing:
        return 0
    print(
        "Qt needs system packages that are not installed (Debian and Ubuntu names): "
        f"{' '.join(missing)}. Install them and try again.",
        file=sys.stderr,
    )
    return 1


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_a_font() -> bool:
    return any(
        path.suffix.lower() in {".ttf", ".otf", ".ttc"}
        for folder in FONT_FOLDERS
        for path in Path(folder).expanduser().rglob("*")
    )


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
