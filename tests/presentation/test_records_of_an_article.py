"""Marks and links of an article are found by what they join, whatever was put and taken before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.fragment import Fragment
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.page_layout import PageLink
from annotator.presentation.page_links import LinksByMark

MADE = Provenance("me", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", Origin.MANUAL, 1)
NAMES = st.sampled_from("abcd")


def mark(id: str, layer: str) -> Mark:
    return Mark(id, "article", View.ANNOTATOR, layer, (Fragment(0, 1, "x"),), MADE)


def link(id: str, start: str, end: str) -> Link:
    if end == "author":
        return Link(id, "article", View.ANNOTATOR, "source", start, MADE, voice=Voice.AUTHOR)
    return Link(id, "article", View.ANNOTATOR, "source", start, MADE, end=end)


records = st.one_of(
    st.builds(mark, NAMES, st.sampled_from(["actor", "claim"])),
    st.builds(link, st.sampled_from("123"), NAMES, st.sampled_from(["w", "z", "author"])),
)


@given(acts=st.lists(st.tuples(st.booleans(), records), max_size=25))
def test_what_is_found_is_what_is_there(acts: list[tuple[bool, Mark | Link]]) -> None:
    kept = ArticleRecords()
    marks: dict[str, Mark] = {}
    links: dict[str, Link] = {}
    for is_put, record in acts:
        if is_put:
            kept.put(record)
        else:
            kept.take(record)
        if isinstance(record, Mark):
            marks.pop(record.id, None)
            marks |= {record.id: record} if is_put else {}
        else:
            links.pop(record.id, None)
            links |= {record.id: record} if is_put else {}
    assert kept.marks == marks
    assert kept.links == links
    for layer in ("actor", "claim"):
        there = [(item.start, item.end) for item in marks.values() if item.layer == layer]
        assert (list(kept.extents_on(layer)), kept.count(layer)) == (there, len(there))
    for name in "abcdwz":
        assert kept.links_from(name) == [item for item in links.values() if item.start == name]
        assert kept.links_to(name) == [item for item in links.values() if item.end == name]


page_links = st.builds(
    PageLink, NAMES, st.sampled_from(["a", "b", "c", "author"]), st.sampled_from(["source", "cue"])
)


@given(
    first=st.lists(page_links, max_size=8),
    changes=st.lists(st.tuples(NAMES, st.lists(page_links, max_size=3)), max_size=8),
    asked=st.sets(NAMES),
)
def test_links_of_a_mark_are_found_from_both_ends(
    first: list[PageLink], changes: list[tuple[str, list[PageLink]]], asked: set[str]
) -> None:
    kept = LinksByMark(first)
    plain = list(first)
    for start, others in changes:
        put = [PageLink(start, other.end, other.label) for other in others]
        before = [item for item in plain if item.start == start]
        assert kept.change({start: put}) == (before != put)
        plain = [item for item in plain if item.start != start] + put
    assert sorted(kept.all(), key=str) == sorted(plain, key=str)
    wanted = [item for item in plain if item.start in asked or item.end in asked]
    assert sorted(kept.of(asked), key=str) == sorted(wanted, key=str)
