"""Plan item and capsule -> text -> bytes: templates, lint, MIME, identity, outcome."""

from nurture.drafts.capsule import Setting, capsule_of, full_capsule, query_of
from nurture.drafts.confidential import SAYS, Others, values
from nurture.drafts.convictions import challenge_of, likest
from nurture.drafts.draft import Capsule, Challenge, Draft, Identity, Refused, Remark, Severity, Shared, TemplateMeta, Text, Words
from nurture.drafts.gallery import gallery
from nurture.drafts.identity import identity_of
from nurture.drafts.library import Had, fitting
from nurture.drafts.lint import RULES, Page, Reader, lint
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

__all__ = [
    "KINDS",
    "RULES",
    "SAYS",
    "Capsule",
    "Challenge",
    "Draft",
    "Had",
    "Identity",
    "Memory",
    "Others",
    "Page",
    "Reader",
    "Refused",
    "Remark",
    "Resource",
    "SequenceFinding",
    "Setting",
    "Severity",
    "Shared",
    "TemplateFile",
    "TemplateMeta",
    "Templates",
    "Text",
    "TrialFinding",
    "Tried",
    "TriedSequence",
    "Words",
    "capsule_of",
    "challenge_of",
    "compose",
    "defaults",
    "digest",
    "fitting",
    "full_capsule",
    "gallery",
    "identity_of",
    "likeness",
    "likest",
    "lint",
    "query_of",
    "read_csv",
    "read_toml",
    "reader_of",
    "references",
    "resource_of",
    "slots_of",
    "text_hash",
    "try_all",
    "try_sequence",
    "values",
    "variants",
    "verify",
    "words_hash",
    "write",
]
