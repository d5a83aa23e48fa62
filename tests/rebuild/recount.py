"""The counting told a second time, as plainly as can be: every number from every stamp, nothing shared with the program."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.actions.models import Action, Stamp
from app.people.models import Person

JAKARTA = ZoneInfo("Asia/Jakarta")
GPS_LADDER = [(1, "white", 0), (7, "white", 1), (13, "white", 2), (19, "white", 3), (25, "green", 0), (38, "green", 1)]


def ends_of(day: date) -> dict[str, date | None]:
    """Name of each period of the day, with its last day."""
    year, week, weekday = day.isocalendar()
    next_month = (day.replace(day=28) + timedelta(days=4)).replace(day=1)
    return {
        f"{year}-W{week:02d}": day + timedelta(days=7 - weekday),
        f"{day.year}-{day.month:02d}": next_month - timedelta(days=1),
        f"{day.year}": date(day.year, 12, 31),
        "all": None,
    }


def public_moment(stamp, action):
    """A child's stamp is told when the day after it, or after the action where that is later, has ended in Bandung."""
    day = max(stamp.stamped_at.astimezone(JAKARTA).date(), action.observed_on)
    return datetime.combine(day + timedelta(days=2), time(), JAKARTA)


def public_tally(session, until):
    """The tallies of sites and areas as the public may know them at an instant, numbers of people left out."""
    children = set(session.scalars(select(Person.id).where(~Person.is_adult)))
    tally = Counter()
    joined = select(Stamp, Action).join(Action, Action.id == Stamp.action_id).where(Stamp.voided_at.is_(None))
    for stamp, action in session.execute(joined.execution_options(populate_existing=True)):
        if action.person_id in children and public_moment(stamp, action) > until:
            continue
        places = [("area", a) for a in (action.rw_id, action.kelurahan_id, action.kecamatan_id, action.city_id) if a]
        places += [("site", action.site_id)] if action.site_id else []
        for period in ends_of(action.observed_on):
            for subject, subject_id in places:
                for measure, value in stamp.credits.items():
                    tally[action.programme_id, subject, subject_id, period, measure] += value
    return dict(tally)


def recount(session):
    """Tallies, presences, histogram, awards and badges of the valid stamps, zeros left out."""
    tally, been, ranked, climbs = Counter(), Counter(), Counter(), defaultdict(list)
    joined = select(Stamp, Action).join(Action, Action.id == Stamp.action_id).where(Stamp.voided_at.is_(None))
    for stamp, action in session.execute(joined.execution_options(populate_existing=True)):
        places = [("area", a) for a in (action.rw_id, action.kelurahan_id, action.kecamatan_id, action.city_id) if a]
        places += [("site", action.site_id)] if action.site_id else []
        stamped_on = stamp.stamped_at.astimezone(JAKARTA).date()
        for period, last in ends_of(action.observed_on).items():
            in_time = last is None or stamped_on <= last + timedelta(days=14)
            for subject, subject_id in [*places, ("person", action.person_id)]:
                for measure, value in stamp.credits.items():
                    tally[action.programme_id, subject, subject_id, period, measure] += value
            for subject, subject_id in places:
                been[action.programme_id, subject, subject_id, period, action.person_id] += 1
                if in_time:
                    tally[action.programme_id, subject, subject_id, period, "ranked"] += 1
                    ranked[action.programme_id, subject, subject_id, period, action.person_id] += 1
        climbs[action.person_id, action.programme_id].append((stamp.stamped_at, stamp.id, stamp.credits, action))
    for programme_id, subject, subject_id, period, _ in been:
        tally[programme_id, subject, subject_id, period, "people"] += 1
    return {
        "tally": dict(tally),
        "presence": {key: (count, ranked[key]) for key, count in been.items()},
        "histogram": histogram(session, ranked),
        "award": awards(climbs),
        "badge": badges(climbs),
    }


def histogram(session, ranked):
    shown = set(session.scalars(select(Person.id).where(Person.shown, Person.is_adult)))
    boards = Counter()
    for (programme_id, subject, area_id, period, person_id), score in ranked.items():
        if subject == "area" and person_id in shown:
            boards[programme_id, area_id, period, score] += 1
    return dict(boards)


def awards(climbs):
    """Both programmes have the same ladder; nobody here gets further than its sixth rung."""
    earned = {}
    for (person_id, programme_id), stamps in climbs.items():
        total = 0
        for at, _, credits, _ in sorted(stamps, key=lambda stamp: stamp[:2]):
            total += credits.get("credit", 0)
            for threshold, belt, stripes in GPS_LADDER:
                if threshold <= total and (person_id, programme_id, threshold) not in earned:
                    earned[person_id, programme_id, threshold] = (belt, stripes, at)
    assert all(threshold < 38 for _, _, threshold in earned)
    return earned


def badges(climbs):
    earned = {}
    for (person_id, programme_id), stamps in climbs.items():
        ordered = sorted(stamps, key=lambda stamp: stamp[0])
        for number in range(1, len(ordered) + 1):
            at, so_far = ordered[number - 1][0], ordered[:number]
            for code in complete(so_far):
                earned.setdefault((person_id, programme_id, code), at)
    return earned


def complete(stamps):
    """The badges that these stamps together have earned; the bundled files' own."""
    actions = [action for *_, action in stamps]
    is_gps = "holes" not in actions[0].measures
    yield "first_pick" if is_gps else "first_hole"
    mondays = {action.observed_on - timedelta(days=action.observed_on.weekday()) for action in actions}
    if any(all(monday + timedelta(weeks=n) in mondays for n in range(4)) for monday in mondays):
        yield "four_weeks"
    if is_gps and sum(credits.get("bags_large", 0) for *_, credits, _ in stamps) >= 10:
        yield "ten_large_bags"
    if is_gps and len({action.site_id or -(action.kelurahan_id or 0) for action in actions} - {0}) >= 3:
        yield "three_places"
    if not is_gps and sum(credits.get("holes", 0) for *_, credits, _ in stamps) >= 30:
        yield "thirty_holes"
