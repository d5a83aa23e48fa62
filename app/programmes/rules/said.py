"""A programme's rules as people say them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.core.catalogue import Language
from app.core.text import Clock, Listing, Recased, Text, number
from app.people.rules import Post
from app.programmes.rules.definition import Badge, Circle, Definition, Indicator, Money, Weekday

DAY_NAMES = {
    Weekday.MONDAY: Text("Senin"),
    Weekday.TUESDAY: Text("Selasa"),
    Weekday.WEDNESDAY: Text("Rabu"),
    Weekday.THURSDAY: Text("Kamis"),
    Weekday.FRIDAY: Text("Jumat"),
    Weekday.SATURDAY: Text("Sabtu"),
    Weekday.SUNDAY: Text("Minggu"),
}
CAPACITY_NAMES = {
    "pupil": Text("Siswa"),
    "teacher": Text("Guru"),
    "principal": Text("Kepala sekolah"),
    "cadre": Text("Kader"),
    "coordinator": Text("Pengurus TP PKK"),
    "volunteer": Text("Relawan dan warga"),
}
STAMPER_NAMES = {
    Post.TEACHER: Text.pgettext("somebody who stamps", "guru"),
    Post.PRINCIPAL: Text.pgettext("somebody who stamps", "kepala sekolah"),
    Post.OFFICER: Text.pgettext("somebody who stamps", "petugas"),
    Post.COORDINATOR: Text.pgettext("somebody who stamps", "pengurus TP PKK"),
    Post.LURAH: Text.pgettext("somebody who stamps", "lurah"),
    Post.KECAMATAN: Text.pgettext("somebody who stamps", "petugas kecamatan"),
}
REACHES = {
    "site": Text("tempat itu"),
    "kelurahan": Text.pgettext("posts of", "kelurahan"),
    "other_rw": Text("dari RW lain"),
}
NAMED_BY_THEIR_PLACE = {
    "teacher@site": Text("guru sekolah itu"),
    "principal@site": Text("kepala sekolah"),
    "lurah@kelurahan": Text("lurah"),
    "kecamatan@kelurahan": Text("petugas kecamatan"),
}


AND = Text("%(words)s dan %(last)s"), Text("%(words)s, dan %(last)s")
OR = Text("%(words)s atau %(last)s"), Text("%(words)s, atau %(last)s")
"""How two things are joined, and how more."""


def listed(words: Sequence[Text], joined: tuple[Text, Text]) -> Text:
    """ "Senin, Rabu, dan Jumat": English does without the last comma."""
    if len(words) < 2:
        return words[0] if words else Text("")
    two, more = joined
    return (two if len(words) == 2 else more).given(words=Listing(words[:-1]), last=words[-1])


def days_said(definition: Definition) -> Text:
    """On which days it counts."""
    if set(definition.days) == set(Weekday):
        return Text("Setiap hari")
    named = listed([DAY_NAMES[day] for day in Weekday if day in definition.days], AND)
    return Text("Setiap %(named)s", named=named)


def counted_days_said(definition: Definition) -> Text | None:
    """For whoever is about to begin: the only days that count towards the belt; None where every day does."""
    if not definition.credit.programme_days_only or set(definition.days) == set(Weekday):
        return None
    named = [DAY_NAMES[day] for day in Weekday if day in definition.days]
    return Text("Hari yang dihitung: %(days)s.", days=Listing(named))


def rules_said(definition: Definition) -> list[Text]:
    """What whoever takes part has to know, a sentence each."""
    return [*_when(definition), *_where(definition), *_how_much(definition), *_photographs(definition), *_late(definition)]


def _when(definition: Definition) -> Iterator[Text]:
    days = days_said(definition)
    if set(definition.days) == set(Weekday):
        yield Text("%(days)s; tidak ada hari khusus.", days=days)
    else:
        yield Text("%(days)s.", days=days)
        yield Text("Pada hari libur tidak wajib datang; yang datang tetap dihitung.")
        if definition.credit.programme_days_only:
            yield Text("Aksi pada hari lain tercatat, tetapi tidak dihitung untuk sabuk.")
    if definition.hours is not None:
        hours = definition.hours
        yield Text("Biasanya pukul %(start)s–%(end)s; jamnya bebas.", start=Clock(hours.start), end=Clock(hours.end))
    if definition.minutes is not None:
        shortest, longest = definition.minutes.shortest, definition.minutes.longest
        yield Text(
            "%(shortest)s–%(longest)s menit. Lebih lama dihitung %(longest)s menit; di bawah "
            "%(shortest)s menit diperiksa petugas dulu.",
            shortest=shortest,
            longest=longest,
        )


def _where(definition: Definition) -> Iterator[Text]:
    place = definition.place
    if isinstance(place, Circle):
        usual, least, most = (f"{metres:g}" for metres in (place.radius_m, place.smallest_radius_m, place.largest_radius_m))
        yield Text(
            "Paling jauh %(usual)s m dari sekolah atau tempat kerja Anda; tiap tempat dapat menetapkan %(least)s–%(most)s m.",
            usual=usual,
            least=least,
            most=most,
        )
    else:
        yield Text("Di kelurahan tempat Anda bertugas atau terdaftar.")


def _how_much(definition: Definition) -> Iterator[Text]:
    caps = definition.caps
    parts: list[Text] = []
    if caps.actions_per_day is not None:
        parts.append(Text("%(n)s aksi sehari", n=caps.actions_per_day))
    if caps.actions_per_place_and_day is not None:
        most = caps.actions_per_place_and_day
        parts.append(Text("%(most)s di tempat yang sama", most=most))
    if parts:
        said = listed(parts, AND)
        if caps.minutes_apart:
            yield Text("Paling banyak %(said)s, berselang %(n)s menit.", said=said, n=caps.minutes_apart)
        else:
            yield Text("Paling banyak %(said)s.", said=said)
    for code, most in caps.amount_per_day.items():
        name = definition.measures[code].name.text
        yield Text("%(name)s: lebih dari %(most)s sehari diperiksa petugas dulu.", name=name, most=most)
    if definition.credit.measure is not None:
        name = definition.measures[definition.credit.measure].name.text
        yield Text(
            "Yang dihitung untuk sabuk: %(measure)s, paling banyak %(limit)s per aksi.",
            measure=Recased(name, _small),
            limit=definition.credit.at_most,
        )


def _photographs(definition: Definition) -> Iterator[Text]:
    asked = definition.evidence.photos
    yield Text("Sertakan %(n)s foto.", n=asked) if asked else Text("Foto boleh disertakan, tidak wajib.")


def _late(definition: Definition) -> Iterator[Text]:
    look, hold = definition.limits.late_look_days, definition.limits.late_hold_days
    yield Text(
        "Tanpa sinyal tidak apa-apa: catatan boleh terkirim sampai %(look)s hari kemudian; setelah "
        "%(hold)s hari petugas memutuskannya satu per satu.",
        look=look,
        hold=hold,
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
    return Text("%(stamper)s %(where)s", stamper=STAMPER_NAMES[Post(post)], where=REACHES[reach])


def badge_said(badge: Badge, definition: Definition) -> Text:
    """How a badge is earned."""
    least = badge.least
    match badge.rule:
        case "first":
            return Text("aksi pertama yang dicap")
        case "weeks_in_a_row":
            return Text("%(n)s pekan berturut-turut dengan aksi yang dicap", n=least)
        case "places":
            return Text("aksi yang dicap di %(n)s tempat", n=least)
        case _:
            name = definition.measures[badge.measure or ""].name.text
            return Text("%(measure)s: %(least)s", measure=Recased(name, _small), least=least)


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
