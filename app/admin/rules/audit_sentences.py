"""Each line of the audit log as a sentence in both languages: what was done, to what, and what it changed.

Only what a sentence asks of a line's details is ever told; whatever else stands there stays in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.geo import Point, distance_m
from app.core.text import Day, Listing, Number, ShortDay, Text, Verbatim
from app.people.rules import POST_NAMES, Post

Details = Mapping[str, Any]
Sentence = Callable[[Text, Details], Text]
LANGUAGES = {"id": Text("Indonesia"), "en": Text("Inggris")}
DECISIONS = {
    "stands": Text("capnya tetap berlaku"),
    "void": Text("capnya dibatalkan"),
}


def sentence(kind: str, subject: Text, details: Details) -> Text:
    """What the line says. A kind that this version does not know is told by its own name."""
    said = SENTENCES.get(kind)
    if said is None:
        return Text("%(kind)s: %(subject)s.", kind=kind, subject=subject)
    told = said(subject, details)
    reason = str(details.get("reason") or "").strip()
    return Text("%(told)s Alasan: %(reason)s", told=told, reason=reason) if reason else told


def _always(text: Text) -> Sentence:
    """A sentence with the subject's name at %(subject)s."""
    return lambda subject, _: text.given(subject=subject)


def _post(details: Details) -> Text:
    """ "Guru di SDN Teratai 1"."""
    word = str(details.get("post", ""))
    name = POST_NAMES[Post(word)] if word in set(Post) else Verbatim(word)
    place = details.get("place")
    return Text("%(name)s di %(place)s", name=name, place=place) if place else name


def _with_post(text: Text) -> Sentence:
    """A sentence with the post at %(post)s and the subject's name at %(subject)s."""
    return lambda subject, details: text.given(subject=subject, post=_post(details))


def _at_site(text: Text) -> Sentence:
    """A sentence with the name of the site at %(site)s and the subject's name at %(subject)s."""
    return lambda subject, details: text.given(subject=subject, site=details.get("site") or "?")


def _changed(text: Text, name: str) -> Sentence:
    """What stood there before and what stands there now, at %(before)s and %(after)s."""
    return lambda subject, details: text.given(
        subject=subject, before=_shown(details.get("before")), after=_shown(details.get(name))
    )


def _shown(value: object) -> Text | Number | str:
    if value is None:
        return Text("kosong")
    return Number(value, 3) if isinstance(value, int | float) else str(value)


def _day_moved(subject: Text, details: Details) -> Text:
    if not {"moved", "day"} <= set(details):
        return Text("Hari pengganti dinyatakan untuk %(subject)s.", subject=subject)
    moved, day = (ShortDay(date.fromisoformat(details[name])) for name in ("moved", "day"))
    return Text("%(subject)s: %(day)s menjadi hari pengganti untuk %(moved)s.", subject=subject, day=day, moved=moved)


def _paused(subject: Text, details: Details) -> Text:
    if not {"first", "last"} <= set(details):
        return Text("Jeda dinyatakan untuk %(subject)s.", subject=subject)
    first, last = (ShortDay(date.fromisoformat(details[name])) for name in ("first", "last"))
    return Text("%(subject)s: jeda %(first)s sampai %(last)s.", subject=subject, first=first, last=last)


def _ended(subject: Text, details: Details) -> Text:
    post, last = _post(details), details.get("last_day")
    if details.get("at_once"):
        return Text("Jabatan %(post)s %(subject)s diakhiri seketika.", post=post, subject=subject)
    if not last:
        return Text("Jabatan %(post)s %(subject)s diakhiri.", post=post, subject=subject)
    when = Day(date.fromisoformat(last))
    return Text("Jabatan %(post)s %(subject)s diakhiri, terakhir %(when)s.", post=post, subject=subject, when=when)


def _visibility(subject: Text, details: Details) -> Text:
    if details.get("shown"):
        return Text("%(subject)s tampil di papan peringkat.", subject=subject)
    return Text("%(subject)s tidak lagi tampil di papan peringkat.", subject=subject)


def _language(subject: Text, details: Details) -> Text:
    word = str(details.get("language", ""))
    spoken = LANGUAGES.get(word, Verbatim(word))
    return Text("Bahasa %(subject)s menjadi %(spoken)s.", subject=subject, spoken=spoken)


def _tokens(subject: Text, details: Details) -> Text:
    count = details.get("tokens", 0)
    return Text("%(n)s token %(subject)s dicabut.", n=count, subject=subject)


def _exported(everything: Text, narrowed: Text) -> Sentence:
    """A file was taken away: by which choice, how many rows."""

    def said(_: Text, details: Details) -> Text:
        chosen = ", ".join(f"{name}={value}" for name, value in (details.get("filter") or {}).items())
        rows = Number(details.get("rows", 0), 0)
        return narrowed.given(n=rows, chosen=chosen) if chosen else everything.given(n=rows)

    return said


def _applied(subject: Text, details: Details) -> Text:
    version, first = details.get("version", ""), details.get("effective_from")
    if not first:
        return Text("Aturan %(subject)s diterapkan.", subject=subject)
    since = date.fromisoformat(first)
    return Text(
        "Versi %(version)s %(subject)s diterapkan, berlaku mulai %(since)s.", version=version, subject=subject, since=Day(since)
    )


def _imported(_: Text, details: Details) -> Text:
    count = sum(value for value in details.values() if isinstance(value, int))
    return Text("Wilayah dimuat dari berkas: %(n)s butir.", n=Number(count, 0))


def _peopled(subject: Text, details: Details) -> Text:
    """Residents and households of an area, before and after, and who says so."""
    before, source = details.get("before") or {}, details.get("source")
    people, homes = (
        Listing((_shown(before.get(name)), _shown(details.get(name))), separator=" → ") for name in ("population", "households")
    )
    told = Text("%(subject)s: penduduk %(people)s, rumah tangga %(homes)s.", subject=subject, people=people, homes=homes)
    return Text("%(told)s Sumber: %(source)s.", told=told, source=source) if source else told


def _rws(subject: Text, details: Details) -> Text:
    names = ", ".join(str(name) for name in details.get("names") or ())
    return Text("RW %(names)s ditambahkan di %(subject)s.", names=names, subject=subject)


def _moved(subject: Text, details: Details) -> Text:
    """How far, not from where to where: the site's page shows its circle."""
    before = details.get("before")
    if not before:
        return Text("%(subject)s dipindahkan.", subject=subject)
    far = distance_m(Point(before["lon"], before["lat"]), Point(details["lon"], details["lat"]))
    now = details.get("radius_m")
    if before.get("radius_m") != now:
        was = (_metres(before.get("radius_m")), _metres(now))
        return Text(
            "%(subject)s dipindahkan %(far)s m, radiusnya dari %(was)s menjadi %(was_2)s.",
            subject=subject,
            far=Number(far, 0),
            was=was[0],
            was_2=was[1],
        )
    return Text("%(subject)s dipindahkan %(far)s m.", subject=subject, far=Number(far, 0))


def _metres(radius_m: float | None) -> Text:
    if radius_m is None:
        return Text("radius bawaan program")
    return Text("%(radius_m)s m", radius_m=Number(radius_m, 0))


def _figure(first: Text, changed: Text) -> Sentence:
    """A number entered for an area for the first time, or in place of another: of which programme's indicator it is."""

    def said(subject: Text, details: Details) -> Text:
        indicator, before, value = details.get("indicator", ""), details.get("before"), _counted(details.get("value", "?"))
        if before is None:
            return first.given(indicator=indicator, subject=subject, value=value)
        return changed.given(indicator=indicator, subject=subject, before=_counted(before), value=value)

    return said


def _counted(kept: object) -> Number | str:
    """A number as each language writes it: kept as 900.000, an Indonesian would read it as nine hundred thousand."""
    try:
        value = Decimal(str(kept))
    except InvalidOperation:
        return str(kept)
    return Number(value, 3)


def _reviewed(subject: Text, details: Details) -> Text:
    decision = DECISIONS.get(str(details.get("decision")), Text(""))
    return Text("Tinjauan atas %(subject)s ditutup: %(decision)s.", subject=subject, decision=decision)


def _tried_again(subject: Text, details: Details) -> Text:
    kind = details.get("kind", "")
    return Text("%(subject)s (%(kind)s) diminta dicoba lagi.", subject=subject, kind=kind)


SENTENCES: dict[str, Sentence] = {
    "audit.export": _exported(
        Text("Log audit diunduh: %(n)s baris."),
        Text("Log audit diunduh menurut %(chosen)s: %(n)s baris."),
    ),
    "indicators.baseline": _figure(
        Text("Angka awal (%(indicator)s) %(subject)s menjadi %(value)s."),
        Text("Angka awal (%(indicator)s) %(subject)s dari %(before)s menjadi %(value)s."),
    ),
    "indicators.target": _figure(
        Text("Target (%(indicator)s) %(subject)s menjadi %(value)s."),
        Text("Target (%(indicator)s) %(subject)s dari %(before)s menjadi %(value)s."),
    ),
    "integrity.close_review": _reviewed,
    "jobs.retry": _tried_again,
    "leaderboard.visibility": _visibility,
    "people.accept": _with_post(Text("Undangan diterima: %(post)s.")),
    "people.close": _always(Text("Akun %(subject)s ditutup.")),
    "people.confirm": _with_post(Text("Penerima undangan dipastikan: %(post)s.")),
    "people.create": _always(Text("Akun untuk %(subject)s dibuat.")),
    "people.decline": _with_post(Text("Penerima undangan ditolak: %(post)s.")),
    "people.end": _ended,
    "people.end_sessions": _always(Text("%(subject)s dikeluarkan dari semua perangkat.")),
    "people.export": _exported(
        Text("Daftar orang diunduh: %(n)s baris."),
        Text("Daftar orang diunduh menurut %(chosen)s: %(n)s baris."),
    ),
    "people.give_name": _always(Text("Nama diganti oleh pengelola; sekarang %(subject)s.")),
    "people.grant": _with_post(Text("%(subject)s menjadi %(post)s.")),
    "people.hide_name": _always(Text("Nama %(subject)s disembunyikan.")),
    "people.invite": _with_post(Text("Undangan dibuat: %(post)s.")),
    "people.language": _language,
    "people.leave": _at_site(Text("%(subject)s keluar dari %(site)s.")),
    "people.membership_ask": _at_site(Text("%(subject)s minta bergabung dengan %(site)s.")),
    "people.membership_confirm": _at_site(Text("%(subject)s diterima di %(site)s.")),
    "people.membership_refuse": _at_site(Text("Permintaan %(subject)s bergabung dengan %(site)s ditolak.")),
    "people.membership_withdraw": _at_site(Text("%(subject)s membatalkan permintaan bergabung dengan %(site)s.")),
    "people.open": _always(Text("Akun %(subject)s dibuka lagi.")),
    "people.password": _always(Text("Kata sandi %(subject)s diganti.")),
    "people.rename": _always(Text("Nama diganti; sekarang %(subject)s.")),
    "people.residence": _always(Text("%(subject)s mengganti kelurahan tempat tinggalnya.")),
    "people.reset_code": _always(Text("Kode kata sandi dibuat untuk %(subject)s.")),
    "people.revoke_invitation": _always(Text("Undangan dibatalkan.")),
    "people.revoke_tokens": _tokens,
    "people.show_name": _always(Text("Nama %(subject)s ditampilkan lagi.")),
    "people.sign_in": _always(Text("%(subject)s masuk.")),
    "people.sign_out": _always(Text("%(subject)s keluar.")),
    "people.sign_out_everywhere": _always(Text("%(subject)s keluar di semua perangkat.")),
    "people.sign_up": _always(Text("%(subject)s mendaftar sendiri.")),
    "people.token": _always(Text("Token dibuat untuk %(subject)s.")),
    "photograph.clear": _always(Text("%(subject)s boleh dilihat umum menurut petugas.")),
    "photograph.consent": _always(Text("%(subject)s boleh dilihat umum menurut pemiliknya.")),
    "photograph.decline": _always(Text("%(subject)s tidak ditampilkan.")),
    "photograph.take_back": _always(
        Text("%(subject)s tidak boleh lagi dilihat umum menurut pemiliknya."),
    ),
    "places.export": _exported(
        Text("Daftar wilayah diunduh: %(n)s baris."),
        Text("Daftar wilayah diunduh menurut %(chosen)s: %(n)s baris."),
    ),
    "places.figures": _peopled,
    "places.import": _imported,
    "places.rename": _changed(Text("Nama %(subject)s diganti: dari %(before)s menjadi %(after)s."), "name"),
    "places.rw": _rws,
    "programme.apply": _applied,
    "programme.end_pause": _always(Text("%(subject)s: jeda dicabut.")),
    "programme.move_day": _day_moved,
    "programme.pause": _paused,
    "recap.export": _exported(
        Text("Rekap per RW diunduh: %(n)s baris."),
        Text("Rekap per RW diunduh menurut %(chosen)s: %(n)s baris."),
    ),
    "site.add": _always(Text("%(subject)s ditambahkan.")),
    "site.close": _always(Text("%(subject)s ditutup.")),
    "site.confirm": _always(Text("%(subject)s dipastikan.")),
    "site.export": _exported(
        Text("Daftar tempat diunduh: %(n)s baris."),
        Text("Daftar tempat diunduh menurut %(chosen)s: %(n)s baris."),
    ),
    "site.move": _moved,
    "site.pupils": _changed(Text("Jumlah siswa %(subject)s: dari %(before)s menjadi %(after)s."), "pupils"),
    "site.rename": _changed(Text("Nama %(subject)s diganti: dari %(before)s menjadi %(after)s."), "name"),
    "stamping.close_bulk": _always(Text("%(subject)s ditinjau.")),
    "stamping.void": _always(Text("%(subject)s dibatalkan.")),
}
"""Kind of line -> what it says."""
