"""What is done to one site: confirmed, renamed, closed, its pupils counted."""

from __future__ import annotations

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from app.admin.forms.people import ReasonForm, SureForm
from app.admin.forms.sites import PupilsForm, RenameSiteForm
from app.admin.queries import sites as queries
from app.admin.views.asking import Confirmation, ask_then
from app.admin.views.blueprint import blueprint
from app.admin.views.site import circles_of, crumbs, drawing, site_in_reach
from app.core.clock import utc_now
from app.core.errors import NotFound
from app.core.text import Text
from app.database import db
from app.people.access import me, requires
from app.people.rules import Permission
from app.places.queries import SiteKind
from app.sites import service


@blueprint.route("/admin/lokasi/<uuid:uuid>/pastikan", methods=["GET", "POST"])
@requires(Permission.CONFIRM_SITE)
def confirm_site(uuid: UUID) -> ResponseReturnValue:
    """My word that the site is real and lies there."""
    session, mine, found, form = db.session(), me(), site_in_reach(uuid), SureForm()
    title = Text("Pastikan tempat", "Confirm the site")
    asked = Confirmation(
        title=title,
        text=Text(
            f"{found.name} benar ada, dan lingkarannya benar di tempat itu.",
            f"{found.name} is real, and its circle is in the right place.",
        ),
        label=Text("Ya, saya pastikan", "Yes, I confirm it"),
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        consequences=(
            Text("Aksi di dalam lingkaran tidak lagi perlu diperiksa dulu.", "Actions inside no longer need a check first."),
            Text("Keputusan Anda dicatat di log audit.", "Your decision is recorded in the audit log."),
        ),
        danger=False,
        drawing=drawing(session, found, circles_of(session, found, utc_now())),
    )
    return ask_then(
        asked,
        form,
        lambda session: service.confirm_site(session, uuid, by=mine, now=utc_now()),
        done=Text("Tempat dipastikan.", "The site is confirmed."),
    )


@blueprint.route("/admin/lokasi/<uuid:uuid>/tutup", methods=["GET", "POST"])
@requires(Permission.MOVE_SITE)
def close_site(uuid: UUID) -> ResponseReturnValue:
    """Ask why, then close the site."""
    session, mine, found, form = db.session(), me(), site_in_reach(uuid), ReasonForm()
    title = Text("Tutup tempat", "Close the site")
    waiting = queries.waiting_at(session, found.id)
    asked = Confirmation(
        title=title,
        text=Text(f"{found.name} tidak lagi menjadi tempat aksi.", f"{found.name} is no longer a place for actions."),
        label=title,
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        consequences=(
            Text(
                "Ini tidak dapat dibatalkan; tempat yang sama harus ditambahkan lagi.",
                "This cannot be undone; the site would have to be added again.",
            ),
            Text(
                f"Aksi yang menunggu cap di sini ({waiting}) tetap dapat dicap.",
                f"Actions waiting for a stamp here ({waiting}) can still be stamped.",
            ),
            Text("Yang sudah dihitung tetap ada.", "What was counted stays."),
        ),
    )
    return ask_then(
        asked,
        form,
        lambda session: service.close_site(session, uuid, reason=form.reason.data, by=mine, now=utc_now()),
        done=Text("Tempat ditutup.", "The site is closed."),
    )


@blueprint.route("/admin/lokasi/<uuid:uuid>/nama", methods=["GET", "POST"])
@requires(Permission.MOVE_SITE)
def rename_site(uuid: UUID) -> ResponseReturnValue:
    """Another name for the site."""
    mine, found = me(), site_in_reach(uuid)
    form, title = RenameSiteForm(data={"name": found.name}), Text("Ganti nama", "Rename")
    asked = Confirmation(
        title=title,
        text=Text(
            "Nama baru terlihat di semua halaman, juga pada aksi lama.",
            "The new name is shown on every page, also for old actions.",
        ),
        label=Text("Simpan nama", "Save the name"),
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        danger=False,
    )
    return ask_then(
        asked,
        form,
        lambda session: service.rename_site(session, uuid, form.name.data, by=mine, now=utc_now()),
        done=Text("Nama diganti.", "Renamed."),
    )


@blueprint.route("/admin/lokasi/<uuid:uuid>/siswa", methods=["GET", "POST"])
@requires(Permission.CONFIRM_SITE)
def count_pupils(uuid: UUID) -> ResponseReturnValue:
    """How many pupils a school has, by which boards tell its actions per head."""
    mine, found = me(), site_in_reach(uuid)
    if found.kind is not SiteKind.SCHOOL:
        raise NotFound
    form, title = PupilsForm(data={"pupils": found.pupils}), Text("Jumlah siswa", "Number of pupils")
    asked = Confirmation(
        title=title,
        text=Text(
            f"Dengan angka ini, papan peringkat menghitung aksi {found.name} per siswa.",
            f"With this number, leaderboards count the actions of {found.name} per pupil.",
        ),
        label=Text("Simpan", "Save"),
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        danger=False,
    )
    return ask_then(
        asked,
        form,
        lambda session: service.count_pupils(session, uuid, form.pupils.data, by=mine, now=utc_now()),
        done=Text("Jumlah siswa disimpan.", "The number of pupils is saved."),
    )
