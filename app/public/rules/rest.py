"""What of a kelurahan's numbers no row of an RW tells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def rest_of(whole: Mapping[str, int], named: Sequence[Mapping[str, int]], *, holds_rws: bool) -> dict[str, int] | None:
    """Measure -> what the rows of RWs leave of the whole; None where nothing is left.

    Where the rest holds RWs it is told though nothing is left: that its RWs had nothing must not be read from its absence.
    """
    rest = {measure: value - sum(tally.get(measure, 0) for tally in named) for measure, value in whole.items()}
    return rest if holds_rws or any(value > 0 for value in rest.values()) else None
