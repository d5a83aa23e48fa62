"""Storing facts. Who may, and what follows from them, is decided in the rooms above."""

from app.actions.service.deciding import (
    OfficerDecision,
    add_first_word,
    add_refusal,
    add_stamp,
    commitment,
    last_pages,
    link,
    stamp_row,
    stamped_content,
    void,
    withdraw,
)
from app.actions.service.recording import ActionContext, action_row, cell_of, record
from app.actions.service.settling import (
    LaterSite,
    give_back,
    is_held_by_rules,
    judge_again,
    photograph_came,
    settle_beside,
    settle_photographs,
    settle_site,
    tell_short,
)

__all__ = [
    "ActionContext",
    "LaterSite",
    "OfficerDecision",
    "action_row",
    "add_first_word",
    "add_refusal",
    "add_stamp",
    "cell_of",
    "commitment",
    "give_back",
    "is_held_by_rules",
    "judge_again",
    "last_pages",
    "link",
    "photograph_came",
    "record",
    "settle_beside",
    "settle_photographs",
    "settle_site",
    "stamp_row",
    "stamped_content",
    "tell_short",
    "void",
    "withdraw",
]
