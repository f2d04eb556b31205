"""Rules and model put together: whoever was right more often in such a case is believed."""

from __future__ import annotations

import pytest

from annotator.assist.choosing import (
    EVERYTHING,
    Trial,
    candidates,
    chosen,
    label_of,
    learn_choice,
    ruled,
)
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


def learned_and_ruled(right: list[Whole]) -> Trial:
    """The model sets the bounds better, and rules that are not sure are wrong."""
    at = right[0][0][0][0]
    rules = by_rule(rule(at, at + 12), rule(at + 50, at + 60, UNSURE))
    return Trial([whole((at, at + 9))], rules, right)


def test_whoever_was_right_is_believed_and_what_is_mostly_wrong_is_left_out() -> None:
    trials = [learned_and_ruled([whole((100 * n, 100 * n + 9))]) for n in range(40)]
    choice = learn_choice(trials)
    assert choice.right["learned against, shorter"] > 0.7
    assert choice.right["rules alone"] < 0.4
    rules = by_rule(rule(3, 20), rule(30, 40, UNSURE))
    assert [item.whole for item in chosen(choice, [[whole((3, 9))]], rules)] == [whole((3, 9))]


def test_a_case_never_seen_leans_on_the_general_one() -> None:
    choice = Choice({"both": 0.8, "both | direct 0.9": 0.2}, 0.5)
    found = [[whole((0, 9))]]
    assert chosen(choice, found, by_rule(rule(0, 9))) == []
    kept = chosen(choice, found, by_rule(rule(0, 9, UNSURE)))
    assert [item.whole for item in kept] == [whole((0, 9))]


def test_how_much_rare_cases_lean_is_learned() -> None:
    """Where a rare case tells much it is believed soon; where it tells nothing it is not."""
    telling, idle = [], []
    for n in range(60):
        at, sure = 100 * n, n % 6 == 0
        rules = by_rule(rule(at, at + 9, SURE if sure else UNSURE))
        telling.append(Trial([], rules, [whole((at, at + 9))] if sure else []))
        idle.append(Trial([], rules, [whole((at, at + 9))] if n % 7 < 3 else []))
    assert learn_choice(telling).right["rules alone | direct 0.9"] > 0.6
    assert learn_choice(idle).right["rules alone | direct 0.9"] < 0.5


def test_recognisers_vote() -> None:
    most, few = whole((0, 9)), whole((20, 30))
    votes = [[most, few], [most], [whole((0, 12))]]
    assert [item.whole for item in chosen(EVERYTHING, votes, {})] == [most]


def test_nothing_tried_believes_most_recognisers() -> None:
    assert learn_choice([]) == EVERYTHING
