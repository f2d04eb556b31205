"""What changed since a project was opened."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from annotator.store.revisions import REMEMBERED, Revisions

KINDS = "actor", "mark"
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.sampled_from(["some", "many", "taken back"]),
        st.lists(st.sampled_from("abcdef"), max_size=6),
    ),
    max_size=30,
)


@given(CHANGES, st.integers(0, 30))
def test_what_changed_is_named_or_not_known(
    changes: list[tuple[str, str, list[str]]], asked_after: int
) -> None:
    found, numbers = Revisions(), dict.fromkeys(KINDS, 0)
    changed: dict[str, set[str]] = {kind: set() for kind in KINDS}
    for number, (kind, how, keys) in enumerate(changes):
        if number == asked_after:
            numbers = {one: found[one] for one in KINDS}
            changed = {one: set() for one in KINDS}
        if how == "some":
            found.changed(kind, keys)
            changed[kind].update(keys)
        elif how == "many" and keys:
            found.changed_many(kind, len(keys))
            changed[kind].add("nobody knows")
        elif how == "taken back":
            before = found.now()
            found.changed(kind, keys)
            meanwhile = found[kind]
            found.taken_back(before)
            changed[kind].update(keys)
            # Who read them in between has to read them again.
            assert found.since(kind, meanwhile) == set(keys)
    for kind in KINDS:
        said = found.since(kind, numbers[kind])
        if "nobody knows" in changed[kind]:
            assert said is None
        else:
            assert said == changed[kind]
        assert (found[kind] == numbers[kind]) == (not changed[kind])


def test_only_the_last_changes_are_remembered() -> None:
    found = Revisions()
    found.changed("actor", [str(number) for number in range(REMEMBERED + 1)])
    assert found.since("actor", 0) is None
    assert found.since("actor", 1) == {str(number) for number in range(1, REMEMBERED + 1)}
    assert found.since("actor", found["actor"]) == frozenset()
