"""The officer's queue, and who is an officer of an action's place."""

from app.stamping.queries.bulks import (
    BulkCount,
    all_open_bulks,
    bulk,
    bulk_counts,
    bulk_to_look_at,
    bulk_to_take_back,
    bulks_to_look_at,
    given_stamps,
    stamped_in,
)
from app.stamping.queries.kinds import KindsWaiting, kinds_waiting
from app.stamping.queries.photographs import PairToSee, pairs_asked, pairs_decided
from app.stamping.queries.reminding import WaitingFor, to_be_told
from app.stamping.queries.replacing import Declarable, declarable, pausable, standing_pauses
from app.stamping.queries.rights import (
    STAMPING_POSTS,
    is_officer_of,
    may_review,
    review_to_decide,
    right_to_decide,
    right_to_stamp,
    rw_of,
    stamper,
    to_decide,
    to_void,
)
from app.stamping.queries.rws import ProposedRw, proposed_rws, takes_rws
from app.stamping.queries.waiting import QueueCursor, QueueFilter, held_since, queue, recorded_for_others, reviews

__all__ = [
    "STAMPING_POSTS",
    "BulkCount",
    "Declarable",
    "KindsWaiting",
    "PairToSee",
    "ProposedRw",
    "QueueCursor",
    "QueueFilter",
    "WaitingFor",
    "all_open_bulks",
    "bulk",
    "bulk_counts",
    "bulk_to_look_at",
    "bulk_to_take_back",
    "bulks_to_look_at",
    "declarable",
    "given_stamps",
    "held_since",
    "is_officer_of",
    "kinds_waiting",
    "may_review",
    "pairs_asked",
    "pairs_decided",
    "pausable",
    "proposed_rws",
    "queue",
    "recorded_for_others",
    "review_to_decide",
    "reviews",
    "right_to_decide",
    "right_to_stamp",
    "rw_of",
    "stamped_in",
    "stamper",
    "standing_pauses",
    "takes_rws",
    "to_be_told",
    "to_decide",
    "to_void",
]
