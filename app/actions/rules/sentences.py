"""Each finding as a sentence that a volunteer understands, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.actions.rules import photo_sentences
from app.actions.rules.findings import FIRST_WORD, OFF_DAY, RETURNED, TRAVEL, Finding, name_read
from app.actions.rules.photo_sentences import metres, span
from app.core.text import Day, Listing, Number, Text

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


def _from_site(values: Values) -> Text:
    """ "143 m dari SDN Citarum, akurasi 25 m"."""
    far = metres(values["distance_m"])
    if values["accuracy_m"] is None:
        return Text("%(far)s dari %(site)s", far=far, site=values["site"])
    accuracy = metres(values["accuracy_m"])
    return Text("%(far)s dari %(site)s, akurasi %(accuracy)s", far=far, site=values["site"], accuracy=accuracy)


def _of_radius(text: Text) -> Callable[[Values], Text]:
    """A sentence with the distance from the site at %(there)s and the limit at %(limit)s."""
    return lambda values: text.given(there=_from_site(values), limit=metres(values["radius_m"]))


def _area_inside(values: Values) -> Text:
    return Text("Di dalam %(area)s, menunggu cap.", area=values["area"])


def _area_near(values: Values) -> Text:
    return Text(
        "%(far)s di luar batas %(area)s, tetapi masih dekat. Petugas akan memeriksanya.",
        far=metres(values["outside_m"]),
        area=values["area"],
    )


def _area_outside(values: Values) -> Text:
    return Text(
        "%(far)s di luar batas %(area)s. Perlu diperiksa petugas dulu.", far=metres(values["outside_m"]), area=values["area"]
    )


def _position_coarse(values: Values) -> Text:
    return Text(
        "Akurasi lokasi hanya %(accuracy)s, jadi tempatnya belum pasti. Petugas akan memeriksanya.",
        accuracy=metres(values["accuracy_m"]),
    )


_SIGNS: dict[str, Text] = {
    "same_point": Text("titiknya sama persis untuk ketiga kalinya"),
    "same_accuracy": Text("akurasinya selalu sama"),
    "centre": Text("tepat di titik tengah tempatnya"),
}


def _position_unlikely(values: Values) -> Text:
    signs = [_SIGNS[sign] for sign in values["signs"]]
    return Text("Lokasi HP tidak berubah seperti biasanya: %(signs)s. Perlu diperiksa petugas dulu.", signs=Listing(tuple(signs)))


def _amount_large(values: Values) -> Text:
    return Text(
        "%(measure)s: %(amount)s, banyak sekali untuk satu aksi (biasanya paling banyak %(usual)s). Petugas akan memeriksanya.",
        measure=name_read(values),
        amount=Number(Decimal(values["amount"]), 3),
        usual=Number(Decimal(values["usual"]), 3),
    )


def _on_day(text: Text) -> Callable[[Values], Text]:
    """A sentence with the day at %(day)s."""
    return lambda values: text.given(day=Day(date.fromisoformat(values["day"])))


_OFF_DAY_COUNTED = _on_day(Text("%(day)s: bukan hari program; aksi Anda tetap dihitung."))
_OFF_DAY_UNCOUNTED = _on_day(Text("%(day)s: bukan hari program. Aksi tercatat, tetapi tidak dihitung untuk sabuk."))


_KEPT = _on_day(Text("%(day)s dan %(kept)s dihitung satu kali untuk sabuk, karena yang satu menggantikan yang lain."))
_REPLACEMENT = _on_day(Text("%(day)s: hari pengganti untuk %(moved)s."))
_OWN_REPLACEMENT = _on_day(Text("%(day)s: hari pengganti untuk %(moved)s, dinyatakan oleh pelaku aksi ini sendiri."))


def _replacing(text: Callable[[Values], Text]) -> Callable[[Values], Text]:
    return lambda values: text(values).given(moved=Day(date.fromisoformat(values["moved"])))


def _off_day(values: Values) -> Text:
    if "kept" in values and not values.get("counted"):
        return _KEPT(values).given(kept=Day(date.fromisoformat(values["kept"])))
    return _OFF_DAY_COUNTED(values) if values.get("counted") else _OFF_DAY_UNCOUNTED(values)


def _minutes_short(values: Values) -> Text:
    return Text(
        "%(n)s menit; paling singkat %(shortest)s menit. Perlu diperiksa petugas dulu.",
        n=values["minutes"],
        shortest=values["shortest"],
    )


def _minutes_long(values: Values) -> Text:
    return Text("%(n)s menit, dihitung %(longest)s menit.", n=values["minutes"], longest=values["longest"])


def _minutes_ok(values: Values) -> Text:
    return Text("%(n)s menit.", n=values["minutes"])


def _cap_day(values: Values) -> Text:
    cap = values["cap"]
    if values["sort"] == "place":
        return Text("Hari ini sudah ada %(cap)s aksi di tempat ini. Aksi ini perlu diperiksa petugas dulu.", cap=cap)
    if values["sort"] == "amount":
        return Text(
            "%(measure)s: %(amount)s sehari, lebih dari %(cap)s. Perlu diperiksa petugas dulu.",
            measure=name_read(values),
            amount=values["amount"],
            cap=cap,
        )
    return Text("Hari ini sudah ada %(cap)s aksi. Aksi ini perlu diperiksa petugas dulu.", cap=cap)


def _spacing_short(values: Values) -> Text:
    return Text(
        "Hanya %(n)s menit dari aksi lain; jarak paling singkat %(apart)s menit. Perlu diperiksa petugas dulu.",
        n=values["minutes"],
        apart=values["apart"],
    )


def travel_seen(values: Values) -> Text:
    """That nobody can have come there, whatever follows from it."""
    km, minutes = values["km"], values["minutes"]
    return Text(
        "%(km)s km dari aksi lain %(minutes)s menit sebelumnya: terlalu jauh untuk waktu itu.",
        km=Number(km, 0),
        minutes=Number(minutes, 0),
    )


def _travel_impossible(values: Values) -> Text:
    seen = travel_seen(values)
    return Text("%(seen)s Perlu diperiksa petugas dulu.", seen=seen)


def _clock_span(values: Values) -> Text:
    """How far the clock was off."""
    return span(abs(values["minutes"]))


def _is_ahead(values: Values) -> bool:
    return bool(values["minutes"] > 0)


def _clock_corrected(values: Values) -> Text:
    off = _clock_span(values)
    corrected = (
        Text("Jam HP terlalu cepat %(span)s; waktunya sudah kami perbaiki.", span=off)
        if _is_ahead(values)
        else Text("Jam HP terlambat %(span)s; waktunya sudah kami perbaiki.", span=off)
    )
    if values.get("is_sure", True):
        return corrected
    return Text("%(corrected)s Tidak ada waktu lokasi yang cocok: petugas akan memeriksanya.", corrected=corrected)


def _fix_time_off(values: Values) -> Text:
    off = _clock_span(values)
    if _is_ahead(values):
        return Text("Waktu lokasinya %(span)s sebelum aksi; yang dipakai jam HP. Petugas akan memeriksanya.", span=off)
    return Text("Waktu lokasinya %(span)s sesudah aksi; yang dipakai jam HP. Petugas akan memeriksanya.", span=off)


def _clock_wrong(values: Values) -> Text:
    off = _clock_span(values)
    if _is_ahead(values):
        return Text("Jam HP terlalu cepat %(span)s, jadi waktunya tidak pasti. Perlu diperiksa petugas dulu.", span=off)
    return Text("Jam HP terlambat %(span)s, jadi waktunya tidak pasti. Perlu diperiksa petugas dulu.", span=off)


def _future(values: Values) -> Text:
    return Text("Waktunya %(span)s di masa depan. Perlu diperiksa petugas dulu.", span=_clock_span(values))


def _late(values: Values) -> Text:
    return Text("Diterima %(n)s hari setelah aksi. Petugas akan memeriksanya.", n=values["days"])


def _very_late(values: Values) -> Text:
    return Text(
        "Diterima %(days)s hari setelah aksi; batasnya %(limit)s hari. Perlu diperiksa petugas dulu.",
        days=values["days"],
        limit=values["limit"],
    )


def _records_many(values: Values) -> Text:
    return Text(
        "Lebih dari %(most)s catatan dari satu akun dalam satu jam. Tersimpan; perlu diperiksa petugas dulu.", most=values["most"]
    )


def _photos_missing(values: Values) -> Text:
    return Text(
        "Program meminta %(asked)s foto; yang dikirim %(photos)s. Petugas akan memeriksanya.",
        asked=values["asked"],
        photos=values["photos"],
    )


def _always(text: Text) -> Callable[[Values], Text]:
    return lambda _values: text


_SENTENCES: dict[str, Callable[[Values], Text]] = {
    "radius_inside": _of_radius(Text("%(there)s: di dalam batas %(limit)s, menunggu cap.")),
    "radius_perhaps": _of_radius(Text("%(there)s: mungkin di dalam batas %(limit)s. Petugas akan memeriksanya.")),
    "radius_outside": _of_radius(Text("%(there)s; batasnya %(limit)s. Perlu diperiksa petugas dulu.")),
    "area_inside": _area_inside,
    "area_near": _area_near,
    "area_outside": _area_outside,
    "position_pin": _always(
        Text("Lokasi ditandai di peta, bukan dari HP. Petugas akan memeriksanya."),
    ),
    "position_photo": _always(
        Text("Lokasi diambil dari foto. Petugas akan memeriksanya."),
    ),
    "position_coarse": _position_coarse,
    "position_unlikely": _position_unlikely,
    "amount_large": _amount_large,
    "place_unknown": _always(
        Text("Lokasinya di luar semua kelurahan yang kami kenal. Petugas akan memeriksanya."),
    ),
    "site_none": _always(
        Text("Aksi ini belum punya tempat (sekolah, tempat kerja, atau wilayah tugas). Petugas kelurahan akan memeriksanya."),
    ),
    "note_number_hidden": _always(
        Text("Nomor 16 angka di keterangan kami sembunyikan. NIK dan nomor KK tidak perlu ditulis."),
    ),
    "site_unconfirmed": lambda values: Text("%(site)s belum dipastikan petugas. Petugas akan memeriksanya.", site=values["site"]),
    "day_programme": _on_day(Text("%(day)s: hari program.")),
    "day_holiday": _on_day(Text("%(day)s: hari libur; aksi Anda tetap dihitung.")),
    OFF_DAY: _off_day,
    "day_replacement": _replacing(_REPLACEMENT),
    "day_replacement_own": _replacing(_OWN_REPLACEMENT),
    "minutes_ok": _minutes_ok,
    "minutes_short": _minutes_short,
    "minutes_long": _minutes_long,
    "cap_day": _cap_day,
    "spacing_short": _spacing_short,
    "overlap": _always(
        Text("Waktunya bersamaan dengan aksi Anda yang lain. Perlu diperiksa petugas dulu."),
    ),
    FIRST_WORD: _always(
        Text("Aksi ini dari sebelum semester ini: satu petugas sudah menyetujuinya, masih perlu cap petugas kedua."),
    ),
    TRAVEL: _travel_impossible,
    "clock_corrected": _clock_corrected,
    "clock_wrong": _clock_wrong,
    "clock_other_day": _always(
        Text("Jam HP, jam server, dan waktu lokasinya tidak menunjuk hari yang sama. Perlu diperiksa petugas dulu."),
    ),
    "clock_server": _always(
        Text("Jam server kami sedang diragukan, jadi yang dipakai jam HP. Petugas akan memeriksanya."),
    ),
    "fix_time_off": _fix_time_off,
    "future": _future,
    "late": _late,
    "very_late": _very_late,
    "records_many": _records_many,
    "photos_pending": lambda values: Text("%(photos)s foto masih diperiksa.", photos=values["photos"]),
    "photos_missing": _photos_missing,
    RETURNED: lambda values: Text(
        "Kembali ke antrean setelah %(days)s hari menunggu diperiksa; petugas tetap memeriksanya.", days=values["days"]
    ),
}

CODES = frozenset(_SENTENCES) - {RETURNED, FIRST_WORD}
"""What the assessment may find; photographs are judged later (photo_sentences.py), and so is what officers leave undecided."""
