"""A replayed day knows what was known on it and nothing more; what really came is told rightly; nothing is kept."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nurture.ahead import moment_of
from nurture.followups import Item
from nurture.mailbox import open_mailbox
from nurture.replay import Past, play, replay, the_past, weekday
from nurture.run import Report
from nurture.sample import SAMPLE_NOW
from tests.lived.life import Place, letters
from tests.lived.owner import a_config, maildir_url
from tests.lived.test_server import READS
from tests.servers.dovecot import PASSWORD, Dovecot
from tests.whole.sampled import PARIS, Sampled, a_sample

Plan = set[tuple[str | None, ...]]
DAYS = [date(2025, 10, 13), date(2026, 1, 21), date(2026, 2, 13), date(2026, 2, 25), date(2026, 3, 6), date(2026, 3, 10)]


def plan_of(items: tuple[Item, ...]) -> Plan:
    """What was decided, without the numbers of rows."""
    return {
        (i.address, i.lane, i.action, i.rule, i.why, str(i.due), i.sequence, i.step, i.template, i.signal, i.evidence.quote)
        for i in items
    }


def texts_of(report: Report) -> dict[str, str]:
    """The texts of a run's drafts, by address."""
    return {w.item.address: f"{w.draft.subject}\n{w.draft.text.body}" for w in report.written if w.draft}


def grown(sampled: Sampled, twin: Sampled, end: datetime) -> None:
    """What has arrived up to a moment is delivered to the twin, and what it has already stays as it is."""
    for path in sampled.mail:
        there = twin.folder / path.relative_to(sampled.folder)
        if path.stat().st_mtime <= end.timestamp() and path.name not in twin.delivered:
            twin.delivered.add(path.name)
            shutil.copy2(path, there)


def a_twin(sampled: Sampled, folder: Path) -> Sampled:
    """The same owner with an empty mailbox."""
    Place(folder / "Maildir")
    return Sampled(folder, sampled.changes, sampled.base)


@contextmanager
def the_past_of(sampled: Sampled, since: date) -> Iterator[Past]:
    """Its past, ready to be played."""
    with sampled.world() as world, the_past(world, [sampled.opener()], since) as past:
        yield past


def one_day(sampled: Sampled, day: date) -> Report:
    """A replay that begins and ends on a day."""
    moment = moment_of(day, PARIS)
    with the_past_of(sampled, day) as past:
        return next(report for _, report in play(past, day, moment))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sampled:
    """The sample, whole: with all that came after each of the days."""
    return a_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Sampled:
    """Labelled conversations as one mailbox, in both languages."""
    folder = tmp_path_factory.mktemp("corpus")
    place = Place(folder / "Maildir")
    for letter in sorted([*letters("fr")[::9], *letters("en")[::9]], key=lambda one: one.when):
        place.deliver(".Sent" if letter.ours else "", letter.raw, letter.when)
    return Sampled(folder, base=lambda path: a_config(maildir_url(path)))


def same_day(sampled: Sampled, folder: Path, day: date) -> tuple[Report, Report]:
    """(a dry run on a mailbox that ends on the morning of a day, the replay of that day on the whole mailbox)."""
    twin = a_twin(sampled, folder)
    grown(sampled, twin, moment_of(day, PARIS))
    return twin.run(moment_of(day, PARIS), dry_run=True), one_day(sampled, day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_replayed_day_is_a_dry_run_on_a_mailbox_that_ends_there(sample: Sampled, tmp_path: Path, day: date) -> None:
    """The same decisions for everybody, and the same texts, although the mailbox that is replayed goes on for months."""
    fresh, played = same_day(sample, tmp_path, day)

    assert plan_of(played.items) == plan_of(fresh.items)
    assert texts_of(played) == texts_of(fresh)
    assert fresh.items


@pytest.mark.slow
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=st.floats(0.05, 1))
def test_no_day_of_labelled_conversations_knows_what_came_after_it(corpus: Sampled, tmp_path: Path, share: float) -> None:
    """The same, on mornings anywhere in the life of the corpus."""
    first, last = (datetime.fromtimestamp(p.stat().st_mtime, PARIS) for p in (corpus.mail[0], corpus.mail[-1]))
    day = weekday((first + (last - first) * share).date() + timedelta(days=1))

    fresh, played = same_day(corpus, Path(tempfile.mkdtemp(dir=tmp_path)), day)

    assert plan_of(played.items) == plan_of(fresh.items)
    assert texts_of(played) == texts_of(fresh)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "share"), [("sample", 1), ("corpus", 0.6)])
def test_days_in_a_row_are_the_runs_that_there_would_have_been(
    request: pytest.FixtureRequest, tmp_path: Path, name: str, share: float
) -> None:
    """A run each weekday on a mailbox that grows, the drafts left lying: the same decisions, drafts and withdrawals on each of them, and
    nothing on the days that a replay passes over."""
    sampled: Sampled = request.getfixturevalue(name)
    last = sampled.mail[int(share * (len(sampled.mail) - 1))]
    twin, end = a_twin(sampled, tmp_path), datetime.fromtimestamp(last.stat().st_mtime, PARIS)
    since = (end - timedelta(days=50)).date()
    with the_past_of(sampled, since) as past:
        played = {moment.date(): report for moment, report in play(past, since, end)}

    moment = moment_of(weekday(since), PARIS)
    while moment <= end:
        grown(sampled, twin, moment)
        real, report = twin.run(moment), played.get(moment.date())
        assert plan_of(real.items) == (plan_of(report.items) if report else set()), moment
        assert texts_of(real) == (texts_of(report) if report else {}), moment
        withdrawn = {(w.draft.to, w.rule, w.done) for w in report.withdrawn} if report else set()
        assert {(w.draft.to, w.rule, w.done) for w in real.withdrawn} == withdrawn, moment
        moment = moment_of(weekday(moment.date() + timedelta(days=1)), PARIS)
    assert sum(len(r.applied) for r in played.values()) > 5


@pytest.mark.slow
@pytest.mark.dovecot
def test_over_a_real_server_the_past_is_the_same_and_nothing_is_written(
    sample: Sampled, tmp_path: Path, dovecot: Dovecot
) -> None:
    """Over TLS: the drafts of a Maildir, day by day; the server is asked to show and nothing else, and no flag changes."""
    user = dovecot.new_user()
    mailbox = dovecot.maildir(user)
    shutil.copytree(sample.folder / "Maildir", mailbox, copy_function=shutil.copy2, dirs_exist_ok=True)
    dovecot.give(user)
    names = {p.name for p in mailbox.rglob("*:2,*")}
    account = dovecot.account(user)
    there = Sampled(tmp_path, {"accounts": (account,)})
    since, now = date(2026, 2, 9), SAMPLE_NOW

    with sample.world() as world:
        here = replay(world, [sample.opener()], since, now)
    with there.world() as world:
        found = replay(world, [lambda: open_mailbox(account, secret=lambda: PASSWORD, uid_store=tmp_path)], since, now)

    assert [(j.made.at, j.made.item.address, j.made.draft.text.body, j.came, j.alike) for j in found.drafts] == [
        (j.made.at, j.made.item.address, j.made.draft.text.body, j.came, j.alike) for j in here.drafts
    ]
    assert {p.name for p in mailbox.rglob("*:2,*")} == names
    assert [line for line in dovecot.commands(user) if not READS.match(line)] == []
