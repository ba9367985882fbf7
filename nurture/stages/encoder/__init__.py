"""A small transformer that reads a whole letter, with what we had asked, and says of each sentence what it means.

The n-grams of `stages/model` know words; they do not know that "I'm afraid that ship has sailed" is a no. The encoder has read
a great deal of French and English before it ever saw a mail (multilingual-e5-small, NOTICE), and was then taught our signals from the phrase
bank (`nurture/training/encoder`). Neither is best alone: their scores are added (`stages/model/detector.py`, docs/understanding.md).

It costs milliseconds a letter instead of less than one, so that it is loaded at the first letter that is read, and of a letter that is
longer than `encoder.SHEETS` sheets it reads the beginning and the end.
"""

from nurture.stages.encoder.encoder import Encoder, load
from nurture.stages.encoder.pieces import Pieces

__all__ = ["Encoder", "Pieces", "load"]
