"""Feeds every reader spoilt input for a time; what is found is kept with its seed, and the exit code is 1."""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from tests.fuzz.targets import Target, targets
from tests.fuzz.watch import Hung, watched


def main() -> int:
    """Feed all targets, or one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0, help="for all targets together")
    parser.add_argument("--inputs", type=int, help="stop each target after so many")
    parser.add_argument("--seed", type=int, default=1, help="the first input's seed")
    parser.add_argument("--only", help="targets whose name has this in it")
    chosen = parser.parse_args()
    findings = total = 0
    with tempfile.TemporaryDirectory(prefix="annotator-fuzz-", dir=_fast_folder()) as name:
        os.environ["ANNOTATOR_HOME"] = f"{name}/home"
        found = [one for one in targets(Path(name)) if not chosen.only or chosen.only in one.name]
        for target in found:
            seconds = chosen.minutes * 60 / len(found)
            fed, bad = _feed(target, chosen.seed, seconds, chosen.inputs)
            total += fed
            findings += bad
            sys.stdout.write(f"{target.name:24} {fed:10,} inputs {bad:5} findings\n")
            sys.stdout.flush()
    sys.stdout.write(f"{'together':24} {total:10,} inputs {findings:5} findings\n")
    return 1 if findings else 0


def _feed(target: Target, first: int, seconds: float, inputs: int | None) -> tuple[int, int]:
    until, fed, bad = time.monotonic() + seconds, 0, 0
    while time.monotonic() < until and (inputs is None or fed < inputs) and bad < 20:
        seed = first + fed
        fed += 1
        try:
            with watched():
                target.feed(random.Random(f"{target.name} {seed}"))
        except (Exception, Hung, RecursionError) as error:  # noqa: BLE001  (that is what is looked for)
            bad += 1
            where = traceback.extract_tb(error.__traceback__)[-1]
            sys.stdout.write(
                f"{target.name}: --seed {seed}: {type(error).__name__}: {str(error)[:120]!r} "
                f"in {Path(where.filename).name}:{where.lineno}\n"
            )
    return fed, bad


def _fast_folder() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


if __name__ == "__main__":
    raise SystemExit(main())
