"""Nexis, LexisNexis and Factiva: many articles in one file, in any interface language, none lost unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.anatomy import ZoneKind
from annotator.domain.coded import CodedArticle
from annotator.formats.metadata import iso_date
from tests.formats.test_articles_in import body_of, parts, taken
from tests.support import article_files as files

MODERN = [
    ("a.docx", files.docx),
    ("a.rtf", files.rtf),
    ("a.txt", lambda lines: "\n\n".join(lines).encode()),
    (
        "a.html",
        lambda lines: ("<html><body>" + "".join(f"<p>{line}</p>" for line in lines)).encode(),
    ),
]


@pytest.mark.parametrize("language", files.NEXIS_WORDS)
@pytest.mark.parametrize(("name", "made"), MODERN, ids=[name for name, _ in MODERN])
def test_nexis_in_every_interface_language(language: str, name: str, made, tmp_path: Path) -> None:
    found = taken(tmp_path, name, made(files.nexis(language, 3)))
    assert [remark for remark in found.remarks if remark.lost] == []
    assert [coded.meta.title for coded in found.coded.values()] == [
        f"{files.TITLE} {one}" for one in (1, 2, 3)
    ]
    for coded in found.coded.values():
        _is_whole(coded)
        assert coded.meta.extra["section"] == "NEWS; Pg. 3"
        assert "STRIKES (90%)" in parts(coded, ZoneKind.BOILERPLATE)[-1]
    assert "cover page of 4 lines" in found.remarks[0].what


def _is_whole(coded: CodedArticle) -> None:
    assert coded.meta.publisher == "The Veldhaven Daily"
    assert coded.meta.published == "2026-03-14"
    assert coded.meta.author == "Ana Ruiz"
    assert " ".join(files.QUOTE.split()) in " ".join(body_of(coded).split())
    assert coded.meta.title in parts(coded, ZoneKind.HEADLINE)
    assert len(parts(coded, ZoneKind.BYLINE)) == 1


def test_old_lexisnexis_is_cut_and_counted(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.txt", files.old_lexisnexis(3))
    assert found.remarks == []
    assert len(found.coded) == 3
    for coded in found.coded.values():
        _is_whole(coded)
        assert coded.meta.language == "en"
    short = taken(tmp_path, "b.txt", files.old_lexisnexis(2, promised=5))
    assert [(remark.lost, "5 articles, and 2" in remark.what) for remark in short.remarks] == [
        (3, True)
    ]


def test_a_german_file_of_the_old_lexisnexis(tmp_path: Path) -> None:
    text = (
        files.old_lexisnexis(2)
        .replace("1 of 2 DOCUMENTS", "Dokument 1 von 2")
        .replace("2 of 2 DOCUMENTS", "Dokument 2 von 2")
    )
    assert len(taken(tmp_path, "a.txt", text.replace("LENGTH: ", "LÄNGE: ")).coded) == 2


@pytest.mark.parametrize(
    "raw",
    [
        ("a.txt", "\n\n".join(files.factiva_printed(3))),
        ("b.txt", "\n".join(files.factiva_coded(3))),
        ("c.rtf", files.rtf(files.factiva_printed(3))),
        ("d.html", files.factiva_html(3)),
    ],
    ids=lambda raw: raw[0],
)
def test_factiva(raw: tuple[str, bytes | str], tmp_path: Path) -> None:
    found = taken(tmp_path, *raw)
    assert found.remarks == []
    assert len(found.coded) == 3
    for number, coded in enumerate(found.coded.values(), 1):
        _is_whole(coded)
        assert coded.meta.title == f"{files.TITLE} {number}"
        assert coded.meta.language == "en"
        assert coded.meta.extra["accession number"].startswith(f"VELDA0000202603{number:02}")


def test_an_article_without_a_text_is_told_and_the_others_come_in(tmp_path: Path) -> None:
    lines = [line for line in files.nexis("en", 1, cover=False) if line not in files.BODY]
    found = taken(tmp_path, "a.docx", files.docx([*lines, *files.nexis("en", 1, cover=False)]))
    assert len(found.coded) == 1
    assert [(remark.where, remark.lost) for remark in found.remarks] == [("a.docx, article 1", 1)]
    assert "no text" in found.remarks[0].what


@pytest.mark.parametrize("reader", ["nexis", "factiva"])
def test_nothing_found_says_why(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(files.docx([files.TITLE, *files.BODY]))
    from tests.formats.test_articles_in import BOOK, contract

    found = contract.read(path, BOOK, reader)
    assert found.coded == {}
    assert "End of Document" in found.remarks[0].what
    path = tmp_path / "b.txt"
    path.write_text(files.TITLE + "\n\n" + files.LEAD)
    found = contract.read(path, BOOK, reader)
    assert len(found.coded) == 1
    assert "read as one article" in found.remarks[0].what


def test_an_article_that_speaks_of_documents_is_an_article(tmp_path: Path) -> None:
    text = f"{files.TITLE}\n\nThe court has 3 of 50 documents.\n\nLength: the talks took long.\n\n{files.LEAD}"
    found = taken(tmp_path, "a.txt", text)
    assert [body_of(coded) for coded in found.coded.values()] == [text]


@pytest.mark.parametrize(
    ("said", "iso"),
    [
        ("March 4, 2026 Wednesday", "2026-03-04"),
        ("Mittwoch, 4. März 2026", "2026-03-04"),
        ("mercredi 4 août 2026", "2026-08-04"),
        ("4 juillet 2026", "2026-07-04"),
        ("4 juin 2026", "2026-06-04"),
        ("4 de mayo de 2026", "2026-05-04"),
        ("1er mars 2026", "2026-03-01"),
        ("4 maart 2026 woensdag", "2026-03-04"),
        ("Wed, 04 Mar 2026 10:00:00 GMT", "2026-03-04T10:00:00+00:00"),
        ("2026-03-04", "2026-03-04"),
        ("2026/3/4", "2026-03-04"),
        ("20260304", "2026-03-04"),
        ("2026-03-04T10:00:00Z", "2026-03-04T10:00:00Z"),
        ("03/04/2026", None),
        ("14/03/2026", "2026-03-14"),
        ("03/14/2026", "2026-03-14"),
        ("04/04/2026", "2026-04-04"),
        ("14/14/2026", None),
        ("04.03.2026", "2026-03-04"),
        ("03.14.2026", None),
        ("March 2026", None),
        ("February 30, 2026", None),
        ("2026-13-01", None),
        ("", None),
    ],
)
def test_dates_are_read_only_when_certain(said: str, iso: str | None) -> None:
    assert iso_date(said) == iso


def _three_without(words: str, place: int) -> list[str]:
    """Return a Nexis export of three articles where one line of the second one is missing."""
    lines = files.nexis("en", 3)
    del lines[[number for number, line in enumerate(lines) if line.startswith(words)][place]]
    return lines


@pytest.mark.parametrize(
    "missing", ["Body", "Length", "Section", "Load-Date", "Classification", "Copyright"]
)
def test_an_article_without_one_of_its_labels_is_whole(missing: str, tmp_path: Path) -> None:
    lines = _three_without(missing, 1)
    found = taken(tmp_path, "a.txt", "\n\n".join(lines))
    assert [remark for remark in found.remarks if remark.lost] == []
    assert len(found.coded) == 3
    for coded in found.coded.values():
        _is_whole(coded)
        assert all(paragraph in body_of(coded) for paragraph in files.BODY)
        assert not any(part in files.BODY for part in parts(coded, ZoneKind.BOILERPLATE))


def test_the_last_article_may_lack_its_end(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.txt", "\n\n".join(files.nexis("en", 3)[:-1]))
    assert [remark for remark in found.remarks if remark.lost] == []
    assert len(found.coded) == 3


def test_several_bylines_are_several_authors(tmp_path: Path) -> None:
    lines = files.nexis("en", 1)
    lines.insert(lines.index("Body"), "Byline: Amal Haddad and Ingrid Solheim")
    (coded,) = taken(tmp_path, "a.txt", "\n\n".join(lines)).coded.values()
    assert coded.meta.author == "Ana Ruiz; Amal Haddad and Ingrid Solheim"
    assert len(parts(coded, ZoneKind.BYLINE)) == 2


def test_labels_in_the_text_are_part_of_it(tmp_path: Path) -> None:
    lines = files.nexis("en", 2)
    said = ["Body", "Length: it was long", "The end of document culture, she said."]
    after = lines.index(files.LEAD) + 1
    found = taken(tmp_path, "a.txt", "\n\n".join([*lines[:after], *said, *lines[after:]]))
    assert len(found.coded) == 2
    first = next(iter(found.coded.values()))
    assert all(line in body_of(first) for line in (*said, *files.BODY))


def test_an_article_of_factiva_without_its_number_of_words_is_whole(tmp_path: Path) -> None:
    lines = files.factiva_printed(3)
    lines.remove("122 words")
    found = taken(tmp_path, "a.txt", "\n\n".join(lines))
    assert [remark for remark in found.remarks if remark.lost] == []
    assert len(found.coded) == 3
    for coded in found.coded.values():
        _is_whole(coded)
        assert coded.meta.language == "en"


@pytest.mark.parametrize("language", ["en", "de", "zhtw"])
def test_a_page_of_factiva_saved_by_a_browser_has_its_frame_told(
    language: str, tmp_path: Path
) -> None:
    """Older accession numbers are written small, and the page says its own name above the articles."""
    page = files.factiva_html(2).replace("enArticle", f"{language}Article")
    page = page.replace("VELDA0000", "velda0000").replace(
        "<body>", "<body><a>Skip to content</a><div>Dow Jones Factiva</div>"
    )
    found = taken(tmp_path, "a.html", page)
    assert [coded.meta.title for coded in found.coded.values()] == [
        f"{files.TITLE} {number}" for number in (1, 2)
    ]
    assert [remark.what for remark in found.remarks] == [
        "has a cover page of 2 lines, which is part of no article"
    ]
    for coded in found.coded.values():
        _is_whole(coded)
        assert "section" not in coded.meta.extra or coded.meta.extra["section"] == "News"


def test_two_hundred_articles_of_one_document(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.docx", files.docx(files.nexis("en", 200)))
    assert [remark for remark in found.remarks if remark.lost] == []
    assert len(found.coded) == 200
