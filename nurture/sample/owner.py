"""Whose mailbox the sample is: Camille Laurent, who teaches her clients' customers to use what they bought."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from nurture.config import AccountConfig, Caps, Config, Conviction, MailboxUrl, Near, OfferConfig, OwnerConfig

NAME = "Camille Laurent"
ADDRESS = "camille@atelier-laurent.example"
SAMPLE_NOW = datetime(2026, 3, 11, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))  # a Wednesday

SIGNATURE = "Camille Laurent\nAtelier Laurent\n01 99 00 12 34"

OFFER = OfferConfig(
    sentences=(
        "Des ateliers où vos clients apprennent ensemble à se servir de ce que vous leur vendez.",
        "Workshops in which your customers learn together to use what you sell them.",
    ),
    price_range="4 800 – 9 500 €",
    course="un entretien pour fixer le résultat, un atelier pilote, trois sessions, puis un bilan à trente jours",
    near=(
        Near(
            name="former vos formateurs",
            fr=("former nos formateurs", "formation de formateurs"),
            en=("train the trainer", "train our trainers"),
        ),
    ),
    outside=(
        Near(
            name="plateforme e-learning",
            fr=("plateforme e-learning", "module e-learning", "LMS", "SCORM"),
            en=("e-learning platform", "online course platform", "LMS", "SCORM"),
        ),
    ),
)

CONVICTIONS = (
    Conviction(
        belief="des vidéos suffisent, nos clients n’ont qu’à les regarder",
        answer="une vidéo montre le bon geste, rarement l’erreur que l’on est sur le point de faire",
        reason="on retient ce que l’on a fait une fois de ses mains, à côté de quelqu’un qui apprend aussi",
    ),
    Conviction(
        belief="a manual is enough, our customers only have to read it",
        answer="most people open a manual after the mistake, not before",
        reason="what stays is what they have done once with their own hands, next to somebody who was learning, too",
    ),
)


def sample_config(mailbox: Path) -> Config:
    """The owner's configuration over a built mailbox. Everybody is followed, and the caps let every draft that is due appear."""
    return Config(
        owner=OwnerConfig(
            name=NAME,
            addresses=(ADDRESS,),
            gender="f",
            trade="ateliers pour apprendre à vos clients à se servir de vos produits",
            country="FR",
            language="fr",
            signature=SIGNATURE,
            timezone="Europe/Paris",
        ),
        accounts=(AccountConfig(mailbox=MailboxUrl(scheme="maildir", path=str(mailbox)), address=ADDRESS),),
        follow="all",
        caps=Caps(open_drafts=30, drafts_per_day=30),
        offer=OFFER,
        convictions=CONVICTIONS,
    )
