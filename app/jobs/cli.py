"""`sabuk jobs`: what waits, what failed, and sending it round again. `sabuk jobs run` is in app/serve.py."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.core.clock import utc_now
from app.database import db
from app.database.transaction import write_transaction
from app.jobs import queries, queue, watch
from app.jobs.queries import JobState
from app.jobs.watch import RunnerState


@click.group("jobs")
def group() -> None:
    """Work that outlives the request: photographs, nightly sweeps."""


@group.command("list")
@click.option("--state", type=click.Choice([state.value for state in JobState]), help="Only jobs in this state.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many, the newest first.")
@with_appcontext
def list_jobs(state: str | None, limit: int) -> None:
    """Show the latest jobs: number, state, kind, tries, when, and why the last try failed.

    Example: sabuk jobs list --state dead
    """
    now = utc_now()
    session = db.session()
    for job in queries.recent(session, now=now, state=JobState(state) if state else None, limit=limit):
        when = (job.ended_at or job.run_after).isoformat(timespec="seconds")
        click.echo("\t".join([str(job.id), job.state.value, job.kind, str(job.attempts), when, job.last_error or ""]).rstrip())
    found = queries.counts(session, now=now)
    click.echo(", ".join(f"{count} {state.value}" for state, count in found.items()), err=True)
    runner = watch.look(session, now=now)
    if runner is not RunnerState.WELL:
        click.echo(_TOLD[runner], err=True)


_TOLD = {
    RunnerState.BEHIND: "The runner works, and something has waited for more than 15 minutes.",
    RunnerState.STOPPED: "Something has waited for more than 15 minutes and nothing is under way: does no runner live?",
    RunnerState.NEVER: "No runner has run here yet.",
}


@group.command()
@click.argument("job_ids", nargs=-1, type=click.IntRange(min=1), metavar="NUMBER...")
@click.option("--dead", "all_dead", is_flag=True, help="Every job that was given up.")
@with_appcontext
def retry(job_ids: tuple[int, ...], all_dead: bool) -> None:  # noqa: FBT001 - click hands over a flag
    """Let jobs that were given up, or that wait for their next try, be tried now.

    Example: sabuk jobs retry 17 18
    """
    if bool(job_ids) == all_dead:
        raise click.UsageError("name the jobs by their numbers, or all that were given up with --dead")
    session = db.session()
    with write_transaction(session):
        ids = queue.dead(session) if all_dead else list(dict.fromkeys(job_ids))
        left = [job_id for job_id in ids if not queue.retry(session, job_id, now=utc_now())]
    click.echo(f"{len(ids) - len(left)} jobs wait to be tried")
    if left:
        raise click.ClickException(f"done already, under way or not there: {', '.join(map(str, left))}")
