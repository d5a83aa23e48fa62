"""The last row of a table by RW: what no RW is told to have done."""

from __future__ import annotations

import pytest

from app.public.rules.rest import rest_of

WHOLE = {"actions": 7, "bags": 3}


@pytest.mark.parametrize(
    ("whole", "named", "holds_rws", "rest"),
    [
        (WHOLE, [], False, WHOLE),
        (WHOLE, [{"actions": 7, "bags": 3}], False, None),
        (WHOLE, [{"actions": 4, "bags": 1}, {"actions": 3, "bags": 2}], False, None),
        # one that is left is left, of whichever measure
        (WHOLE, [{"actions": 6, "bags": 3}], False, {"actions": 1, "bags": 0}),
        (WHOLE, [{"actions": 7, "bags": 2}], False, {"actions": 0, "bags": 1}),
        (WHOLE, [{"actions": 3}, {"actions": 2}], False, {"actions": 2, "bags": 3}),
        # where it holds RWs it is told, whatever is left
        (WHOLE, [{"actions": 7, "bags": 3}], True, {"actions": 0, "bags": 0}),
        (WHOLE, [{"actions": 5, "bags": 3}], True, {"actions": 2, "bags": 0}),
        ({"actions": 0}, [], False, None),
        ({"actions": 0}, [], True, {"actions": 0}),
        ({}, [], False, None),
    ],
)
def test_the_rest_is_told_where_something_is_left_or_an_rw_is_told_only_there(whole, named, holds_rws, rest):
    assert rest_of(whole, named, holds_rws=holds_rws) == rest
