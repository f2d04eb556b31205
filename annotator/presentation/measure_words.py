"""What each measure of agreement says, in a sentence or two."""

from __future__ import annotations

_SAYINGS = (
    (
        "span F1, exact",
        (
            "How many marks two people share, as a share of what both marked: same bounds, same label. 1 is "
            "everything. It has no correction for chance and needs none: hitting the same words by chance is rare."
        ),
    ),
    (
        "span F1, any overlap, many-to-one",
        (
            "Like F1, but every mark that touches any mark of the other counts. One long mark over many short ones "
            "is rewarded; given because much of the literature gives it."
        ),
    ),
    (
        "span F1, any overlap",
        "Like F1, but marks that share a single character are taken for the same, each with one partner only.",
    ),
    (
        "span F1, IoU",
        "Like F1, but marks count as the same if they share at least half of what they cover together.",
    ),
    (
        "span F1, scheme strict",
        "Named-entity scoring: bounds and label must be right.",
    ),
    (
        "span F1, scheme exact",
        "Named-entity scoring: bounds must be right, the label does not matter.",
    ),
    (
        "span F1, scheme partial",
        "Named-entity scoring: other bounds count half, the label does not matter.",
    ),
    ("span F1, scheme type", "Named-entity scoring: any overlap with the right label."),
    (
        "token κ, marked by either",
        (
            "Cohen’s κ over the words that at least one of two people marked. It asks whether they give the same label, "
            "and is not flattered by all the words that nobody marks."
        ),
    ),
    (
        "token κ",
        (
            "Cohen’s κ over all words: agreement beyond what both would reach by chance. 0 is chance, 1 is perfect. "
            "The many words that nobody marks raise it."
        ),
    ),
    (
        "token α",
        "Krippendorff’s α over all words, for any number of people: 1 − observed / expected disagreement.",
    ),
    (
        "α_U",
        "Krippendorff’s α for marked stretches: where they begin and end, by the squared distance of their edges.",
    ),
    ("|uα", "Whether the same places are marked at all, whatever the label; gaps count."),
    ("uα", "Where marks are and which label they carry, together; gaps count."),
    (
        "cuα",
        "Which label, where two people both marked. Read the coverage: it looks at nothing else.",
    ),
    (
        "γ",
        "Place and label together, overlaps welcome: disorder of the best alignment against that of chance.",
    ),
    (
        "actor identity",
        "Whether two people take the same mentions for the same actor, over all pairs of mentions both marked.",
    ),
    (
        "statements",
        "What a study counts in the end: which actor makes which claim with which stance, per article.",
    ),
    (
        "SF1",
        "Holder, target, expression and polarity of an opinion together, weighed by the words they share.",
    ),
    ("links F1, exact", "Links of a type, from the same words to the same words."),
    ("links F1", "Links of a type whose ends overlap."),
    ("α of", "Krippendorff’s α of a value, over marks that were taken for the same."),
)


def explain(measure: str) -> str:
    """Return what a measure says; nothing for one that is not known here."""
    if measure.endswith("same end"):
        return (
            "Of marks that were taken for the same: the share whose links lead to the same place."
        )
    if measure.startswith("(") and measure.endswith("uα"):
        return "How reliably this label is told from the others, where two people both marked."
    return next((words for start, words in _SAYINGS if measure.startswith(start)), "")
