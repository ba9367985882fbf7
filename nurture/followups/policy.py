"""What the owner's configuration says about planning."""

from __future__ import annotations

from dataclasses import dataclass, field

from nurture.config import CadenceConfig, Caps, Config, Near
from nurture.shipped import LANGUAGES
from nurture.stages import feasts_of


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The owner's rules for a plan; everything else is the design's."""

    caps: Caps = field(default_factory=Caps)
    cadence: CadenceConfig = field(default_factory=CadenceConfig)
    country: str = "FR"  # the owner's, ISO 3166-1 alpha-2
    free_days: tuple[str, ...] = ()  # "09-01" each year, or "2026-05-15"
    near: tuple[Near, ...] = ()
    outside: tuple[Near, ...] = ()
    inside: tuple[Near, ...] = ()
    sentences: tuple[str, ...] = ()  # what is offered
    languages: tuple[str, ...] = LANGUAGES
    feasts: tuple[tuple[str, str], ...] = ()  # the owner's named days, as the dates of sentences take them


def policy_of(config: Config) -> Policy:
    """The planning part of a configuration."""
    return Policy(
        caps=config.caps,
        cadence=config.cadence,
        country=config.owner.country.upper(),
        free_days=tuple(day for h in config.holidays if h.free for day in h.days),
        near=config.offer.near,
        outside=config.offer.outside,
        inside=config.offer.inside,
        sentences=config.offer.sentences,
        feasts=feasts_of(config.holidays),
    )
