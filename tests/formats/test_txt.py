"""The first line of a plain text is its title where it looks like one, and always stays in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.txt import TITLE_LENGTH, title_of

LEAD = "The harbour workers’ union called the offer “an insult” on Monday and went on strike.\n"

TITLES = [
    ("Port strike enters second week\n\n" + LEAD, "Port strike enters second week"),
    ("Port strike enters second week\n" + LEAD, "Port strike enters second week"),
    ("\n\n  Port strike \n\n" + LEAD, "Port strike"),
    ("Will they strike?\n\n" + LEAD, "Will they strike?"),
    ("And then they struck...\n\n" + LEAD, "And then they struck..."),
    ("Poll: workers abandon the union.\n\n" + LEAD, "Poll: workers abandon the union."),
    (
        "Dr. Haddad wins N.Y. vote, U.S. says.\n\nABSTRACT.\n\n" + LEAD,
        "Dr. Haddad wins N.Y. vote, U.S. says.",
    ),
    ("إضراب في الميناء\n\n" + LEAD, "إضراب في الميناء"),
    ("港のストライキ\n\n" + LEAD, "港のストライキ"),
]

NO_TITLES = [
    LEAD,
    LEAD * 3,
    "One sentence. And another one.\n\n" + LEAD,
    "He left.\nShe stayed.\n",
    "The port is closed.\n" + LEAD,
    "A first paragraph that ends with a full stop, though it has so many words, one after the "
    "other, that nobody would take it for a headline.\n\n" + LEAD,
    "A line that goes on,\n\n" + LEAD,
    "Port strike\nstill on\n",
    "Only a headline\n",
    "Only a headline",
    "x" * (TITLE_LENGTH + 1) + "\n\n" + LEAD,
    "A short note.\n\nDone.\n",
    "",
    "\n\n",
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_first_line_that_looks_like_a_headline(text: str, title: str) -> None:
    assert title_of(text) == title


@pytest.mark.parametrize("text", NO_TITLES)
def test_a_first_line_that_does_not(text: str) -> None:
    assert title_of(text) is None


@given(text=st.text(st.sampled_from("ab. \n,“”؟。\u00a0"), max_size=60))
def test_a_title_is_one_line_of_the_text(text: str) -> None:
    title = title_of(text)
    if title is not None:
        assert title == title.strip() != ""
        assert "\n" not in title
        assert text.lstrip("\n").split("\n")[0].strip() == title
