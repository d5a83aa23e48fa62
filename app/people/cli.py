"""`sabuk people`, `sabuk token`: who there is, and what they may do."""

from __future__ import annotations

from datetime import datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from app.core.clock import local_day, utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.people import queries, service
from app.people.models import Account, Tenure
from app.people.rules import Movement, Post
from app.places import queries as places_queries
from app.web.commands import speaks_plainly

POST_AT_PLACE = "POST@PLACE"


def _split(text: str) -> tuple[Post, str]:
    post, at, place = text.partition("@")
    if not at or post not in set(Post) or not place:
        posts = ", ".join(Post)
        raise click.BadParameter(
            f"{text!r} is not POST@PLACE. POST is one of {posts}; PLACE an area code, npsn:12345678 or site:UUID."
        )
    return Post(post), place


@click.group("people")
def people() -> None:
    """Persons, their accounts and the posts they hold."""


@people.command()
@click.argument("name")
@click.option("--post", "posts", multiple=True, metavar=POST_AT_PLACE, help="A post to give; may be said several times.")
@click.option("--full-name", help="The name that others read; NAME when left out.")
@click.option("--movement", type=click.Choice([m.value for m in Movement]), help="In whose name a cadre works (pkk).")
@click.option("--from", "valid_from", type=click.DateTime(["%Y-%m-%d"]), help="First day of the posts; always when left out.")
@with_appcontext
@speaks_plainly
def create(name: str, posts: tuple[str, ...], full_name: str | None, movement: str | None, valid_from: datetime | None) -> None:
    """Make an adult with the sign-in name NAME; prints the name.

    Example: sabuk people create budi --post volunteer@npsn:20219345
    """
    wanted = [_split(post) for post in posts]
    if movement and all(post is not Post.CADRE for post, _ in wanted):
        raise click.UsageError("--movement is a cadre's: it needs a --post cadre@PLACE.")
    if valid_from and not wanted:
        raise click.UsageError("--from is the first day of a post: it needs a --post.")
    now = utc_now()
    with write_transaction(db.session()) as session:
        account = service.create(session, name, full_name=full_name, now=now)
        for post, place in wanted:
            service.grant(
                session,
                account.person_id,
                post,
                place,
                movement=Movement(movement) if movement and post is Post.CADRE else None,
                valid_from=valid_from.date() if valid_from else None,
                granted_by=None,
                now=now,
            )
    click.echo(name)


@people.command()
@click.argument("name")
@click.argument("post_at_place", metavar=POST_AT_PLACE)
@click.option("--movement", type=click.Choice([m.value for m in Movement]), help="In whose name a cadre works (pkk).")
@click.option("--from", "valid_from", type=click.DateTime(["%Y-%m-%d"]), help="First day; always when left out.")
@with_appcontext
@speaks_plainly
def grant(name: str, post_at_place: str, movement: str | None, valid_from: datetime | None) -> None:
    """Give NAME a further post.

    Example: sabuk people grant lurah.citarum lurah@32.73.09.1003
    """
    post, place = _split(post_at_place)
    with write_transaction(db.session()) as session:
        account = service.account(session, name)
        service.grant(
            session,
            account.person_id,
            post,
            place,
            movement=Movement(movement) if movement else None,
            valid_from=valid_from.date() if valid_from else None,
            granted_by=None,
            now=utc_now(),
        )
    click.echo(f"{name} {post}@{place}")


@people.command()
@click.argument("name")
@click.argument("post_at_place", metavar=POST_AT_PLACE)
@click.option("--last-day", type=click.DateTime(["%Y-%m-%d"]), help="The last day of the post; today when left out.")
@click.option("--now", "at_once", is_flag=True, help="End it now instead of at the end of a day.")
@with_appcontext
@speaks_plainly
def end(name: str, post_at_place: str, last_day: datetime | None, *, at_once: bool) -> None:
    """End a post of NAME.

    Example: sabuk people end bu.guru teacher@npsn:20219345 --last-day 2026-06-30
    """
    if at_once and last_day:
        raise click.UsageError("--now and --last-day exclude each other.")
    post, place = _split(post_at_place)
    now = utc_now()
    with write_transaction(db.session()) as session:
        account = service.account(session, name)
        where = places_queries.find_place(session, place)
        tenure = session.scalars(
            select(Tenure).where(
                Tenure.person_id == account.person_id,
                Tenure.post == post,
                Tenure.area_id == where.area_id,
                Tenure.site_id == where.site_id,
                Tenure.valid_until.is_(None),
            )
        ).first()
        if tenure is None:
            raise click.ClickException(f"{name} does not hold {post}@{place}.")
        day = last_day.date() if last_day else places_queries.day_at(session, now, where.area_id, where.site_id)
        if at_once:
            service.end_now(session, tenure, ended_by=None, now=now)
        else:
            service.end(session, tenure, last_day=day, ended_by=None, now=now)
    click.echo(f"{name} {post}@{place} {'ended' if at_once else f'until {day}'}")


@people.command()
@click.argument("name")
@with_appcontext
@speaks_plainly
def password(name: str) -> None:
    """Print a one-time code with which NAME chooses a new password at /atur-ulang; good for 24 hours.

    Example: sabuk people password admin
    """
    code, hashed = service.generate_code()
    with write_transaction(db.session()) as session:
        service.hand_code(session, service.account(session, name), hashed, by=None, now=utc_now())
    click.echo(code)


@people.command("list")
@with_appcontext
def list_people() -> None:
    """List the accounts and the posts they hold today, a line each.

    Example: sabuk people list
    """
    session, now = db.session(), utc_now()
    every = session.scalars(select(Tenure).order_by(Tenure.id)).all()
    zones = queries.zones_of(session, [tenure.active() for tenure in every])
    tenures = [tenure for tenure in every if tenure.active().is_active_on(local_day(now, zones[tenure.id]))]
    areas = places_queries.areas(session).by_id
    sites = places_queries.sites_by_id(session, {tenure.site_id for tenure in tenures if tenure.site_id is not None})
    posts: dict[int, list[str]] = {}
    for tenure in tenures:
        site = sites.get(tenure.site_id) if tenure.site_id is not None else None
        place = (f"npsn:{site.npsn}" if site.npsn else f"site:{site.uuid}") if site else areas[tenure.area_id or 0].code
        posts.setdefault(tenure.person_id, []).append(f"{tenure.post}@{place}")
    for account in session.scalars(select(Account).order_by(Account.name)):
        click.echo(f"{account.name:<24} {', '.join(posts.get(account.person_id, ['-']))}")


@click.group("token")
def token() -> None:
    """Keys with which programs sign in."""


@token.command("create")
@click.argument("name")
@with_appcontext
@speaks_plainly
def create_token(name: str) -> None:
    """Print a new token for NAME, alone on its line; it is shown this once.

    Example: TOKEN=$(sabuk token create budi)
    """
    with write_transaction(db.session()) as session:
        made = service.create_token(session, service.account(session, name), now=utc_now())
    click.echo(made)


@token.command()
@click.argument("name")
@with_appcontext
@speaks_plainly
def revoke(name: str) -> None:
    """End every token of NAME.

    Example: sabuk token revoke budi
    """
    with write_transaction(db.session()) as session:
        ended = service.revoke_tokens(session, service.account(session, name), now=utc_now())
    click.echo(f"{ended} token(s) of {name} ended")
