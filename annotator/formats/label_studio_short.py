"""The short form of Label Studio (JSON-MIN): the fields of a task and what was said of it in one object."""

from __future__ import annotations

from annotator.domain.errors import BadInput
from annotator.formats.base import Source
from annotator.formats.json_files import Json, objects_of

_MARKED = ("annotation_id", "annotator")
"""What every object of the short form has beside the fields of its task."""
_OWN = (*_MARKED, "id", "created_at", "updated_at", "lead_time")


def is_one(source: Source) -> bool:
    """Tell whether the first object of a file is a task in the short form."""
    try:
        first = next(iter(objects_of(source)), None)
    except BadInput:
        return False
    return isinstance(first, dict) and all(key in first for key in _MARKED)


def lengthened(task: Json) -> Json:
    """Return a task in the long form; what is no list of regions counts as a field of the task."""
    regions = {name: value for name, value in task.items() if _are_regions(value)}
    results = [
        {
            "id": f"{name}-{number}",
            "from_name": name,
            "type": "hypertextlabels" if "hypertextlabels" in region else "labels",
            "value": region,
        }
        for name, value in regions.items()
        for number, region in enumerate(value, 1)
    ]
    fields = {
        name: value for name, value in task.items() if name not in regions and name not in _OWN
    }
    annotation = {"completed_by": task.get("annotator"), "result": results}
    return {"id": task.get("id"), "data": fields, "annotations": [annotation]}


def _are_regions(value: object) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(
            isinstance(item, dict)
            and "start" in item
            and ("labels" in item or "hypertextlabels" in item)
            for item in value
        )
    )
