"""Articles come in from every kind of file: their text whole, their parts told, what is missing said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.domain.anatomy import ZoneKind, zones
from annotator.domain.coded import CodedArticle
from annotator.formats import extras
from annotator.services.codebooks import default_codebook
from tests.formats import contract
from tests.formats.contract import Taken
from tests.support import article_files as files

BOOK = default_codebook()


def taken(folder: Path, name: str, raw: bytes | str, **options: object) -> Taken:
    path = folder / name
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return contract.read(path, BOOK, **options)


def only(found: Taken) -> CodedArticle:
    assert [remark for remark in found.remarks if remark.lost] == []
    (coded,) = found.coded.values()
    return coded


def parts(coded: CodedArticle, kind: ZoneKind) -> list[str]:
    assert coded.text
    text = coded.text.text
    return [text[zone.start : zone.end] for zone in zones(coded.meta, text) if zone.kind is kind]


def body_of(coded: CodedArticle) -> str:
    assert coded.text
    return coded.text.text


@pytest.mark.parametrize("reader", files.MAKERS)
def test_good_files_give_whole_articles(reader: str, tmp_path: Path) -> None:
    for path in files.write_good(reader, tmp_path / reader):
        found = contract.read(path, BOOK)
        assert [remark for remark in found.remarks if remark.lost] == []
        assert found.coded, path.name
        for coded in found.coded.values():
            assert coded.text
            assert coded.meta.title
            assert coded.meta.source_file == path.name
            told = zones(coded.meta, coded.text.text)
            assert all(0 <= zone.start < zone.end <= len(coded.text.text) for zone in told)


def test_a_saved_page_gives_article_metadata_and_parts(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "page.html", files.html()))
    assert coded.meta.title == files.TITLE
    assert coded.meta.author == "Ana Ruiz"
    assert coded.meta.publisher == "The Veldhaven Daily"
    assert coded.meta.published == "2026-03-14T09:30:00+01:00"
    assert coded.meta.url == "https://daily.example/strike"
    assert coded.meta.language == "en"
    assert parts(coded, ZoneKind.HEADLINE) == [files.TITLE]
    assert parts(coded, ZoneKind.BYLINE) == [files.BYLINE]
    assert parts(coded, ZoneKind.CAPTION) == [files.CAPTION]
    assert all(paragraph in body_of(coded) for paragraph in files.BODY)
    assert "Sport" not in body_of(coded)


def test_a_page_saved_by_a_browser_tells_where_it_was_saved(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "page.mhtml", files.mhtml()))
    assert coded.meta.url == "https://daily.example/strike"
    assert files.QUOTE in body_of(coded)


def test_a_page_in_another_encoding_is_read_as_it_declares(tmp_path: Path) -> None:
    page = files.html(data=False).replace("utf-8", "windows-1251").replace("😀", "")
    raw = page.replace("Amal Haddad", "Амаль").encode("cp1251", "xmlcharrefreplace")
    assert "Амаль" in body_of(only(taken(tmp_path, "page.html", raw)))


def test_a_page_that_says_latin_1_is_read_as_browsers_do(tmp_path: Path) -> None:
    page = files.html(data=False).replace("utf-8", "ISO-8859-1").replace("😀", "")
    assert "“We will not go back,”" in body_of(
        only(taken(tmp_path, "a.html", page.encode("cp1252")))
    )


def test_the_words_of_exported_marks_do_not_become_articles(tmp_path: Path) -> None:
    raw = "mark,article,view,annotator,layer,start,end,text\n1,2,annotator,A,actor,0,4,ISIS\n"
    found = taken(tmp_path, "marks.csv", raw)
    assert found.coded == {}
    assert "table of marks" in found.remarks[0].what


def test_a_page_without_an_article_is_refused_and_a_stub_is_told(tmp_path: Path) -> None:
    empty = taken(tmp_path, "a.html", "<html><body><nav><a href=x>Home</a></nav></body></html>")
    assert "no article" in empty.remarks[0].what
    stub = "<html><body><article><h1>A headline</h1><p>Read on as a subscriber.</p></article></body></html>"
    assert any("paywall" in remark.what for remark in taken(tmp_path, "b.html", stub).remarks)


def test_control_characters_in_a_caption_do_no_harm(tmp_path: Path) -> None:
    page = files.html().replace(files.CAPTION, f"\x01{files.CAPTION}\x1b")
    assert parts(only(taken(tmp_path, "page.html", page)), ZoneKind.CAPTION) == [files.CAPTION]


def test_markdown_is_read_as_it_shows(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "a.md", files.markdown()))
    assert (coded.meta.title, coded.meta.author, coded.meta.published) == (
        files.TITLE, "Ana Ruiz", "2026-03-14",
    )  # fmt: skip
    assert coded.meta.extra["tags"] == "port, strike"
    assert body_of(coded).count(files.TITLE) == 1
    assert body_of(coded).endswith("one thing\n\nanother")


def test_front_matter_in_toml_and_front_matter_that_is_none(tmp_path: Path) -> None:
    toml = only(taken(tmp_path, "a.md", "+++\ntitle = 'T'\ndate = 2026-03-14\n+++\nBody text.\n"))
    assert (toml.meta.title, toml.meta.published, body_of(toml)) == (
        "T",
        "2026-03-14",
        "T\n\nBody text.",
    )
    for front in ("a: [", "- x", "a: &x [*x]", "a: !!python/object:os.system x"):
        found = taken(tmp_path, "b.md", f"---\n{front}\n---\nBody text.\n")
        assert [body_of(coded) for coded in found.coded.values()] == ["Body text."]
        assert "front matter" in found.remarks[0].what


def test_word_keeps_tracked_insertions_and_drops_what_was_deleted(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "a.docx", files.docx([files.TITLE, *files.BODY], [files.TITLE])))
    assert body_of(coded) == "\n\n".join([files.TITLE, *files.BODY])
    assert coded.meta.title == files.TITLE
    assert parts(coded, ZoneKind.HEADLINE) == [files.TITLE]


def test_files_with_the_wrong_name_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    assert files.LEAD in body_of(
        only(taken(tmp_path, "a.docx", files.rtf([files.TITLE, *files.BODY])))
    )
    assert files.LEAD in body_of(
        only(taken(tmp_path, "b.doc", files.docx([files.TITLE, *files.BODY])))
    )
    old = taken(tmp_path, "c.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 100)
    assert "save it as .docx" in old.remarks[0].what
    assert "no RTF" in taken(tmp_path, "d.rtf", "Just a text").remarks[0].what
    assert "no zip" in taken(tmp_path, "e.docx", b"PK\x03\x04 nothing").remarks[0].what


def test_libreoffice_texts_keep_blanks_tabs_and_line_ends(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "a.odt", files.odt([files.TITLE, *files.BODY])))
    assert body_of(coded) == "\n\n".join([files.TITLE, *files.BODY, "a  b\tc\nd e"])


def test_rtf_keeps_every_character(tmp_path: Path) -> None:
    lines = [files.TITLE, *files.BODY, "سلام { \\ } 中"]
    assert body_of(only(taken(tmp_path, "a.rtf", files.rtf(lines)))) == "\n\n".join(lines)


def test_a_book_gives_an_article_for_each_chapter(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.epub", files.epub())
    first, second = found.coded.values()
    assert (first.meta.title, second.meta.title) == (files.TITLE, "A second story")
    assert second.meta.extra["book"] == "The Veldhaven Daily, weekend"
    assert "Contents" not in body_of(first) + body_of(second)


def test_a_print_is_put_together_to_paragraphs(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "a.pdf", files.pdf([files.PDF_LINES])))
    title, lead, *_ = body_of(coded).split("\n\n")
    assert title == coded.meta.title == files.TITLE
    assert lead.startswith(
        "Dock workers in Veldhaven will stay off the job for a second week after talks broke down"
    )


def test_narrow_columns_are_put_together_too(tmp_path: Path) -> None:
    column = [
        "A heading", "The union said on Monday that", "it would go on with the strike", "until the authority gives in.",
        "Nobody knows", "when that will be, as the two", "sides have not met.",
        "What a wide line further down on the same page does to it should not matter at all to anybody here.",
    ]  # fmt: skip
    coded = only(taken(tmp_path, "a.pdf", files.pdf([column])))
    assert body_of(coded).split("\n\n")[:3] == [
        "A heading",
        " ".join(column[1:4]),
        " ".join(column[4:7]),
    ]


def test_running_heads_are_boilerplate_and_pictures_of_text_are_told(tmp_path: Path) -> None:
    pages = [
        ["The Veldhaven Daily", *files.PDF_LINES[1:], f"Page {number}"] for number in range(1, 5)
    ]
    coded = only(taken(tmp_path, "a.pdf", files.pdf(pages)))
    heads = parts(coded, ZoneKind.BOILERPLATE)
    assert heads.count("The Veldhaven Daily") == 4
    assert [head for head in heads if head.startswith("Page")] == [
        f"Page {one}" for one in range(1, 5)
    ]
    assert "OCR" in taken(tmp_path, "b.pdf", files.pdf([[]])).remarks[0].what
    assert "no PDF" in taken(tmp_path, "c.pdf", b"%PDF-1.4\nnothing").remarks[0].what


def test_feeds_tell_teasers(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.rss", files.rss())
    full, teaser = found.coded.values()
    assert full.meta.published == "2026-03-14T09:30:00+01:00"
    assert full.meta.author == "Ana Ruiz"
    assert body_of(full) == "\n\n".join([files.TITLE, *files.BODY])
    assert body_of(teaser) == "A teaser\n\nOnly the first lines & no more."
    assert "first lines of 1" in found.remarks[0].what
    atom = only(taken(tmp_path, "b.atom", files.atom()))
    assert (atom.meta.title, atom.meta.url) == ("One & two", "https://x.example/a")
    assert body_of(atom) == "One & two\n\nFirst <b> one.\n\nSecond."


@pytest.mark.parametrize("name", ["a.csv", "b.tsv", "c.xlsx", "d.json", "e.jsonl"])
def test_tables_give_an_article_for_each_row(name: str, tmp_path: Path) -> None:
    files.write_good("table", tmp_path)
    found = contract.read(tmp_path / name, BOOK)
    first, second = found.coded.values()
    assert (first.meta.title, first.meta.publisher, first.meta.published) == (
        files.TITLE, "Daily", "2026-03-14",
    )  # fmt: skip
    assert body_of(first) == "\n".join(files.BODY)
    assert second.meta.published == "2026-03-14"
    assert second.meta.extra == {"id": "8"}


def test_columns_can_be_said(tmp_path: Path) -> None:
    raw = "one;two;three\nA title;The text, all of it;x\n"
    unsaid = taken(tmp_path, "a.csv", raw)
    assert "--columns text=NAME" in unsaid.remarks[0].what
    said = taken(tmp_path, "a.csv", raw, columns={"text": "two", "title": "one"})
    coded = only(said)
    assert (body_of(coded), coded.meta.title, coded.meta.extra) == (
        "The text, all of it", "A title", {"three": "x"},
    )  # fmt: skip
    for columns, what in (({"text": "four"}, "no column “four”"), ({"txt": "two"}, "no field")):
        assert what in taken(tmp_path, "a.csv", raw, columns=columns).remarks[0].what


def test_bad_rows_are_told_and_the_others_come_in(tmp_path: Path) -> None:
    raw = 'title,text\nA,First text\nB,Second,text\nC,\nD,Third text\nE,"never closed\n'
    found = taken(tmp_path, "a.csv", raw)
    assert [coded.meta.title for coded in found.coded.values()] == ["A", "D"]
    assert [remark.where for remark in found.remarks] == [
        "a.csv, line 3",
        "a.csv, line 4",
        "a.csv, line 6",
    ]
    lines = '{"text": "One."}\n\n{"text": 1,}\n{"text": "Two."}\n[1]\n'
    jsonl = taken(tmp_path, "a.jsonl", lines)
    assert [body_of(coded) for coded in jsonl.coded.values()] == ["One.", "Two."]
    assert [remark.where for remark in jsonl.remarks] == ["a.jsonl, line 3", "a.jsonl, line 5"]


def test_what_excel_and_wrong_encodings_did_is_told(tmp_path: Path) -> None:
    cut = "x" * 32_767
    found = taken(tmp_path, "a.csv", f"title,text\nA,{cut}\nB,It isnâ€™t\n")
    assert [remark.lost for remark in found.remarks] == [0, 0]
    assert "cuts texts off" in found.remarks[0].what
    assert "wrong encoding" in found.remarks[1].what


def test_a_table_that_is_not_utf_8_asks_before_anything_is_taken(tmp_path: Path) -> None:
    rows = "title,text\n" + "".join(f"{number},Text {number}\n" for number in range(50))
    raw = (rows + "51,Café\n").encode("cp1252")
    asked = taken(tmp_path, "a.csv", raw)
    assert asked.coded == {}
    assert "--encoding" in asked.remarks[0].what
    named = taken(tmp_path, "a.csv", raw, encoding="cp1252")
    assert body_of(list(named.coded.values())[-1]) == "Café"


def test_lists_of_articles_inside_json_are_found(tmp_path: Path) -> None:
    raw = {
        "status": "ok",
        "articles": [
            {"source": {"name": "Daily"}, "title": "T", "content": "Words.", "tags": ["a", "b"]}
        ],
    }
    coded = only(taken(tmp_path, "a.json", json.dumps(raw)))
    assert coded.meta.publisher == "Daily"
    assert coded.meta.extra == {"tags": "a, b"}


def test_a_library_that_is_missing_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    for reader in ("docx", "rtf", "pdf", "web", "table"):
        path = files.write_good(reader, tmp_path / reader)[2 if reader == "table" else 0]
        (remark,) = contract.read(path, BOOK).remarks
        assert "python -m pip install " in remark.what


def test_no_date_is_guessed_from_the_words_of_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from htmldate import extractors

    def guess(_: str) -> None:
        raise AssertionError("tries the words of two hundred languages, which takes seconds")

    monkeypatch.setattr(extractors, "_external_date", guess)
    page = files.html(data=False).replace("<figure>", "<div>14 March 20../6</div><figure>")
    coded = only(taken(tmp_path, "page.html", page))
    assert coded.meta.published is None
    assert files.QUOTE in body_of(coded)


def test_a_print_is_called_as_the_file_calls_itself_where_it_says_so(tmp_path: Path) -> None:
    lines = ["Home", *files.PDF_LINES]
    coded = only(taken(tmp_path, "a.pdf", files.pdf([lines], title=files.TITLE)))
    assert coded.meta.title == files.TITLE
    assert parts(coded, ZoneKind.HEADLINE) == [files.TITLE]
    assert only(taken(tmp_path, "b.pdf", files.pdf([lines], title="Word"))).meta.title == "Home"


def test_a_print_that_runs_from_right_to_left_is_put_in_order_and_told(tmp_path: Path) -> None:
    """What is seen as «(zy) 45 xyz» from the left is read from the right."""
    letters = {"x": "א", "y": "ב", "z": "ג"}
    found = taken(tmp_path, "a.pdf", files.pdf([["(zy) 45 xyz", "12 is plain"]], letters))
    assert body_of(only(found)).splitlines()[0].startswith("גבא 45 (בג)")
    assert "12 is plain" in body_of(only(found))
    assert [remark.lost for remark in found.remarks] == [0]
    assert "from right to left" in found.remarks[0].what


def test_room_and_larger_letters_part_the_paragraphs_of_a_print(tmp_path: Path) -> None:
    lines = [
        "The harbour stays shut for a second week and nobody knows for how",
        "much longer it will, as the talks broke down on Sunday night in",
        "What both sides want",
        "They want the night shifts to be paid for, and they want it",
        "soon, as the mayor said to the council on the following day",
        "",
        "And then there is the ferry which nobody has spoken about so",
        "far",
    ]
    raw = files.pdf([lines], large=[lines[2]])
    assert body_of(only(taken(tmp_path, "a.pdf", raw))).split("\n\n") == [
        " ".join(lines[:2]), lines[2], " ".join(lines[3:5]), " ".join(lines[6:]),
    ]  # fmt: skip


def test_head_and_foot_of_a_print_may_have_two_lines(tmp_path: Path) -> None:
    pages = [
        [
            "The Veldhaven Daily",
            f"{number}",
            "Explained:",
            f"Number {number} is done.",
            "The Press",
            "News",
        ]
        for number in range(1, 5)
    ]
    coded = only(taken(tmp_path, "a.pdf", files.pdf(pages)))
    told = parts(coded, ZoneKind.BOILERPLATE)
    assert told.count("The Veldhaven Daily") == told.count("The Press") == told.count("News") == 4
    assert {"1", "2", "3", "4"} <= set(told)
    assert "Explained:" not in told
    assert all(f"Number {number} is done." not in told for number in range(1, 5))


def test_letters_without_a_name_in_a_print_are_seen_and_told(tmp_path: Path) -> None:
    found = taken(tmp_path, "a.pdf", files.pdf([["The oxcer spoke."]], {"x": "\0"}))
    assert body_of(only(found)) == "The o\ufffdcer spoke."
    assert "has 1 letter" in found.remarks[0].what


def test_emoji_in_a_print_stay_whole_beside_letters_from_right_to_left(tmp_path: Path) -> None:
    letters = {"x": "א", "y": "😀"}
    raw = files.pdf([["y xx", "Plain y"]], letters)
    assert body_of(only(taken(tmp_path, "a.pdf", raw))) == "אא 😀\n\nPlain 😀"


def test_the_title_page_of_a_book_is_no_article(tmp_path: Path) -> None:
    page = "<html><body><h1>The Veldhaven Daily, weekend</h1><p>2026-03-14</p></body></html>"
    found = taken(tmp_path, "a.epub", files.epub(cover=page))
    assert len(found.coded) == 2
    assert [(remark.lost, "page 1 says only" in remark.what) for remark in found.remarks] == [
        (0, True)
    ]


def test_backslashes_of_markdown_go_before_any_sign(tmp_path: Path) -> None:
    coded = only(taken(tmp_path, "a.md", "# A\n\nx \\< y \\& z, \\$5 \\@home \\*so\\* \\q\n"))
    assert body_of(coded) == "A\n\nx < y & z, $5 @home *so* \\q"


@pytest.mark.parametrize("above", ["", "\n\n", "sep=;\r\n", "\ufeffsep=;\n\n"])
def test_a_table_may_begin_with_blank_lines_or_with_what_parts_its_cells(
    tmp_path: Path, above: str
) -> None:
    raw = f"{above}Überschrift;Verfasser;Volltext\nStreik, Tag 1;Ana Ruiz;Der Hafen steht still.\n"
    coded = only(taken(tmp_path, "a.csv", raw))
    assert (coded.meta.title, coded.meta.author) == ("Streik, Tag 1", "Ana Ruiz")
    assert body_of(coded) == "Der Hafen steht still."


@pytest.mark.parametrize(
    ("columns", "named"),
    [
        ({"webTitle": "T", "fields.bodyText": "B", "webPublicationDate": "2026-03-01"}, ("T", None, "2026-03-01")),
        ({"title": "T", "maintext": "B", "date_publish": "2026-03-01", "source_domain": "x.org"}, ("T", "x.org", "2026-03-01")),
        ({"Titel": "T", "Artikeltext": "B", "Datum": "01.03.2026", "Quelle": "Bote"}, ("T", "Bote", "2026-03-01")),
        ({"Page Name": "P", "Message": "B", "Post Created": "2026-03-01"}, (None, "P", "2026-03-01")),
    ],
)  # fmt: skip
def test_tables_of_services_are_known_by_their_columns(
    tmp_path: Path, columns: dict[str, str], named: tuple[str | None, ...]
) -> None:
    raw = ",".join(columns) + "\n" + ",".join(columns.values()) + "\n"
    coded = only(taken(tmp_path, "a.csv", raw))
    assert body_of(coded) == "B"
    assert (coded.meta.title, coded.meta.publisher, coded.meta.published) == named
