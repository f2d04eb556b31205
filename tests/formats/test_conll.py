"""Tags and tokens: every scheme, words apart by more than a space, files of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.formats.conll_tags import Tagged, spans_of
from annotator.formats.registry import writer_named
from annotator.services.codebooks import default_codebook
from tests.formats.contract import Wish, make, read, write


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("B-P I-P O B-P", [(0, 1, "P"), (3, 3, "P")]),
        ("I-P I-P O I-P", [(0, 1, "P"), (3, 3, "P")]),  # IOB1
        ("I-P B-P I-Q", [(0, 0, "P"), (1, 1, "P"), (2, 2, "Q")]),
        ("U-P B-P L-P O", [(0, 0, "P"), (1, 2, "P")]),  # BILOU
        ("S-P B-P I-P E-P", [(0, 0, "P"), (1, 3, "P")]),  # IOBES
        ("P P O Q", [(0, 1, "P"), (3, 3, "Q")]),  # no letters
        ("B-B-NOTBIO! I-B-NOTBIO!", [(0, 1, "B-NOTBIO!")]),  # C16
        ("O O", []),
    ],
)
def test_tags_are_read_in_every_scheme(tags: str, spans: list[tuple[int, int, str]]) -> None:
    assert list(spans_of(Tagged("x", tag) for tag in tags.split())) == spans


def taken(tmp_path: Path, lines: str, name: str = "eng.conll", **options: object):
    file = tmp_path / name
    file.write_text(lines, encoding="utf-8", newline="")
    return read(file, default_codebook(), **options)


def test_a_file_of_others_becomes_an_article_for_each_document(tmp_path: Path) -> None:
    lines = (
        "-DOCSTART- -X- O O\n\nKyiv NNP I-NP B-ORG\ncondemned VBD I-VP O\nit PRP I-NP O\n\n\n"
        "Lviv NNP I-NP B-LOC\n\n-DOCSTART- -X- O\n\nAmal NNP O B-PER\n\n\n"
    )
    result = taken(tmp_path, lines)
    texts = sorted(coded.text.text for coded in result.in_order() if coded.text)
    assert texts == ["Amal", "Kyiv condemned it\nLviv"]
    assert sorted(mark.text for coded in result.in_order() for mark in coded.marks) == [
        "Amal",
        "Kyiv",
    ]
    assert [remark.lost for remark in result.remarks if "LOC" in remark.what] == [1]


def test_tokens_are_found_by_place_not_by_counting(tmp_path: Path) -> None:  # C6, B19
    book = default_codebook()
    _, coded = make(4, Wish(odd=False))
    for seed in range(30):
        _, coded = make(seed, Wish(odd=False))
        out = tmp_path / str(seed)
        write(writer_named("conll"), coded, book, out)
        for file in out.glob("*.conll"):
            for line in file.read_text(encoding="utf-8").split("\n"):
                assert not line or len(line.split(" ")) == 4  # C10
                assert not line or line.split(" ")[3][0] in "BIO"


def test_a_text_that_differs_is_refused(tmp_path: Path) -> None:
    book, coded = make(11, Wish(odd=False))
    out = tmp_path / "out"
    write(writer_named("conll"), coded, book, out)
    for file in out.glob("*.conll"):
        file.write_text(
            file.read_text(encoding="utf-8").replace(" -X- -X- ", "x -X- -X- ", 1), encoding="utf-8"
        )
    result = read(out, book)
    assert any("where the text has another" in remark.what for remark in result.remarks)


TAGGED = "Amal NNP B-NP B-PER\nHaddad NNP I-NP I-PER\nspoke VBD B-VP O\n. . O O\n\n"


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("train.txt", f"-DOCSTART- -X- O O\n\n{TAGGED}"),
        ("train.txt", TAGGED),
        ("eng.testa", TAGGED),
        ("dev.tsv", TAGGED.replace(" ", "\t")),
        ("dev.tsv", f"\n# a remark\n{TAGGED.replace(' ', chr(9))}"),
        ("bom.txt", f"\ufeff{TAGGED}"),
        ("long.txt", TAGGED * 200),
    ],
)
def test_columns_are_known_by_what_is_in_them(tmp_path: Path, name: str, raw: str) -> None:
    found = taken(tmp_path, raw, name)
    (coded,) = found.coded.values()
    assert coded.text
    assert coded.text.text.startswith("Amal Haddad spoke .")
    assert coded.marks
    assert {mark.text for mark in coded.marks} == {"Amal Haddad"}


@pytest.mark.parametrize(
    "raw",
    [
        "Vitamin O\nis a joke.\n",
        "I like B-movies\nand she likes O\nbut no B-side",
        "O\nO\nO\n",
    ],
)
def test_a_text_is_no_columns(tmp_path: Path, raw: str) -> None:
    (coded,) = taken(tmp_path, raw, "a.txt").coded.values()
    assert coded.text
    assert coded.text.text == raw
    assert coded.marks == ()


@pytest.mark.parametrize("mark", ["B-ORG", "B-ORG|B-ORGpart", "ORG"])
def test_older_files_of_webanno_are_refused_in_their_own_words(tmp_path: Path, mark: str) -> None:
    raw = (
        " # de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity | value\n#id=1\n#text=Kyiv spoke up.\n"
        f"1-1\tKyiv\t{mark}\t\n1-2\tspoke\tO\t\n1-3\tup\tO\t\n1-4\t.\tO\t\n"
    )
    found = taken(tmp_path, raw, "old.tsv")
    assert not found.coded
    assert "export it as WebAnno TSV 3" in found.remarks[0].what


def test_numbered_tokens_may_have_several_columns_of_tags(tmp_path: Path) -> None:
    raw = (
        "#\tn-tv.de [2026-03-14]\n"
        "1\tDie\tO\tO\n2\tUni\tB-ORG\tO\n3\tVelden\tI-ORG\tB-PER\n4\t#\tO\tO\n\n1\tAmal\tB-PER\tO\n"
    )
    (coded,) = taken(tmp_path, raw, "a.tsv").coded.values()
    assert coded.text
    assert coded.text.text == "Die Uni Velden #\nAmal"
    assert sorted(mark.text for mark in coded.marks) == ["Amal", "Uni Velden", "Velden"]
