"""A compact linear model of what sentences say, trained from the phrase bank (`nurture/training`).

One file of weights a language; a language without one is read by its lexicon alone. Scoring needs nothing but integers:
each n-gram's weights for all signals stand side by side in one number, so that adding numbers adds all of them at once.
"""

from nurture.stages.model.detector import by_model, by_model_of_ours
from nurture.stages.model.grams import SENTENCE, grams_of
from nurture.stages.model.weights import Model, load, pack

__all__ = ["SENTENCE", "Model", "by_model", "by_model_of_ours", "grams_of", "load", "pack"]
