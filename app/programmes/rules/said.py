"""A programme's rules as people say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.core.text import Language, Text, number
from app.people.rules import POST_NAMES, Post
from app.programmes.rules.definition import Badge, Circle, Definition, Indicator, Money, Weekday

DAY_NAMES = {
    Weekday.MONDAY: Text("Senin", "Monday"),
    Weekday.TUESDAY: Text("Selasa", "Tuesday"),
    Weekday.WEDNESDAY: Text("Rabu", "Wednesday"),
    Weekday.THURSDAY: Text("Kamis", "Thursday"),
    Weekday.FRIDAY: Text("Jumat", "Friday"),
    Weekday.SATURDAY: Text("Sabtu", "Saturday"),
    Weekday.SUNDAY: Text("Minggu", "Sunday"),
}
CAPACITY_NAMES = {
    "pupil": Text("Siswa", "Pupil"),
    "teacher": Text("Guru", "Teacher"),
    "principal": Text("Kepala sekolah", "Principal"),
    "cadre": Text("Kader", "Cadre"),
    "coordinator": Text("Pengurus TP PKK", "PKK leader"),
    "volunteer": Text("Relawan dan warga", "Volunteer or resident"),
}
REACHES = {
    "site": Text("tempat itu", "of that site"),
    "kelurahan": Text("kelurahan", "of the kelurahan"),
    "other_rw": Text("dari RW lain", "of another RW"),
}
NAMED_BY_THEIR_PLACE = {
    "teacher@site": Text("guru sekolah itu", "a teacher of the school"),
    "principal@site": Text("kepala sekolah", "the principal"),
    "lurah@kelurahan": Text("lurah", "the lurah"),
    "kecamatan@kelurahan": Text("petugas kecamatan", "kecamatan staff"),
}


def listed(words: Sequence[Text], last: Text) -> Text:
    """ "Senin, Rabu, dan Jumat": English does without the last comma."""
    if len(words) < 2:
        return words[0] if words else Text("", "")
    comma = "," if len(words) > 2 else ""
    return Text(
        f"{', '.join(word.id for word in words[:-1])}{comma} {last.id} {words[-1].id}",
        f"{', '.join(word.en for word in words[:-1])} {last.en} {words[-1].en}",
    )


AND, OR = Text("dan", "and"), Text("atau", "or")


def days_said(definition: Definition) -> Text:
    """On which days it counts."""
    if set(definition.days) == set(Weekday):
        return Text("Setiap hari", "Every day")
    named = listed([DAY_NAMES[day] for day in Weekday if day in definition.days], AND)
    return Text(f"Setiap {named.id}", f"Every {named.en}")


def counted_days_said(definition: Definition) -> Text | None:
    """For whoever is about to begin: the only days that count towards the belt; None where every day does."""
    if not definition.credit.programme_days_only or set(definition.days) == set(Weekday):
        return None
    named = [DAY_NAMES[day] for day in Weekday if day in definition.days]
    indonesian, english = ", ".join(day.id for day in named), ", ".join(day.en for day in named)
    return Text(f"Hari yang dihitung: {indonesian}.", f"Days that count: {english}.")


def rules_said(definition: Definition) -> list[Text]:
    """What whoever takes part has to know, a sentence each."""
    return [*_when(definition), *_where(definition), *_how_much(definition), *_photographs(definition), *_late(definition)]


def _when(definition: Definition) -> Iterator[Text]:
    days = days_said(definition)
    if set(definition.days) == set(Weekday):
        yield Text(f"{days.id}; tidak ada hari khusus.", f"{days.en}; there are no special days.")
    else:
        yield Text(f"{days.id}.", f"{days.en}.")
        yield Text(
            "Pada hari libur tidak wajib datang; yang datang tetap dihitung.",
            "On holidays nobody has to come; those who come still count.",
        )
        if definition.credit.programme_days_only:
            yield Text(
                "Aksi pada hari lain tercatat, tetapi tidak dihitung untuk sabuk.",
                "An action on another day is recorded but does not count towards the belt.",
            )
    if definition.hours is not None:
        start, end = definition.hours.start, definition.hours.end
        yield Text(
            f"Biasanya pukul {start.replace(':', '.')}–{end.replace(':', '.')}; jamnya bebas.",
            f"Usually from {start} to {end}; the hour does not matter.",
        )
    if definition.minutes is not None:
        shortest, longest = definition.minutes.shortest, definition.minutes.longest
        yield Text(
            f"{shortest}–{longest} menit. Lebih lama dihitung {longest} menit; di bawah {shortest} menit diperiksa petugas dulu.",
            f"{shortest} to {longest} minutes. Longer counts as {longest} minutes; under {shortest} minutes an officer checks "
            "it first.",
        )


def _where(definition: Definition) -> Iterator[Text]:
    place = definition.place
    if isinstance(place, Circle):
        usual, least, most = (f"{metres:g}" for metres in (place.radius_m, place.smallest_radius_m, place.largest_radius_m))
        yield Text(
            f"Paling jauh {usual} m dari sekolah atau tempat kerja Anda; tiap tempat dapat menetapkan {least}–{most} m.",
            f"At most {usual} m from your school or workplace; each place may set {least} to {most} m.",
        )
    else:
        yield Text(
            "Di kelurahan tempat Anda bertugas atau terdaftar.",
            "In the kelurahan (urban village) where you hold a post or are registered.",
        )


def _how_much(definition: Definition) -> Iterator[Text]:
    caps = definition.caps
    parts: list[Text] = []
    if caps.actions_per_day is not None:
        parts.append(Text(f"{caps.actions_per_day} aksi sehari", f"{caps.actions_per_day} actions a day"))
    if caps.actions_per_place_and_day is not None:
        most = caps.actions_per_place_and_day
        parts.append(Text(f"{most} di tempat yang sama", f"{most} at the same place"))
    if parts:
        said = listed(parts, AND)
        apart = (
            Text(f", berselang {caps.minutes_apart} menit", f", {caps.minutes_apart} minutes apart")
            if caps.minutes_apart
            else Text("", "")
        )
        yield Text(f"Paling banyak {said.id}{apart.id}.", f"At most {said.en}{apart.en}.")
    for code, most in caps.amount_per_day.items():
        name = definition.measures[code].name.text
        yield Text(
            f"{name.id}: lebih dari {most} sehari diperiksa petugas dulu.",
            f"{name.en}: above {most} a day, an officer checks it first.",
        )
    if definition.credit.measure is not None:
        name = definition.measures[definition.credit.measure].name.text
        most = definition.credit.at_most
        yield Text(
            f"Yang dihitung untuk sabuk: {_small(name.id)}, paling banyak {most} per aksi.",
            f"The belt counts: {_small(name.en)}, at most {most} per action.",
        )


def _photographs(definition: Definition) -> Iterator[Text]:
    asked = definition.evidence.photos
    yield (
        Text(f"Sertakan {asked} foto.", f"Add {asked} photograph{'s' if asked > 1 else ''}.")
        if asked
        else Text("Foto boleh disertakan, tidak wajib.", "A photograph is welcome but not required.")
    )


def _late(definition: Definition) -> Iterator[Text]:
    look, hold = definition.limits.late_look_days, definition.limits.late_hold_days
    yield Text(
        f"Tanpa sinyal tidak apa-apa: catatan boleh terkirim sampai {look} hari kemudian; setelah {hold} hari petugas "
        "memutuskannya satu per satu.",
        f"No signal is no problem: a record may arrive up to {look} days later; after {hold} days an officer decides each one.",
    )


def _small(words: str) -> str:
    """The words as they stand within a sentence; what is written in capitals stays so."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def stampers_said(definition: Definition) -> list[tuple[Text, Text]]:
    """Whose actions are stamped by whom."""
    return [
        (CAPACITY_NAMES[capacity], listed([stamper_said(said) for said in stampers], OR))
        for capacity, stampers in definition.stamping.items()
    ]


def stamper_said(said: str) -> Text:
    """ "petugas kelurahan", "guru sekolah itu"."""
    if said in NAMED_BY_THEIR_PLACE:
        return NAMED_BY_THEIR_PLACE[said]
    post, _, reach = said.partition("@")
    name, where = POST_NAMES[Post(post)], REACHES[reach]
    return Text(f"{_small(name.id)} {where.id}", f"{_article(name.en)} {_small(name.en)} {where.en}")


def _article(words: str) -> str:
    return "an" if words[:1] in "AEIO" else "a"


def badge_said(badge: Badge, definition: Definition) -> Text:
    """How a badge is earned."""
    least = badge.least
    match badge.rule:
        case "first":
            return Text("aksi pertama yang dicap", "the first stamped action")
        case "weeks_in_a_row":
            return Text(f"{least} pekan berturut-turut dengan aksi yang dicap", f"stamped actions in {least} weeks in a row")
        case "places":
            return Text(f"aksi yang dicap di {least} tempat", f"stamped actions at {least} places")
        case _:
            name = definition.measures[badge.measure or ""].name.text
            return Text(f"{_small(name.id)}: {least}", f"{_small(name.en)}: {least}")


def money_said(money: Money, language: Language) -> str | None:
    """ "Rp 170.000–280.000"; None where nobody has a source for an amount."""
    if money.amount_low is None or money.amount_high is None:
        return None
    low, high = number(money.amount_low, language, 0), number(money.amount_high, language, 0)
    return f"Rp {low}" if low == high else f"Rp {low}–{high}"


def amounts_told(definition: Definition, amounts: Iterable[tuple[str, int]]) -> list[tuple[Indicator, int]]:
    """Of what a stamp counted, that of which there is a published number, in the order of the frame.

    Each stamp counts one action and one person: that goes without saying.
    """
    counted = dict(amounts)
    return [
        (indicator, counted[indicator.measure])
        for indicator in definition.frame.indicators
        if counted.get(indicator.measure) and indicator.measure not in ("actions", "people")
    ]
