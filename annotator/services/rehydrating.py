"""Putting texts back into a release without them, from the owner's own copies, by their hashes."""

from __future__ import annotations

import json
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.errors import BadInput, Refused
from annotator.domain.suffix import SUFFIX
from annotator.formats.release.lines import with_text
from annotator.services import importing, opening
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.services.release_files import refuse_changed
from annotator.services.wording import counted
from annotator.store import articles

Json = dict[str, Any]
TextOf = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Rehydrated:
    """How many articles have their text again, and the addresses or ids of those that have not."""

    found: int
    missing: tuple[str, ...]

    def in_words(self) -> list[str]:
        """Return it in sentences."""
        lines = [f"Put the text back into {counted(self.found, 'article')}."]
        if self.missing:
            lines.append(
                f"No copy with the right hash was found of {counted(len(self.missing), 'article')}; their lines are as they were."
            )
        return lines


def rehydrate(release: Path, copies: Sequence[Path], out: Path) -> Rehydrated:
    """Write the lines of a release with their texts into a new folder.

    Args:
        copies: projects, or files and folders in any format that can be imported.

    Raises:
        BadInput: the folder is no release, or one that was changed.
        Refused: ``out`` is there already.
    """
    refuse_changed(release)
    if out.exists():
        raise Refused(f"{out.name} is there already: name a new folder.")
    paths = sorted((release / "data").glob("*.jsonl"))
    draft = out.with_name(f".{out.name}.{uuid.uuid4().hex}.new")
    has: dict[str, bool] = {}
    try:
        (draft / "data").mkdir(parents=True)
        with _texts(copies) as text_of:
            for path in paths:
                with (draft / "data" / path.name).open("wb") as file:
                    for line in _lines(path):
                        full = _filled(line, text_of)
                        if "text_sha256" in line:
                            has[line["meta"]["url"] or line["id"]] = full["text"] is not None
                        file.write(json.dumps(full, ensure_ascii=False).encode() + b"\n")
        for name in ("codebook.json", "codebook.md", "README.md", "LICENSE", "splits.json"):
            shutil.copyfile(release / name, draft / name)
        draft.rename(out)
    except OSError as error:
        raise BadInput(
            f"{out.name} could not be written ({error.strerror}): choose another place or make room."
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    missing = tuple(sorted(name for name, found in has.items() if not found))
    return Rehydrated(len(has) - len(missing), missing)


def _filled(line: Json, text_of: TextOf) -> Json:
    """Return a line with its text; one of a file without texts, or of an unknown text, as it is."""
    if "text_sha256" not in line or line["text"] is not None:
        return line
    text = text_of(line["text_sha256"])
    return line if text is None else with_text(line, text)


@contextmanager
def _texts(copies: Sequence[Path]) -> Iterator[TextOf]:
    """Give the texts of the owner's copies by hash: of projects as they are, of files by importing them."""
    files = [path for path in copies if path.suffix.lower() != SUFFIX]
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        opened: list[Project] = []
        try:
            opened += (opening.open_project(path) for path in copies if path not in files)
            if files:
                made = projects.create(Path(folder) / "texts", default_codebook(), "owner")
                opened.append(made)
                importing.import_all(made, files)
            yield lambda sha256: _first(opened, sha256)
        finally:
            for project in opened:
                project.close()


def _first(opened: Sequence[Project], sha256: str) -> str | None:
    found = (articles.text(project.db, sha256) for project in opened)
    return next((text for text in found if text is not None), None)


def _lines(path: Path) -> Iterator[Json]:
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            try:
                yield json.loads(raw)
            except ValueError:
                raise BadInput(
                    f"{path.name}, line {number}, is no JSON: get the release again."
                ) from None
