"""Reading one paragraph: cue, source and content put together, sentence by sentence.

Each word belongs to one attribution at most: what stands inside a reported clause is left
to the person who reads it.
"""

from __future__ import annotations

from annotator.assist import boundaries, clauses, inversion, sources
from annotator.assist.attribution import (
    DIRECT,
    MIXED,
    REPORTED,
    Attribution,
    inner_extents,
    is_claim,
    outer_extents,
)
from annotator.assist.cues import (
    ACTIVE,
    INFINITIVE,
    PARTICIPLE,
    PASSIVE,
    PHRASE,
    Cue,
    cues,
)  # fmt: skip
from annotator.assist.lexicons import CueWords
from annotator.assist.noun_phrases import Stretch
from annotator.assist.quotations import Quotation
from annotator.assist.sentences import Sentence
from annotator.assist.tags import (
    ADVERB,
    AND,
    AUXILIARY,
    COLON,
    COMMA,
    DASH,
    MODAL,
    QUOTE,
    SEMICOLON,
    STOP,
    VERB,
    Words,
)
from annotator.assist.tokens import Token
from annotator.domain.fragment import Extent

_EDGES = frozenset((COMMA, QUOTE, DASH, STOP, COLON, SEMICOLON))


class Reader:
    """Reads the sentences of one paragraph, remembering who spoke last."""

    def __init__(self, text: str, known: CueWords, small: Words, number: int) -> None:
        self._text = text
        self._known = known
        self._small = small
        self._number = number
        self._pending: list[Quotation] = []
        self._alone: list[Quotation] = []
        self.found: list[Attribution] = []

    def sentence(self, whole: Sentence) -> None:
        """Add the attributions of the next sentence."""
        sentence = whole.tokens
        candidates = cues(sentence, self._known, self._small) if self._small else []
        for cue in candidates:
            if cue.kind in (ACTIVE, PASSIVE):
                cue.subject = sources.subject(sentence, cue.first, self._small)
                self._with_document(sentence, cue)
                cue.behind = inversion.inverted(sentence, cue, pending=bool(self._pending))
        start = 0
        times = self._small.get("time", frozenset())
        before = len(self.found)
        for position, cue in enumerate(candidates):
            if cue.first < start or boundaries.in_frame(sentence, candidates, position, times):
                continue
            limit = boundaries.limit_of(sentence, candidates, position)
            start = max(start, self._read(whole, cue, start, limit, before))
        if len(self.found) == before:
            self._quotations_alone(sentence)
        else:
            self._drop_pending()

    def _with_document(self, sentence: list[Token], cue: Cue) -> None:
        """Let “the survey found” be followed by more than “he found” can be."""
        if cue.subject is None or cue.verb is None:
            return
        named = {token.low for token in sentence[cue.subject[0] : cue.subject[1]]}
        if not named.isdisjoint(self._known.documents):
            cue.verb = self._known.of_documents.get(cue.verb.lemma, cue.verb)

    def _read(self, whole: Sentence, cue: Cue, start: int, limit: int, earlier: int) -> int:
        """Add the attribution of one cue, if there is one; return how far it reaches."""
        sentence = whole.tokens
        behind = cue.behind
        source = behind or sources.source(sentence, cue, self._small)
        carried = None if behind else self._carried(sentence, cue, source, earlier)
        left, right = cue.first, cue.last
        if behind is not None:
            right, content = behind[1], []
        elif cue.kind == PHRASE:
            if source is None:
                return start
            right = source[1]
            content = self._around_phrase(sentence, cue, start, right, limit)
        else:
            if source is None and cue.kind == PARTICIPLE and cue.first <= 1:
                source, limit = inversion.after_comma(sentence, cue, limit)
            elif cue.kind == PASSIVE and cue.first <= 1:
                # “Asked why he left, she smiled.”
                limit = min(limit, inversion.after_comma(sentence, cue, limit)[1])
            found = clauses.after(sentence, cue, limit, self._small)
            content = [found] if found else []
        if source and source[1] <= cue.first and source[0] >= start:
            left = source[0]
        if content and cue.kind == ACTIVE and sentence[content[0][0]].tag == QUOTE:
            content = self._quotation_before(sentence, start, left) + content
        if (
            not content
            and cue.kind == PASSIVE
            and source
            and cue.subject
            and cue.subject[0] >= start
        ):
            # “The plan was rejected by the council.”
            content, left, right = [cue.subject], cue.subject[0], source[1]
        if not content and cue.kind in (ACTIVE, PASSIVE, INFINITIVE):
            content = self._before(sentence, cue, start, left, right, limit)
        pending: list[Quotation] = []
        if not content and cue.kind == ACTIVE and cue.has("q"):
            pending, self._pending = self._pending, []
        if not content and not pending:
            return start
        self._add(whole, cue, source, content, pending, carried)
        return max([right, *(end for _, end in content)])

    def _quotation_before(self, sentence: list[Token], start: int, left: int) -> list[Stretch]:
        """Return the first part of “A,” X said, “B”."""
        at = left - 1
        if at > start and sentence[at].tag == COMMA:
            at -= 1
        return [(at, at + 1)] if at >= start and sentence[at].tag == QUOTE else []

    def _carried(
        self, sentence: list[Token], cue: Cue, source: Stretch | None, earlier: int
    ) -> Extent | None:
        """Return X in “X said A and added B” and in “X said A, adding B”."""
        if earlier == len(self.found) or cue.kind not in (ACTIVE, PARTICIPLE) or not cue.first:
            return None
        direct = source is not None and boundaries.adjoins(sentence, source[1], cue.first)
        follows = sentence[cue.first - 1].tag in (AND, COMMA)
        return self.found[-1].source if follows and not direct else None

    def _around_phrase(
        self, sentence: list[Token], cue: Cue, start: int, end: int, limit: int
    ) -> list[Stretch]:
        """Return what “according to X” is about: the clause before it, or else behind it."""
        if cue.first > 1 and sentence[cue.first - 1].tag in (COMMA, QUOTE):
            # “X says A, according to Y”: Y vouches for the whole of it.
            left = boundaries.bare(sentence, start, cue.first)
            left = left or boundaries.bare(sentence, 0, cue.first)
        else:
            left = boundaries.bare(sentence, start, cue.first) if cue.first - 1 > start else None
        comma = end
        while comma < min(len(sentence), end + 30) and sentence[comma].tag not in (COMMA, QUOTE):
            comma += 1
        if left is None:
            right = boundaries.bare(sentence, comma, len(sentence))
            return [right] if right else []
        more = boundaries.bare(sentence, end + 1, limit) if comma == end < len(sentence) else None
        verbal = more is not None and any(
            token.tag in (VERB, AUXILIARY, MODAL) or token.form
            for token in sentence[more[0] : more[1]]
        )
        return [left, more] if more is not None and verbal else [left]

    def _before(
        self, sentence: list[Token], cue: Cue, start: int, left: int, right: int, limit: int
    ) -> list[Stretch]:
        """Return what is said before the cue: “A, he said”, “A, he said, B”."""
        if not (cue.has("q") or cue.has("c")) or left <= start:
            return []
        rest = clauses.past_adjuncts(sentence, right, limit, self._small)
        if sentence[left - 1].low == "as" and cue.verb and cue.verb.lemma in self._known.as_verbs:
            left -= 1
        elif sentence[left - 1].tag not in _EDGES:
            return []
        found = boundaries.bare(sentence, start, left) if left > start else None
        if found is None or all(token.tag == ADVERB for token in sentence[found[0] : found[1]]):
            # “As X noted, A”, “But, X added, A”
            if rest >= limit or sentence[rest].tag != COMMA:
                return []
            more = boundaries.bare(sentence, rest, limit)
            return [more] if more else []
        result = [found]
        if rest < limit and sentence[rest].tag in (COMMA, COLON, QUOTE):
            more = boundaries.bare(sentence, rest, limit)
            quoted = any(token.tag == QUOTE for token in sentence[found[0] : found[1]])
            if more and quoted and sentence[more[0]].tag != QUOTE:
                more = boundaries.taken_up(self._text, sentence, more[0], limit)
            if more:
                result.append(more)
        return result

    def _quotations_alone(self, sentence: list[Token]) -> None:
        """Let a quotation without a cue follow the attribution before it in the paragraph."""
        spoken = [token.quote for token in sentence if token.tag == QUOTE and token.quote]
        if not spoken:
            self._drop_pending()
            return
        if sentence[0].tag == QUOTE and len(sentence) <= 2:
            last = self.found[-1] if self.found else None
            if last is not None and last.mode != REPORTED and last.lemma:
                last.later += spoken
                return
            self._pending += spoken
            return
        self._drop_pending()
        self._alone += spoken

    def _drop_pending(self) -> None:
        self._alone += self._pending
        self._pending = []

    def close(self, earlier: list[Attribution]) -> None:
        """Give quotations that nobody in the paragraph says to whoever spoke last before it."""
        waiting, self._pending = self._pending + self._alone, []
        last = self.found[-1] if self.found else earlier[-1] if earlier else None
        near = last is not None and self._number - last.paragraph <= 2
        for quote in waiting:
            self.found.append(
                Attribution(
                    cue=None,
                    head=None,
                    source=last.source if last is not None and near else None,
                    outer=list(quote.outer),
                    inner=list(quote.inner),
                    mode=DIRECT,
                    claim=True,
                    lemma="",
                    groups=("quotation",),
                    reason="quotation marks, nobody named beside them",
                    sure=0.3,
                    paragraph=self._number if last is None or not near else last.paragraph,
                )
            )

    def _add(
        self,
        sentence: Sentence,
        cue: Cue,
        source: Stretch | None,
        content: list[Stretch],
        pending: list[Quotation],
        carried: Extent | None,
    ) -> None:
        outer = [extent for quote in pending for extent in quote.outer]
        inner = [extent for quote in pending for extent in quote.inner]
        tokens: list[Token] = []
        for part in content:
            tokens += sentence.tokens[slice(*part)]
            outer += outer_extents(sentence, part)
            inner += inner_extents(sentence, part)
        spoken = len(pending) + sum(token.tag == QUOTE for token in tokens)
        quoted = bool(pending) or any(token.quote for token in tokens)
        where = sentence.extent(cue.first, cue.last)
        marks = ", quotation marks" if spoken else ""
        self.found.append(
            Attribution(
                cue=where,
                head=sentence.extent(cue.head, cue.head + 1),
                source=carried or (sentence.extent(*source) if source else None),
                outer=sorted(outer),
                inner=sorted(inner),
                mode=DIRECT
                if spoken == len(pending) + len(tokens)
                else MIXED
                if quoted
                else REPORTED,
                claim=bool(pending) or is_claim(cue, tokens),
                lemma=cue.verb.lemma if cue.verb else "",
                groups=cue.verb.groups if cue.verb else (cue.kind,),
                reason=f"cue “{self._text[slice(*where)]}”{marks}",
                sure=0.9 if spoken and source else 0.7 if source else 0.4,
                paragraph=self._number,
            )
        )
