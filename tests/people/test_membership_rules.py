"""Who answers for a site when somebody asks to belong to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.people.rules import ActiveTenure, AskedSite, Post, may_answer

SITE, OTHER_SITE, KELURAHAN, OTHER_KELURAHAN, CITY = 7, 8, 20, 21, 1
ASKER, OFFICER, SOMEBODY = 100, 200, 300


def held(post: Post, *, site: int | None = None, area: int | None = None) -> ActiveTenure:
    return ActiveTenure(1, post, None, area, site, None, None)


AT_SITE = held(Post.OFFICER, site=SITE)
PRINCIPAL = held(Post.PRINCIPAL, site=SITE)
IN_KELURAHAN = held(Post.OFFICER, area=KELURAHAN)
LURAH = held(Post.LURAH, area=KELURAHAN)
VOLUNTEER = held(Post.VOLUNTEER, site=SITE)


@pytest.mark.parametrize(
    ("says", "tenures", "answering", "is_school", "waited_days", "may"),
    [
        ("the site's officer", [AT_SITE], {SOMEBODY}, False, 0, True),
        ("the school's principal", [PRINCIPAL], {SOMEBODY}, True, 0, True),
        ("a teacher does not", [held(Post.TEACHER, site=SITE)], {SOMEBODY}, True, 0, False),
        ("another site's officer does not", [held(Post.OFFICER, site=OTHER_SITE)], set(), False, 9, False),
        ("the kelurahan's officer where the site has nobody", [IN_KELURAHAN], set(), False, 0, True),
        ("the lurah where the site has nobody", [LURAH], set(), False, 0, True),
        ("the lurah where the only officer is who asks", [LURAH], {ASKER}, False, 0, True),
        ("not the kelurahan's while the site has a week", [IN_KELURAHAN], {SOMEBODY}, False, 6, False),
        ("the kelurahan's after the week", [IN_KELURAHAN], {SOMEBODY}, False, 7, True),
        ("never the kelurahan's for a school that has a principal", [IN_KELURAHAN], {SOMEBODY}, True, 70, False),
        ("the kelurahan's for a school without a principal", [IN_KELURAHAN], set(), True, 0, True),
        ("not another kelurahan's", [held(Post.OFFICER, area=OTHER_KELURAHAN)], set(), False, 70, False),
        ("not the kecamatan, a cadre, a coordinator or an administrator", [held(Post.KECAMATAN, area=CITY),
          held(Post.CADRE, area=KELURAHAN), held(Post.COORDINATOR, area=KELURAHAN), held(Post.ADMINISTRATOR, area=CITY)],
         set(), False, 70, False),
        ("no officer who also acts there as a volunteer", [AT_SITE, VOLUNTEER], set(), False, 70, False),
        ("no officer of the kelurahan who acts there as a volunteer", [IN_KELURAHAN, VOLUNTEER], set(), False, 70, False),
        ("nobody without a post", [], set(), False, 70, False),
    ],
)  # fmt: skip
def test_whoever_answers_for_a_site(
    says: str, tenures: list[ActiveTenure], answering: set[int], is_school: bool, waited_days: int, may: bool
) -> None:
    site = AskedSite(SITE, frozenset({KELURAHAN, CITY}), is_school, frozenset(answering))
    waited = timedelta(days=waited_days)
    assert may_answer(tenures, site, answerer=OFFICER, asker=ASKER, waited=waited) is may, says
    assert not may_answer(tenures, site, answerer=ASKER, asker=ASKER, waited=waited), "nobody answers for themselves"
