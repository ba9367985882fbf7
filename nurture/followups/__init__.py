from nurture.followups.plan import (
    Action,
    Case,
    Colleagues,
    DraftState,
    Item,
    Lane,
    LedgerRow,
    OPEN_STATES,
    Occasion,
    OwnersWord,
    Plan,
)

__all__ = [
    "Action",
    "Case",
    "Colleagues",
    "DraftState",
    "Item",
    "Lane",
    "LedgerRow",
    "OPEN_STATES",
    "Occasion",
    "OwnersWord",
    "Plan",
]
