"""Each line of the audit log as a sentence in both languages: what was done, to what, and what it changed.

Only what a sentence asks of a line's details is ever told; whatever else stands there stays in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.geo import Point, distance_m
from app.core.text import Language, Text, day, number
from app.people.rules import POST_NAMES, Post

Details = Mapping[str, Any]
Sentence = Callable[[Text, Details], Text]
_ID, _EN = Language.INDONESIAN, Language.ENGLISH
LANGUAGES = {"id": Text("Indonesia", "Indonesian"), "en": Text("Inggris", "English")}
DECISIONS = {
    "stands": Text("capnya tetap berlaku", "the stamp remains valid"),
    "void": Text("capnya dibatalkan", "the stamp was cancelled"),
}


def sentence(kind: str, subject: Text, details: Details) -> Text:
    """What the line says. A kind that this version does not know is told by its own name."""
    said = SENTENCES.get(kind)
    if said is None:
        return Text(f"{kind}: {subject.id}.", f"{kind}: {subject.en}.")
    told = said(subject, details)
    reason = str(details.get("reason") or "").strip()
    return Text(f"{told.id} Alasan: {reason}", f"{told.en} Reason: {reason}") if reason else told


def _always(indonesian: str, english: str) -> Sentence:
    """A sentence with the subject's name at {}."""
    return lambda subject, _: Text(indonesian.format(subject.id), english.format(subject.en))


def _post(details: Details) -> Text:
    """ "Guru di SDN Teratai 1"."""
    word = str(details.get("post", ""))
    name = POST_NAMES[Post(word)] if word in set(Post) else Text(word, word)
    place = details.get("place")
    return Text(f"{name.id} di {place}", f"{name.en} at {place}") if place else name


def _with_post(indonesian: str, english: str) -> Sentence:
    """A sentence with the post at {post} and the subject's name at {}."""

    def said(subject: Text, details: Details) -> Text:
        post = _post(details)
        return Text(indonesian.format(subject.id, post=post.id), english.format(subject.en, post=post.en))

    return said


def _changed(indonesian: str, english: str, name: str) -> Sentence:
    """What stood there before and what stands there now, at {}: subject, before, after."""

    def said(subject: Text, details: Details) -> Text:
        before, after = details.get("before"), details.get(name)
        return Text(
            indonesian.format(subject.id, _shown(before, _ID), _shown(after, _ID)),
            english.format(subject.en, _shown(before, _EN), _shown(after, _EN)),
        )

    return said


def _shown(value: object, language: Language) -> str:
    if value is None:
        return Text("kosong", "nothing").said(language)
    return number(value, language, 3) if isinstance(value, int | float) else str(value)


def _ended(subject: Text, details: Details) -> Text:
    post, last = _post(details), details.get("last_day")
    when = date.fromisoformat(last) if last else None
    if details.get("at_once"):
        return Text(f"Jabatan {post.id} {subject.id} diakhiri seketika.", f"The post {post.en} of {subject.en} ended at once.")
    until = Text(f", terakhir {day(when, _ID)}", f", for the last time on {day(when, _EN)}") if when else Text("", "")
    return Text(f"Jabatan {post.id} {subject.id} diakhiri{until.id}.", f"The post {post.en} of {subject.en} ends{until.en}.")


def _visibility(subject: Text, details: Details) -> Text:
    if details.get("shown"):
        return Text(f"{subject.id} tampil di papan peringkat.", f"{subject.en} is shown on leaderboards.")
    return Text(f"{subject.id} tidak lagi tampil di papan peringkat.", f"{subject.en} is no longer shown on leaderboards.")


def _language(subject: Text, details: Details) -> Text:
    word = str(details.get("language", ""))
    spoken = LANGUAGES.get(word, Text(word, word))
    return Text(f"Bahasa {subject.id} menjadi {spoken.id}.", f"The language of {subject.en} is {spoken.en}.")


def _tokens(subject: Text, details: Details) -> Text:
    count = details.get("tokens", 0)
    return Text(f"{count} token {subject.id} dicabut.", f"Tokens of {subject.en} revoked: {count}.")


def _exported(indonesian: str, english: str) -> Sentence:
    """A file was taken away: by which choice, how many rows."""

    def said(_: Text, details: Details) -> Text:
        rows = details.get("rows", 0)
        chosen = ", ".join(f"{name}={value}" for name, value in (details.get("filter") or {}).items())
        by = Text(f" menurut {chosen}", f" by {chosen}") if chosen else Text("", "")
        return Text(
            f"{indonesian} diunduh{by.id}: {number(rows, _ID, 0)} baris.",
            f"{english} downloaded{by.en}: {number(rows, _EN, 0)} rows.",
        )

    return said


def _applied(subject: Text, details: Details) -> Text:
    version, first = details.get("version", ""), details.get("effective_from")
    if not first:
        return Text(f"Aturan {subject.id} diterapkan.", f"Rules of {subject.en} were applied.")
    since = date.fromisoformat(first)
    return Text(
        f"Versi {version} {subject.id} diterapkan, berlaku mulai {day(since, _ID)}.",
        f"Version {version} of {subject.en} was applied, in force from {day(since, _EN)}.",
    )


def _imported(_: Text, details: Details) -> Text:
    count = sum(value for value in details.values() if isinstance(value, int))
    return Text(
        f"Wilayah dimuat dari berkas: {number(count, _ID, 0)} butir.",
        f"Areas were imported from a file: {number(count, _EN, 0)} of them.",
    )


def _peopled(subject: Text, details: Details) -> Text:
    """Residents and households of an area, before and after, and who says so."""
    before = details.get("before") or {}
    told = [(before.get(name), details.get(name)) for name in ("population", "households")]
    said = details.get("source")
    source = Text(f" Sumber: {said}.", f" Source: {said}.") if said else Text("", "")
    (people_id, homes_id), (people_en, homes_en) = (
        [f"{_shown(was, spoken)} → {_shown(now, spoken)}" for was, now in told] for spoken in (_ID, _EN)
    )
    return Text(
        f"{subject.id}: penduduk {people_id}, rumah tangga {homes_id}.{source.id}",
        f"{subject.en}: residents {people_en}, households {homes_en}.{source.en}",
    )


def _rws(subject: Text, details: Details) -> Text:
    names = ", ".join(str(name) for name in details.get("names") or ())
    return Text(f"RW {names} ditambahkan di {subject.id}.", f"RW {names} were added in {subject.en}.")


def _moved(subject: Text, details: Details) -> Text:
    """How far, not from where to where: the site's page shows its circle."""
    before = details.get("before")
    if not before:
        return Text(f"{subject.id} dipindahkan.", f"{subject.en} was moved.")
    far = distance_m(Point(before["lon"], before["lat"]), Point(details["lon"], details["lat"]))
    now = details.get("radius_m")
    if before.get("radius_m") != now:
        was = (_metres(before.get("radius_m")), _metres(now))
        return Text(
            f"{subject.id} dipindahkan {number(far, _ID, 0)} m, radiusnya dari {was[0].id} menjadi {was[1].id}.",
            f"{subject.en} was moved by {number(far, _EN, 0)} m, its radius from {was[0].en} to {was[1].en}.",
        )
    return Text(f"{subject.id} dipindahkan {number(far, _ID, 0)} m.", f"{subject.en} was moved by {number(far, _EN, 0)} m.")


def _metres(radius_m: float | None) -> Text:
    if radius_m is None:
        return Text("radius bawaan program", "the programme's usual radius")
    return Text(f"{number(radius_m, _ID, 0)} m", f"{number(radius_m, _EN, 0)} m")


def _figure(indonesian: str, english: str) -> Sentence:
    """A number entered for an area: of which programme's indicator it is, before and after."""

    def said(subject: Text, details: Details) -> Text:
        name, before, value = details.get("indicator", ""), details.get("before"), _counted(details.get("value", "?"))
        old = _counted(before)
        was = Text(f" dari {old.id}", f" from {old.en}") if before is not None else Text("", "")
        return Text(
            f"{indonesian} ({name}) {subject.id}{was.id} menjadi {value.id}.",
            f"{english} ({name}) of {subject.en} set{was.en} to {value.en}.",
        )

    return said


def _counted(kept: object) -> Text:
    """A number as each language writes it: kept as 900.000, an Indonesian would read it as nine hundred thousand."""
    try:
        value = Decimal(str(kept))
    except InvalidOperation:
        return Text(str(kept), str(kept))
    return Text(number(value, _ID, 3), number(value, _EN, 3))


def _reviewed(subject: Text, details: Details) -> Text:
    decision = DECISIONS.get(str(details.get("decision")), Text("", ""))
    return Text(f"Tinjauan atas {subject.id} ditutup: {decision.id}.", f"The review of {subject.en} was closed: {decision.en}.")


def _tried_again(subject: Text, details: Details) -> Text:
    kind = details.get("kind", "")
    return Text(f"{subject.id} ({kind}) diminta dicoba lagi.", f"{subject.en} ({kind}) is to be tried again.")


SENTENCES: dict[str, Sentence] = {
    "audit.export": _exported("Log audit", "The audit log was"),
    "indicators.baseline": _figure("Angka awal", "The baseline"),
    "indicators.target": _figure("Target", "The target"),
    "integrity.close_review": _reviewed,
    "jobs.retry": _tried_again,
    "leaderboard.visibility": _visibility,
    "people.accept": _with_post("Undangan diterima: {post}.", "An invitation was accepted: {post}."),
    "people.close": _always("Akun {} ditutup.", "The account of {} was closed."),
    "people.confirm": _with_post(
        "Penerima undangan dipastikan: {post}.", "The person who accepted an invitation was confirmed: {post}."
    ),
    "people.create": _always("Akun untuk {} dibuat.", "An account was created for {}."),
    "people.decline": _with_post(
        "Penerima undangan ditolak: {post}.", "The person who accepted an invitation was declined: {post}."
    ),
    "people.end": _ended,
    "people.end_sessions": _always("{} dikeluarkan dari semua perangkat.", "{} was signed out on all devices."),
    "people.export": _exported("Daftar orang", "The list of people was"),
    "people.give_name": _always(
        "Nama diganti oleh pengelola; sekarang {}.", "A name was changed by an administrator; it is now {}."
    ),
    "people.grant": _with_post("{} menjadi {post}.", "{} became {post}."),
    "people.hide_name": _always("Nama {} disembunyikan.", "The name of {} was hidden."),
    "people.invite": _with_post("Undangan dibuat: {post}.", "An invitation was created: {post}."),
    "people.language": _language,
    "people.open": _always("Akun {} dibuka lagi.", "The account of {} was opened again."),
    "people.password": _always("Kata sandi {} diganti.", "The password of {} was changed."),
    "people.rename": _always("Nama diganti; sekarang {}.", "A name was changed; it is now {}."),
    "people.reset_code": _always("Kode kata sandi dibuat untuk {}.", "A password code was created for {}."),
    "people.revoke_invitation": _always("Undangan dibatalkan.", "An invitation was withdrawn."),
    "people.revoke_tokens": _tokens,
    "people.show_name": _always("Nama {} ditampilkan lagi.", "The name of {} was shown again."),
    "people.sign_in": _always("{} masuk.", "{} signed in."),
    "people.sign_out": _always("{} keluar.", "{} signed out."),
    "people.sign_out_everywhere": _always("{} keluar di semua perangkat.", "{} signed out on all devices."),
    "people.sign_up": _always("{} mendaftar sendiri.", "{} signed up."),
    "people.token": _always("Token dibuat untuk {}.", "A token was created for {}."),
    "photograph.clear": _always(
        "{} boleh dilihat umum menurut petugas.", "{} may be seen by the public, according to an officer."
    ),
    "photograph.consent": _always(
        "{} boleh dilihat umum menurut pemiliknya.", "{} may be seen by the public, according to their owner."
    ),
    "photograph.decline": _always("{} tidak ditampilkan.", "{} is not shown."),
    "photograph.take_back": _always(
        "{} tidak boleh lagi dilihat umum menurut pemiliknya.",
        "{} may no longer be seen by the public, according to their owner.",
    ),
    "places.export": _exported("Daftar wilayah", "The list of areas was"),
    "places.figures": _peopled,
    "places.import": _imported,
    "places.rw": _rws,
    "programme.apply": _applied,
    "site.add": _always("{} ditambahkan.", "{} was added."),
    "site.close": _always("{} ditutup.", "{} was closed."),
    "site.confirm": _always("{} dipastikan.", "{} was confirmed."),
    "site.export": _exported("Daftar tempat", "The list of sites was"),
    "site.move": _moved,
    "site.pupils": _changed("Jumlah siswa {}: dari {} menjadi {}.", "Pupils of {}: from {} to {}.", "pupils"),
    "site.rename": _changed("Nama {} diganti: dari {} menjadi {}.", "{} was renamed: from {} to {}.", "name"),
    "stamping.void": _always("{} dibatalkan.", "{} was cancelled."),
}
"""Kind of line -> what it says."""
