"""`/admin/orang/{uuid}`: one person's posts through time, sign-in and history; and what may be done about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app.admin.forms.people import ON_NO_BOARD, UNNAMED, CloseAccountForm, EndPostForm, NameForm, ReasonForm
from app.admin.queries import people as queries
from app.admin.queries.history import HistoryLine, history
from app.admin.views.asking import Confirmation, ask_then
from app.admin.views.blueprint import blueprint
from app.core.clock import utc_now
from app.core.errors import NotAllowed
from app.core.text import Text
from app.database import db
from app.leaderboard import service as leaderboard
from app.people import queries as people
from app.people import service
from app.people.access import me, requires
from app.people.rules import POST_NAMES, Permission, appointable
from app.places import queries as places

if TYPE_CHECKING:
    from app.people.models import Account, Tenure

SIGNING = ("people.sign_in", "people.sign_out")
"""Too many to be shown; the last sign-in stands on its own."""


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post through time."""

    id: int
    title: Text
    valid_from: date | None
    valid_until: date | None
    granted_by: str | None
    is_active: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    uuid: UUID
    name: str
    sign_in_name: str
    created_at: datetime
    closed_at: datetime | None
    name_hidden_at: datetime | None
    has_password: bool
    last_sign_in: datetime | None
    posts: tuple[PostHeld, ...]
    offers: tuple[tuple[str, Text], ...]
    """Posts that I may give: their words in addresses, and for people."""
    is_me: bool
    is_below: bool
    """Whether I stand above every post of theirs."""
    lines: Sequence[HistoryLine]


@blueprint.get("/admin/orang/<uuid:uuid>")
@requires(Permission.MANAGE_PEOPLE)
def person(uuid: UUID) -> ResponseReturnValue:
    """Somebody who has an account; whoever has none is not found."""
    session, now, mine = db.session(), utc_now(), me()
    holder = service.holder_of(session, uuid)
    offers = appointable(people.tenures_at(session, mine.person_id, now)) if holder.id != mine.id else ()
    subjects = (f"person:{uuid}", f"person:{holder.person_id}", f"account:{holder.id}")
    shown = PersonPage(
        uuid=uuid,
        name=people.own_name(holder.person),
        sign_in_name=holder.name,
        created_at=holder.created_at,
        closed_at=holder.disabled_at,
        name_hidden_at=holder.person.name_hidden_at,
        has_password=holder.password_hash is not None,
        last_sign_in=queries.last_sign_in(session, holder.id),
        posts=_posts(session, holder, mine, now),
        offers=tuple((post.value, POST_NAMES[post]) for post in offers),
        is_me=holder.id == mine.id,
        is_below=service.may_be_handed(session, holder, by=mine, now=now),
        lines=history(session, people.own_name(holder.person), subjects, without=SIGNING),
    )
    return render_template("admin/person.html", page=shown)


def _posts(session: Session, holder: Account, mine: Account, now: datetime) -> tuple[PostHeld, ...]:
    tenures = queries.tenures(session, holder.person_id)
    names = queries.names_of(session, {tenure.granted_by for tenure in tenures if tenure.granted_by is not None})
    return tuple(_post(session, tenure, names, mine, now) for tenure in tenures)


def _post(session: Session, tenure: Tenure, names: dict[int, str], mine: Account, now: datetime) -> PostHeld:
    today = _today(session, tenure, now)
    runs = tenure.active().is_active_later(today)
    return PostHeld(
        id=tenure.id,
        title=_title(session, tenure),
        valid_from=tenure.valid_from,
        valid_until=tenure.valid_until,
        granted_by=names.get(tenure.granted_by or 0),
        is_active=tenure.active().is_active_on(today),
        may_end=runs and service.may_end_post(session, tenure, by=mine, now=now),
    )


def _today(session: Session, tenure: Tenure, now: datetime) -> date:
    """The day at the post's place."""
    return places.day_at(session, now, tenure.area_id, tenure.site_id)


def _title(session: Session, tenure: Tenure) -> Text:
    return people.post_title(session, tenure.post, tenure.movement, tenure.area_id, tenure.site_id)


@blueprint.route("/admin/orang/<uuid:uuid>/akhiri/<int:tenure_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def end_post(uuid: UUID, tenure_id: int) -> ResponseReturnValue:
    """Ask for the last day and the reason, then end the post."""
    session, now, mine = db.session(), utc_now(), me()
    holder = service.holder_of(session, uuid)
    tenure = next((each for each in queries.tenures(session, holder.person_id) if each.id == tenure_id), None)
    if tenure is None or not service.may_end_post(session, tenure, by=mine, now=now):
        raise NotAllowed
    form = EndPostForm(data={"last_day": _today(session, tenure, now)})
    name, title = people.own_name(holder.person), _title(session, tenure)
    asked = Confirmation(
        title=Text("Akhiri jabatan"),
        text=Text("%(name)s tidak lagi menjadi %(title)s setelah hari ini:", name=name, title=title),
        label=Text("Akhiri jabatan ini"),
        back=url_for("admin.person", uuid=uuid),
        crumbs=crumbs(uuid, name, Text("Akhiri jabatan")),
        consequences=(
            Text("Apa yang sudah dicap dan dihitung tetap ada."),
            Text("Semua perangkatnya harus masuk lagi."),
        ),
    )
    return ask_then(
        asked,
        form,
        lambda session: service.end_post(
            session,
            uuid,
            tenure_id,
            last_day=None if form.at_once.data else form.last_day.data,
            reason=form.reason.data,
            by=mine,
            now=now,
        ),
        done=Text("Jabatan diakhiri: %(title)s.", title=title),
    )


@blueprint.route("/admin/orang/<uuid:uuid>/tutup", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def close_account(uuid: UUID) -> ResponseReturnValue:
    """Ask why and what boards show from now on, then close the sign-in."""
    form = CloseAccountForm()

    def close(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
        holder = service.close_account(session, uuid, reason=reason, by=by, now=now)
        if form.boards.data == UNNAMED:
            service.hide_name(session, uuid, reason=reason, by=by, now=now)
        elif form.boards.data == ON_NO_BOARD:
            leaderboard.set_visibility(session, holder.person_id, shown=False, account_id=by.id, now=now)
        return holder

    return _with_reason(
        uuid,
        close,
        form=form,
        title=Text("Tutup akun"),
        text=Text("%(name)s tidak dapat masuk lagi, di perangkat mana pun."),
        consequences=(
            Text("Token, kode kata sandi, dan undangannya dicabut dan tidak dapat dipulihkan."),
            Text("Jabatan, aksi, dan capnya tetap tercatat."),
            Text("Akun dapat dibuka lagi di halaman ini."),
        ),
        done=Text("Akun %(name)s ditutup."),
    )


@blueprint.route("/admin/orang/<uuid:uuid>/sembunyikan-nama", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def hide_name(uuid: UUID) -> ResponseReturnValue:
    """Ask why, then hide the name from others."""
    return _with_reason(
        uuid,
        service.hide_name,
        title=Text("Sembunyikan nama"),
        text=Text("Di papan peringkat, daftar, dan meja petugas, orang lain membaca “Warga” sebagai ganti %(name)s."),
        consequences=(
            Text("Orangnya diberi tahu, dengan alasan Anda."),
            Text("Aksi dan angkanya tidak berubah."),
        ),
        done=Text("Nama %(name)s disembunyikan."),
    )


@blueprint.route("/admin/orang/<uuid:uuid>/tampilkan-nama", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def show_name(uuid: UUID) -> ResponseReturnValue:
    """Ask why, then let others read the name again."""
    return _with_reason(
        uuid,
        service.show_name,
        title=Text("Tampilkan nama lagi"),
        text=Text("Orang lain membaca nama %(name)s lagi."),
        done=Text("Nama %(name)s ditampilkan lagi."),
        danger=False,
    )


@blueprint.route("/admin/orang/<uuid:uuid>/ganti-nama", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def give_name(uuid: UUID) -> ResponseReturnValue:
    """Ask for another name and why, then give it."""
    form = NameForm()

    def give(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
        return service.give_name(session, uuid, form.full_name.data, reason=reason, by=by, now=now)

    return _with_reason(
        uuid,
        give,
        form=form,
        title=Text("Ganti nama"),
        text=Text("Orang lain membaca nama baru ini sebagai ganti %(name)s."),
        consequences=(Text("Orangnya diberi tahu, dengan alasan Anda."),),
        done=Text("Nama %(name)s diganti."),
        danger=False,
    )


@blueprint.route("/admin/orang/<uuid:uuid>/buka", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def open_account(uuid: UUID) -> ResponseReturnValue:
    """Ask why, then open the sign-in again."""
    return _with_reason(
        uuid,
        service.open_account,
        title=Text("Buka akun lagi"),
        text=Text("%(name)s dapat masuk lagi dengan kata sandinya yang dulu."),
        done=Text("Akun %(name)s dibuka lagi."),
        danger=False,
    )


@blueprint.route("/admin/orang/<uuid:uuid>/keluarkan", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def end_sessions(uuid: UUID) -> ResponseReturnValue:
    """Ask why, then sign the person out everywhere."""
    return _with_reason(
        uuid,
        service.end_all_sessions,
        title=Text("Keluarkan dari semua perangkat"),
        text=Text("Semua perangkat %(name)s harus masuk lagi, misalnya setelah HP hilang."),
        consequences=(Text("Catatan yang belum terkirim tetap tersimpan di HP-nya."),),
        done=Text("%(name)s dikeluarkan dari semua perangkat."),
    )


def _with_reason(
    uuid: UUID,
    act: Callable[..., Account],
    *,
    title: Text,
    text: Text,
    done: Text,
    consequences: tuple[Text, ...] = (),
    danger: bool = True,
    form: ReasonForm | CloseAccountForm | NameForm | None = None,
) -> ResponseReturnValue:
    """What is done to somebody below me, with its reason and with what `form` holds beside. `%(name)s` in the words is theirs."""
    session, now, mine = db.session(), utc_now(), me()
    holder = service.holder_of(session, uuid)
    if not service.may_be_handed(session, holder, by=mine, now=now):
        raise NotAllowed
    name, form = people.own_name(holder.person), form or ReasonForm()
    asked = Confirmation(
        title=title,
        text=text.given(name=name),
        label=title,
        back=url_for("admin.person", uuid=uuid),
        crumbs=crumbs(uuid, name, title),
        consequences=consequences,
        danger=danger,
    )
    return ask_then(
        asked, form, lambda session: act(session, uuid, reason=form.reason.data, by=mine, now=now), done=done.given(name=name)
    )


def crumbs(uuid: UUID, name: str, here: Text) -> list[tuple[str, Text | str]]:
    return [(url_for("admin.people"), Text("Orang")), (url_for("admin.person", uuid=uuid), name), ("", here)]
