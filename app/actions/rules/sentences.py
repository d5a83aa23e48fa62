"""Each finding as a sentence that a volunteer understands, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.actions.rules import photo_sentences
from app.actions.rules.findings import FIRST_WORD, OFF_DAY, RETURNED, TRAVEL, Finding
from app.core.text import Language, Text, day, number

_ID, _EN = Language.INDONESIAN, Language.ENGLISH
Values = Mapping[str, Any]


def sentence(finding: Finding) -> Text:
    """What the finding says. Unknown codes are a fault of the program and raise KeyError."""
    said = _SENTENCES.get(finding.code) or photo_sentences.SENTENCES[finding.code]
    return said(finding.values)


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a page tells it."""

    tone: str
    """Its level; "note" where it asks nobody for anything but leaves the action uncounted."""
    sentence: Text


def told(finding: Finding) -> Told:
    return Told("note" if finding.leaves_uncounted else finding.level.value, sentence(finding))


def _metres(value: float) -> tuple[str, str]:
    return f"{number(value, _ID, 0)} m", f"{number(value, _EN, 0)} m"


def _from_site(values: Values) -> tuple[str, str, str, str]:
    """ "143 m dari SDN Citarum, ketelitian 25 m" and the radius, in both languages."""
    far_id, far_en = _metres(values["distance_m"])
    radius_id, radius_en = _metres(values["radius_m"])
    if values["accuracy_m"] is None:
        return f"{far_id} dari {values['site']}", f"{far_en} from {values['site']}", radius_id, radius_en
    fine_id, fine_en = _metres(values["accuracy_m"])
    return (
        f"{far_id} dari {values['site']}, ketelitian {fine_id}",
        f"{far_en} from {values['site']}, accuracy {fine_en}",
        radius_id,
        radius_en,
    )


def _radius_inside(values: Values) -> Text:
    from_id, from_en, radius_id, radius_en = _from_site(values)
    return Text(
        f"{from_id}: di dalam batas {radius_id}, menunggu cap.",
        f"{from_en}: within the {radius_en} limit, waiting for its stamp.",
    )


def _radius_perhaps(values: Values) -> Text:
    from_id, from_en, radius_id, radius_en = _from_site(values)
    return Text(
        f"{from_id}: mungkin di dalam batas {radius_id}. Petugas akan melihatnya.",
        f"{from_en}: perhaps within the {radius_en} limit. An officer will look at it.",
    )


def _radius_outside(values: Values) -> Text:
    from_id, from_en, radius_id, radius_en = _from_site(values)
    return Text(
        f"{from_id}; batasnya {radius_id}. Ditahan sampai petugas melihatnya.",
        f"{from_en}; the limit is {radius_en}. Held until an officer has looked at it.",
    )


def _area_inside(values: Values) -> Text:
    return Text(f"Di dalam {values['area']}, menunggu cap.", f"Within {values['area']}, waiting for its stamp.")


def _area_near(values: Values) -> Text:
    far_id, far_en = _metres(values["outside_m"])
    return Text(
        f"{far_id} di luar batas {values['area']}, masih dekat. Petugas akan melihatnya.",
        f"{far_en} outside {values['area']}, still near. An officer will look at it.",
    )


def _area_outside(values: Values) -> Text:
    far_id, far_en = _metres(values["outside_m"])
    return Text(
        f"{far_id} di luar batas {values['area']}. Ditahan sampai petugas melihatnya.",
        f"{far_en} outside {values['area']}. Held until an officer has looked at it.",
    )


def _position_coarse(values: Values) -> Text:
    fine_id, fine_en = _metres(values["accuracy_m"])
    return Text(
        f"Ketelitian posisi hanya {fine_id}, jadi tempatnya belum pasti. Petugas akan melihatnya.",
        f"The position is only good to {fine_en}, so the place is not certain. An officer will look at it.",
    )


_SIGNS: dict[str, Text] = {
    "same_point": Text("titiknya sama persis untuk ketiga kalinya", "it is exactly the same point for the third time"),
    "same_accuracy": Text("ketelitiannya selalu sama", "its accuracy is always the same"),
    "centre": Text("tepat di titik tengah tempatnya", "it is exactly the centre of the site"),
}


def _position_unlikely(values: Values) -> Text:
    signs = [_SIGNS[sign] for sign in values["signs"]]
    return Text(
        f"Posisi HP tidak berubah seperti biasanya: {', '.join(sign.id for sign in signs)}. Ditahan sampai petugas melihatnya.",
        f"The position does not vary as measured ones do: {', '.join(sign.en for sign in signs)}. "
        "Held until an officer has looked at it.",
    )


def _amount_large(values: Values) -> Text:
    amount, usual = Decimal(values["amount"]), Decimal(values["usual"])
    return Text(
        f"{values['name_id']}: {number(amount, _ID, 3)}, banyak untuk satu aksi (biasanya paling banyak "
        f"{number(usual, _ID, 3)}). Petugas akan melihatnya.",
        f"{values['name_en']}: {number(amount, _EN, 3)}, much for one action (usually at most {number(usual, _EN, 3)}). "
        "An officer will look at it.",
    )


def _day(values: Values, indonesian: str, english: str) -> Text:
    on = date.fromisoformat(values["day"])
    return Text(f"{day(on, _ID)}: {indonesian}", f"{day(on, _EN)}: {english}")


def _off_day(values: Values) -> Text:
    if values.get("counted"):
        return _day(
            values, "bukan hari program; aksi Anda tetap dihitung.", "not a programme day; your action counts all the same."
        )
    return _day(
        values,
        "bukan hari program. Aksi tercatat, tetapi tidak dihitung untuk sabuk.",
        "not a programme day. The action is recorded but does not count towards the belt.",
    )


def _minutes_short(values: Values) -> Text:
    return Text(
        f"{values['minutes']} menit; paling sedikit {values['shortest']} menit. Ditahan sampai petugas melihatnya.",
        f"{values['minutes']} minutes; at least {values['shortest']} are asked for. Held until an officer has looked at it.",
    )


def _minutes_long(values: Values) -> Text:
    return Text(
        f"{values['minutes']} menit, dihitung {values['longest']} menit.",
        f"{values['minutes']} minutes, counted as {values['longest']}.",
    )


def _minutes_ok(values: Values) -> Text:
    return Text(f"{values['minutes']} menit.", f"{values['minutes']} minutes.")


def _cap_day(values: Values) -> Text:
    cap = values["cap"]
    if values["sort"] == "place":
        return Text(
            f"Hari ini sudah ada {cap} aksi di tempat ini. Aksi ini ditahan sampai petugas melihatnya.",
            f"There are {cap} actions at this place today already. This one is held until an officer has looked at it.",
        )
    if values["sort"] == "amount":
        return Text(
            f"{values['name_id']}: {values['amount']} sehari, lebih dari {cap}. Ditahan sampai petugas melihatnya.",
            f"{values['name_en']}: {values['amount']} in a day, more than {cap}. Held until an officer has looked at it.",
        )
    return Text(
        f"Hari ini sudah ada {cap} aksi. Aksi ini ditahan sampai petugas melihatnya.",
        f"There are {cap} actions today already. This one is held until an officer has looked at it.",
    )


def _spacing_short(values: Values) -> Text:
    return Text(
        f"Hanya {values['minutes']} menit dari aksi lain; jaraknya {values['apart']} menit. Ditahan sampai petugas melihatnya.",
        f"Only {values['minutes']} minutes from another action; {values['apart']} are asked for. "
        "Held until an officer has looked at it.",
    )


def travel_seen(values: Values) -> Text:
    """That nobody can have come there, whatever follows from it."""
    km, minutes = values["km"], values["minutes"]
    return Text(
        f"{number(km, _ID, 0)} km dari aksi lain {number(minutes, _ID, 0)} menit sebelumnya: terlalu jauh untuk waktu itu.",
        f"{number(km, _EN, 0)} km from another action {number(minutes, _EN, 0)} minutes before: too far for that time.",
    )


def _travel_impossible(values: Values) -> Text:
    seen = travel_seen(values)
    return Text(f"{seen.id} Ditahan sampai petugas melihatnya.", f"{seen.en} Held until an officer has looked at it.")


def _clock(values: Values) -> tuple[str, str, str, str]:
    """How far the clock was off, and which way, in both languages."""
    ahead = values["minutes"] > 0
    hours, minutes = divmod(abs(values["minutes"]), 60)
    spans_id = [f"{number(hours, _ID, 0)} jam"] * bool(hours) + [f"{minutes} menit"] * bool(minutes or not hours)
    spans_en = [f"{number(hours, _EN, 0)} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes or not hours)
    return " ".join(spans_id), " ".join(spans_en), "terlalu cepat" if ahead else "terlambat", "fast" if ahead else "slow"


def _clock_corrected(values: Values) -> Text:
    span_id, span_en, way_id, way_en = _clock(values)
    corrected = Text(
        f"Jam HP {way_id} {span_id}; waktunya sudah kami betulkan.",
        f"The phone's clock was {span_en} {way_en}; we put the time right.",
    )
    if values.get("is_sure", True):
        return corrected
    return Text(
        f"{corrected.id} Tidak ada waktu posisi yang menguatkannya: petugas akan melihatnya.",
        f"{corrected.en} No time of the position bears it out: an officer will look at it.",
    )


def _fix_time_off(values: Values) -> Text:
    span_id, span_en, _, _ = _clock(values)
    is_before = values["minutes"] > 0
    return Text(
        f"Waktu posisinya {span_id} {'sebelum' if is_before else 'sesudah'} aksi; yang dipakai jam HP. Petugas akan melihatnya.",
        f"The position is {span_en} {'older' if is_before else 'later'} than the action; the phone's clock is taken. "
        "An officer will look at it.",
    )


def _clock_wrong(values: Values) -> Text:
    span_id, span_en, way_id, way_en = _clock(values)
    return Text(
        f"Jam HP {way_id} {span_id}, jadi waktunya tidak pasti. Ditahan sampai petugas melihatnya.",
        f"The phone's clock was {span_en} {way_en}, so the time is not certain. Held until an officer has looked at it.",
    )


def _future(values: Values) -> Text:
    span_id, span_en, _, _ = _clock(values)
    return Text(
        f"Waktunya {span_id} di depan. Ditahan sampai petugas melihatnya.",
        f"Its time lies {span_en} ahead. Held until an officer has looked at it.",
    )


def _late(values: Values) -> Text:
    return Text(
        f"Diterima {values['days']} hari sesudah aksi. Petugas akan melihatnya.",
        f"Received {values['days']} days after the action. An officer will look at it.",
    )


def _very_late(values: Values) -> Text:
    return Text(
        f"Diterima {values['days']} hari sesudah aksi; batasnya {values['limit']} hari. Ditahan sampai petugas melihatnya.",
        f"Received {values['days']} days after the action; the limit is {values['limit']}. "
        "Held until an officer has looked at it.",
    )


def _records_many(values: Values) -> Text:
    return Text(
        f"Lebih dari {values['most']} catatan dari satu akun dalam satu jam. Tersimpan, dan ditahan sampai petugas melihatnya.",
        f"More than {values['most']} records from one account within an hour. Stored, and held until an officer has seen it.",
    )


def _photos_missing(values: Values) -> Text:
    return Text(
        f"Program meminta {values['asked']} foto; ada {values['photos']}. Petugas akan melihatnya.",
        f"The programme asks for {values['asked']} photograph(s); there are {values['photos']}. An officer will look at it.",
    )


def _always(indonesian: str, english: str) -> Callable[[Values], Text]:
    text = Text(indonesian, english)
    return lambda _values: text


_SENTENCES: dict[str, Callable[[Values], Text]] = {
    "radius_inside": _radius_inside,
    "radius_perhaps": _radius_perhaps,
    "radius_outside": _radius_outside,
    "area_inside": _area_inside,
    "area_near": _area_near,
    "area_outside": _area_outside,
    "position_pin": _always(
        "Posisi ditandai di peta, bukan dari HP. Petugas akan melihatnya.",
        "The position was pinned on a map, not measured by the phone. An officer will look at it.",
    ),
    "position_photo": _always(
        "Posisi diambil dari foto. Petugas akan melihatnya.",
        "The position was taken from a photograph. An officer will look at it.",
    ),
    "position_coarse": _position_coarse,
    "position_unlikely": _position_unlikely,
    "amount_large": _amount_large,
    "place_unknown": _always(
        "Posisinya di luar semua kelurahan yang kami kenal. Petugas akan melihatnya.",
        "The position lies outside every kelurahan that we know. An officer will look at it.",
    ),
    "site_none": _always(
        "Belum ada tempat (sekolah, kantor, atau wilayah tugas) untuk aksi ini. Petugas kelurahan akan melihatnya.",
        "No site (school, workplace or area of a post) belongs to this action. The kelurahan's officer will look at it.",
    ),
    "note_number_hidden": _always(
        "Nomor 16 angka di keterangan kami sembunyikan. NIK dan nomor KK tidak perlu ditulis.",
        "A number of 16 digits in the note is hidden. No NIK or KK needs to be written.",
    ),
    "site_unconfirmed": lambda values: Text(
        f"{values['site']} belum dikukuhkan petugas. Petugas akan melihatnya.",
        f"No officer has confirmed {values['site']} yet. An officer will look at it.",
    ),
    "day_programme": lambda values: _day(values, "hari program.", "a programme day."),
    "day_holiday": lambda values: _day(
        values, "hari libur; aksi Anda tetap dihitung.", "a holiday; your action counts all the same."
    ),
    OFF_DAY: _off_day,
    "minutes_ok": _minutes_ok,
    "minutes_short": _minutes_short,
    "minutes_long": _minutes_long,
    "cap_day": _cap_day,
    "spacing_short": _spacing_short,
    "overlap": _always(
        "Waktunya bertumpuk dengan aksi Anda yang lain. Ditahan sampai petugas melihatnya.",
        "It lies at the same time as another action of yours. Held until an officer has looked at it.",
    ),
    FIRST_WORD: _always(
        "Aksi dari sebelum semester ini: satu petugas sudah menyetujuinya, cap petugas kedua masih perlu.",
        "From before this semester: one officer has agreed, the stamp of a second one is still needed.",
    ),
    TRAVEL: _travel_impossible,
    "clock_corrected": _clock_corrected,
    "clock_wrong": _clock_wrong,
    "clock_other_day": _always(
        "Jam HP, jam kami, dan waktu posisinya tidak menunjuk hari yang sama. Ditahan sampai petugas melihatnya.",
        "The phone's clock, our clock and the time of the position do not name the same day. "
        "Held until an officer has looked at it.",
    ),
    "clock_server": _always(
        "Jam kami sendiri sedang diragukan, jadi yang dipakai jam HP. Petugas akan melihatnya.",
        "Our own clock is in doubt just now, so the phone's is taken. An officer will look at it.",
    ),
    "fix_time_off": _fix_time_off,
    "future": _future,
    "late": _late,
    "very_late": _very_late,
    "records_many": _records_many,
    "photos_pending": lambda values: Text(
        f"{values['photos']} foto masih diperiksa.", f"{values['photos']} photograph(s) are still being checked."
    ),
    "photos_missing": _photos_missing,
    RETURNED: lambda values: Text(
        f"Kembali ke antrean sesudah ditahan {values['days']} hari; petugas tetap melihatnya.",
        f"Back in the queue after {values['days']} days on hold; an officer still looks at it.",
    ),
}

CODES = frozenset(_SENTENCES) - {RETURNED, FIRST_WORD}
"""What the assessment may find; photographs are judged later (photo_sentences.py), and so is what officers leave undecided."""
