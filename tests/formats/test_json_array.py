"""JSON arrays are read object by object, and as strictly as in one go."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import BadInput
from annotator.formats import json_array
from annotator.formats.json_array import items_in, items_under
from annotator.formats.strict_json import parse

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def items(raw: bytes, most: int = 10_000) -> list[Any]:
    return list(items_in(io.BytesIO(raw), most))


@pytest.fixture(autouse=True)
def _small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_array, "CHUNK", 3)


@given(said=st.lists(values, max_size=6), indent=st.sampled_from([None, 1]), ascii=st.booleans())
def test_every_array_gives_its_items(said: list[Any], indent: int | None, ascii: bool) -> None:
    text = json.dumps(said, indent=indent, ensure_ascii=ascii)
    try:
        expected = parse(text.encode(errors="surrogatepass"))
    except BadInput:
        with pytest.raises(BadInput):
            items(text.encode(errors="surrogatepass"))
        return
    assert items(text.encode()) == expected
    assert items(b"\xef\xbb\xbf \n" + text.encode() + b" \n") == expected


@given(value=values.filter(lambda value: not isinstance(value, list)))
def test_a_single_value_is_one_item(value: Any) -> None:
    assert items(json.dumps(value).encode()) == [value]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "not JSON"),
        (b"[1 2]", "comma"),
        (b"[1,]", "not JSON"),
        (b"[1", "comma"),
        (b"[1] x", "after the end"),
        (b'[{"a": 1, "a": 2}]', "twice"),
        (b"[NaN]", "NaN"),
        (b'["\\ud800"]', "half a character"),
        (b"[\xff]", "not UTF-8 (byte 1)"),
        (b"[" * 50_000, "nested too deeply"),
        (b"[" + b"9" * 5_000 + b"]", "cannot be read|not JSON"),
        (b'["' + b"x" * 20_000 + b'"]', "split the file"),
    ],
)
def test_what_is_no_array_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said.replace("(", r"\(").replace(")", r"\)")):
        items(raw)


def test_what_came_before_the_damage_is_there() -> None:
    found = items_in(io.BytesIO(b'[{"a": 1}, {]'), 100)
    assert next(found) == {"a": 1}
    with pytest.raises(BadInput, match="at character 13"):
        next(found)


def under(raw: bytes) -> list[Any]:
    def alone(item: dict[str, Any]) -> dict[str, Any]:
        if "target" not in item:
            raise LookupError
        return item

    return list(items_under(io.BytesIO(raw), 10_000, ("items", "@graph"), ("first",), alone))


@given(
    said=st.lists(values, max_size=4),
    before=st.dictionaries(st.sampled_from("abc"), values),
    after=st.dictionaries(st.sampled_from("xyz"), values),
    deep=st.booleans(),
)
def test_a_list_within_an_object_gives_its_items(
    said: list[Any], before: dict[str, Any], after: dict[str, Any], deep: bool
) -> None:
    page = {**before, "items": said, **after}
    raw = json.dumps({"@context": 1, "first": page, **after} if deep else page)
    try:
        expected = parse(raw.encode())
    except BadInput:
        return
    assert under(raw.encode()) == (expected["first"] if deep else expected)["items"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"items": [1], "items": [2]}', "twice"),
        (b'{"items": [1] "a": 2}', "end of the object"),
        (b'{"items": [1, }', "not JSON"),
        (b'{"items" [1]}', "colon"),
        (b"{items: [1]}", "quotation marks"),
        (b'{"items": [1]', "end of the object"),
        (b'{"items": [1]} x', "after the end"),
        (b'{"first": {"a": 1, "a": 1}}', "twice"),
    ],
)
def test_a_broken_object_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        under(raw)


def test_an_object_wrapped_too_often_is_no_list_but_does_no_harm() -> None:
    raw = b'{"first": ' * 500 + b'{"items": [1], "target": 1}' + b"}" * 500
    with pytest.raises(LookupError):
        under(raw)


def test_an_object_may_be_an_item_itself() -> None:
    assert under(b'{"id": "a", "target": "x"}') == [{"id": "a", "target": "x"}]
    for raw in (b"{}", b'{"id": "a"}', b"7", b"null"):
        with pytest.raises(LookupError):
            under(raw)
