"""UIMA files of others, and ours as another library reads them."""

from __future__ import annotations

import json
from pathlib import Path

from annotator.services.codebooks import default_codebook
from tests.formats.contract import read

TEXT = "I like it \U0001f60a ."

XMI = """<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore"
 xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
 xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<type:Token xmi:id="7" sofa="1" begin="0" end="1"/>
<ner:NamedEntity xmi:id="8" sofa="1" begin="0" end="1" value="PER"/>
<custom:Claim xmi:id="9" sofa="1" begin="10" end="12" stance="support"/>
<custom:Cue xmi:id="10" sofa="1" begin="13" end="14"/>
<custom:Source xmi:id="11" sofa="1" begin="10" end="12" Dependent="8" Governor="9" label="source"/>
<custom:Source xmi:id="12" sofa="1" begin="10" end="12" Dependent="99" Governor="9" label="source"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="{text}"/>
<cas:View sofa="1" members="7 8 9 10 11 12"/>
</xmi:XMI>"""


def test_an_xmi_of_others_comes_in_at_utf16_places(tmp_path: Path) -> None:  # A6, E1, E6
    (tmp_path / "doc.xmi").write_text(XMI.replace("{text}", TEXT), encoding="utf-8")
    result = read(tmp_path / "doc.xmi", default_codebook())
    (coded,) = result.in_order()
    assert {(mark.layer, mark.text) for mark in coded.marks} == {
        ("actor", "I"),
        ("claim", "\U0001f60a"),
        ("cue", "."),
    }
    by_id = {mark.id: mark for mark in coded.marks}
    assert [
        (by_id[link.start].layer, link.type, by_id[link.end or ""].layer) for link in coded.links
    ] == [("claim", "source", "actor")]
    assert [remark.lost for remark in result.remarks if remark.kind == "link"] == [1]


def test_a_json_cas_of_others_comes_in(tmp_path: Path) -> None:
    data = {
        "%TYPES": {},
        "%FEATURE_STRUCTURES": [
            {
                "%ID": 1,
                "%TYPE": "uima.cas.Sofa",
                "sofaNum": 1,
                "sofaID": "_InitialView",
                "sofaString": TEXT,
            },
            {"%ID": 2, "%TYPE": "custom.Claim", "@sofa": 1, "begin": 10, "end": 12, "@topics": 5},
            {"%ID": 3, "%TYPE": "custom.Claim", "@sofa": 1, "begin": 11, "end": 12},
            {"%ID": 5, "%TYPE": "uima.cas.StringArray", "%ELEMENTS": ["peace", "trade"]},
        ],
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": [2, 3]}},
    }
    (tmp_path / "doc.json").write_text(json.dumps(data), encoding="utf-8")
    result = read(tmp_path / "doc.json", default_codebook())
    (coded,) = result.in_order()
    assert [(mark.text, mark.attributes["topics"]) for mark in coded.marks] == [
        ("\U0001f60a", ("peace", "trade"))
    ]
    assert [remark.lost for remark in result.remarks] == [1]  # half a character
