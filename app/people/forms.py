"""Forms of signing in, signing up, passwords and invitations."""

from __future__ import annotations

from typing import Any

from flask import current_app
from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.core.clock import utc_now
from app.core.text import Text
from app.people.rules import MAX_LENGTH, MOVEMENT_NAMES, VISIBILITY, VISIBILITY_HINT, Movement, is_sign_in_name
from app.people.service import seal_password, sign_in_name, unseal_password
from app.web.forms import FormError, PageForm

OF_AGE = "18"
"""What the question of age answers for who may open an account."""
MAX_TYPED = 200

NAME_HINT = Text("2-40 huruf kecil, angka, titik, garis bawah atau tanda hubung. Misalnya siti.rahayu")


KEPT_HINT = Text("Sudah Anda tulis dan masih kami ingat di formulir ini. Isi hanya jika ingin menggantinya.")


def password_hint(min_length: int) -> Text:
    return Text(
        "Paling pendek %(min_length)s huruf atau angka. Tiga atau empat kata yang tidak "
        "berhubungan mudah diingat dan sulit ditebak.",
        min_length=min_length,
    )


def _first_password() -> PasswordField:
    return PasswordField(Text("Kata sandi"), [InputRequired(), Length(max=MAX_LENGTH)])


def _new_password() -> PasswordField:
    return PasswordField(Text("Kata sandi baru"), [InputRequired(), Length(max=MAX_LENGTH)])


def _same(form: PageForm, field: PasswordField) -> None:
    if field.data != form["password"].data:
        raise FormError(Text("Kedua kata sandi tidak sama."))


def _again() -> PasswordField:
    return PasswordField(Text("Ulangi kata sandi"), [InputRequired(), _same])


def _shown() -> RadioField:
    return RadioField(
        Text("Papan peringkat"),
        [InputRequired()],
        choices=[SelectChoice(answer, words) for answer, words in VISIBILITY.items()],
        description=VISIBILITY_HINT,
    )


class NewPasswordForm(PageForm):
    """A form with a new password, typed twice. Where it comes back for another reason, what was typed is kept in it, sealed.

    Its fields `password` and `again` stand in the forms that follow, in the order in which people are asked.
    """

    kept = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        password, again = self["password"], self["again"]
        if self.kept.data and not (password.data or again.data):
            kept = unseal_password(self.kept.data, str(current_app.secret_key), now=utc_now())
            if kept is not None:
                for field in (password, again):
                    field.data, field.raw_data = kept, [kept]
        return super().validate(extra_validators)

    def keep_password(self) -> None:
        """Before the page is shown again: a password with which nothing is wrong need not be typed again."""
        password, again = self["password"], self["again"]
        self.kept.data = None
        if not password.data or password.errors or again.errors:
            return
        self.kept.data = seal_password(password.data, str(current_app.secret_key), now=utc_now())
        for field in (password, again):
            field.flags.required = False


def _is_name(_form: PageForm, field: StringField) -> None:
    if not is_sign_in_name(sign_in_name(field.data)):
        raise FormError(
            Text("Nama pengguna terdiri dari 2-40 huruf kecil, angka, titik, garis bawah atau tanda hubung."),
        )


def _sign_in_name() -> StringField:
    return StringField(Text("Nama pengguna"), [InputRequired(), _is_name])


class SignInForm(PageForm):
    name = StringField(Text("Nama pengguna"), [InputRequired(), Length(max=MAX_TYPED)])
    password = PasswordField(Text("Kata sandi"), [InputRequired(), Length(max=MAX_TYPED)])
    remember = BooleanField(
        Text("Tetap masuk di perangkat ini selama 30 hari"),
        description=Text("Kosongkan di perangkat yang dipakai bersama."),
        default=False,
    )


class SignUpForm(NewPasswordForm):
    usia = HiddenField(validators=[InputRequired()])
    full_name = StringField(
        Text("Nama Anda"),
        [InputRequired(), Length(max=120)],
        description=Text("Nama yang dibaca orang lain. Boleh nama panggilan."),
    )
    lokasi = HiddenField(validators=[Optional(), Length(max=60)])
    """The code of the site on whose poster this began."""
    shown = _shown()
    name = _sign_in_name()
    password = _first_password()
    again = _again()


class PasswordForm(NewPasswordForm):
    current = PasswordField(Text("Kata sandi sekarang"), [InputRequired(), Length(max=MAX_TYPED)])
    password = _new_password()
    again = _again()

    fields_of = {"current_password": "current"}  # noqa: RUF012 - a ClassVar of the form kit


class ResetForm(NewPasswordForm):
    name = StringField(Text("Nama pengguna"), [InputRequired(), Length(max=MAX_TYPED)])
    code = StringField(
        Text("Kode dari petugas"),
        [InputRequired(), Length(max=40)],
        description=Text("Sepuluh huruf dan angka, misalnya 7KQ4M-XH2WP"),
    )
    password = _new_password()
    again = _again()


class InviteForm(PageForm):
    """The fields that the post asks for; the view leaves out the others."""

    name = StringField(
        Text("Nama yang diundang"),
        [InputRequired(), Length(max=120)],
        description=Text("Tertulis di surat undangan."),
    )
    area = SelectField(Text("Wilayah"), [InputRequired()])
    school = SelectField(Text("Sekolah"), [InputRequired()])
    site = StringField(
        Text("NPSN sekolah"),
        [InputRequired(), Length(max=60)],
        description=Text("8 angka. Sekolahnya harus sudah terdaftar."),
    )
    rw = StringField(Text("RW"), [InputRequired(), Length(max=6)])
    movement = RadioField(
        Text("Kader dari"),
        [InputRequired()],
        choices=[SelectChoice(movement.value, name) for movement, name in MOVEMENT_NAMES.items()],
        default=Movement.PKK.value,
    )

    fields_of = {"place": "site"}  # noqa: RUF012 - a ClassVar of the form kit


class JoinForm(NewPasswordForm):
    """An invitation taken by somebody new."""

    adult = BooleanField(Text("Saya berusia 18 tahun atau lebih"), [InputRequired()])
    full_name = StringField(Text("Nama Anda"), [InputRequired(), Length(max=120)])
    shown = _shown()
    name = _sign_in_name()
    password = _first_password()
    again = _again()


class TakeForm(PageForm):
    """An invitation taken by somebody who is signed in; with the password where the post asks for a long one."""

    current = PasswordField(Text("Kata sandi Anda"), [InputRequired(), Length(max=MAX_TYPED)])
