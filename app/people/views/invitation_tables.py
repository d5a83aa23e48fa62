"""`/undang/tabel`: many invitations from a table, and all letters that nobody has answered on one page to print."""

from __future__ import annotations

from contextlib import closing

from flask import make_response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField, FileRequired

from app.core.clock import utc_now
from app.core.errors import DomainError, NotAllowed
from app.core.spreadsheets import MAX_BYTES, read_sheet
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.access import me
from app.people.rules import appointable
from app.people.service.inviting_many import MAX_INVITED, InviteLine, InviteOutcome
from app.people.views.blueprint import blueprint
from app.people.views.invitations import letter_with_link
from app.people.views.letters import Letter
from app.web.bodies import FORM_BYTES, takes_up_to
from app.web.forms import PageForm

OUTCOMES: dict[InviteOutcome, Text] = {
    InviteOutcome.INVITED: Text("diundang"),
    InviteOutcome.UNCHANGED: Text("sudah diundang"),
    InviteOutcome.REFUSED: Text("ditolak"),
}


class InvitationTableForm(PageForm):
    file = FileField(Text("Tabel orang yang diundang"), [FileRequired(message=Text("Pilih berkasnya dulu."))])


@blueprint.route("/undang/tabel", methods=["GET", "POST"])
@takes_up_to(MAX_BYTES + FORM_BYTES)
def invite_many() -> ResponseReturnValue:
    """The table, and what became of each row. The same table again invites nobody twice, so the page may be sent again."""
    form, by, session = InvitationTableForm(), me(), db.session()
    if not appointable(queries.tenures_at(session, by.person_id, utc_now())):
        raise NotAllowed
    if form.validate_on_submit():
        try:
            with closing(form.file.data) as file:
                sheet = read_sheet(file.read(MAX_BYTES + 1))
            with write_transaction(session):
                lines = service.invite_many(session, sheet, by, now=utc_now())
        except DomainError as error:
            form.take(error)
        else:
            return render_template("people/invited_many.html", lines=_told(lines), outcomes=OUTCOMES, counts=_counts(lines))
    page = render_template("people/invite_many.html", form=form, most=MAX_INVITED)
    return make_response(page, 422 if form.is_submitted() else 200)


@blueprint.get("/undang/surat")
def letters() -> ResponseReturnValue:
    """Every letter of mine that nobody has answered, each on a sheet of its own."""
    session, by = db.session(), me()
    open_ones = queries.open_invitations_of(session, by.id, utc_now(), limit=MAX_INVITED)
    if not open_ones and not appointable(queries.tenures_at(session, by.person_id, utc_now())):
        raise NotAllowed
    return render_template("people/letters.html", letters=[letter_with_link(each) for each in open_ones])


def _told(lines: list[InviteLine]) -> list[tuple[InviteLine, str]]:
    """The refused first; each with the address that opens WhatsApp at the person's own number, where the table has one."""
    session = db.session()
    order = list(reversed(InviteOutcome))

    def message(line: InviteLine) -> str:
        found = queries.invitation(session, line.uuid) if line.uuid and line.phone else None
        letter: Letter | None = letter_with_link(found) if found is not None else None
        return letter.message.replace("https://wa.me/", f"https://wa.me/{line.phone}", 1) if letter else ""

    return [(line, message(line)) for line in sorted(lines, key=lambda one: (order.index(one.outcome), one.number))]


def _counts(lines: list[InviteLine]) -> list[tuple[Text, int]]:
    return [(OUTCOMES[outcome], count) for outcome in InviteOutcome if (count := sum(line.outcome is outcome for line in lines))]
