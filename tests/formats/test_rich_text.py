"""Markdown is shown without anything that could reach out or do harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.formats.rich_text import KEPT, render


def test_what_people_write_is_shown() -> None:
    html = render("Mark **names**, not *he*.\n\n- one\n- two\n\n> a rule\n\n`code`")
    for part in ("<strong>names</strong>", "<em>he</em>", "<li>one</li>", "<blockquote>", "<code>"):
        assert part in html


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("![a cat](https://example.org/cat.png)", "a cat"),
        ("![](file:///etc/passwd)", ""),
        ("[words](https://example.org)", "words"),
        ("<script>alert(1)</script>after", "after"),
        ("<p onclick='x()' style='color:red'>words</p>", "words"),
        ("<img src=x onerror=y>rest", "rest"),
        ("<iframe src='https://example.org'>x</iframe>rest", "rest"),
        ("<style>p{}</style>rest", "rest"),
        ("a < b & c", "a &lt; b &amp; c"),
    ],
)
def test_nothing_reaches_out(text: str, left: str) -> None:
    html = render(text)
    assert re.sub(r"</?p>|\n", "", html) == left
    assert "http" not in html
    assert "file:" not in html


@given(st.text(alphabet="<>/ab=\"'![](*)_`\n -#&;", max_size=60))
def test_only_plain_tags_without_attributes_come_out(text: str) -> None:
    for tag in re.findall(r"<[^>]*>", render(text)):
        assert tag.strip("</>") in KEPT
