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
    title = Text("Pastikan tempat")
    asked = Confirmation(
        title=title,
        text=Text("%(name)s benar ada, dan lingkarannya benar di tempat itu.", name=found.name),
        label=Text("Ya, saya pastikan"),
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        consequences=(
            Text("Aksi di dalam lingkaran tidak lagi perlu diperiksa dulu."),
            Text("Keputusan Anda dicatat di log audit."),
        ),
        danger=False,
        drawing=drawing(session, found, circles_of(session, found, utc_now())),
    )
    return ask_then(
        asked,
        form,
        lambda session: service.confirm_site(session, uuid, by=mine, now=utc_now()),
        done=Text("Tempat dipastikan."),
    )


@blueprint.route("/admin/lokasi/<uuid:uuid>/tutup", methods=["GET", "POST"])
@requires(Permission.MOVE_SITE)
def close_site(uuid: UUID) -> ResponseReturnValue:
    """Ask why, then close the site."""
    session, mine, found, form = db.session(), me(), site_in_reach(uuid), ReasonForm()
    title = Text("Tutup tempat")
    waiting = queries.waiting_at(session, found.id)
    asked = Confirmation(
        title=title,
        text=Text("%(name)s tidak lagi menjadi tempat aksi.", name=found.name),
        label=title,
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        consequences=(
            Text("Ini tidak dapat dibatalkan; tempat yang sama harus ditambahkan lagi."),
            Text("Aksi yang menunggu cap di sini (%(waiting)s) tetap dapat dicap.", waiting=waiting),
            Text("Yang sudah dihitung tetap ada."),
        ),
    )
    return ask_then(
        asked,
        form,
        lambda session: service.close_site(session, uuid, reason=form.reason.data, by=mine, now=utc_now()),
        done=Text("Tempat ditutup."),
    )


@blueprint.route("/admin/lokasi/<uuid:uuid>/nama", methods=["GET", "POST"])
@requires(Permission.MOVE_SITE)
def rename_site(uuid: UUID) -> ResponseReturnValue:
    """Another name for the site."""
    mine, found = me(), site_in_reach(uuid)
    form, title = RenameSiteForm(data={"name": found.name}), Text("Ganti nama")
    asked = Confirmation(
        title=title,
        text=Text("Nama baru terlihat di semua halaman, juga pada aksi lama."),
        label=Text("Simpan nama"),
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        danger=False,
    )
    return ask_then(
        asked,
        form,
        lambda session: service.rename_site(session, uuid, form.name.data, by=mine, now=utc_now()),
        done=Text("Nama diganti."),
    )


@blueprint.route("/admin/lokasi/<uuid:uuid>/siswa", methods=["GET", "POST"])
@requires(Permission.CONFIRM_SITE)
def count_pupils(uuid: UUID) -> ResponseReturnValue:
    """How many pupils a school has, by which boards tell its actions per head."""
    mine, found = me(), site_in_reach(uuid)
    if found.kind is not SiteKind.SCHOOL:
        raise NotFound
    form, title = PupilsForm(data={"pupils": found.pupils}), Text("Jumlah siswa")
    asked = Confirmation(
        title=title,
        text=Text("Dengan angka ini, papan peringkat menghitung aksi %(name)s per siswa.", name=found.name),
        label=Text("Simpan"),
        back=url_for("admin.site", uuid=uuid),
        crumbs=crumbs(found, title),
        danger=False,
    )
    return ask_then(
        asked,
        form,
        lambda session: service.count_pupils(session, uuid, form.pupils.data, by=mine, now=utc_now()),
        done=Text("Jumlah siswa disimpan."),
    )
