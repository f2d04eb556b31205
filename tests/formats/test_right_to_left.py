"""Lines that run from right to left are read as they were written."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.right_to_left import (
    Letter,
    in_reading_order,
    runs_right_to_left,
    whole_lines,
)

WIDE = 10.0


def seen(line: str, *, bottom: float = 0.0) -> list[Letter]:
    """Return the letters of a line as they stand from the left, each in a box of its own."""
    return [
        Letter(text, WIDE * place, WIDE * place + 9, bottom, bottom + 12)
        for place, text in enumerate(line)
    ]


@pytest.mark.parametrize(
    ("from_left", "read"),
    [
        ("םולש", "שלום"),
        ("םלוע םולש", "שלום עולם"),
        (".2024 ץרמב 12-ב", "ב-12 במרץ 2024."),
        ("יפל (EU) דוחיאה", "האיחוד (EU) לפי"),
        ("יפל )EU( דוחיאה", "האיחוד (EU) לפי"),
        ("דוע New York Times רמא", "אמר New York Times עוד"),
        ("דוע EU 2024 רמא", "אמר EU 2024 עוד"),
        ("ח״ש 1,200.50 הלוע", "עולה 1,200.50 ש״ח"),
        ("ןמ 45% ולע", "עלו 45% מן"),
        ("نم %45 تلمح", "حملت 45% من"),
        ("٣٫٥ ةبسن", "نسبة ٣٫٥"),
        ("«عجارتن نل»", "«لن نتراجع»"),
        ("]'א קלח[ ח״וד", "דו״ח [חלק א']"),
    ],
)
def test_a_line_is_read_from_the_right(from_left: str, read: str) -> None:
    assert in_reading_order(seen(from_left), from_right=True) == read


@pytest.mark.parametrize(
    ("from_left", "read"),
    [
        ("The word םולש means peace.", "The word שלום means peace."),
        ("He said םלוע םולש twice", "He said שלום עולם twice"),
        ("Room םולש 12 תיב has words", "Room בית 12 שלום has words"),
    ],
)
def test_words_within_a_line_from_the_left_are_read_from_the_right(
    from_left: str, read: str
) -> None:
    assert in_reading_order(seen(from_left), from_right=False) == read
    assert in_reading_order(seen(from_left), from_right=True) == read


@given(st.text("אבג دהשل123 .,()%AB-«»", min_size=1), st.randoms(use_true_random=False))
def test_no_letter_is_lost_however_they_come(line: str, chance: random.Random) -> None:
    letters = seen(line)
    read = in_reading_order(letters, from_right=True)
    brackets = str.maketrans("()«»", "((««")
    assert Counter("".join(read.split()).translate(brackets)) == Counter(
        "".join(line.split()).translate(brackets)
    )
    chance.shuffle(letters)
    assert in_reading_order(letters, from_right=True) == read


def test_spaces_go_into_the_widest_gaps() -> None:
    space = Letter(" ", 500, 500, 0, 12)
    letters = [
        *seen("םולש"),
        space,
        *(Letter(one.text, one.left + 46, one.right + 46, 0, 12) for one in seen("בוט")),
    ]
    assert in_reading_order(letters, from_right=True) == "טוב שלום"


@pytest.mark.parametrize("halves", [(0, 5, 5, 10), (0, 10, 0, 10)])
@pytest.mark.parametrize("turned", [False, True])
def test_lam_and_alef_in_one_shape_are_read_in_their_order(
    halves: tuple[float, float, float, float], *, turned: bool
) -> None:
    left, right, left2, right2 = halves
    pair = ("ا", "ل") if turned else ("ل", "ا")
    letters = [
        Letter("س", 20, 30, 0, 12),
        Letter(pair[0], left, right, 0, 12),
        Letter(pair[1], left2, right2, 0, 12),
    ]
    assert in_reading_order(letters, from_right=True) == "سلا"


def test_letters_as_they_look_in_a_word_become_letters() -> None:
    assert in_reading_order(seen("\ufee1\ufefc\ufeb3"), from_right=True) == "سلام"


def test_vowel_signs_stay_with_their_letter() -> None:
    letters = seen("בא")
    signs = [Letter("\u05b7", one.left + 3, one.left + 6, -2, 0) for one in letters]
    assert in_reading_order([*signs, *letters], from_right=True) == "א\u05b7ב\u05b7"


def test_parts_of_a_line_side_by_side_are_one_line_and_columns_are_two() -> None:
    near = [Letter("ב", 25, 34, 2, 13)]
    far = [Letter("ג", 200, 209, 0, 12)]
    below = seen("ד", bottom=-14)
    lines = list(whole_lines([seen("אא"), near, far, [], below]))
    assert [[one.text for one in line] for line in lines] == [["א", "א", "ב"], ["ג"], ["ד"]]


def test_a_text_runs_the_way_of_most_of_its_letters() -> None:
    assert runs_right_to_left("שלום EU")
    assert not runs_right_to_left("The word שלום")
