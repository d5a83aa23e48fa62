"""`/saya/akun`: my name, whether boards show me, my language, my posts, and the way out."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core.catalogue import Language
from app.core.clock import utc_now
from app.core.errors import Invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.leaderboard import service as leaderboard
from app.mine.forms.account import AccountForm
from app.mine.views.blueprint import blueprint
from app.mine.views.notices import push_key
from app.notices.rules import DEFAULT_HOUR
from app.people import queries as people
from app.people import service as people_service
from app.people.access import me, my_permissions
from app.people.rules import HIDDEN, SHOWN, Permission, appointable, hands_codes
from app.web.language import COOKIE
from app.web.pages import A_YEAR_S


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What the page knows of me beside its form."""

    sign_in_name: str
    posts: tuple[Text, ...]
    awaited: tuple[tuple[Text, str], ...]
    """Posts that I took and that begin once whoever invited me has confirmed it, with the number that I read out to them."""
    is_unnamed: bool
    """Whether others read "Warga" instead of my name."""
    invites: bool
    hands_codes: bool
    is_saved: bool


@blueprint.route("/saya/akun", methods=["GET", "POST"])
def account() -> ResponseReturnValue:
    """My name, visibility and language, to be looked at and changed."""
    mine, session = me(), db.session()
    form = AccountForm(
        data={
            "full_name": mine.person.name,
            "shown": SHOWN if mine.person.shown else HIDDEN,
            "language": mine.language,
            "reminder_hour": str(mine.reminder_hour or ""),
            "notice_hour": str(mine.notice_hour or DEFAULT_HOUR),
        }
    )
    if Permission.STAMP not in my_permissions(session):
        del form.notice_hour
    if form.validate_on_submit():
        chosen = Language(form.language.data)
        try:
            with write_transaction(session):
                now = utc_now()
                people_service.rename(session, mine, form.full_name.data, now=now)
                people_service.set_language(session, mine, chosen, now=now)
                reminded_at = form.reminder_hour.data
                people_service.set_reminder_hour(mine, int(reminded_at) if reminded_at else None)
                if form.notice_hour:
                    people_service.set_notice_hour(mine, int(form.notice_hour.data))
                leaderboard.set_visibility(session, mine.person_id, shown=form.shown.data == SHOWN, account_id=mine.id, now=now)
        except Invalid as error:
            form.take(error)
        else:
            response = redirect(url_for("mine.account", tersimpan="ya"), 303)
            response.set_cookie(COOKIE, chosen, max_age=A_YEAR_S, samesite="Lax", secure=request.is_secure, httponly=True)
            return response
    tenures = people.tenures_at(session, mine.person_id, utc_now())
    shown = OwnAccount(
        sign_in_name=mine.name,
        posts=people.post_titles(session, tenures),
        awaited=tuple(
            (people.post_title(session, each.post, each.movement, each.area_id, each.site_id), people_service.check_number(each))
            for each in people.waiting_for(session, mine.person_id, utc_now())
        ),
        is_unnamed=mine.person.name_hidden_at is not None,
        invites=bool(appointable(tenures)),
        hands_codes=hands_codes(tenures),
        is_saved="tersimpan" in request.args and not form.is_submitted(),
    )
    return render_template("mine/account.html", form=form, mine=shown, push_key=push_key()), 422 if form.is_submitted() else 200
