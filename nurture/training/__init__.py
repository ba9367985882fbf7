"""How the reader learns and is measured; nothing here is needed to run, and none of it is in the wheel.

`bank` holds labelled wordings (`bank/*.jsonl`) and `check` looks after them; `fit` makes the weights of `stages/model` from them with
scikit-learn (`make train`, reproducible); `labelled` reads labelled conversations, which are never learnt from, `figures` counts what was
right, and `evaluate` writes docs/evaluation.md (`make evaluate`).
"""
