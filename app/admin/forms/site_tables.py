"""Forms about a table of sites: looked at, then carried out."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Regexp

from app.core.text import Text
from app.web.forms import PageForm


class SiteTableForm(PageForm):
    file = FileField(Text("Tabel sekolah dan kantor"), [FileRequired(message=Text("Pilih berkasnya dulu."))])


class ApplySitesForm(PageForm):
    digest = HiddenField(validators=[InputRequired(), Regexp(r"^[0-9a-f]{64}$")])
    confirms = BooleanField(
        Text("Saya memastikan semua tempat baru ini ada dan titiknya benar"),
        description=Text("Jika tidak dicentang, tiap tempat dipastikan kemudian oleh petugas kelurahannya."),
    )
