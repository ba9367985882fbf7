"""The sample mailbox: one owner's mail, written for it, seen at its own fixed date, so that it never ages.

The mail stands in `fr.toml`, `en.toml` and `ordinary.toml`; docs/sample.md says what is to be expected of each person.
"""

from nurture.sample.maildir import build
from nurture.sample.owner import SAMPLE_NOW, sample_config
from nurture.sample.shelf import SHELF
from nurture.sample.source import Person, people

__all__ = ["SAMPLE_NOW", "SHELF", "Person", "build", "people", "sample_config"]
