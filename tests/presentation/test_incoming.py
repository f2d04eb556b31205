"""What becomes of each file of an import is followed where one is left out."""

from __future__ import annotations

from unittest.mock import Mock

from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.coded import Remark
from annotator.presentation.incoming import Incoming
from annotator.presentation.incoming_files import Fate
from annotator.services.import_report import Counts, FileReport, Preview

reports = st.builds(
    FileReport,
    st.sampled_from(("a", "b", "c", "d")),
    added=st.builds(Counts, articles=st.integers(0, 2)),
    there=st.builds(Counts, articles=st.integers(0, 1)),
    refused=st.lists(st.just(Remark("a", "it is empty")), max_size=1),
    candidates=st.sampled_from(((), ("cp1252", "mac-roman"))),
)


def shown(files: list[FileReport], left_out: set[str]) -> Incoming:
    """Return what a window shows of these files, made in one go."""
    made = Incoming(Mock())
    made.preview = Preview()
    made.preview.told = files
    made._left_out = set(left_out)
    made._looked(None)
    return made


@given(
    st.lists(reports, max_size=6),
    st.lists(st.tuples(st.sampled_from("abcde"), st.booleans()), max_size=8),
)
def test_rows_and_totals_are_those_of_files_listed_anew(
    files: list[FileReport], choices: list[tuple[str, bool]]
) -> None:
    followed, left_out = shown(files, set()), set[str]()
    told: list[int] = []
    followed.row_changed.connect(told.append)
    anew_told: list[None] = []
    followed.changed.connect(anew_told.append)
    for name, out in choices:
        told.clear()
        followed.leave_out(name, out=out)
        left_out = left_out | {name} if out else left_out - {name}
        anew = shown(files, left_out)
        assert followed.rows == anew.rows
        assert followed.summary() == anew.summary()
        assert followed.can_import == anew.can_import
        assert followed.can_import == any(row.fate is Fate.NEW for row in anew.rows)
        assert told == [place for place, file in enumerate(followed.files) if file.name == name]
    assert anew_told == [], "no other row is looked at"
