"""The lexicon: one folder of TOML files a language, and the reader that makes patterns of them. A language is data, never code."""

from nurture.stages.lexicon.meanings import Meanings
from nurture.stages.lexicon.reader import SURE, Hit, Lexicon, feasts, languages, lexicon, meanings, rules, tables

__all__ = ["SURE", "Hit", "Lexicon", "Meanings", "feasts", "languages", "lexicon", "meanings", "rules", "tables"]
