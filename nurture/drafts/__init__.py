"""Plan item and capsule -> text -> bytes: templates, lint, MIME, identity, outcome."""

from typing import TYPE_CHECKING

from nurture.door import door

if TYPE_CHECKING:
    from nurture.drafts.capsule import Setting, capsule_of, full_capsule, query_of
    from nurture.drafts.confidential import SAYS, Others, values
    from nurture.drafts.convictions import challenge_of, likest
    from nurture.drafts.draft import (
        Capsule,
        Challenge,
        Draft,
        Identity,
        Refused,
        Remark,
        Severity,
        Shared,
        TemplateMeta,
        Text,
        Words,
    )
    from nurture.drafts.gallery_page import gallery
    from nurture.drafts.identity import identity_of
    from nurture.drafts.library import Had, fitting
    from nurture.drafts.linter import RULES, Page, Reader, lint
    from nurture.drafts.memory import Memory
    from nurture.drafts.mime import compose, references, verify
    from nurture.drafts.outcome import digest, likeness, text_hash, words_hash
    from nurture.drafts.paragraphs import slots_of
    from nurture.drafts.resource_file import read_csv, read_toml
    from nurture.drafts.resources import KINDS, Resource, resource_of
    from nurture.drafts.sequence_trial import SequenceFinding, TriedSequence, defaults, try_sequence
    from nurture.drafts.template import TemplateFile, Templates
    from nurture.drafts.trial import TrialFinding, Tried, try_all
    from nurture.drafts.writer import reader_of, variants, write
else:
    __getattr__ = door(
        __name__,
        {
            "capsule": "Setting capsule_of full_capsule query_of",
            "confidential": "SAYS Others values",
            "convictions": "challenge_of likest",
            "draft": "Capsule Challenge Draft Identity Refused Remark Severity Shared TemplateMeta Text Words",
            "gallery_page": "gallery",
            "identity": "identity_of",
            "library": "Had fitting",
            "linter": "RULES Page Reader lint",
            "memory": "Memory",
            "mime": "compose references verify",
            "outcome": "digest likeness text_hash words_hash",
            "paragraphs": "slots_of",
            "resource_file": "read_csv read_toml",
            "resources": "KINDS Resource resource_of",
            "sequence_trial": "SequenceFinding TriedSequence defaults try_sequence",
            "template": "TemplateFile Templates",
            "trial": "TrialFinding Tried try_all",
            "writer": "reader_of variants write",
        },
    )
