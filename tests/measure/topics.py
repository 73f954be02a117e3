"""How well terms and topics find labels that people gave: measured on rows that stand outside the project.

    python tests/measure/topics.py rows.csv [--seeds 10] [--halves] [--sizes]

The file has a header with `topic`, `title` and `content` (which may be empty). Printed: normalised mutual information of the
discovered topics with the labels, and the accuracy of a linear classifier on the terms in 5-fold cross-validation, mean and
spread over the seeds; the labels are used for nothing else.
"""

from __future__ import annotations

import argparse
import csv
import time
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from sklearn.model_selection import StratifiedKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from helpers.analysis.terms import count_terms
from helpers.analysis.topic_vectors import make_space
from helpers.analysis.topics import topics_in
from helpers.lexicon import Lexicon

N_LABELS = 10


def read_rows(path: Path) -> tuple[list[str], np.ndarray]:
    """The texts and their labels."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [f"{r['title']}\n{r['content'] or ''}" for r in rows], np.array([r["topic"] for r in rows])


def say(name: str, values: list[float]) -> None:
    print(
        f"{name:44s} {np.mean(values):.3f} ± {np.std(values):.3f}   {min(values):.3f} to {max(values):.3f}", flush=True
    )


def measure_topics(texts: list[str], labels: np.ndarray, n_seeds: int, name: str) -> None:
    """NMI and ARI with the labels, k = 10."""
    terms = count_terms(texts, Lexicon.load("vi"))
    space = make_space(terms)
    begin = time.perf_counter()
    found = [topics_in(space, terms, N_LABELS, seed=s).of_text for s in range(n_seeds)]
    say(f"{name}: NMI", [normalized_mutual_info_score(labels, f) for f in found])
    say(f"{name}: ARI", [adjusted_rand_score(labels, f) for f in found])
    pairs = [adjusted_rand_score(found[i], found[i - 1]) for i in range(1, len(found))]
    say(f"{name}: ARI of one seed with the next", pairs)
    print(f"  {(time.perf_counter() - begin) / n_seeds:.1f} s a seed")


def measure_classifier(texts: list[str], labels: np.ndarray, n_seeds: int, name: str) -> None:
    """Accuracy in 5-fold cross-validation on terms, their syllables, and those of the title once more; terms know no label."""
    lexicon = Lexicon.load("vi")
    of_text, of_title = (count_terms(t, lexicon, keeps_stops=True) for t in (texts, [t.split("\n")[0] for t in texts]))
    parts = [
        counts for terms in (of_text, of_title) for counts in (terms.counts, terms.counts @ _syllables(terms.forms))
    ]
    features = sparse.hstack([p.astype(float) for p in parts]).tocsr()
    scores = []
    for seed in range(n_seeds):
        folds = StratifiedKFold(5, shuffle=True, random_state=seed)
        model = make_pipeline(TfidfTransformer(sublinear_tf=True), LinearSVC(C=0.5))
        scores.append(float(np.mean(cross_val_score(model, features, labels, cv=folds))))
    say(f"{name}: accuracy", scores)


def _syllables(forms: list[str]) -> sparse.csr_matrix:
    """Terms by the syllables of those that have several."""
    numbers: dict[str, int] = {}
    cells = [
        (n, numbers.setdefault(s, len(numbers))) for n, form in enumerate(forms) if " " in form for s in form.split()
    ]
    rows, columns = zip(*cells, strict=True)
    return sparse.csr_matrix((np.ones(len(cells)), (rows, columns)), shape=(len(forms), len(numbers)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--halves", action="store_true", help="also on random halves of the rows")
    parser.add_argument("--sizes", action="store_true", help="also on ever fewer rows")
    parser.add_argument("--no-classifier", action="store_true")
    asked = parser.parse_args()
    texts, labels = read_rows(asked.rows)
    measure_topics(texts, labels, asked.seeds, f"{len(texts)} rows")
    order = np.random.default_rng(0).permutation(len(texts))
    half = len(texts) // 2
    parts = [("first half", order[:half]), ("second half", order[half:])] if asked.halves else []
    parts += [(f"{n} rows", order[:n]) for n in (100, 150, 200, 300, 500, 1000)] if asked.sizes else []
    for name, rows in parts:
        measure_topics([texts[i] for i in rows], labels[rows], asked.seeds, name)
    if not asked.no_classifier:
        measure_classifier(texts, labels, asked.seeds, f"{len(texts)} rows")


if __name__ == "__main__":
    main()
