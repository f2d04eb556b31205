"""Runs beside Hugging Face datasets, pandas and mlcroissant: loads a release as each of them does.

``python release_side.py FOLDER``
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import datasets
import mlcroissant
import pandas as pd


def main(folder: Path) -> None:
    """Print the rows of each, and what mlcroissant objects to."""
    datasets.disable_progress_bars()
    names = datasets.get_dataset_config_names(str(folder))
    loaded = {name: datasets.load_dataset(str(folder), name) for name in names}
    described = mlcroissant.Dataset(folder / "croissant.json")
    records = {item.id: list(described.records(item.id)) for item in described.metadata.record_sets}
    frames = {path.name: pd.read_json(path, lines=True) for path in folder.glob("data/*.jsonl")}
    print(
        json.dumps(
            {
                "datasets": {
                    name: {split: rows.to_list() for split, rows in parts.items()}
                    for name, parts in loaded.items()
                },
                "pandas": {
                    name: [list(frame.columns), len(frame)] for name, frame in frames.items()
                },
                "issues": described.metadata.issues.report(),
                "records": {
                    name: [
                        row.get(f"{name}/id", b"").decode() for row in rows if isinstance(row, dict)
                    ]
                    if name != "splits"
                    else [row["splits/name"] for row in rows]
                    for name, rows in records.items()
                },
                "starts": [
                    mark["train/claims/fragments"]
                    for row in records.get("train", [])
                    for mark in row["train/claims"]
                ],
            },
            default=str,
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
