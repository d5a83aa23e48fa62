"""Invitations: offered, printed, sent, taken back, taken."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable
from uuid import UUID

from flask import Response, current_app, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, Signer
from wtforms.fields.choices import SelectChoice

from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid, NotAllowed, NotFound, invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.access import me, somebody
from app.people.forms import NAME_HINT, InviteForm, JoinForm, TakeForm, password_hint
from app.people.models import Account, Invitation
from app.people.rules import (
    POST_NAMES,
    SHOWN,
    STRONG_POSTS,
    InvitationState,
    Movement,
    Post,
    appointable,
    min_length_of,
    needs_confirmation,
)
from app.people.views.answers import page, refused
from app.people.views.blueprint import blueprint
from app.people.views.letters import Letter, Offer, letter_of, offer_of
from app.people.views.newcomers import name_and_password
from app.people.views.passwords import confirm_password
from app.people.views.sessions import begin_session, is_remembered, onwards
from app.places import queries as places
from app.places.rules import rw_name
from app.web.addresses import whole_address
from app.web.language import language, said


def token_of(uuid: UUID) -> str:
    """The end of the link: the invitation's uuid, signed."""
    return _signer().sign(urlsafe_b64encode(uuid.bytes).rstrip(b"=")).decode()


def _uuid_of(token: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(_signer().unsign(token) + b"=="))
    except (BadSignature, NotBase64, ValueError) as error:
        raise NotFound from error


def _signer() -> Signer:
    return Signer(current_app.secret_key or "", salt="invitation")


@blueprint.get("/undang")
def invitations() -> ResponseReturnValue:
    """The posts that I may offer, and what I have offered."""
    account, session = me(), db.session()
    tenures = queries.tenures_at(session, account.person_id, utc_now())
    offers = [offer_of(each) for each in queries.invitations_of(session, account.id)]
    posts = appointable(tenures)
    if not posts and not offers:
        raise NotAllowed
    return render_template("people/invitations.html", posts=[(post.value, POST_NAMES[post]) for post in posts], offers=offers)


@blueprint.route(f"/undang/<any({', '.join(Post)}):word>", methods=["GET", "POST"])
def invite(word: str) -> ResponseReturnValue:
    """A new invitation to that post."""
    account, session, post = me(), db.session(), Post(word)
    tenures = queries.tenures_at(session, account.person_id, utc_now())
    if post not in appointable(tenures):
        raise NotAllowed
    form = _form_for(queries.offerable(session, tenures, post), post)
    if not form.validate_on_submit():
        return page("people/invite.html", form, post=POST_NAMES[post])
    try:
        place = _place(form)
        with write_transaction(session):
            made = service.invite(
                session,
                account,
                post,
                place,
                movement=Movement(form.movement.data) if form.movement else None,
                name=form.name.data,
                now=utc_now(),
            )
            uuid = made.uuid
    except (Invalid, NotAllowed, NotFound) as error:
        return refused("people/invite.html", form, error, post=POST_NAMES[post])
    return redirect(url_for("people.letter", uuid=uuid), 303)


def _form_for(places: queries.Offerable, post: Post) -> InviteForm:
    """The form with the fields that this post asks for."""
    form = InviteForm()
    if places.areas:
        form.area.choices = [SelectChoice(code, name) for code, name in places.areas]
    else:
        del form.area
    if places.sites:
        form.school.choices = [SelectChoice(f"site:{uuid}", name) for uuid, name in places.sites]
    else:
        del form.school
    if places.areas or places.sites:
        del form.site
    if not places.has_rw:
        del form.rw
    elif not places.needs_rw:
        form.rw.validators = []
        form.rw.flags.required = False
        form.rw.description = Text("Kosongkan jika untuk seluruh kelurahan.")
    if post is not Post.CADRE:
        del form.movement
    return form


def _place(form: InviteForm) -> str:
    """The place as services are told it."""
    if form.school:
        return str(form.school.data)
    if form.site:
        return f"site:{places.find_site(db.session(), form.site.data, field='site').uuid}"
    rw = (form.rw.data or "").strip() if form.rw else ""
    if rw and rw_name(rw) is None:
        raise invalid("rw", "malformed", Text("RW ditulis dengan angka 1 sampai 999."))
    return f"{form.area.data}/{rw}" if rw else str(form.area.data)


@blueprint.get("/undang/surat/<uuid:uuid>")
def letter(uuid: UUID) -> ResponseReturnValue:
    """The letter of my invitation, with its link as words, as a picture and as a message."""
    return render_template("people/letter.html", letter=letter_with_link(_mine(uuid)))


def letter_with_link(offered: Invitation) -> Letter:
    return letter_of(offered, whole_address("people.invitation", token=token_of(offered.uuid)))


def _mine(uuid: UUID) -> Invitation:
    found = queries.invitation(db.session(), uuid)
    if found is None or found.invited_by != me().id:
        raise NotFound
    return found


@blueprint.post("/undang/surat/<uuid:uuid>/tarik")
def revoke(uuid: UUID) -> ResponseReturnValue:
    """My invitation opens nothing any more."""
    account = me()
    with write_transaction(db.session()) as session:
        service.revoke(session, uuid, account, now=utc_now())
    return redirect(url_for("people.invitations"), 303)


@blueprint.post("/undang/surat/<uuid:uuid>/benar")
def confirm(uuid: UUID) -> ResponseReturnValue:
    """Whoever took my invitation is the one I meant: the post begins."""
    return _decided(uuid, service.confirm, Text("Jabatan berlaku mulai sekarang."))


@blueprint.post("/undang/surat/<uuid:uuid>/bukan")
def decline(uuid: UUID) -> ResponseReturnValue:
    """Somebody else took my invitation: they get no post by it."""
    return _decided(
        uuid,
        service.decline,
        Text("Jabatan tidak diberikan. Undang lagi orang yang Anda maksud."),
    )


def _decided(uuid: UUID, decide: Callable[..., Invitation], done: Text) -> ResponseReturnValue:
    account = me()
    with write_transaction(db.session()) as session:
        decide(session, uuid, account, now=utc_now())
    flash(said(done), "ok")
    return redirect(url_for("people.invitations"), 303)


@blueprint.route("/undangan/<token>", methods=["GET", "POST"])
def invitation(token: str) -> ResponseReturnValue:
    """What the link opens: the offer, to be taken by who is signed in or by somebody new."""
    found = queries.invitation(db.session(), _uuid_of(token))
    if found is None:
        raise NotFound
    offer, account = offer_of(found), somebody()
    if account is not None and account.id == found.invited_by:
        return redirect(url_for("people.letter", uuid=found.uuid), 303)
    if account is not None and offer.standing is InvitationState.WAITING and account.id == found.accepted_by:
        response = make_response(render_template("people/invitation_waiting.html", offer=offer))
    elif offer.standing is not InvitationState.OPEN:
        response = make_response(
            render_template("people/invitation_closed.html", offer=offer, why=service.REFUSALS[offer.standing])
        )
        response.status_code = 410
    else:
        response = _join(found, offer, token) if account is None else _take(found, offer, account, token)
    # The link is a key: it goes to no other site.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _join(found: Invitation, offer: Offer, token: str) -> Response:
    """Somebody new: an account and the post."""
    form = JoinForm(data={"full_name": offer.name})
    shown: dict[str, object] = {
        "offer": offer,
        "name_hint": NAME_HINT,
        "password_hint": password_hint(min_length_of([found.post])),
        "sign_in": url_for("people.sign_in", next=url_for("people.invitation", token=token)),
    }
    try:
        joined = _joined(found.uuid, found.post, form, token)
    except (service.Throttled, Conflict, Invalid) as error:
        return refused("people/join.html", form, error, **shown)
    return joined or page("people/join.html", form, **shown)


def _joined(uuid: UUID, post: Post, form: JoinForm, token: str) -> Response | None:
    """Signed in and on the way; None where the form says what is wrong, all of it.

    The link is one key to asking which names are taken; it is counted like signing up.
    """
    new = name_and_password(form, posts=(post,))
    if new is None:
        return None
    with write_transaction(db.session()) as session:
        account = service.accept_as_new(
            session,
            uuid,
            new.name,
            full_name=form.full_name.data,
            hashed=new.hashed,
            shown=form.shown.data == SHOWN,
            language=language(),
            now=utc_now(),
        )
        service.start_session(session, account, now=utc_now())
    begin_session(account, remember=True)
    return onwards(account, _after(post, token))


def _after(post: Post, token: str) -> str:
    """Where whoever took the post reads on: what it waits for, else their own page."""
    return url_for("people.invitation", token=token) if needs_confirmation(post) else "/saya"


def _take(found: Invitation, offer: Offer, account: Account, token: str) -> Response:
    """Somebody who is signed in: the post, beside those they hold."""
    form = TakeForm()
    is_strong = found.post in STRONG_POSTS
    if not is_strong:
        del form.current
    shown: dict[str, object] = {"offer": offer, "name": queries.public_name(account.person)}
    uuid, post = found.uuid, found.post
    if not form.validate_on_submit():
        return page("people/take.html", form, **shown)
    try:
        if is_strong:
            _confirm_long(account, form)
        with write_transaction(db.session()) as session:
            service.accept(session, uuid, account, now=utc_now())
            service.start_session(session, account, now=utc_now())
    except (Conflict, Invalid, service.Throttled) as error:
        return refused("people/take.html", form, error, **shown)
    begin_session(account, remember=is_remembered())
    return onwards(account, _after(post, token))


def _confirm_long(account: Account, form: TakeForm) -> None:
    """The password, which must be long enough for the post."""
    confirm_password(account, form.current.data, field="current")
    service.check_length(form.current.data, min_length=min_length_of(STRONG_POSTS), field="current")
