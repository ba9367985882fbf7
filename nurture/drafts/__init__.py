"""Plan item and capsule -> text -> bytes: templates, lint, MIME, identity, outcome."""

from nurture.drafts.capsule import Setting, capsule_of, full_capsule
from nurture.drafts.draft import Capsule, Challenge, Draft, Identity, Refused, Remark, Severity, Shared, TemplateMeta, Text, Words
from nurture.drafts.gallery import gallery
from nurture.drafts.identity import identity_of
from nurture.drafts.lint import RULES, Page, Reader, lint
from nurture.drafts.mime import compose, references, verify
from nurture.drafts.outcome import digest, text_hash, words_hash
from nurture.drafts.template import TemplateFile, Templates
from nurture.drafts.trial import TrialFinding, Tried, try_all
from nurture.drafts.writer import Memory, write

__all__ = [
    "RULES", "Capsule", "Challenge", "Draft", "Identity", "Memory", "Page", "Reader", "Refused", "Remark", "Setting", "Severity", "Shared", "TemplateFile", "TemplateMeta",
    "Templates", "Text", "TrialFinding", "Tried", "Words", "capsule_of", "compose", "digest", "full_capsule", "gallery", "identity_of", "lint", "references", "text_hash", "try_all", "verify",
    "words_hash", "write",
]  # fmt: skip
