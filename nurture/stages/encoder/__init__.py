"""A small transformer that reads a whole letter, with what we had asked, and says of each sentence what it means.

The n-grams of `stages/model` know words; they do not know that "I'm afraid that ship has sailed" is a no. The encoder has read
a great deal of French and English before it ever saw a mail (multilingual-e5-small, NOTICE), and was then taught our signals from the phrase
bank (`nurture/training/encoder`). Neither is best alone: their scores are added (`stages/model/detector.py`, docs/understanding.md).

It costs some five milliseconds a short mail instead of less than one: 100 to 200 are read a second, not the thousand that was aimed at.
That is the price of judgement: on hard conversations that nobody had looked at, macro F1 of the signals was .63 to .77 without it. A day's mail takes no
time either way, and a mailbox's past is read once. It is loaded at the first letter that is read, and of a letter that is
longer than `encoder.SHEETS` sheets it reads the beginning and the end.
"""

from nurture.stages.encoder.encoder import Encoder, load
from nurture.stages.encoder.pieces import Pieces

__all__ = ["Encoder", "Pieces", "load"]
