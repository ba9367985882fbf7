"""What the confidentiality check costs with many people, in seconds of processor: taking them in once, and each draft.

usage: python -m tests.bench.known [PEOPLE]          (100,000 where nothing is said)
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, insert, select

from nurture.conversations import Entity, EntityKind, named_in
from nurture.store import Session, Store, known
from nurture.store.tables import Addresses, Known, People

NOW = datetime(2026, 3, 11, 8, 0, tzinfo=UTC)
SYLLABLES = "ba ber bo car co da del du fa fer ga gen ha jo la lan lo ma mer mo na ni pa per ro ru sa sel ta ter va vel".split()
DRAFT = """Bonjour Madame Kermadec,

Merci pour votre message de mardi. Vous écriviez que « nos clients de Brest et de Quimper appellent tous pour la même chose », et je
garde en tête les 40 appels par semaine dont vous parliez. Avec le Portail Clients de la Biscuiterie Kermadec, la Halle Bleue et un
budget de 12 000 €, il y a de quoi commencer. J’ai mis de côté une lecture : https://lectures.example/premiers-pas, écrite par Anne
Le Goff et Paul Martin, qui ont suivi Orange, La Poste et la Ville de Rennes pendant deux ans.

Qu’est-ce qui vous dirait, dans six mois, que c’est réussi ? Vous pouvez me joindre au 06 12 34 56 78.

Bien à vous,
Camille Laurent
"""


def a_word(chance: random.Random) -> str:
    """Something that could be a name."""
    return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 4)))


def fill(session: Session, count: int, chance: random.Random) -> None:
    """People as they are met, and five things that each has said; one in a hundred of them in everybody's mouth."""
    for start in range(1, count + 1, 5_000):
        keys = range(start, min(start + 5_000, count + 1))
        names = {k: f"{a_word(chance).title()} {a_word(chance).title()}" for k in keys}
        company = {k: f"{a_word(chance)}{k % (count // 3 + 1)}.example" for k in keys}
        session.execute(
            insert(People), [{"id": k, "name": names[k], "company": company[k], "source": "bench", "added": NOW} for k in keys]
        )
        session.execute(
            insert(Addresses),
            [{"address": f"{names[k].lower().replace(' ', '.')}@{k}.{company[k]}", "person": k, "place": 0} for k in keys],
        )
        said: list[tuple[int, Entity]] = [(k, thing) for k in keys for thing in {_thing(chance) for _ in range(5)}]
        rows = [
            {"person": k, "kind": kind.value, "form": form, "secret": True, "own": True, "itself": False}
            for k, (kind, form) in said
        ]
        session.execute(insert(Known), rows)


def _thing(chance: random.Random) -> Entity:
    if chance.random() < 0.01:
        return EntityKind.PROJECT, "portail clients"
    kind = chance.choice([EntityKind.PROJECT, EntityKind.PROJECT, EntityKind.AMOUNT, EntityKind.PHONE, EntityKind.NAME])
    if kind is EntityKind.AMOUNT:
        return kind, f"{chance.randrange(1, 200) * 250:.2f}eur"
    return kind, str(chance.randrange(10**8, 10**9)) if kind is EntityKind.PHONE else f"{a_word(chance)} {a_word(chance)}"


def measure(count: int) -> None:
    """Print what each part costs."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        store = Store.open(folder / "state" / "nurture.db", create=True)
        with store.begin() as session:
            fill(session, count, random.Random(1))
        told("taking everybody in, once", lambda session: known.catch_up(session), store)
        told("the same when nobody is new", lambda session: known.catch_up(session), store)
        found = named_in(DRAFT)
        began = time.process_time()
        for _ in range(100):
            named_in(DRAFT)
        print(f"{'reading one draft':34}{(time.process_time() - began) * 10:9.2f} ms   {len(found)} readings")
        told("asking about one draft, cold", lambda session: known.of_others(session, 1, found), store)
        began = time.process_time()
        for person in range(2, 102):
            with store.begin() as session:
                known.of_others(session, person, found)
        print(f"{'asking about one draft':34}{(time.process_time() - began) * 10:9.2f} ms")
        with store.begin() as session:
            print("known from others:", sorted({m.text for m in known.of_others(session, 1, found)}))
            rows = session.scalar(select(func.count()).select_from(Known))
        size = (folder / "state" / "nurture.db").stat().st_size / 2**20
        print(
            f"{rows} rows, database of {size:.0f} MB, memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
        )
        store.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def told(what: str, act: object, store: Store) -> None:
    """Do it in a transaction of its own, and say how long it took."""
    began = time.process_time()
    with store.begin() as session:
        act(session)  # type: ignore[operator]  # a function of a session
    print(f"{what:34}{(time.process_time() - began) * 1000:9.2f} ms")


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{many} people on {os.cpu_count()} cores")
    measure(many)
