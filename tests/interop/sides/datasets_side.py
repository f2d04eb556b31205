"""Runs beside Hugging Face datasets, pandas and pyarrow: loads a folder as each of them does.

``python datasets_side.py FOLDER SUFFIX``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import datasets
import pandas as pd
import pyarrow.json
import pyarrow.parquet


def main(folder: Path, suffix: str) -> None:
    """Print the rows that ``load_dataset`` gives by the card, and how many the others find."""
    datasets.disable_progress_bars()
    spans = datasets.load_dataset(str(folder), "spans", split="train")
    tokens = datasets.load_dataset(str(folder), "tokens", split="train")
    file = folder / f"spans.{suffix}"
    if suffix == "jsonl":
        frame = pd.read_json(file, lines=True)
        table = pyarrow.json.read_json(
            file, read_options=pyarrow.json.ReadOptions(block_size=1 << 26)
        )
    else:
        frame = pd.read_parquet(file)
        table = pyarrow.parquet.read_table(file)
    print(
        json.dumps(
            {
                "spans": spans.to_list(),
                "tokens": tokens.to_list(),
                "pandas": [list(frame["id"]), list(frame["text"])],
                "arrow": table.column("text").to_pylist(),
            }
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
