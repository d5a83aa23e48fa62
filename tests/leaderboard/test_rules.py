"""Ranks."""

from __future__ import annotations

import pytest

from app.leaderboard.rules import NoBoard, Ranked, not_within_school, rank_among, ranks, ranks_among


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([], []),
        ([5], [1]),
        ([9, 9, 7], [1, 1, 3]),
        ([9, 7, 7, 7, 2], [1, 2, 2, 2, 5]),
        ([3, 3, 3], [1, 1, 1]),
    ],
)
def test_equal_scores_share_a_rank_and_are_skipped_after_it(scores, expected):
    assert ranks(scores) == expected


@pytest.mark.parametrize(("score", "rank"), [(10, 1), (9, 1), (8, 3), (7, 3), (5, 4), (2, 4), (1, 8)])
def test_a_rank_is_one_more_than_have_a_higher_score(score, rank):
    histogram = {9: 2, 7: 1, 2: 4}
    assert rank_among(score, histogram) == rank
    assert ranks_among([score], histogram) == {score: rank}


@pytest.mark.parametrize(
    ("subject", "why"),
    [
        (Ranked.PERSON, NoBoard.PERSONS_IN_SCHOOL),
        (Ranked.KELURAHAN, NoBoard.KELURAHAN_IN_SCHOOL),
        (Ranked.SCHOOL, None),
    ],
)
def test_within_a_school_nobody_is_ranked(subject, why):
    assert not_within_school(subject) is why
