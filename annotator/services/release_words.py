"""A planned or written release as plain values."""

from __future__ import annotations

from pathlib import Path

from annotator.services.release_plan import Plan


def as_data(plan: Plan, folder: Path | None) -> dict[str, object]:
    """Return plain values for JSON; ``folder`` is None for a trial."""
    return {
        "folder": str(folder) if folder else None,
        "version": plan.release.version,
        "day": plan.release.day,
        "splits": dict(plan.split_counts),
        "codings": plan.annotations,
        "annotators": len(plan.release.people),
        "counts": dict(plan.release.counts),
        "groups_of_copies": len(set(plan.groups.values())),
        "notes": list(plan.notes),
    }
