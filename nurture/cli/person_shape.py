"""What every command tells of one person in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nurture.store import PersonRow


def shape(row: PersonRow) -> dict[str, Any]:
    """One person in JSON."""
    return {
        "addresses": list(row.person.addresses),
        "name": row.person.name or None,
        "first_name": row.person.first_name,
        "company": row.person.company,
        "language": row.person.lang,
        "register": row.person.register,
        "role_address": row.person.role_address,
        "followed": row.followed,
        "stopped": row.stopped,
        "paused_until": row.paused_until,
        "source": row.source,
        "added": row.added,
    }
