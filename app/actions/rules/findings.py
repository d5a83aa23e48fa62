"""What the assessment noticed. A finding is never a rejection by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from app.actions.rules.words import Status
from app.core.text import Multilingual, Text


class Level(StrEnum):
    """What a finding leads to: nothing, an officer's look, or a hold until an officer says a word."""

    OK = "ok"
    LOOK = "look"
    HOLD = "hold"


OFF_DAY = "day_other"
"""The code for an action on a day that is none of its programme's."""


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    level: Level
    values: Mapping[str, object] = field(default_factory=dict)
    """What its sentence speaks of: metres, names, days."""

    @property
    def leaves_uncounted(self) -> bool:
        """Whether the action is recorded and stamped without counting towards a belt."""
        return self.code == OFF_DAY and not self.values.get("counted", False)

    def stored(self) -> list[object]:
        """As it is kept with the action."""
        return [self.code, self.level.value, dict(self.values)]

    @staticmethod
    def read(row: list[object]) -> Finding:
        code, level, values = row
        if not isinstance(values, dict):
            raise TypeError("a stored finding is [code, level, values]")
        return Finding(str(code), Level(str(level)), values)


OF_DAY = frozenset({"day_programme", "day_holiday", OFF_DAY, "day_replacement", "day_replacement_own"})
"""What is said of the day of an action, and said anew when a replacement day is declared."""


def with_day(findings: Iterable[Finding], found: Finding) -> tuple[Finding, ...]:
    """The findings with another word on the day in the place of the one before; at the end where there was none."""
    before = tuple(findings)
    said = tuple(found if finding.code in OF_DAY else finding for finding in before)
    return said if found in said else (*said, found)


def is_programme_day(stored: Iterable[Sequence[object]]) -> bool:
    """Whether none of an action's stored findings says that its day was none of its programme's."""
    return all(row[0] != OFF_DAY for row in stored)


RETURNED = "returned"
"""The code of what goes with an action that was given back to the queue: its soft holds hold it no longer."""
RETURNED_AFTER = timedelta(days=14)
SOFT = frozenset(
    {
        "radius_outside", "area_outside", "minutes_short", "cap_day", "spacing_short", "overlap",
        "clock_wrong", "clock_other_day", "future", "very_late", "records_many",
    }
)  # fmt: skip
"""What holds an action only for a while: odd circumstances, which happen to honest people. What its photographs, its
positions or two actions that cannot both be contradict holds it until somebody decides."""


def gravest(findings: Iterable[Finding]) -> Level:
    """What the findings together lead to."""
    found = tuple(findings)
    is_returned = any(finding.code == RETURNED for finding in found)
    holds = [finding for finding in found if finding.level is Level.HOLD]
    if any(not (is_returned and finding.code in SOFT) for finding in holds):
        return Level.HOLD
    return Level.LOOK if holds or any(finding.level is Level.LOOK for finding in found) else Level.OK


def leads_to(findings: Iterable[Finding]) -> Status:
    """Held when one of the findings holds, else waiting for its stamp."""
    return Status.HELD if gravest(findings) is Level.HOLD else Status.WAITING


def given_back(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings of an action that was held long enough: all of them, and that it was given back; once."""
    found = tuple(findings)
    if any(finding.code == RETURNED for finding in found):
        return found
    return (*found, Finding(RETURNED, Level.LOOK, {"days": RETURNED_AFTER.days}))


TRAVEL = "travel_impossible"
"""The code for two actions between which nobody can have come from one place to the other."""
BESIDE = frozenset({"cap_day", "spacing_short", "overlap", TRAVEL})
"""What other actions of the same person say of an action, and say anew when they change."""
OF_STAMPED = frozenset({TRAVEL})
"""What may still be found beside an action once it is stamped."""


def holds_itself(findings: Iterable[Finding]) -> bool:
    """Whether it would be held if the person had no other action."""
    return any(finding.level is Level.HOLD and finding.code not in BESIDE for finding in findings)


def with_beside(findings: Iterable[Finding], found: Iterable[Finding], codes: frozenset[str] = BESIDE) -> tuple[Finding, ...]:
    """The findings with what was found beside other actions, last, in the place of what these codes said before."""
    return (*(finding for finding in findings if finding.code not in codes), *found)


NO_SITE = "site_none"
"""The code for an action at no site and in no area of its doer's."""


def with_place(findings: Iterable[Finding], found: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with what is said of the place first, in the place of the word that there was none."""
    return (*found, *(finding for finding in findings if finding.code != NO_SITE))


FIRST_WORD = "first_word"
"""The code of what goes with an action from before the semester once an officer has said that it counts: a second has to."""


def waits_for_second(stored: Iterable[Sequence[object]]) -> bool:
    """Whether an action's stored findings say that the first of two officers has spoken."""
    return any(row[0] == FIRST_WORD for row in stored)


def with_first_word(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, and that the first of two officers has spoken."""
    return (*findings, Finding(FIRST_WORD, Level.LOOK))


PENDING = "photos_pending"
_SEEN = "photos_ok"
OF_PHOTOGRAPHS = frozenset(
    {PENDING, _SEEN, "photo_broken", "photo_repeated", "photo_similar", "photo_time_off", "photo_place_off"}
)
"""What is said once the photographs have been looked at, and until then."""
FOLLOWS = "photo_follows"
"""The code for photographs whose digests came with the action and whose bytes may still come."""
FOLLOWS_WITHIN = timedelta(days=7)
NEVER_CAME = "photo_never_came"
MISSING = "photos_missing"
_OF_NUMBERS = frozenset({FOLLOWS, NEVER_CAME, MISSING})


def photographs_short(*, here: int, coming: int, is_over: bool, asked: int) -> tuple[Finding, ...]:
    """What is said of photographs that are not here; what still may come stands for what was asked until its time is over."""
    short = [Finding(NEVER_CAME if is_over else FOLLOWS, Level.LOOK, {"photos": coming})] if coming else []
    counted = here if is_over else here + coming
    if counted < asked:
        short.append(Finding(MISSING, Level.LOOK, {"asked": asked, "photos": counted}))
    return tuple(short)


def with_photographs_short(findings: Iterable[Finding], short: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with what is said of photographs that are not here, as it is now."""
    return with_photographs(findings, short, _OF_NUMBERS)


def with_one_come(findings: Iterable[Finding], *, here: int) -> tuple[Finding, ...]:
    """The findings once one more photograph is here: it has to be looked at, and what holds by the others goes on holding."""
    return with_photographs(findings, [Finding(PENDING, Level.LOOK, {"photos": here})], frozenset({PENDING, _SEEN}))


def with_photographs(
    findings: Iterable[Finding], found: Iterable[Finding], codes: frozenset[str] = OF_PHOTOGRAPHS
) -> tuple[Finding, ...]:
    """The findings with what was found in the photographs in the place of what these codes said of them before."""
    before: list[Finding] = []
    after: list[Finding] = []
    is_past = False
    for finding in findings:
        if finding.code in codes:
            is_past = True
        else:
            (after if is_past else before).append(finding)
    return (*before, *found, *after)


_NAME = "name_"


def name_kept(by_language: Mapping[str, str]) -> dict[str, str]:
    """A name of a programme's file as a finding keeps it: {"name_id": ..., "name_en": ...}, one key for each language."""
    return {_NAME + language: text for language, text in by_language.items()}


def name_read(values: Mapping[str, object]) -> Text:
    """The name that a finding keeps."""
    return Multilingual(**{key.removeprefix(_NAME): str(text) for key, text in values.items() if key.startswith(_NAME)})
