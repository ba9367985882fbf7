"""The store: one module a concept, values in and out. The only room that knows SQLAlchemy and Alembic."""

from typing import TYPE_CHECKING

from nurture.door import door
from nurture.spared import spared

with spared("asyncio", "importlib.metadata"):  # a fifth of the time that SQLAlchemy takes to load
    import sqlalchemy.dialects.sqlite

if TYPE_CHECKING:
    from nurture.store.bringing import Brought, bring
    from nurture.store.database import Store, schema_version
    from nurture.store.records import (
        Asked,
        Author,
        Baseline,
        Decision,
        FactSaid,
        FolderRow,
        GestureRow,
        InForce,
        Insistent,
        Kept,
        Learnt,
        OpenDraft,
        Past,
        PersonRow,
        Revision,
        Run,
        SequenceRow,
        SheetRow,
        SkippedRow,
        Told,
        Understood,
        Unread,
        Watermark,
    )
    from nurture.store.retold import Spoken
    from nurture.store.scratch import NoesOfThen, Rehearsal, Scratch
    from nurture.store.session import Session
    from nurture.store.suppression import Suppression
else:
    __getattr__ = door(
        __name__,
        {
            "bringing": "Brought bring",
            "database": "Store schema_version",
            "records": "Asked Author Baseline Decision FactSaid FolderRow GestureRow InForce Insistent Kept Learnt OpenDraft Past PersonRow Revision Run SequenceRow SheetRow SkippedRow Told Understood Unread Watermark",
            "retold": "Spoken",
            "scratch": "NoesOfThen Rehearsal Scratch",
            "session": "Session",
            "suppression": "Suppression",
        },
    )
