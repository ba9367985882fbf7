"""Plan item and capsule -> text -> bytes: templates, lint, MIME, identity, outcome."""

from nurture.drafts.capsule import Setting, capsule_of, full_capsule
from nurture.drafts.confidential import SAYS, Others, values
from nurture.drafts.draft import Capsule, Draft, Identity, Refused, Remark, Severity, TemplateMeta, Text, Words
from nurture.drafts.identity import identity_of
from nurture.drafts.lint import RULES, Page, Reader, lint
from nurture.drafts.mime import compose, references, verify
from nurture.drafts.outcome import digest, text_hash, words_hash
from nurture.drafts.template import TemplateFile, Templates
from nurture.drafts.writer import Memory, write

__all__ = [
    "RULES", "SAYS", "Capsule", "Draft", "Identity", "Memory", "Others", "Page", "Reader", "Refused", "Remark", "Setting", "Severity", "TemplateFile", "TemplateMeta",
    "Templates", "Text", "Words", "capsule_of", "compose", "digest", "full_capsule", "identity_of", "lint", "references", "text_hash", "values", "verify",
    "words_hash", "write",
]  # fmt: skip
