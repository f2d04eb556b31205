"""The partner proposed for a link is the one a reader would name first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.fragment import cut
from annotator.domain.mark import Mark, Origin, Place, Provenance, View
from annotator.domain.proximity import plausible_partners

MADE = Provenance(
    "person", "2026-01-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z", Origin.MANUAL, 1
)


def mark(text: str, *words: str, layer: str = "actor", occurrence: int = 0) -> Mark:
    """Return a mark on words of a text, one fragment for each."""
    parts = []
    for part in words:
        start = -1
        for _ in range(occurrence + 1):
            start = text.index(part, start + 1)
        parts.append(cut(text, start, start + len(part)))
    name = f"{layer}:{'/'.join(words)}:{occurrence}"
    return Mark(name, "article", View.ANNOTATOR, layer, tuple(parts), MADE)


def place(mark: Mark) -> Place:
    """Return where a mark lies."""
    return mark.start, -mark.end, mark.id, mark.layer, len(mark.fragments) == 1


def proposed(text: str, claim: Mark, *actors: Mark, cue: str | None = None) -> list[str]:
    """Return the words of the partners in the order they are proposed."""
    extent = None
    if cue is not None:
        extent = text.index(cue), text.index(cue) + len(cue)
    words = {actor.id: actor.text for actor in actors}
    return [words[id] for id in plausible_partners(text, claim, map(place, actors), extent)]


def test_the_nearest_comes_first() -> None:
    text = "Haddad met Roos. “We go,” Brandt said."
    claim = mark(text, "We go", layer="claim")
    names = [mark(text, name) for name in ("Haddad", "Roos", "Brandt")]
    assert proposed(text, claim, *names) == ["Brandt", "Roos", "Haddad"]


def test_who_stands_in_another_sentence_is_less_likely() -> None:
    text = "The union of the workers of all harbours, Roos said, is ready. Haddad left."
    claim = mark(text, "is ready", layer="claim")
    assert proposed(text, claim, mark(text, "Haddad"), mark(text, "The union")) == [
        "The union",
        "Haddad",
    ]


def test_who_stands_in_another_paragraph_is_least_likely() -> None:
    text = f"Haddad said {'so ' * 90}that they stay.\nRoos left."
    claim = mark(text, "they stay", layer="claim")
    assert proposed(text, claim, mark(text, "Roos"), mark(text, "Haddad")) == ["Haddad", "Roos"]


def test_who_is_spoken_of_rarely_speaks() -> None:
    text = "“Roos betrayed the harbour and all of us,” said Haddad."
    claim = mark(text, "Roos betrayed the harbour and all of us", layer="claim")
    assert proposed(text, claim, mark(text, "Roos"), mark(text, "Haddad")) == ["Haddad", "Roos"]


def test_between_the_fragments_of_a_quotation_stands_its_speaker() -> None:
    text = "“We go,” Haddad said after Roos, “and now.” Brandt nodded."
    claim = mark(text, "We go", "and now", layer="claim")
    names = [mark(text, name) for name in ("Brandt", "Haddad")]
    assert proposed(text, claim, *names)[0] == "Haddad"


def test_the_cue_tells_where_to_look() -> None:
    text = "Roos: “We go and we shall come back with all of our people,” told us Haddad."
    claim = mark(text, "We go and we shall come back with all of our people", layer="claim")
    names = [mark(text, "Roos"), mark(text, "Haddad")]
    assert proposed(text, claim, *names)[0] == "Roos"
    assert proposed(text, claim, *names, cue="told us")[0] == "Haddad"


def test_of_two_equally_near_the_one_before_wins() -> None:
    text = "Roos said Haddad"
    cue = mark(text, "said", layer="claim")
    assert proposed(text, cue, mark(text, "Haddad"), mark(text, "Roos")) == ["Roos", "Haddad"]


def test_a_mark_is_no_partner_of_itself() -> None:
    text = "They said they knew."
    claim = mark(text, "they knew", layer="claim")
    assert plausible_partners(text, claim, [place(claim)]) == []


@given(order=st.permutations(range(7)))
def test_the_proposal_does_not_depend_on_the_order_of_marks(order: list[int]) -> None:
    text = "Ann met Bob and Cyd. “We go,” Dan told Eve. Fay left.\nAnn stayed."
    claim = mark(text, "We go", layer="claim")
    names = [mark(text, name) for name in ("Ann", "Bob", "Cyd", "Dan", "Eve", "Fay", "Dan told")]
    expected = proposed(text, claim, *names)
    assert proposed(text, claim, *(names[index] for index in order)) == expected
    assert expected[:2] == ["Dan told", "Dan"]
    assert len(expected) == len(names)
