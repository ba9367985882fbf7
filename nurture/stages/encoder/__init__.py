"""A small transformer that reads a whole letter, with what we had asked, and says of each sentence what it means.

The n-grams of `stages/model` know words; they do not know that "I dare say somebody else will be glad of it" is a no. The encoder has read
a great deal of French and English before it ever saw a mail (multilingual-e5-small, NOTICE), and was then taught our signals from the phrase
bank (`nurture/training/tune.py`). Neither is best alone: their scores are added (`stages/model/detector.py`, docs/understanding.md).

It costs milliseconds a letter instead of less than one, so that it is loaded at the first letter that is read, and never more than
`encoder.MOST` pieces of a letter are given to it.
"""

from nurture.stages.encoder.encoder import Encoder, load
from nurture.stages.encoder.pieces import Pieces

__all__ = ["Encoder", "Pieces", "load"]
