"""Go or no-go in whole runs: the question beside the answer, the answer taken back, the refusal instead."""

from __future__ import annotations

from pathlib import Path

from nurture.store import outside, people
from tests.whole.house import ANNA, House

WANTS = (
    "Bonjour,\n\nNous voulons deux fois moins d'appels au support. Si on passe de 40 à 20 appels par semaine d'ici fin juin, c'est "
    "gagné.\n\nPouvez-vous nous envoyer un devis ?\n\nAnna Roux"
)


def say_no(house: House) -> None:
    """`nurture log anna@client.example fit no`."""
    with house.world() as world, world.store.begin() as session:
        row = people.by_address(session, "anna@client.example")
        assert row is not None
        saying = outside.Saying(person=row.person.key, address="anna@client.example", at=house.now, via="log fit")
        outside.log(session, saying, outside.FIT, happened=house.now, day=house.now.date(), text="no")
        people.touch(session, row.person.key)


def test_a_no_takes_the_answer_back_and_writes_a_refusal_once(tmp_path: Path) -> None:
    """Then they are left in peace; the refusal as it was sent is found, and nothing comes after it."""
    house = House(tmp_path)
    first = house.write()
    house.later(days=1).receive(ANNA, WANTS, answers=first)
    [item] = house.later(days=2).run().items
    assert "fit yes|no" in item.question
    assert len(house.drafts()) == 1

    say_no(house.later(minutes=5))
    report = house.later(minutes=5).run()
    assert [w.rule for w in report.withdrawn] == ["no-go"]
    assert [i.template for i in report.items] == ["refusal"]
    [uid] = house.drafts()
    assert "⟦" in house.body(uid)
    house.later(days=1).send(uid)
    report = house.run()
    assert {i.rule for i in report.items} <= {"refused", "no-go"}
    for _ in range(12):
        house.later(days=15).run()
    assert house.drafts() == []
