"""Makes a language's weights from the phrase bank: one logistic regression a signal over n-grams, then rows of small whole numbers.

usage: python -m nurture.training.fit [LANG…]          (needs requirements-train.lock; `make train` sees to it)

The same bank, code and encoder give the same bytes: nothing here is drawn by chance. Where a score becomes a finding is chosen on labelled
conversations (`calibrate`), which nothing is learnt from.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nurture.stages.encoder import encoder, pieces
from nurture.stages.encoder.encoder import MODEL, VOCABULARY
from nurture.stages.lexicon import Hit, lexicon, meanings, rules, tables
from nurture.stages.model import Model, detector, grams, pack
from nurture.stages.model.weights import IDF_STEP, ZERO, path_of, unpack
from nurture.training.bank import BANK, OURS, SIGNALS, Phrase, files, phrases

STRENGTH = 15.0
SEEN = 2  # times that a gram must occur in the bank
RATIO = 4.0  # of the logarithm of how much oftener a gram stands with the signal than without
DEAF = 0.25  # how much a gram counts that stands as often with it as without
NEVER = -10.0  # the logit of a signal that the bank has no wording of
KEPT = 60_000

SEEN_BY = (grams.__file__, detector.__file__, encoder.__file__, pieces.__file__, __file__)  # the code on which the weights depend

Bag = Mapping[str, int]


def bag_of(phrase: Phrase, lang: str) -> Counter[str]:
    """Everything that the model sees of a phrase, as it will see it in a letter."""
    own, hits = _folded(phrase.text, lang)
    found = Counter(grams.grams_of(own, hits, meanings(lang)))
    if phrase.before is not None:
        found.update(grams.before(grams.words(_folded(phrase.before, lang)[0])))
    if phrase.after is not None:
        found.update(grams.after(grams.words(_folded(phrase.after, lang)[0])))
    asked = grams.words(_folded(phrase.asked, lang)[0])
    found.update(grams.asked(asked, short=len(grams.words(own)) <= grams.SHORT))
    return found


def _folded(text: str, lang: str) -> tuple[str, tuple[Hit, ...]]:
    known = lexicon(lang)
    folded = known.folded(text)
    return folded, known.hits(folded)


@dataclass
class Fitted:
    """A model in real numbers: grams with their idf, a column of weights for each signal, and the biases."""

    places: dict[str, int]
    idf: Any  # array (grams,)
    weights: Any  # array (grams, signals)
    biases: Any  # array (signals,)

    def logits(self, bags: Sequence[Bag]) -> Any:
        """Array (bags, signals)."""
        return _matrix(bags, self.places, self.idf) @ self.weights + self.biases


def fitted(
    bags: Sequence[Bag], labels: Sequence[frozenset[str]], *, kept: int = KEPT, signals: Sequence[str] = SIGNALS
) -> Fitted:
    """Fit on the grams that most wordings have; the weights of rare ones, large as they are, tell nothing of other wordings."""
    import numpy as np

    seen = Counter(gram for bag in bags for gram in bag)
    common = sorted((gram for gram, times in seen.items() if times >= SEEN), key=lambda gram: (-seen[gram], gram))
    names = sorted(common[:kept])
    idf = _steps(np.array([np.log((1 + len(bags)) / (1 + seen[gram])) + 1 for gram in names]))
    wanted = np.array([[signal in label for signal in signals] for label in labels])
    return _regressed(bags, wanted, dict(zip(names, range(len(names)), strict=True)), idf)


def _steps(idf: Any) -> Any:
    """As coarse as the file keeps them."""
    import numpy as np

    return np.clip(np.round(idf / IDF_STEP), 1, 255) * IDF_STEP


def _matrix(bags: Sequence[Bag], places: Mapping[str, int], idf: Any) -> Any:
    """Sparse, a row a bag, each of length one: counts times idf, divided by the root of the sum of counts times squared idf."""
    import numpy as np
    from scipy.sparse import csr_matrix, diags

    rows, columns, values = [0], [], []
    for bag in bags:
        known = [(places[gram], times) for gram, times in bag.items() if gram in places]
        columns += [place for place, _ in known]
        values += [times for _, times in known]
        rows.append(len(columns))
    at = np.array(columns, dtype=np.int64)
    counts = csr_matrix((np.array(values, dtype=np.float64), at, np.array(rows)), shape=(len(bags), len(places)))
    norms = np.sqrt(np.asarray(counts @ (idf**2)).ravel())
    norms[norms == 0] = 1
    return diags(1 / norms) @ counts @ diags(idf)


def _regressed(bags: Sequence[Bag], wanted: Any, places: dict[str, int], idf: Any) -> Fitted:
    import numpy as np
    from scipy.sparse import diags
    from sklearn.linear_model import LogisticRegression

    matrix, weights, biases = _matrix(bags, places, idf), [], []
    for column in wanted.T:
        if not column.any():
            weights.append(np.zeros(len(places)))
            biases.append(NEVER)
            continue
        loudness = _loudness(matrix, column)
        fit = LogisticRegression(C=STRENGTH, solver="liblinear", max_iter=2000).fit(matrix @ diags(loudness), column)
        weights.append(fit.coef_[0] * loudness)
        biases.append(fit.intercept_[0])
    return Fitted(places=places, idf=idf, weights=np.vstack(weights).T, biases=np.array(biases))


def _loudness(matrix: Any, column: Any) -> Any:
    """How much each gram is listened to: by how much oftener it stands in what has the signal (Wang and Manning 2012, softened)."""
    import numpy as np

    there = matrix.copy()
    there.data[:] = 1
    having = (1 + np.asarray(there[column].sum(axis=0)).ravel()) / (2 + column.sum())
    lacking = (1 + np.asarray(there[~column].sum(axis=0)).ravel()) / (2 + (~column).sum())
    ratio = np.minimum(np.abs(np.log(having / lacking)), RATIO)
    return DEAF + (1 - DEAF) * ratio / ratio.mean()


def packed(model: Fitted, *, centres: Iterable[float], made: Mapping[str, Any], signals: Sequence[str] = SIGNALS) -> bytes:
    """The file of a fitted model (`stages.model.weights`)."""
    import numpy as np

    products = model.weights * model.idf[:, None]
    scales = np.abs(products).max(axis=0) / 127
    scales[scales == 0] = 1
    small = np.clip(np.round(products / scales) + ZERO, 0, 255).astype(np.uint8)
    steps = np.round(model.idf / IDF_STEP).astype(np.uint8)
    head = {
        "signals": list(signals), "biases": _short(model.biases), "scales": _short(scales),
        "centres": _short(centres), "made": dict(made),
    }  # fmt: skip
    return pack(head, list(model.places), np.hstack([small, steps[:, None]]).tobytes())


def _short(values: Iterable[float]) -> list[float]:
    return [float(f"{value:.6g}") for value in values]


def digest_of(lang: str, paths: Iterable[Path]) -> str:
    """Of the bank's files, of the rules that are seen, of the code, and of the encoder beside which the threshold was chosen: weights that
    carry another digest are out of date."""
    found = hashlib.sha256()
    seen = {topic: rows for topic, rows in rules(lang).items() if topic in grams.TOPICS}
    found.update(json.dumps([seen, tables(lang, "words"), tables(lang, "meanings")], sort_keys=True).encode())
    for path in (*paths, *map(Path, SEEN_BY), MODEL, VOCABULARY):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


Calibrate = Callable[[str, Model], list[float]]


def train(lang: str, calibrate: Calibrate) -> bytes:
    """A language's file of weights."""
    paths = files(lang)
    found = phrases(paths)
    model = fitted([bag_of(phrase, lang) for phrase in found], [phrase.signals for phrase in found])
    even = packed(model, centres=[0.0] * len(SIGNALS), made={})
    centres = calibrate(lang, unpack(even))
    made = {"bank": digest_of(lang, paths), "sentences": len(found), "writers": len(paths)}
    return packed(model, centres=centres, made=made)


def train_ours(lang: str) -> bytes:
    """The file of weights for our own mails: whether a sentence hands over an offer."""
    path = BANK / "ours" / f"{lang}.jsonl"
    found = phrases([path])
    model = fitted([bag_of(p, lang) for p in found], [p.signals for p in found], signals=OURS)
    made = {"bank": digest_of(lang, [path]), "sentences": len(found)}
    return packed(model, centres=[0.0], made=made, signals=OURS)


def main(langs: Sequence[str]) -> None:
    """Train and write."""
    from nurture.training.calibrate import calibrated

    for lang in langs or ("fr", "en"):
        for name, raw in ((f"{lang}.ours", train_ours(lang)), (lang, train(lang, calibrated))):
            path_of(name).write_bytes(raw)
            print(f"{path_of(name)}, {len(raw) / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
