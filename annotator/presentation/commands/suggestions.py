"""Answering what the program suggests."""

from __future__ import annotations

from annotator.presentation import learning, policy, suggesting
from annotator.presentation.commands.command import (
    SUGGESTION,
    Command,
    has_article,
    has_ghost,
    has_project,
)


def commands() -> tuple[Command, ...]:
    """Return the commands of this subject."""
    return (
        Command(
            "suggestion.next",
            "Next suggestion",
            "Suggestions",
            suggesting.next_ghost,
            ("G",),
            has_article,
        ),
        Command(
            "suggestion.accept",
            "Accept the suggestion",
            "Suggestions",
            suggesting.accept,
            ("Enter",),
            has_ghost,
            SUGGESTION,
        ),
        Command(
            "suggestion.change",
            "Accept the suggestion and change it",
            "Suggestions",
            suggesting.accept_and_change,
            ("Shift+Enter",),
            has_ghost,
            SUGGESTION,
        ),
        Command(
            "suggestion.reject",
            "Reject the suggestion for good",
            "Suggestions",
            suggesting.reject,
            ("Backspace", "Delete"),
            has_ghost,
            SUGGESTION,
        ),
        Command(
            "suggestion.accept-same",
            "Accept all suggestions with the same words here",
            "Suggestions",
            suggesting.accept_same,
            ("M",),
            has_ghost,
            SUGGESTION,
        ),
        Command(
            "suggestion.here",
            "Suggest marks in this article",
            "Suggestions",
            suggesting.suggest_here,
            ("F7",),
            has_article,
        ),
        Command(
            "suggestion.trial",
            "How good the suggesters are",
            "Suggestions",
            lambda desk: desk.focus.emit("suggesters"),
            (),
            has_project,
            also="evaluate score",
        ),
        Command(
            "suggestion.policy",
            "When suggestions are shown …",
            "Suggestions",
            policy.ask,
            (),
            has_project,
        ),
        Command(
            "suggestion.learn",
            "Learn a suggester from the done articles",
            "Suggestions",
            learning.learn,
            (),
            has_project,
            also="train model",
        ),
    )
