"""The store: one module a concept, values in and out. The only room that knows SQLAlchemy and Alembic."""

from typing import TYPE_CHECKING

from nurture.door import door
from nurture.spared import spared

with spared("asyncio", "importlib.metadata"):  # a fifth of the time that SQLAlchemy takes to load
    import sqlalchemy.dialects.sqlite

if TYPE_CHECKING:
    from nurture.store.bringing import Brought, bring
    from nurture.store.database import Store, schema_version
    from nurture.store.mail_rows import FolderRow, GestureRow, Kept, Past, SkippedRow, Understood, Unread, Watermark
    from nurture.store.person_rows import FactSaid, Learnt, PersonRow, Told
    from nurture.store.plan_rows import Asked, Baseline, Decision, InForce, Insistent, OpenDraft, Run, SheetRow
    from nurture.store.retold import Spoken
    from nurture.store.scratch import NoesOfThen, Rehearsal, Scratch
    from nurture.store.sequence_rows import Author, Revision, SequenceRow
    from nurture.store.session import Session
    from nurture.store.suppression import Suppression
else:
    __getattr__ = door(
        __name__,
        {
            "bringing": "Brought bring",
            "database": "Store schema_version",
            "mail_rows": "FolderRow GestureRow Kept Past SkippedRow Understood Unread Watermark",
            "person_rows": "FactSaid Learnt PersonRow Told",
            "plan_rows": "Asked Baseline Decision InForce Insistent OpenDraft Run SheetRow",
            "sequence_rows": "Author Revision SequenceRow",
            "retold": "Spoken",
            "scratch": "NoesOfThen Rehearsal Scratch",
            "session": "Session",
            "suppression": "Suppression",
        },
    )
