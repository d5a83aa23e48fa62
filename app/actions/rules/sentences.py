"""Each finding as a sentence that a volunteer understands, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from app.actions.rules import photo_sentences
from app.actions.rules.findings import FIRST_WORD, OFF_DAY, RETURNED, TRAVEL, Finding, name_read
from app.actions.rules.photo_sentences import SEEN_FIRST, metres, span, to_be_checked, to_be_looked_at
from app.actions.rules.words import OPEN, Status
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


def sentence_once_decided(finding: Finding) -> Text:
    """What the finding says of an action about which somebody has decided: what was seen, without what was to follow from it."""
    whole = sentence(finding)
    seen = dict(whole.values).get(SEEN_FIRST)
    return seen if isinstance(seen, Text) else whole


def told(finding: Finding, status: Status) -> FindingView:
    tone = "note" if finding.leaves_uncounted else finding.level.value
    return FindingView(tone, sentence_at(finding, status))


def sentence_at(finding: Finding, status: Status) -> Text:
    """What the finding says of an action that stands so."""
    return sentence(finding) if status in OPEN else sentence_once_decided(finding)


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


_WITHIN = _of_radius(Text("%(there)s: di dalam batas %(limit)s."))


def _radius_inside(values: Values) -> Text:
    """A place that was merely chosen is no distance that anybody measured."""
    is_chosen = values["accuracy_m"] is None and not values["distance_m"]
    return Text("Tempat yang dipilih: %(site)s.", site=values["site"]) if is_chosen else _WITHIN(values)


def _area_inside(values: Values) -> Text:
    return Text("Di dalam %(area)s.", area=values["area"])


def _area_near(values: Values) -> Text:
    return Text(
        "%(far)s di luar batas %(area)s, tetapi masih dekat.",
        far=metres(values["outside_m"]),
        area=values["area"],
    )


def _area_outside(values: Values) -> Text:
    return Text("%(far)s di luar batas %(area)s.", far=metres(values["outside_m"]), area=values["area"])


def _position_coarse(values: Values) -> Text:
    return Text(
        "Akurasi lokasi hanya %(accuracy)s, jadi tempatnya belum pasti.",
        accuracy=metres(values["accuracy_m"]),
    )


_SIGNS: dict[str, Text] = {
    "same_point": Text("titiknya sama persis untuk ketiga kalinya"),
    "same_accuracy": Text("akurasinya selalu sama"),
    "centre": Text("tepat di titik tengah tempatnya"),
}


def _position_unlikely(values: Values) -> Text:
    signs = [_SIGNS[sign] for sign in values["signs"]]
    return Text("Lokasi HP tidak berubah seperti biasanya: %(signs)s.", signs=Listing(tuple(signs)))


def _amount_large(values: Values) -> Text:
    return Text(
        "%(measure)s: %(amount)s, banyak sekali untuk satu aksi (biasanya paling banyak %(usual)s).",
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
        "%(n)s menit; paling singkat %(shortest)s menit.",
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
        return Text("Hari ini sudah ada %(cap)s aksi di tempat ini.", cap=cap)
    if values["sort"] == "amount":
        return Text(
            "%(measure)s: %(amount)s sehari, lebih dari %(cap)s.",
            measure=name_read(values),
            amount=values["amount"],
            cap=cap,
        )
    return Text("Hari ini sudah ada %(cap)s aksi.", cap=cap)


def _spacing_short(values: Values) -> Text:
    return Text(
        "Hanya %(n)s menit dari aksi lain; jarak paling singkat %(apart)s menit.",
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
    return to_be_checked(seen)


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
    return to_be_looked_at(Text("%(corrected)s Tidak ada waktu lokasi yang cocok.", corrected=corrected))


def _fix_time_off(values: Values) -> Text:
    off = _clock_span(values)
    if _is_ahead(values):
        return Text("Waktu lokasinya %(span)s sebelum aksi; yang dipakai jam HP.", span=off)
    return Text("Waktu lokasinya %(span)s sesudah aksi; yang dipakai jam HP.", span=off)


def _clock_wrong(values: Values) -> Text:
    off = _clock_span(values)
    if _is_ahead(values):
        return Text("Jam HP terlalu cepat %(span)s, jadi waktunya tidak pasti.", span=off)
    return Text("Jam HP terlambat %(span)s, jadi waktunya tidak pasti.", span=off)


def _future(values: Values) -> Text:
    return Text("Waktunya %(span)s di masa depan.", span=_clock_span(values))


def _late(values: Values) -> Text:
    return Text("Diterima %(n)s hari setelah aksi.", n=values["days"])


def _very_late(values: Values) -> Text:
    return Text(
        "Diterima %(days)s hari setelah aksi; batasnya %(limit)s hari.",
        days=values["days"],
        limit=values["limit"],
    )


def _records_many(values: Values) -> Text:
    return Text("Lebih dari %(most)s catatan dari satu akun dalam satu jam.", most=values["most"])


def _photos_missing(values: Values) -> Text:
    return Text(
        "Program meminta %(asked)s foto; yang dikirim %(photos)s.",
        asked=values["asked"],
        photos=values["photos"],
    )


def _to_be_seconded(seen: Text) -> Text:
    return Text("%(seen)s Masih perlu cap petugas kedua.", seen=seen)


def _then(what: Callable[[Text], Text], seen: Callable[[Values], Text]) -> Callable[[Values], Text]:
    """A sentence of what was seen, and of what follows from it until somebody has decided."""
    return lambda values: what(seen(values))


def _always(text: Text) -> Callable[[Values], Text]:
    return lambda _values: text


_LOOKED_AT: dict[str, Callable[[Values], Text]] = {
    "radius_perhaps": _of_radius(Text("%(there)s: mungkin di dalam batas %(limit)s.")),
    "area_near": _area_near,
    "position_pin": _always(
        Text("Lokasi ditandai di peta, bukan dari HP."),
    ),
    "position_photo": _always(
        Text("Lokasi diambil dari foto."),
    ),
    "position_coarse": _position_coarse,
    "amount_large": _amount_large,
    "place_unknown": _always(
        Text("Lokasinya di luar semua kelurahan yang kami kenal."),
    ),
    "site_none": _always(
        Text("Aksi ini belum punya tempat (sekolah, tempat kerja, atau wilayah tugas)."),
    ),
    "site_unconfirmed": lambda values: Text("%(site)s belum dipastikan petugas.", site=values["site"]),
    "clock_server": _always(
        Text("Jam server kami sedang diragukan, jadi yang dipakai jam HP."),
    ),
    "fix_time_off": _fix_time_off,
    "late": _late,
    "photos_missing": _photos_missing,
    RETURNED: lambda values: Text("Kembali ke antrean setelah %(days)s hari menunggu diperiksa.", days=values["days"]),
}
"""What an officer will look at."""
_CHECKED: dict[str, Callable[[Values], Text]] = {
    "radius_outside": _of_radius(Text("%(there)s; batasnya %(limit)s.")),
    "area_outside": _area_outside,
    "position_unlikely": _position_unlikely,
    "minutes_short": _minutes_short,
    "cap_day": _cap_day,
    "spacing_short": _spacing_short,
    "overlap": _always(
        Text("Waktunya bersamaan dengan aksi Anda yang lain."),
    ),
    "clock_wrong": _clock_wrong,
    "clock_other_day": _always(
        Text("Jam HP, jam server, dan waktu lokasinya tidak menunjuk hari yang sama."),
    ),
    "future": _future,
    "very_late": _very_late,
    "records_many": _records_many,
}
"""What an officer has to check before it counts."""
_SECONDED: dict[str, Callable[[Values], Text]] = {
    FIRST_WORD: _always(
        Text("Aksi ini dari sebelum semester ini: satu petugas sudah menyetujuinya."),
    ),
}
"""What waits for a second officer."""
_SENTENCES: dict[str, Callable[[Values], Text]] = {
    "radius_inside": _radius_inside,
    "area_inside": _area_inside,
    "note_number_hidden": _always(
        Text("Nomor 16 angka di keterangan kami sembunyikan. NIK dan nomor KK tidak perlu ditulis."),
    ),
    "day_programme": _on_day(Text("%(day)s: hari program.")),
    "day_holiday": _on_day(Text("%(day)s: hari libur; aksi Anda tetap dihitung.")),
    OFF_DAY: _off_day,
    "day_replacement": _replacing(_REPLACEMENT),
    "day_replacement_own": _replacing(_OWN_REPLACEMENT),
    "minutes_ok": _minutes_ok,
    "minutes_long": _minutes_long,
    TRAVEL: _travel_impossible,
    "clock_corrected": _clock_corrected,
    "photos_pending": lambda values: Text("%(photos)s foto masih diperiksa.", photos=values["photos"]),
    **{code: _then(to_be_looked_at, seen) for code, seen in _LOOKED_AT.items()},
    **{code: _then(to_be_checked, seen) for code, seen in _CHECKED.items()},
    **{code: _then(_to_be_seconded, seen) for code, seen in _SECONDED.items()},
}

CODES = frozenset(_SENTENCES) - {RETURNED, FIRST_WORD}
"""What the assessment may find; photographs are judged later (photo_sentences.py), and so is what officers leave undecided."""
