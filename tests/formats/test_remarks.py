"""Remarks are told in order, whether they are in memory or in the file."""

from __future__ import annotations

import gc
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.coded import Remark
from annotator.formats import remarks
from annotator.formats.remarks import Remarks

told = st.builds(
    Remark,
    st.text(max_size=3),
    st.text(max_size=3),
    st.integers(0, 3),
    st.sampled_from(("", "mark")),
    st.none() | st.just("id"),
    st.none() | st.sampled_from("ab"),
)
places = st.none() | st.integers(-25, 25)


@pytest.fixture(autouse=True, scope="module")
def _little_memory() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(remarks, "AT_HAND", 3)
        yield


@given(st.lists(told, max_size=20), places, places, st.sampled_from((None, 1, 2, -1)))
def test_they_are_as_a_list_of_them(
    said: list[Remark], start: int | None, stop: int | None, step: int | None
) -> None:
    found = Remarks(said)
    assert list(found) == said == found
    assert len(found) == len(said)
    assert bool(found) is bool(said)
    assert found[start:stop:step] == said[start:stop:step]
    assert [found[place] for place in range(-len(said), len(said))] == said * 2
    assert found.lost == sum(one.lost for one in said)
    assert found.labels.total() == sum(one.lost for one in said if one.label)
    assert found != [*said, Remark("", "one more")]


@pytest.mark.parametrize("count", [2, 20])
def test_they_go_to_another_process_and_leave_no_file(count: int, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tempfile.tempdir", str(tmp_path))
        said = [Remark("here", str(number), 2, label="x") for number in range(count)]
        found = Remarks(said)
        came = pickle.loads(pickle.dumps(found))
        assert came == found == said
        assert (came.lost, came.labels) == (found.lost, found.labels)
        came.append(said[0])
        assert came == [*said, said[0]]
        assert found == said
        del came, found
        gc.collect()
        assert list(tmp_path.iterdir()) == []


def test_one_more_can_be_told_after_looking() -> None:
    found = Remarks()
    for number in range(20):
        found.append(Remark("", str(number)))
        assert [one.what for one in found] == [str(each) for each in range(number + 1)]
    with pytest.raises(IndexError):
        found[20]


def test_the_file_goes_with_the_remarks() -> None:
    found = Remarks(Remark("", str(number)) for number in range(20))
    file = found._opened()
    assert not file.closed
    del found
    gc.collect()
    assert file.closed
