"""The written parts of a release: shapes, YAML, and the changelog."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.codebook import Attribute, Code, Kind
from annotator.domain.release import Release
from annotator.formats.release.changelog import changelog, expected_version
from annotator.formats.release.fields import Field, article_fields, shaped
from annotator.formats.release.yaml import dump
from annotator.services.codebooks import default_codebook

FIRST = Release(
    "1.0.0", "p", "", "2026-05-01", "", 1, {"a": "train", "b": "test"}, {"p": "A01"},
    {"article": 2, "claim": 3}, {"a": {"text": "1", "claim": "x"}, "b": {"text": "2", "claim": "y"}},
)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(["a", "b", "c"]), st.none() | st.booleans() | st.integers() | st.text()
    )
)
def test_a_shaped_record_has_its_fields_and_their_types(record: dict[str, object]) -> None:
    fields = (Field("a"), Field("b", "int64"), Field("c", "bool"))
    found = shaped(fields, record)
    assert list(found) == ["a", "b", "c"]
    assert found["a"] is None or type(found["a"]) is str
    assert found["b"] is None or type(found["b"]) is int
    assert found["c"] is None or type(found["c"]) is bool
    assert shaped(fields, found) == found


def test_what_the_codebook_adds_has_a_field_of_its_own() -> None:
    book = default_codebook()
    tone = Attribute("tone", Kind.SCALE, (Code("1"), Code("2")))
    layers = tuple(
        replace(layer, attributes=(*layer.attributes, tone))
        if layer.name in ("claim", "cue")
        else layer
        for layer in book.layers
    )
    fields = {field.name: field for field in article_fields(replace(book, layers=layers))}
    for name in ("claims", "other"):
        (attributes,) = [field for field in fields[name].fields if field.name == "attributes"]
        assert [(field.name, field.type) for field in attributes.fields] == [("tone", "int64")]
    assert "attributes" not in [field.name for field in fields["actors"].fields]


def test_yaml_is_written_plainly() -> None:
    data = {
        "a": "no: “1”",
        "b": [],
        "c": [{"d": 1, "e": ["x", True]}, {"d": None}],
        "f": {"g": 0.5},
    }
    assert dump(data) == (
        'a: "no: “1”"\nb: []\nc:\n- d: 1\n  e:\n  - "x"\n  - true\n- d: null\nf:\n  g: 0.5\n'
    )


def test_the_changelog_tells_what_changed_newest_first() -> None:
    second = replace(FIRST, version="1.0.1", day="2026-06-01", prints={**FIRST.prints, "a": {"text": "1", "claim": "z"}}, counts={"article": 2, "claim": 4})  # fmt: skip
    third = replace(
        second, version="1.1.0", splits={**FIRST.splits, "c": "dev"}, counts={"article": 3, "claim": 4},
        prints={**second.prints, "c": {"text": "3", "claim": "w"}}, people={"p": "A02", "q": "A01"},
    )  # fmt: skip
    told = changelog("docks", [FIRST, second, third])
    assert told.split("\n## ")[1:] == [
        "1.1.0 · 2026-06-01\n\n- 1 article added.\n- Annotators: 1 became 2.\n",
        "1.0.1 · 2026-06-01\n\n- claim: changed in 1 article; 3 marks became 4.\n",
        "1.0.0 · 2026-05-01\n\n- First version: 2 articles.\n- claim: 3 marks.\n",
    ]
    assert expected_version(FIRST, second) == (1, 0, 1)
    assert expected_version(second, third) == (1, 1, 0)
    assert expected_version(third, replace(third, codebook=2)) == (2, 0, 0)
    assert expected_version(third, second) == (2, 0, 0)


def test_dates_are_days_unless_one_of_them_is_less() -> None:
    book = default_codebook()

    def types(*loose: str) -> tuple[str, str]:
        fields = {field.name: field for field in article_fields(book, loose)}
        within = {
            name: {field.name: field.type for field in fields[name].fields}
            for name in ("meta", "claims")
        }
        return within["meta"]["published"], within["claims"]["date"]

    assert types() == ("date32", "date32")
    assert types("published") == ("string", "date32")
    assert types("claim.date") == ("date32", "string")
