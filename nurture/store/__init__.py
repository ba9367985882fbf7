"""The store: one module a concept, values in and out. The only room that knows SQLAlchemy and Alembic."""

from sqlalchemy.orm import Session

from nurture.store import cases, folders, ledger, messages, meta, people, runs, sequences, words
from nurture.store.database import Store, schema_version
from nurture.store.records import Baseline, Before, Decision, Kept, OpenDraft, PersonRow, Run, Unread, Watermark
from nurture.store.suppression import Suppression

__all__ = [
    "Baseline",
    "Before",
    "Decision",
    "Kept",
    "OpenDraft",
    "PersonRow",
    "Run",
    "Session",
    "Store",
    "Suppression",
    "Unread",
    "Watermark",
    "cases",
    "folders",
    "ledger",
    "messages",
    "meta",
    "people",
    "runs",
    "schema_version",
    "sequences",
    "words",
]
