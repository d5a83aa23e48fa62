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
class FindingView:
    """A finding as a page tells it."""

    tone: str
    """Its level; "note" where it asks nobody for anything but leaves the action uncounted."""
    sentence: Text


def told(finding: Finding) -> FindingView:
    return FindingView("note" if finding.leaves_uncounted else finding.level.value, sentence(finding))


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
        f"{far_id} dari {values['site']}, akurasi {fine_id}",
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
        f"{from_id}: mungkin di dalam batas {radius_id}. Petugas akan memeriksanya.",
        f"{from_en}: possibly within the {radius_en} limit. An officer will check it.",
    )


def _radius_outside(values: Values) -> Text:
    from_id, from_en, radius_id, radius_en = _from_site(values)
    return Text(
        f"{from_id}; batasnya {radius_id}. Perlu diperiksa petugas dulu.",
        f"{from_en}; the limit is {radius_en}. An officer has to check it first.",
    )


def _area_inside(values: Values) -> Text:
    return Text(f"Di dalam {values['area']}, menunggu cap.", f"Within {values['area']}, waiting for its stamp.")


def _area_near(values: Values) -> Text:
    far_id, far_en = _metres(values["outside_m"])
    return Text(
        f"{far_id} di luar batas {values['area']}, tetapi masih dekat. Petugas akan memeriksanya.",
        f"{far_en} outside {values['area']}, but close by. An officer will check it.",
    )


def _area_outside(values: Values) -> Text:
    far_id, far_en = _metres(values["outside_m"])
    return Text(
        f"{far_id} di luar batas {values['area']}. Perlu diperiksa petugas dulu.",
        f"{far_en} outside {values['area']}. An officer has to check it first.",
    )


def _position_coarse(values: Values) -> Text:
    fine_id, fine_en = _metres(values["accuracy_m"])
    return Text(
        f"Akurasi lokasi hanya {fine_id}, jadi tempatnya belum pasti. Petugas akan memeriksanya.",
        f"The location is only accurate to {fine_en}, so the place is not certain. An officer will check it.",
    )


_SIGNS: dict[str, Text] = {
    "same_point": Text("titiknya sama persis untuk ketiga kalinya", "it is exactly the same point for the third time"),
    "same_accuracy": Text("akurasinya selalu sama", "its accuracy is always the same"),
    "centre": Text("tepat di titik tengah tempatnya", "it is exactly the centre of the site"),
}


def _position_unlikely(values: Values) -> Text:
    signs = [_SIGNS[sign] for sign in values["signs"]]
    return Text(
        f"Lokasi HP tidak berubah seperti biasanya: {', '.join(sign.id for sign in signs)}. Perlu diperiksa petugas dulu.",
        f"The location does not vary as measured ones do: {', '.join(sign.en for sign in signs)}. An officer has to check it "
        "first.",
    )


def _amount_large(values: Values) -> Text:
    amount, usual = Decimal(values["amount"]), Decimal(values["usual"])
    return Text(
        f"{values['name_id']}: {number(amount, _ID, 3)}, banyak sekali untuk satu aksi (biasanya paling banyak "
        f"{number(usual, _ID, 3)}). Petugas akan memeriksanya.",
        f"{values['name_en']}: {number(amount, _EN, 3)}, a lot for one action (usually at most {number(usual, _EN, 3)}). An "
        "officer will check it.",
    )


def _day(values: Values, indonesian: str, english: str) -> Text:
    on = date.fromisoformat(values["day"])
    return Text(f"{day(on, _ID)}: {indonesian}", f"{day(on, _EN)}: {english}")


def _off_day(values: Values) -> Text:
    if values.get("counted"):
        return _day(values, "bukan hari program; aksi Anda tetap dihitung.", "not a programme day; your action still counts.")
    return _day(
        values,
        "bukan hari program. Aksi tercatat, tetapi tidak dihitung untuk sabuk.",
        "not a programme day. The action is recorded but does not count towards the belt.",
    )


def _minutes_short(values: Values) -> Text:
    return Text(
        f"{values['minutes']} menit; paling singkat {values['shortest']} menit. Perlu diperiksa petugas dulu.",
        f"{values['minutes']} minutes; the minimum is {values['shortest']}. An officer has to check it first.",
    )


def _minutes_long(values: Values) -> Text:
    return Text(
        f"{values['minutes']} menit, dihitung {values['longest']} menit.",
        f"{values['minutes']} minutes, counted as {values['longest']} minutes.",
    )


def _minutes_ok(values: Values) -> Text:
    return Text(f"{values['minutes']} menit.", f"{values['minutes']} minutes.")


def _cap_day(values: Values) -> Text:
    cap = values["cap"]
    if values["sort"] == "place":
        return Text(
            f"Hari ini sudah ada {cap} aksi di tempat ini. Aksi ini perlu diperiksa petugas dulu.",
            f"Actions at this place today already: {cap}. An officer has to check this one first.",
        )
    if values["sort"] == "amount":
        return Text(
            f"{values['name_id']}: {values['amount']} sehari, lebih dari {cap}. Perlu diperiksa petugas dulu.",
            f"{values['name_en']}: {values['amount']} in a day, more than {cap}. An officer has to check it first.",
        )
    return Text(
        f"Hari ini sudah ada {cap} aksi. Aksi ini perlu diperiksa petugas dulu.",
        f"Actions today already: {cap}. An officer has to check this one first.",
    )


def _spacing_short(values: Values) -> Text:
    return Text(
        f"Hanya {values['minutes']} menit dari aksi lain; jarak paling singkat {values['apart']} menit. Perlu diperiksa "
        "petugas dulu.",
        f"Only {values['minutes']} minutes from another action; the minimum is {values['apart']}. An officer has to check it "
        "first.",
    )


def travel_seen(values: Values) -> Text:
    """That nobody can have come there, whatever follows from it."""
    km, minutes = values["km"], values["minutes"]
    return Text(
        f"{number(km, _ID, 0)} km dari aksi lain {number(minutes, _ID, 0)} menit sebelumnya: terlalu jauh untuk waktu itu.",
        f"{number(km, _EN, 0)} km from another action {number(minutes, _EN, 0)} minutes earlier: too far for that time.",
    )


def _travel_impossible(values: Values) -> Text:
    seen = travel_seen(values)
    return Text(f"{seen.id} Perlu diperiksa petugas dulu.", f"{seen.en} An officer has to check it first.")


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
        f"Jam HP {way_id} {span_id}; waktunya sudah kami perbaiki.",
        f"The phone's clock was {span_en} {way_en}; we corrected the time.",
    )
    if values.get("is_sure", True):
        return corrected
    return Text(
        f"{corrected.id} Tidak ada waktu lokasi yang cocok: petugas akan memeriksanya.",
        f"{corrected.en} No time of the location agrees with it: an officer will check it.",
    )


def _fix_time_off(values: Values) -> Text:
    span_id, span_en, _, _ = _clock(values)
    is_before = values["minutes"] > 0
    return Text(
        f"Waktu lokasinya {span_id} {'sebelum' if is_before else 'sesudah'} aksi; yang dipakai jam HP. Petugas akan "
        "memeriksanya.",
        f"The location is {span_en} {'earlier' if is_before else 'later'} than the action; the phone's clock was used. An "
        "officer will check it.",
    )


def _clock_wrong(values: Values) -> Text:
    span_id, span_en, way_id, way_en = _clock(values)
    return Text(
        f"Jam HP {way_id} {span_id}, jadi waktunya tidak pasti. Perlu diperiksa petugas dulu.",
        f"The phone's clock was {span_en} {way_en}, so the time is not certain. An officer has to check it first.",
    )


def _future(values: Values) -> Text:
    span_id, span_en, _, _ = _clock(values)
    return Text(
        f"Waktunya {span_id} di masa depan. Perlu diperiksa petugas dulu.",
        f"Its time is {span_en} in the future. An officer has to check it first.",
    )


def _late(values: Values) -> Text:
    return Text(
        f"Diterima {values['days']} hari setelah aksi. Petugas akan memeriksanya.",
        f"Received {values['days']} days after the action. An officer will check it.",
    )


def _very_late(values: Values) -> Text:
    return Text(
        f"Diterima {values['days']} hari setelah aksi; batasnya {values['limit']} hari. Perlu diperiksa petugas dulu.",
        f"Received {values['days']} days after the action; the limit is {values['limit']}. An officer has to check it first.",
    )


def _records_many(values: Values) -> Text:
    return Text(
        f"Lebih dari {values['most']} catatan dari satu akun dalam satu jam. Tersimpan; perlu diperiksa petugas dulu.",
        f"More than {values['most']} records from one account within an hour. Stored; an officer has to check it first.",
    )


def _photos_missing(values: Values) -> Text:
    return Text(
        f"Program meminta {values['asked']} foto; yang dikirim {values['photos']}. Petugas akan memeriksanya.",
        f"Photographs asked for: {values['asked']}; sent: {values['photos']}. An officer will check it.",
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
        "Lokasi ditandai di peta, bukan dari HP. Petugas akan memeriksanya.",
        "The location was pinned on a map, not measured by the phone. An officer will check it.",
    ),
    "position_photo": _always(
        "Lokasi diambil dari foto. Petugas akan memeriksanya.",
        "The location was taken from a photograph. An officer will check it.",
    ),
    "position_coarse": _position_coarse,
    "position_unlikely": _position_unlikely,
    "amount_large": _amount_large,
    "place_unknown": _always(
        "Lokasinya di luar semua kelurahan yang kami kenal. Petugas akan memeriksanya.",
        "The location lies outside every kelurahan that we know. An officer will check it.",
    ),
    "site_none": _always(
        "Aksi ini belum punya tempat (sekolah, tempat kerja, atau wilayah tugas). Petugas kelurahan akan memeriksanya.",
        "This action has no site yet (school, workplace or area of a post). The officer of the kelurahan will check it.",
    ),
    "note_number_hidden": _always(
        "Nomor 16 angka di keterangan kami sembunyikan. NIK dan nomor KK tidak perlu ditulis.",
        "We hid a 16-digit number in the note. You need not write a NIK or KK number.",
    ),
    "site_unconfirmed": lambda values: Text(
        f"{values['site']} belum dipastikan petugas. Petugas akan memeriksanya.",
        f"No officer has confirmed {values['site']} yet. An officer will check it.",
    ),
    "day_programme": lambda values: _day(values, "hari program.", "a programme day."),
    "day_holiday": lambda values: _day(values, "hari libur; aksi Anda tetap dihitung.", "a holiday; your action still counts."),
    OFF_DAY: _off_day,
    "minutes_ok": _minutes_ok,
    "minutes_short": _minutes_short,
    "minutes_long": _minutes_long,
    "cap_day": _cap_day,
    "spacing_short": _spacing_short,
    "overlap": _always(
        "Waktunya bersamaan dengan aksi Anda yang lain. Perlu diperiksa petugas dulu.",
        "It overlaps in time with another action of yours. An officer has to check it first.",
    ),
    FIRST_WORD: _always(
        "Aksi ini dari sebelum semester ini: satu petugas sudah menyetujuinya, masih perlu cap petugas kedua.",
        "This action is from before this semester: one officer has approved it, the stamp of a second one is still needed.",
    ),
    TRAVEL: _travel_impossible,
    "clock_corrected": _clock_corrected,
    "clock_wrong": _clock_wrong,
    "clock_other_day": _always(
        "Jam HP, jam server, dan waktu lokasinya tidak menunjuk hari yang sama. Perlu diperiksa petugas dulu.",
        "The phone's clock, the server's clock and the time of the location do not give the same day. An officer has to check "
        "it first.",
    ),
    "clock_server": _always(
        "Jam server kami sedang diragukan, jadi yang dipakai jam HP. Petugas akan memeriksanya.",
        "Our server's clock is in doubt, so the phone's clock was used. An officer will check it.",
    ),
    "fix_time_off": _fix_time_off,
    "future": _future,
    "late": _late,
    "very_late": _very_late,
    "records_many": _records_many,
    "photos_pending": lambda values: Text(
        f"{values['photos']} foto masih diperiksa.", f"Photographs still being checked: {values['photos']}."
    ),
    "photos_missing": _photos_missing,
    RETURNED: lambda values: Text(
        f"Kembali ke antrean setelah {values['days']} hari menunggu diperiksa; petugas tetap memeriksanya.",
        f"Back in the queue after waiting {values['days']} days for a check; an officer still checks it.",
    ),
}

CODES = frozenset(_SENTENCES) - {RETURNED, FIRST_WORD}
"""What the assessment may find; photographs are judged later (photo_sentences.py), and so is what officers leave undecided."""
