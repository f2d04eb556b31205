"""Whole articles marked by real mouse drags and key presses; looked up in the file and on the screen.

The seeds always; the three double-coded real articles where ANNOTATOR_SHARED names their folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from annotator.services import checking, importing, reading
from annotator.settings.places import seeds_folder
from tests.support.material import make_project
from tests.ui.conftest import Hands

SHARED = Path(os.environ.get("ANNOTATOR_SHARED", "nowhere"))
REAL = sorted((SHARED / "gold" / "annotator_a").glob("*.json"))
ALT = Qt.KeyboardModifier.AltModifier

SEEDS = {
    "06-emoji-and-odd-signs.txt": ["Renée Díaz", "Zoe\u0308 Mu\u0308ller", "D’Angelo O’Brien", "𝓢𝓛𝓔𝓔𝓟", "brave", "Quiet Nights"],
    "07-arabic-library.txt": ["ليلى المنصوري", "كريم بن يوسف", "فضيحة لا مبرر لها", "12 مليون دينار"],
    "08-mixed-directions.txt": ["Khaled al-Zein", "منير سعد", "דנה לוי", "Valley News", "HydroBau"],
    "09-the-night-the-almar-ran-backwards.txt": ["Margarethe Reinhold", "Petra Winkel", "“Half a plug", "It's allowed to do that?"],
}  # fmt: skip


def open_on(open_window: Callable[..., Hands], tmp_path: Path, file: Path) -> Hands:
    """Return hands on a window that shows the article of a file."""
    with make_project(tmp_path) as project:
        report = importing.import_all(project, [file])
        assert report.added.articles == 1
        path = project.path
    hands = open_window(path=path)
    hands.window.resize(1100, 700)
    hands.settle()
    return hands


@pytest.mark.parametrize("name", SEEDS)
def test_words_of_a_seed_are_marked_where_they_stand(
    open_window: Callable[..., Hands], tmp_path: Path, name: str
) -> None:
    hands = open_on(open_window, tmp_path, seeds_folder() / name)
    wanted = []
    for words in SEEDS[name]:
        start = hands.find(words)
        hands.drag_over(start, start + len(words), ALT)
        hands.press("A")
        wanted.append((start, start + len(words), words))
        assert painted_words(hands, hands.desk.reader.current.id) == letters(words)  # type: ignore[union-attr]
    project, article = hands.desk.project, hands.desk.reader.article
    assert project
    assert article
    made = reading.open_article(project, article.id).marks
    assert sorted((mark.start, mark.end, mark.text) for mark in made) == sorted(wanted)
    assert checking.problems(project) == []


@pytest.mark.skipif(not REAL, reason="ANNOTATOR_SHARED names no folder with double-coded articles")
@pytest.mark.parametrize("file", REAL, ids=[file.stem for file in REAL])
def test_a_real_article_is_coded_by_hand(
    open_window: Callable[..., Hands], tmp_path: Path, file: Path
) -> None:
    coded = json.loads(file.read_text(encoding="utf-8"))
    hands = open_on(open_window, tmp_path, SHARED / "seeds" / coded["doc"])
    wanted = []
    for layer, key, records in (
        ("actor", "A", coded["actors"]),
        ("claim", "C", coded["claims"]),
        ("sentiment", "S", coded["sentiments"]),
    ):
        for record in records:
            hands.drag_over(record["start"], record["end"], ALT)
            hands.press(key)
            current = hands.desk.reader.current
            assert current is not None
            assert (current.start, current.end, current.text) == (
                record["start"],
                record["end"],
                record["text"],
            )
            assert painted_words(hands, current.id) == letters(record["text"])
            wanted.append((layer, record["start"], record["end"]))
    project, article = hands.desk.project, hands.desk.reader.article
    assert project
    assert article
    made = reading.open_article(project, article.id).marks
    assert sorted((mark.layer, mark.start, mark.end) for mark in made) == sorted(wanted)
    assert checking.problems(project) == []


def painted_words(hands: Hands, mark: str) -> str:
    """Return the letters that lie under what is painted for a mark."""
    return letters(
        "".join(
            hands.page.text[offset] for offset in sorted(hands.window.page.painted_offsets(mark))
        )
    )


def letters(text: str) -> str:
    """Return only what has a width of its own on the screen."""
    return "".join(sign for sign in text if sign.isalnum())
