"""The store: one module a concept, values in and out. The only room that knows SQLAlchemy and Alembic."""

from sqlalchemy.orm import Session

from nurture.store import accounts, cases, folders, known, ledger, messages, meta, noes, people, readings, runs, sequences, words
from nurture.store.database import Store, schema_version
from nurture.store.records import (
    Baseline,
    Decision,
    Kept,
    Learnt,
    OpenDraft,
    Past,
    PersonRow,
    Run,
    SkippedRow,
    Understood,
    Unread,
    Watermark,
)
from nurture.store.suppression import Suppression

__all__ = [
    "Baseline",
    "Decision",
    "Kept",
    "Learnt",
    "OpenDraft",
    "Past",
    "PersonRow",
    "Run",
    "Session",
    "SkippedRow",
    "Store",
    "Suppression",
    "Understood",
    "Unread",
    "Watermark",
    "accounts",
    "cases",
    "folders",
    "known",
    "ledger",
    "messages",
    "meta",
    "noes",
    "people",
    "readings",
    "runs",
    "schema_version",
    "sequences",
    "words",
]
