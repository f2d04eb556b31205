"""The situations that WebAnno TSV 3 can hold, each as a small file of its own, with what has to come of it.

A situation is written short: a line for each token and for each part of one, the cells of its
layers after two blanks, an empty line between sentences. ``>1-3`` stands for the characters 1 to
3 of the token above. ``file_of`` makes the file of it, with addresses and UTF-16 offsets.
"""

from __future__ import annotations

from dataclasses import dataclass, field

NAMED = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value"
SPAN = "#T_SP=webanno.custom.Span|value"
BARE = "#T_SP=webanno.custom.Quotation|"
CLAIM = "#T_SP=webanno.custom.Claim|stance|topics"
SAYS = "#T_RL=webanno.custom.Says|label|BT_webanno.custom.Span"
UNNAMED = "#T_RL=webanno.custom.Source|BT_webanno.custom.Span"
WEIGHED = "#T_RL=webanno.custom.Says|label|sure|weight|BT_webanno.custom.Span"
SLOTS = "#T_SP=webanno.custom.Claim|ROLE_webanno.custom.Claim:source_webanno.custom.ClaimLink|webanno.custom.Span"
VALUED_SLOTS = f"{SLOTS}|stance"
ANY_SLOTS = "#T_SP=webanno.custom.Claim|ROLE_webanno.custom.Claim:source_webanno.custom.ClaimLink|uima.tcas.Annotation"
CHAIN = "#T_CH=webanno.custom.Mention|referenceRelation|referenceType"

Said = tuple[str, str, dict[str, object]]
PERSON = {"type": "person"}
FIRM = {"type": "organisation"}


@dataclass(frozen=True)
class Situation:
    """A file and what has to come of it.

    Attributes:
        text: where it is not the tokens with one blank between them and a line for each sentence.
        marks: layer, words and values of each mark.
        links: words at the start, type, words at the end.
        lost: how many records of each kind the report lists.
        told: words that stand in the report.
    """

    name: str
    layers: tuple[str, ...]
    rows: str
    marks: tuple[Said, ...] = ()
    links: tuple[tuple[str, str, str], ...] = ()
    lost: dict[str, int] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    text: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    sentence_ids: bool = False


def one(layer: str, words: str, **values: object) -> Said:
    """Return a mark that is expected."""
    return layer, words, values


SITUATIONS = (
    # Marks on whole tokens
    Situation("annotations of tokens alone", (), "Rain\nfell\n."),
    Situation("one token with a value", (NAMED,), "Mara  PER\nspoke  _", (one("actor", "Mara", type="person"),)),
    Situation("one token without a value", (CLAIM,), "Mara  _  _\nlied  *  *", (one("claim", "lied"),)),
    Situation("one token in a layer without features", (BARE,), "Mara  _\nlied  *", (one("claim", "lied"),)),
    Situation(
        "two values, one not filled in", (CLAIM,), "Mara  _  _\nlied  *  peace",
        (one("claim", "lied", topics=("peace",)),),
    ),
    Situation(
        "several values of one feature", (CLAIM,), "Mara  _  _\nlied  oppose  peace;trade",
        (one("claim", "lied", stance="oppose", topics=("peace", "trade")),),
    ),
    Situation(
        "a value on every token", (NAMED,), "Mara  PER\nActa  ORG\nReuters  ORG",
        (one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation"),
         one("actor", "Reuters", type="organisation")),
    ),
    Situation("an inherited type with two features", ("#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue|coarseValue",),
        "John  NN  NOUN", lost={"mark": 1}, told=("“POS”",)),
    Situation("stacked on one token with values", (NAMED,), "Mara  PER[1]|ORG[2]\nspoke  _",
        (one("actor", "Mara", type="person"), one("actor", "Mara", type="organisation"))),
    Situation("stacked on one token without values", (BARE,), "Mara  _\nlied  *[1]|*[2]", (one("claim", "lied"), one("claim", "lied"))),
    Situation("stacked three high, one without a value", (CLAIM,),
        "Mara  _  _\nlied  oppose[1]|*[2]|support[3]  *[1]|a[2]|*[3]",
        (one("claim", "lied", stance="oppose"), one("claim", "lied", topics=("a",)), one("claim", "lied", stance="support"))),
    # Values that look like something else
    Situation("a value of underscores", (CLAIM,), "Mara  _  _\nlied  *  \\_", (one("claim", "lied", topics=("_",)),)),
    Situation("a value of asterisks", (CLAIM,), "Mara  _  _\nlied  *  \\*", (one("claim", "lied", topics=("*",)),)),
    Situation("a value like the name of a feature", (CLAIM,), "Mara  _  _\nlied  *  org.example.type.NamedEntity:value",
        (one("claim", "lied", topics=("org.example.type.NamedEntity:value",)),)),
    Situation("a value like an IOB tag", (CLAIM,), "Mara  _  _\nlied  *  B-NOTBIO!", (one("claim", "lied", topics=("B-NOTBIO!",)),)),
    Situation("a label like an IOB tag", (SPAN,), "Mara  B-PER\nlied  I-PER", lost={"mark": 2}, told=("“B-PER”", "“I-PER”")),
    Situation("a value like an id", (CLAIM,), "Mara  _  _\nlied  *  NOTSTACKED\\[0\\]", (one("claim", "lied", topics=("NOTSTACKED[0]",)),)),
    Situation("a value like an id, with an id", (CLAIM,), "Mara  _  _\nlied  *[7]  NOT\\[0\\][7]", (one("claim", "lied", topics=("NOT[0]",)),)),
    Situation("a value like two stacked ones", (CLAIM,), "Mara  _  _\nlied  *  peace\\|war", (one("claim", "lied", topics=("peace|war",)),)),
    Situation("a value like two in a list", (CLAIM,), "Mara  _  _\nlied  *  peace\\;war", (one("claim", "lied", topics=("peace;war",)),)),
    Situation("a value like an element of a chain", (CLAIM,), "Mara  _  _\nlied  *  x\\->1-1", (one("claim", "lied", topics=("x->1-1",)),)),
    Situation("a value like a line of its own", (CLAIM,), "Mara  _  _\nlied  *  \\n\\n#Text=x\\t1-9",
        (one("claim", "lied", topics=("\n\n#Text=x\t1-9",)),)),
    Situation("a value of odd signs", (CLAIM,), "Mara  _  _\nlied  *  #'\"`´:{}()\\\\§$%?\\=&😀",
        (one("claim", "lied", topics=("#'\"`´:{}()\\§$%?=&😀",)),)),
    Situation("a token that looks like a header", (NAMED,), "#Text=Mara  PER\n_  _\n*  _", (one("actor", "#Text=Mara", type="person"),)),
    # Several tokens
    Situation("several tokens with a value", (NAMED,), "Mara  PER[1]\nLind  PER[1]\nspoke  _", (one("actor", "Mara Lind", type="person"),)),
    Situation("several tokens without a value", (BARE,), "She  _\nwill  *[1]\nnot  *[1]\ngo  *[1]", (one("claim", "will not go"),)),
    Situation("stacked on several tokens with values", (NAMED,), "Port  PER[1]|ORG[2]\nRiga  PER[1]|ORG[2]",
        (one("actor", "Port Riga", type="person"), one("actor", "Port Riga", type="organisation"))),
    Situation("stacked on several tokens without values", (BARE,), "They  *[1]|*[2]\nlied  *[1]|*[2]", (one("claim", "They lied"), one("claim", "They lied"))),
    Situation("two that touch", (NAMED,), "Mara  PER[1]\nLind  PER[1]\nActa  PER[2]\nLtd  PER[2]",
        (one("actor", "Mara Lind", type="person"), one("actor", "Acta Ltd", type="person"))),
    Situation("two that cross", (BARE,), "He  *[1]\nmay  *[1]|*[2]\ngo  *[2]", (one("claim", "He may"), one("claim", "may go"))),
    Situation("one inside another", (BARE,), "He  *[1]\nmay  *[1]|*[2]\ngo  *[1]", (one("claim", "He may go"), one("claim", "may"))),
    Situation("the same place in two layers", (NAMED, BARE), "Acta  ORG[1]  *[2]\nlied  _  *[2]",
        (one("actor", "Acta", type="organisation"), one("claim", "Acta lied"))),
    # Parts of tokens
    Situation("the beginning of a token", (NAMED,), "Kyivbased  _\n>0-4  PER", (one("actor", "Kyiv", type="person"),)),
    Situation("the end of a token", (NAMED,), "exActa  _\n>2-6  ORG", (one("actor", "Acta", type="organisation"),)),
    Situation("the inside of a token", (NAMED,), "(Acta)  _\n>1-5  ORG", (one("actor", "Acta", type="organisation"),)),
    Situation("a token and its beginning", (NAMED,), "Kyivan  PER\n>0-4  ORG", (one("actor", "Kyivan", type="person"), one("actor", "Kyiv", type="organisation"))),
    Situation("two parts of a token that cross", (BARE,), "blackboard  _\n>0-6  *\n>3-10  *", (one("claim", "blackb"), one("claim", "ckboard"))),
    Situation("from inside one token to inside another", (BARE,), "This  _\n>1-4  *[1]\nis  _\n>0-1  *[1]", (one("claim", "his i"),)),
    Situation("from inside a token over a whole one", (BARE,), "This  _\n>2-4  *[1]\nis  *[1]\nfine  _\n>0-2  *[1]", (one("claim", "is is fi"),)),
    Situation("two that meet inside a token", (BARE,), "This  _\n>1-4  *[1]\nis  _\n>0-1  *[1]\n>1-2  *[2]\na  *[2]\ntest  _\n>0-2  *[2]",
        (one("claim", "his i"), one("claim", "s a te"))),
    Situation("parts of several tokens with a value", (NAMED,), "nonMara  _\n>3-7  PER[1]\nLindlike  _\n>0-4  PER[1]", (one("actor", "Mara Lind", type="person"),)),
    Situation("stacked parts of several tokens with values", (NAMED,), "nonMara  _\n>3-7  PER[1]|ORG[2]\nLindlike  _\n>0-4  PER[1]|ORG[2]",
        (one("actor", "Mara Lind", type="person"), one("actor", "Mara Lind", type="organisation"))),
    # Sentences
    Situation("across sentences with a value", (NAMED,), "by  _\nMara  PER[1]\n\nLind  PER[1]\n.  _", (one("actor", "Mara\nLind", type="person"),)),
    Situation("across sentences without a value", (BARE,), "It  _\nends  *[1]\n\nNow  *[1]\n.  _", (one("claim", "ends\nNow"),)),
    Situation("over a whole sentence in the middle", (BARE,), "a  _\nb  *[1]\n\nc  *[1]\n\nd  *[1]\ne  _", (one("claim", "b\nc\nd"),)),
    Situation("no space between sentences", (BARE,), "No.  *[1]\n\nYes.  *[2]", (one("claim", "No."), one("claim", "Yes.")), text="No.Yes."),
    Situation("a line break in a sentence", (BARE,), "This  *[1]\nis  *[1]\nit  _", (one("claim", "This\nis"),), text="This\nis it"),
    Situation("a tab in a sentence", (BARE,), "This  *[1]\nis  *[1]\nit  _", (one("claim", "This\tis"),), text="This\tis it"),
    Situation("blank space in runs", (BARE,), "This  *[1]\nis  *[1]\nit  _", (one("claim", "This  \u00a0 is"),), text="This  \u00a0 is   it"),
    Situation("sentences with ids", (NAMED,), "Mara  PER\nspoke  _\n\nActa  ORG\nfell  _", (one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")), sentence_ids=True),
    Situation("a text that begins with blank space", (NAMED,), "Mara  PER\nspoke  _", (one("actor", "Mara", type="person"),), text="  Mara spoke"),
    Situation("empty lines between sentences", (NAMED,), "Mara  PER\n\nActa  ORG", (one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")), text="Mara   \nActa"),
    # Characters of two UTF-16 units, and of several code points
    Situation("an emoji before", (BARE,), "I  _\nlike  _\n\U0001f60a  _\nit  *", (one("claim", "it"),)),
    Situation("an emoji itself", (BARE,), "so  _\n\U0001f60a  *\nyes  _", (one("claim", "\U0001f60a"),)),
    Situation("a part behind an emoji in one token", (BARE,), "\U0001f60aok\U0001f60a  _\n>1-3  *", (one("claim", "ok"),)),
    Situation("an emoji of several code points", (BARE,), "\U0001f469\u200d\U0001f680  *[1]\nflies  *[1]", (one("claim", "\U0001f469\u200d\U0001f680 flies"),)),
    Situation("letters with combining marks", (NAMED,), "Zoe\u0308  PER\n\U0001d518nit  ORG", (one("actor", "Zoe\u0308", type="person"), one("actor", "\U0001d518nit", type="organisation"))),
    Situation("right to left", (NAMED,), "قال  _\nمحمد  PER\nلا  _", (one("actor", "محمد", type="person"),)),
    # Nothing covered
    Situation("zero width without features", (BARE,), "This  _\n>0-0  *\nis  _\n>2-2  *", lost={"mark": 2}, told=("covers nothing",)),
    Situation("zero width without values", (CLAIM,), "This  _  _\n>0-0  *  *", lost={"mark": 1}),
    Situation("zero width with values", (NAMED,), "This  _\n>0-0  PER\nis  _\n>2-2  ORG", lost={"mark": 2}),
    Situation("zero width between adjacent tokens", (NAMED,), "word  _\n>4-4  PER\n.  ORG", (one("actor", ".", type="organisation"),), lost={"mark": 1}, text="word."),
    Situation("zero width, stacked", (BARE,), "This  _\n>0-0  *[1]|*[2]", lost={"mark": 2}),
    Situation("zero width before the first token", (NAMED,), "one  _\n>0-0  *\ntwo  _", lost={"mark": 1}, text=" one two"),
    Situation("zero width between tokens", (NAMED,), "one  _\n>3-3  *\ntwo  PER", (one("actor", "two", type="person"),), lost={"mark": 1}),
    Situation("zero width behind the last token", (NAMED,), "one  PER\ntwo  _\n>3-3  *", (one("actor", "one", type="person"),), lost={"mark": 1}),
    # Relations
    Situation("a relation of tokens with a value", (SPAN, SAYS), "Mara  PER  _  _\nlied  claim  _  _\nyes  claim  source  1-1",
        (one("actor", "Mara", type="person"), one("claim", "lied"), one("claim", "yes")), lost={"link": 1}, told=("source link",)),
    Situation("a relation to the left", (SPAN, SAYS), "Mara  PER  source  1-2\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("a relation to the right", (SPAN, SAYS), "lied  claim  _  _\nMara  PER  source  1-1",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("a relation without a value", (SPAN, SAYS), "Mara  PER  *  1-2\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), lost={"link": 1}, told=("Says link",)),
    Situation("a relation without features", (SPAN, UNNAMED), "Mara  PER  1-2\nlied  claim  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), lost={"link": 1}, told=("Source link",)),
    Situation("a relation with several values", (SPAN, WEIGHED), "Mara  PER  source  true  42  1-2\nlied  claim  _  _  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),), {"value": 2}, ("sure “true”, weight “42”",)),
    Situation("a relation of several tokens", (SPAN, SAYS), "Mara  PER[1]  source  1-3[2_1]\nLind  PER[1]  _  _\nwill  claim[2]  _  _\ngo  claim[2]  _  _",
        (one("actor", "Mara Lind", type="person"), one("claim", "will go")), (("will go", "source", "Mara Lind"),)),
    Situation("a relation of one token and several", (SPAN, SAYS), "Mara  PER  source  1-2[2_0]\nwill  claim[2]  _  _\ngo  claim[2]  _  _",
        (one("actor", "Mara", type="person"), one("claim", "will go")), (("will go", "source", "Mara"),)),
    Situation("stacked relations with several values", (SPAN, WEIGHED),
        "Mara  PER[1]  source|addressee  true|false  42|43  1-3[2_1]|1-3[2_1]\nLind  PER[1]  _  _  _  _\nwill  claim[2]  _  _  _  _\ngo  claim[2]  _  _  _  _",
        (one("actor", "Mara Lind", type="person"), one("claim", "will go")),
        (("will go", "source", "Mara Lind"), ("will go", "addressee", "Mara Lind")), {"value": 4}),
    Situation("the same relation twice", (SPAN, SAYS), "Mara  PER  source|source  1-2|1-2\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),), {"link": 1}, ("twice",)),
    Situation("a relation to one of two stacked", (SPAN, SAYS), "Mara  PER  source  1-2[1_0]\nlied  claim[1]|quote[2]  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("a relation from one of two stacked", (SPAN, SAYS), "Mara  PER[1]|ORG[2]  source  1-2[0_2]\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("actor", "Mara", type="organisation"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("relations between both of two stacked", (SPAN, SAYS), "Mara  PER[1]|ORG[2]  source|about  1-2[3_1]|1-2[4_2]\nlied  claim[3]|quote[4]  _  _",
        (one("actor", "Mara", type="person"), one("actor", "Mara", type="organisation"), one("claim", "lied"), one("claim", "lied")),
        (("lied", "about", "Mara"), ("lied", "source", "Mara"))),
    Situation("a relation of stacked marks that overlap", (SPAN, SAYS), "Mara  PER[1]|claim[2]  source  1-1[2_1]\nlied  claim[2]  _  _",
        (one("actor", "Mara", type="person"), one("claim", "Mara lied")), (("Mara lied", "source", "Mara"),)),
    Situation("a relation on one place", (SPAN, SAYS), "No.  claim[1]|PER[2]  source  1-1[1_2]", (one("claim", "No."), one("actor", "No.", type="person")), (("No.", "source", "No."),)),
    Situation("a relation of a part of a token", (SPAN, SAYS), "Maralied  _  _  _\n>0-4  PER  source  1-1.2\n>4-8  claim  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("a relation of a part and a token", (SPAN, SAYS), "Maraist  _  _  _\n>0-4  PER  source  1-2\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("a relation across sentences", (SPAN, SAYS), "Mara  PER  source  2-1\n\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("claim", "lied")), (("lied", "source", "Mara"),)),
    Situation("several relations of one mark", (SPAN, SAYS), "Mara  PER  source  1-3\nActa  ORG  source  1-3\nlied  claim  _  _",
        (one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation"), one("claim", "lied")),
        (("lied", "source", "Acta"), ("lied", "source", "Mara"))),
    Situation("a relation to itself", (SPAN, SAYS), "lied  claim  inside  1-1", (one("claim", "lied"),), lost={"link": 1}),
    Situation("a relation to nothing", (SPAN, SAYS), "lied  claim  inside  4-9", (one("claim", "lied"),), lost={"link": 1}, told=("unit 4-9",)),
    Situation("a relation to zero width", (SPAN, SAYS), "Mara  PER  source  1-2.1\nlied  _  _  _\n>0-0  claim  _  _", (one("actor", "Mara", type="person"),), lost={"mark": 1, "link": 1}),
    Situation("a dependency tree", ("#T_SP=de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS|PosValue", "#T_RL=de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.Dependency|DependencyType|flavor|BT_de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS"),
        "Mara  NE  nsubj  basic  1-2\nlied  VV  *  *  1-2", lost={"mark": 2, "link": 2, "value": 1}, told=("“POS”",)),
    # Slots
    Situation("slots with roles", (SPAN, SLOTS), "lied  _  source;about  1-2;1-3\nMara  PER  _  _\nActa  ORG  _  _",
        (one("claim", "lied"), one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")),
        (("lied", "about", "Acta"), ("lied", "source", "Mara"))),
    Situation("slots without roles", (SPAN, SLOTS), "lied  _  *;*  1-2;1-3\nMara  PER  _  _\nActa  ORG  _  _",
        (one("claim", "lied"), one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")),
        (("lied", "source", "Acta"), ("lied", "source", "Mara"))),
    Situation("slots that nothing fills", (SPAN, ANY_SLOTS), "lied  _  _  *\nMara  PER  _  _", (one("claim", "lied"), one("actor", "Mara", type="person"))),
    Situation("slots with a role that is none of ours", (SPAN, SLOTS), "lied  _  agent  1-2\nMara  PER  _  _",
        (one("claim", "lied"), one("actor", "Mara", type="person")), lost={"link": 1}, told=("agent link",)),
    Situation("two slots of one role", (SPAN, SLOTS), "lied  _  about;about  1-2;1-3\nMara  PER  _  _\nActa  ORG  _  _",
        (one("claim", "lied"), one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")),
        (("lied", "about", "Acta"), ("lied", "about", "Mara"))),
    Situation("slots of stacked marks", (SPAN, SLOTS), "lied  _  source;source[1]|about;about[2]  1-2;1-3|1-2;1-3\nMara  PER  _  _\nActa  ORG  _  _",
        (one("claim", "lied"), one("claim", "lied"), one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")),
        (("lied", "about", "Acta"), ("lied", "about", "Mara"), ("lied", "source", "Acta"), ("lied", "source", "Mara"))),
    Situation("slots and a value", (SPAN, VALUED_SLOTS), "lied  _  *;*  1-2;1-3  oppose\nMara  PER  _  _  _\nActa  ORG  _  _  _",
        (one("claim", "lied", stance="oppose"), one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")),
        (("lied", "source", "Acta"), ("lied", "source", "Mara"))),
    Situation("stacked slots and values", (SPAN, VALUED_SLOTS), "lied  _  *[1]|about[2]  1-2|1-2  oppose[1]|support[2]\nMara  PER  _  _  _",
        (one("claim", "lied", stance="oppose"), one("claim", "lied", stance="support"), one("actor", "Mara", type="person")),
        (("lied", "about", "Mara"), ("lied", "source", "Mara"))),
    Situation("stacked slots that nothing fills, and values", (SPAN, VALUED_SLOTS), "lied  _  _[1]|_[2]  *|*  oppose[1]|support[2]",
        (one("claim", "lied", stance="oppose"), one("claim", "lied", stance="support"))),
    Situation("one of two stacked slots filled", (SPAN, ANY_SLOTS), "Mara  PER[3]  _[1]|source[2]  *|1-1[3]",
        (one("actor", "Mara", type="person"), one("claim", "Mara"), one("claim", "Mara")), (("Mara", "source", "Mara"),)),
    Situation("slots across sentences", (SPAN, SLOTS), "lied  _  source;about  1-2;2-1\nMara  PER  _  _\n\nActa  ORG  _  _",
        (one("claim", "lied"), one("actor", "Mara", type="person"), one("actor", "Acta", type="organisation")),
        (("lied", "about", "Acta"), ("lied", "source", "Mara"))),
    Situation("slots filled by several tokens", (SPAN, SLOTS), "lied  _  source  1-2[1]\nMara  PER[1]  _  _\nLind  PER[1]  _  _",
        (one("claim", "lied"), one("actor", "Mara Lind", type="person")), (("lied", "source", "Mara Lind"),)),
    Situation("slots filled by stacked marks", (SPAN, SLOTS), "lied  _  source;about  1-2[1];1-2[2]\nPort  PER[1]|ORG[2]  _  _\nRiga  PER[1]|ORG[2]  _  _",
        (one("claim", "lied"), one("actor", "Port Riga", type="person"), one("actor", "Port Riga", type="organisation")),
        (("lied", "about", "Port Riga"), ("lied", "source", "Port Riga"))),
    Situation("slots of several tokens, said on each", (SPAN, SLOTS), "He  _  source[4]  1-3\nlied  _  source[4]  1-3\nMara  PER  _  _",
        (one("claim", "He lied"), one("actor", "Mara", type="person")), (("He lied", "source", "Mara"),)),
    Situation("slots filled by zero width", (SPAN, SLOTS), "lied  _  source;about  1-2;1-3.1\nMara  PER  _  _\nso  _  _  _\n>2-2  ORG  _  _",
        (one("claim", "lied"), one("actor", "Mara", type="person")), (("lied", "source", "Mara"),), {"mark": 1, "link": 1}),
    Situation("slots of zero width", (SPAN, SLOTS), "lied  _  _  _\n>0-0  _  source;about  1-2;1-2\nMara  PER  _  _", (one("actor", "Mara", type="person"),), lost={"mark": 1, "link": 2}),
    Situation("slots filled by another layer", (NAMED, BARE, ANY_SLOTS), "lied  _  *  source  1-2\nMara  PER  _  _  _",
        (one("claim", "lied"), one("claim", "lied"), one("actor", "Mara", type="person")), (("lied", "source", "Mara"),)),
    # Chains: their elements are marks, what ties them is a link where the codebook has one
    Situation("a chain without labels", (CHAIN,), "Mara  *->1-1  *[1]\nlied  _  _\nshe  *->1-2  *[1]", lost={"mark": 2, "link": 1}, told=("“Mention”",)),
    Situation("a chain with labels", (CHAIN,), "Mara  same->1-1  PER[1]\nlied  _  _\nshe  same->1-2  PER[1]\nher  *->1-3  PER[1]",
        (one("actor", "Mara", type="person"), one("actor", "she", type="person"), one("actor", "her", type="person")), lost={"link": 2}, told=("same link",)),
    Situation("a chain of several tokens", (CHAIN,), "Mara  *->1-1  PER[1]\nLind  *->1-1  PER[1]\nthe  *->1-2  PER[1]\nmayor  *->1-2  PER[1]",
        (one("actor", "Mara Lind", type="person"), one("actor", "the mayor", type="person")), lost={"link": 1}),
    Situation("stacked chains", (CHAIN,), "he  inside->1-1|*->2-2  quote[1]|claim[2]\nlied  *->1-2|inside->2-1  quote[1]|claim[2]",
        (one("claim", "he"), one("claim", "he"), one("claim", "lied"), one("claim", "lied")), (("he", "inside", "lied"), ("lied", "inside", "he"))),
    Situation("a chain of parts of tokens", (CHAIN,), "exMara  _  _\n>2-6  *->1-1  PER[1]\nso  _  _\n>1-1  *->1-2  PER[1]\nnonshe  _  _\n>3-6  *->1-3  PER[1]",
        (one("actor", "Mara", type="person"), one("actor", "she", type="person")), lost={"mark": 1, "link": 2}),
    Situation("a chain over sentences", (CHAIN,), "Mara  *->1-1  PER[1]\n\nshe  *->1-2  PER[1]", (one("actor", "Mara", type="person"), one("actor", "she", type="person")), lost={"link": 1}),
    Situation("a chain and a layer of marks", (CHAIN, NAMED), "Mara  *->1-1  PER[1]  ORG", (one("actor", "Mara", type="person"), one("actor", "Mara", type="organisation"))),
    # Labels that are mapped
    Situation("a layer that was given a meaning", (SPAN,), "Mara  *\nsaid  *", (one("cue", "Mara"), one("cue", "said")), labels={"Span": "cue"}),
    Situation("a label that was given a meaning", (SPAN,), "Mara  MP\nsaid  VERB", (one("actor", "Mara", type="government"), one("cue", "said")), labels={"MP": "actor:government", "VERB": "cue"}),
    Situation("labels that nobody knows", (SPAN,), "Mara  XX\nsaid  XX\nno  YY", lost={"mark": 3}, told=("“XX”", "“YY”")),
    Situation("values that nobody knows", (CLAIM,), "lied  loves  *", (one("claim", "lied"),), lost={"": 1}, told=("stance",)),
)  # fmt: skip


def file_of(situation: Situation) -> str:
    """Return the file that WebAnno would write of a situation."""
    sentences = [block.split("\n") for block in situation.rows.split("\n\n")]
    text = situation.text
    if text is None:
        text = "\n".join(
            " ".join(_cells(row)[0] for row in rows if not row.startswith(">"))
            for rows in sentences
        )
    lines = ["#FORMAT=WebAnno TSV 3.3", *situation.layers, ""]
    position = 0
    for number, rows in enumerate(sentences, start=1):
        units: list[str] = []
        first, token, part = None, 0, 0
        start = end = position
        for row in rows:
            form, *cells = _cells(row)
            if form.startswith(">"):
                part += 1
                low, high = (start + int(one) for one in form[1:].split("-"))
                address = f"{number}-{token}.{part}"
            else:
                token, part = token + 1, 0
                start = text.index(form, position)
                low, high = start, start + len(form)
                end = position = high
                first = start if first is None else first
                address = f"{number}-{token}"
            place = f"{_units(text[:low])}-{_units(text[:high])}"
            units.append("\t".join([address, place, text[low:high], *cells, ""]))
        lines.append("")
        if situation.sentence_ids:
            lines.append(f"#Sentence.id=s{number}")
        lines += [f"#Text={_escaped(line)}" for line in text[first:end].split("\n")]
        lines += units
    return "\n".join([*lines, ""])


def _cells(row: str) -> list[str]:
    return row.split("  ")


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("\t", "\\t")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
