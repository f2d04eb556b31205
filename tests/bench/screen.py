"""The page and the window under a real X server, where one can be had: the rows named “Xvfb: …”.

Without a screen Qt paints into memory only; under a server what was painted has to get there, too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from tests.bench.measuring import Row

SERVER = ("xvfb-run", "-a", "-s", "-screen 0 1920x1200x24")


def run(folder: Path, *, quick: bool) -> list[Row]:
    """Return the rows that have a bar, measured on a virtual screen; none where there is no server."""
    if shutil.which(SERVER[0]) is None:
        return []
    surroundings = {name: kept for name, kept in os.environ.items() if name != "QT_QPA_PLATFORM"}
    inside = folder / "screen"
    inside.mkdir()
    done = subprocess.run(
        [*SERVER, sys.executable, "-m", "tests.bench.screen", str(inside), *(["--quick"] * quick)],
        env=surroundings, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return [Row(**item) for item in json.loads(done.stdout.splitlines()[-1])]


def main() -> None:
    """Measure on the screen of this process and print the rows as JSON."""
    from tests.bench import page, window

    quick = "--quick" in sys.argv
    rows = [*page.frames(quick=quick), *window.reading(Path(sys.argv[1]), quick=quick)]
    print(json.dumps([{**asdict(one), "name": f"Xvfb: {one.name}"} for one in rows if one.bar]))


if __name__ == "__main__":
    main()
