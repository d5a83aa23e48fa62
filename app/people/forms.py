"""Forms of signing in, signing up, passwords and invitations."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.core.text import Text
from app.people.rules import MAX_LENGTH, MOVEMENT_NAMES, Movement, is_sign_in_name
from app.people.service import sign_in_name
from app.web.forms import FormError, PageForm

OF_AGE = "18"
"""What the question of age answers for who may open an account."""
MAX_TYPED = 200

NAME_HINT = Text(
    "2-40 huruf kecil, angka, titik, garis bawah atau tanda hubung. Misalnya siti.rahayu",
    "2-40 lower-case letters, digits, dots, underscores or hyphens. For example siti.rahayu",
)


def password_hint(min_length: int) -> Text:
    return Text(
        f"Paling pendek {min_length} huruf atau angka. Tiga atau empat kata yang tidak berhubungan mudah diingat dan sulit "
        "ditebak.",
        f"At least {min_length} characters. Three or four words that have nothing to do with each other are easy to remember "
        "and hard to guess.",
    )


def _first_password() -> PasswordField:
    return PasswordField(Text("Kata sandi", "Password"), [InputRequired(), Length(max=MAX_LENGTH)])


def _new_password() -> PasswordField:
    return PasswordField(Text("Kata sandi baru", "New password"), [InputRequired(), Length(max=MAX_LENGTH)])


def _same(form: PageForm, field: PasswordField) -> None:
    if field.data != form["password"].data:
        raise FormError("Kedua kata sandi tidak sama.", "The two passwords are not the same.")


def _again() -> PasswordField:
    return PasswordField(Text("Ulangi kata sandi", "Repeat the password"), [InputRequired(), _same])


def _is_name(_form: PageForm, field: StringField) -> None:
    if not is_sign_in_name(sign_in_name(field.data)):
        raise FormError(
            "Nama pengguna terdiri dari 2-40 huruf kecil, angka, titik, garis bawah atau tanda hubung.",
            "A username has 2-40 lower-case letters, digits, dots, underscores or hyphens.",
        )


def _sign_in_name() -> StringField:
    return StringField(Text("Nama pengguna", "Username"), [InputRequired(), _is_name])


class SignInForm(PageForm):
    name = StringField(Text("Nama pengguna", "Username"), [InputRequired(), Length(max=MAX_TYPED)])
    password = PasswordField(Text("Kata sandi", "Password"), [InputRequired(), Length(max=MAX_TYPED)])
    remember = BooleanField(
        Text("Tetap masuk di perangkat ini selama 30 hari", "Stay signed in on this device for 30 days"),
        description=Text("Kosongkan di perangkat yang dipakai bersama.", "Leave this empty on a shared device."),
        default=False,
    )


class SignUpForm(PageForm):
    usia = HiddenField(validators=[InputRequired()])
    full_name = StringField(
        Text("Nama Anda", "Your name"),
        [InputRequired(), Length(max=120)],
        description=Text("Nama yang dibaca orang lain. Boleh nama panggilan.", "The name that others read. A nickname is fine."),
    )
    place = StringField(
        Text("Sekolah atau tempat kerja", "School or workplace"),
        [Optional(), Length(max=60)],
        description=Text(
            "NPSN sekolah (8 angka) atau kode tempat di posternya. Boleh diisi nanti.",
            "The school's NPSN (8 digits) or the place's code on its poster. You can add it later.",
        ),
    )
    name = _sign_in_name()
    password = _first_password()
    again = _again()


class PasswordForm(PageForm):
    current = PasswordField(Text("Kata sandi sekarang", "Current password"), [InputRequired(), Length(max=MAX_TYPED)])
    password = _new_password()
    again = _again()

    fields_of = {"current_password": "current"}  # noqa: RUF012 - a ClassVar of the form kit


class ResetForm(PageForm):
    name = StringField(Text("Nama pengguna", "Username"), [InputRequired(), Length(max=MAX_TYPED)])
    code = StringField(
        Text("Kode dari petugas", "Code from the officer"),
        [InputRequired(), Length(max=40)],
        description=Text("Sepuluh huruf dan angka, misalnya 7KQ4M-XH2WP", "Ten letters and digits, such as 7KQ4M-XH2WP"),
    )
    password = _new_password()
    again = _again()


class InviteForm(PageForm):
    """The fields that the post asks for; the view leaves out the others."""

    name = StringField(
        Text("Nama yang diundang", "Name of the invited person"),
        [InputRequired(), Length(max=120)],
        description=Text("Tertulis di surat undangan.", "Shown in the invitation letter."),
    )
    area = SelectField(Text("Wilayah", "Area"), [InputRequired()])
    school = SelectField(Text("Sekolah", "School"), [InputRequired()])
    site = StringField(
        Text("NPSN sekolah", "The school's NPSN"),
        [InputRequired(), Length(max=60)],
        description=Text("8 angka. Sekolahnya harus sudah terdaftar.", "8 digits. The school must already be registered."),
    )
    rw = StringField(Text("RW", "RW"), [InputRequired(), Length(max=6)])
    movement = RadioField(
        Text("Kader dari", "Cadre of"),
        [InputRequired()],
        choices=[SelectChoice(movement.value, name) for movement, name in MOVEMENT_NAMES.items()],
        default=Movement.PKK.value,
    )

    fields_of = {"place": "site"}  # noqa: RUF012 - a ClassVar of the form kit


class JoinForm(PageForm):
    """An invitation taken by somebody new."""

    adult = BooleanField(Text("Saya berusia 18 tahun atau lebih", "I am 18 or older"), [InputRequired()])
    full_name = StringField(Text("Nama Anda", "Your name"), [InputRequired(), Length(max=120)])
    name = _sign_in_name()
    password = _first_password()
    again = _again()


class TakeForm(PageForm):
    """An invitation taken by somebody who is signed in; with the password where the post asks for a long one."""

    current = PasswordField(Text("Kata sandi Anda", "Your password"), [InputRequired(), Length(max=MAX_TYPED)])
