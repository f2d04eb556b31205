"""Rules and model put together: whoever was right more often in such a case is believed."""

from __future__ import annotations

import pytest

from annotator.assist.choosing import candidates, chosen, label_of, learn_choice, ruled
from annotator.assist.job import Choice, Whole
from annotator.assist.proposal import Proposal

SURE, UNSURE = 0.9, 0.3


def whole(*extents: tuple[int, int]) -> Whole:
    return extents, "claim"


def rule(start: int, end: int, score: float = SURE) -> Proposal:
    return Proposal("claim", ((start, end),), "a cue", score, {"mode": "direct"}, kind="saying")


def by_rule(*proposals: Proposal) -> dict[Whole, Proposal]:
    return ruled(proposals, "claim", "claim")


@pytest.mark.parametrize(
    ("learned", "proposal", "cases"),
    [
        (whole((0, 9)), rule(0, 9), ["both"]),
        (whole((0, 9)), rule(20, 30), ["learned alone", "rules alone"]),
        (whole((0, 9)), rule(0, 12), ["learned against, shorter", "rules against, longer"]),
        (whole((0, 9)), rule(2, 9), ["learned against, begins earlier", "rules against, begins later"]),
        (whole((0, 9)), rule(2, 12), ["learned against, otherwise", "rules against, otherwise"]),
        (whole((0, 3), (5, 9)), rule(0, 9), ["learned against, the same ends", "rules against, the same ends"]),
    ],
)  # fmt: skip
def test_each_case_is_told(learned: Whole, proposal: Proposal, cases: list[str]) -> None:
    assert [item.case[0] for item in candidates([learned], by_rule(proposal))] == cases


def test_labels_of_their_own_are_kept_apart() -> None:
    assert label_of("claim", ["claim", "claim +"]) == "claim"
    assert label_of("claim", ["direct", "reported"]) == ""
    assert list(ruled([rule(0, 9)], "claim", "")) == [(((0, 9),), "direct")]


def test_whoever_was_right_is_believed_and_what_is_mostly_wrong_is_left_out() -> None:
    """The model sets the bounds better, and rules that are not sure are wrong."""
    trials = []
    for number in range(40):
        at = 100 * number
        found = candidates(
            [whole((at, at + 9))], by_rule(rule(at, at + 12), rule(at + 50, at + 60, UNSURE))
        )
        trials.append((found, [whole((at, at + 9))]))
    choice = learn_choice(trials)
    assert choice.right["learned against, shorter"] > 0.7
    assert choice.right["rules alone"] < 0.4
    here = candidates([whole((3, 9))], by_rule(rule(3, 20), rule(30, 40, UNSURE)))
    assert [item.whole for item in chosen(choice, here)] == [whole((3, 9))]


def test_a_case_never_seen_leans_on_the_general_one() -> None:
    choice = Choice({"both": 0.8, "both | direct 0.9": 0.2}, 0.5)
    seen = candidates([whole((0, 9))], by_rule(rule(0, 9)))
    other = candidates([whole((0, 9))], by_rule(rule(0, 9, UNSURE)))
    assert chosen(choice, seen) == []
    assert [item.whole for item in chosen(choice, other)] == [whole((0, 9))]


def test_nothing_tried_believes_nobody() -> None:
    assert learn_choice([]) == Choice()
