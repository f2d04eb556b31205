"""What people said about their dataset: kept in the project, so that the next release need not ask again."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import Any

from annotator.domain.release import About
from annotator.services.project import Project
from annotator.store import facts

_FACT = "release"


def remembered(project: Project) -> About:
    """Return what was said for the last release; at first nothing but a name, that of the project."""
    about = About(project.path.stem)
    said = json.loads(facts.fact(project.db, _FACT) or "{}")
    known: dict[str, Any] = {}
    for field in fields(About):
        value = said.get(field.name)
        if field.name == "creators" and isinstance(value, list):
            known[field.name] = tuple(map(str, value))
        elif isinstance(value, str):
            known[field.name] = value
    return replace(about, **known)


def remember(project: Project, about: About) -> None:
    """Keep it for the next release, within the transaction that is open."""
    said = {name: value for name, value in asdict(about).items() if value}
    facts.remember(project.db, _FACT, json.dumps(said, ensure_ascii=False, sort_keys=True))


def given(about: About) -> list[str]:
    """Return the names of what was said, besides the name of the dataset."""
    return [name for name, value in asdict(about).items() if value and name != "name"]
