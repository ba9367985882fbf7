"""How a draft of ours is recognised anywhere: two message-ids that only the key and the occasion can make."""

from __future__ import annotations

import hashlib
import hmac

from nurture.drafts.draft import Identity
from nurture.followups import Occasion

DIGITS = 32  # hex digits: 128 bits


def identity_of(occasion: Occasion, key: bytes, domain: str) -> Identity:
    """The Message-ID and the References token of the draft for an occasion, in the owner's domain; they tell nobody anything."""
    return Identity(message_id=_id(key, b"draft:", occasion, domain), token=_id(key, b"token:", occasion, domain))


def _id(key: bytes, purpose: bytes, occasion: Occasion, domain: str) -> str:
    digest = hmac.new(key, purpose + occasion.text.encode(), hashlib.sha256).hexdigest()[:DIGITS]
    return f"<{digest}@{domain}>"
