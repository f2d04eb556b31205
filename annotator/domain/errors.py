"""Known problems, each told in one plain sentence: what happened, where, and what to do."""

from __future__ import annotations


class Problem(Exception):
    """Something a user can understand and act on; its message is one plain sentence."""


class BadInput(Problem):
    """A file, text or record that cannot be taken as it is."""


class Refused(Problem):
    """An act that the rules of the codebook or of the data do not allow."""


class NotFound(Problem):
    """Something named does not exist (any more)."""


class DoubtfulEncoding(BadInput):
    """Bytes that are not UTF-8 and name no encoding; a person has to choose one.

    Attributes:
        candidates: codec names worth offering, most likely first.
    """

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates
