"""`/admin/tinjauan`: stamped actions in which something looked wrong afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.admin.forms.reviews import DecisionForm, review_mark
from app.admin.queries.reviews import (
    BulkSeen,
    ReviewSeen,
    all_bulks,
    all_reviews,
    bulks_of_officer,
    review_to_decide,
    reviews_of_officer,
)
from app.admin.views.blueprint import blueprint
from app.core.clock import utc_now
from app.core.errors import Conflict, Invalid
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.people.access import me, my_permissions, requires
from app.people.rules import Permission
from app.reviews.rules import Decision
from app.stamping.service import decide_review
from app.web.language import said
from app.web.pages import Paging, paging

PAGE_SIZE = 20
CLOSED = {
    Decision.STANDS: Text("Tinjauan ditutup; capnya tetap berlaku."),
    Decision.VOID: Text("Tinjauan ditutup; capnya dibatalkan."),
}


@dataclass(frozen=True, slots=True)
class ReviewsPage:
    reviews: tuple[ReviewSeen, ...]
    bulks: tuple[BulkSeen, ...]
    """Decisions about many actions; on the first page alone."""
    decides: bool
    """Whether the reader may decide; an administrator only sees."""
    paging: Paging


@blueprint.get("/admin/tinjauan")
@requires(Permission.STAMP, Permission.SEE_AUDIT)
def reviews() -> ResponseReturnValue:
    """Those about which I may decide; to administrators all of them, without names."""
    session, after = db.session(), review_mark()
    sees_all = Permission.STAMP not in my_permissions(session)
    if sees_all:
        found, more = all_reviews(session, after=after, limit=PAGE_SIZE)
        bulks = all_bulks(session, limit=PAGE_SIZE)
    else:
        found, more = reviews_of_officer(session, me().person_id, after=after, limit=PAGE_SIZE, now=utc_now())
        bulks = bulks_of_officer(session, me().person_id, limit=PAGE_SIZE, now=utc_now())
    shown = ReviewsPage(
        reviews=found,
        bulks=() if after else bulks,
        decides=not sees_all,
        paging=paging(is_further=bool(after), more=more),
    )
    return render_template("admin/reviews.html", page=shown)


@blueprint.route("/admin/tinjauan/<int:review_id>", methods=["GET", "POST"])
@requires(Permission.STAMP)
def review(review_id: int) -> ResponseReturnValue:
    """Look again, and say whether the stamp stands."""
    officer, form = me(), DecisionForm()
    if form.validate_on_submit():
        decision = Decision(form.decision.data)
        try:
            with write_transaction(db.session()) as session:
                decide_review(session, review_id, officer, decision=decision, reason=form.reason.data or "", now=utc_now())
        except (Conflict, Invalid) as error:
            form.take(error)
        else:
            flash(said(CLOSED[decision]), "ok")
            return redirect(url_for("admin.reviews"), 303)
    stored, seen = review_to_decide(db.session(), review_id, officer.person_id, now=utc_now())
    status = 422 if form.is_submitted() else 200
    return render_template("admin/review.html", review=seen, form=form, is_closed=stored.closed_at is not None), status
