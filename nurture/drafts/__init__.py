from nurture.drafts.draft import (
    Capsule,
    Draft,
    Identity,
    Remark,
    Severity,
    TemplateMeta,
    Text,
    Words,
)

__all__ = [
    "Capsule",
    "Draft",
    "Identity",
    "Remark",
    "Severity",
    "TemplateMeta",
    "Text",
    "Words",
]
