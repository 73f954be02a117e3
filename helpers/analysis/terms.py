"""Terms: the words and phrases of a corpus, each with how often every text holds it.

    >>> from helpers.lexicon import Lexicon
    >>> terms = count_terms(["Lực lượng công an bảo đảm an ninh trật tự."], Lexicon.load("vi"))
    >>> sorted(terms.labels)
    ['an ninh trật tự', 'bảo đảm', 'công an', 'lực lượng']

A Vietnamese word has one syllable or several, with spaces between: phrases come from the lexicon (term_words.py) and from what
stands together in the corpus itself (collocations.py). Stop words, figures and single letters are no terms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from helpers.analysis.collocations import Stream, join_collocations, join_words
from helpers.analysis.term_words import Phrase, load_term_words
from helpers.analysis.tokens import read_tokens
from helpers.lexicon import Lexicon
from helpers.normalize import search_form
from helpers.schema import SILENT_ROLES

Tables = dict[str, pd.DataFrame]

#: memory holds the words of so many texts twice
_TEXTS_AT_ONCE = 5000


@dataclass(frozen=True)
class Terms:
    """`counts`: texts by terms; `forms` are folded, `labels` as most often printed."""

    counts: sparse.csr_matrix
    forms: list[str]
    labels: list[str]

    @cached_property
    def columns(self) -> dict[str, int]:
        """Folded form -> its column."""
        return {form: n for n, form in enumerate(self.forms)}

    def column(self, term: str) -> int | None:
        """The column of a term, however it is spelled; None where no text holds it."""
        return self.columns.get(search_form(term))

    @property
    def totals(self) -> np.ndarray:
        """How often each term stands in all texts."""
        return np.asarray(self.counts.sum(axis=0)).ravel()

    @property
    def spread(self) -> np.ndarray:
        """How many texts hold each term."""
        return np.bincount(self.counts.indices, minlength=self.counts.shape[1])


def count_terms(
    texts: Iterable[str], lexicon: Lexicon, *, keeps_stops: bool = False, names: frozenset[Phrase] = frozenset()
) -> Terms:
    """The terms of texts, read one after the other: none of them is kept.

    Args:
        keeps_stops: stop words are counted, too. names: further phrases that are known to belong together.
    """
    known, tokens = load_term_words(lexicon), read_tokens(texts)
    printed = dict(zip(tokens.syllables, tokens.printed, strict=True))
    stream = Stream(tokens.ids, tokens.ends, [(s,) for s in tokens.syllables])
    del tokens  # its ids become those of the phrases, in the same memory
    stream = join_words(stream, known.words | names | {s for s in known.stops if len(s) > 1})
    stream = join_collocations(stream, known.stops)
    forms, counts = _count(stream, frozenset() if keeps_stops else known.stops)
    return Terms(counts, [" ".join(u) for u in forms], [_label([printed[s] for s in u]) for u in forms])


def _count(stream: Stream, stops: frozenset[Phrase]) -> tuple[list[Phrase], sparse.csr_matrix]:
    """The units that are terms, and how often each text holds each."""
    is_term = np.array([unit not in stops and len(" ".join(unit)) > 1 for unit in stream.units] + [False], dtype=bool)
    used = np.zeros(len(stream.units) + 1, dtype=bool)
    used[stream.ids] = True
    # two ways to one phrase (a pair of pairs, a word and one syllable) are one term
    number: dict[Phrase, int] = {}
    column = np.full(len(stream.units) + 1, -1, dtype=np.int32)
    for unit in np.flatnonzero(used & is_term).tolist():
        column[unit] = number.setdefault(stream.units[unit], len(number))
    starts, parts = np.r_[0, stream.ends], [sparse.csr_matrix((0, len(number)), dtype=np.int32)]
    for n in range(0, len(stream.ends), _TEXTS_AT_ONCE):
        own = starts[n : n + _TEXTS_AT_ONCE + 1]
        columns = column[stream.ids[own[0] : own[-1]]]
        inside = columns >= 0
        firsts = np.r_[0, np.cumsum(inside)][own - own[0]]
        ones = np.ones(int(firsts[-1]), dtype=np.int32)
        part = sparse.csr_matrix((ones, columns[inside], firsts), shape=(len(own) - 1, len(number)))
        part.sum_duplicates()
        parts.append(part)
    return list(number), sparse.vstack(parts, format="csr")


def _label(syllables: list[str]) -> str:
    """A term as printed; capitals only where each syllable is mostly printed with one.

    >>> _label(["Hà", "Tĩnh"]), _label(["Công", "an"]), _label(["An", "toàn", "PCCC"])
    ('Hà Tĩnh', 'công an', 'an toàn PCCC')
    """
    if all(s[0].isupper() for s in syllables):
        return " ".join(syllables)
    return " ".join(s if len(s) > 1 and s.isupper() else s.lower() for s in syllables)


#: doc_id, text, where it starts -> spans in it that no term may touch: names of people
Hidden = Callable[[str, str, int], list[tuple[int, int]]]


def sentences_of(tables: Tables, hidden: Hidden) -> tuple[list[str], list[str]]:
    """(ids, texts) of the sentences in which articles speak, in reading order, without what is hidden and without names of people."""
    mentions = tables["mentions"]
    people = mentions.loc[mentions["kind"] == "person", ["sent_id", "start", "end"]].dropna()
    spans = {i: list(zip(p["start"], p["end"], strict=True)) for i, p in people.groupby("sent_id")}
    silent = tables["paragraphs"].loc[tables["paragraphs"]["role"].isin(SILENT_ROLES), ["doc_id", "paragraph"]]
    left_out = set(zip(silent["doc_id"], silent["paragraph"], strict=True))
    ids, texts = [], []
    columns = (tables["sentences"][c] for c in ("sent_id", "doc_id", "paragraph", "start", "text"))
    for sent_id, doc_id, paragraph, start, text in zip(*columns, strict=True):
        if (doc_id, paragraph) not in left_out:
            names = [(a - start, b - start) for a, b in spans.get(sent_id, ())]
            ids.append(sent_id)
            texts.append(_without(text, [*names, *hidden(doc_id, text, start)]))
    return ids, texts


def join_articles(tables: Tables, sent_ids: list[str], texts: list[str]) -> list[str]:
    """Each article's sentences as one text, a line each, in the order of `articles`."""
    lines: dict[str, list[str]] = {doc_id: [] for doc_id in tables["articles"]["doc_id"]}
    for sent_id, text in zip(sent_ids, texts, strict=True):
        lines[sent_id.rpartition(":")[0]].append(text)
    return ["\n".join(own) for own in lines.values()]


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """`text` with a mark in place of each span.

    >>> _without("ông Lê Văn Tý ở xã", [(4, 13)])
    'ông | ở xã'
    """
    out, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            out += [text[at:start], "|"]
            at = end
    return "".join([*out, text[at:]])
