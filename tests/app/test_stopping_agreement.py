"""Ctrl-C while agreement is counted in several processes: one sentence, and none of them stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.material import STORY, make_project
from tests.support.team import code

ROOT = Path(__file__).parents[2]

COUNT_AND_STOP = """
import os, signal, sys
from multiprocessing import active_children

if __name__ == "__main__":
    from annotator.app import main
    from annotator.app.commands.common import ProgressLine
    from annotator.services import agreement

    def tell(self, done, total, name=""):
        if done >= int(sys.argv[1]) and active_children():
            print(*[child.pid for child in active_children()], flush=True)
            os.killpg(0, signal.SIGINT)  # as a terminal does: to everybody
        return True

    agreement.MANY_MARKS, agreement.AT_ONCE = 1, 1
    os.cpu_count = lambda: 2
    ProgressLine.tell = tell
    sys.exit(main(["agreement", *sys.argv[2:]]))
"""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of Unix")
@pytest.mark.skipif(
    signal.getsignal(signal.SIGINT) == signal.SIG_IGN,
    reason="a shell’s background jobs never hear of Ctrl-C",
)
@pytest.mark.parametrize("done", [0, 700], ids=["while counting", "while drawing"])
def test_ctrl_c_ends_every_process_with_one_sentence(tmp_path: Path, done: int) -> None:
    with make_project(tmp_path, *(f"{STORY} {number}" for number in range(6))) as project:
        path = project.path
    for person in ("Amal", "Bea"):
        for number in range(6):
            code(path, person, [("actor", "Amal Haddad", {"type": "person"})], article=number)
    before = path.read_bytes()
    script = tmp_path / "script.py"
    script.write_text(COUNT_AND_STOP, encoding="utf-8")
    table = tmp_path / "table.csv"
    stopped = subprocess.run(
        [sys.executable, script, str(done), path, "--table", table],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        start_new_session=True,
        timeout=60,
        check=False,
    )
    assert stopped.stderr == b"annotator: Stopped; nothing half-done was left.\n"
    assert stopped.returncode == 1
    processes = [int(number) for number in stopped.stdout.split()]
    assert processes
    for process in processes:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
    assert path.read_bytes() == before
    assert not table.exists()
