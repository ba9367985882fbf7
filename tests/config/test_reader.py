"""config.toml is read with all its faults in one message, and written so that reading gives the same value back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nurture.config import (
    AccountConfig,
    CadenceConfig,
    Caps,
    Config,
    Conviction,
    FolderChoices,
    MailboxUrl,
    Near,
    OfferConfig,
    OwnerConfig,
    OwnHoliday,
    Privacy,
    load,
    parse_mailbox_url,
    to_toml,
)
from nurture.errors import ConfigFault
from nurture.sample import sample_config

LEAST = '[owner]\nname = "Ana"\naddresses = ["ana@atelier.example"]\n[[account]]\nmailbox = "maildir:/mail"\n'
TEXT = st.text(st.characters(codec="utf-8"), max_size=40)


def read(tmp_path: Path, text: str) -> Config:
    """The configuration of a text."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def faults(tmp_path: Path, text: str) -> tuple[str, ...]:
    """What is wrong with a text."""
    with pytest.raises(ConfigFault) as fault:
        read(tmp_path, text)
    assert fault.value.exit_code == 10
    return fault.value.faults


def test_the_least_configuration_has_every_default(tmp_path: Path) -> None:
    """Name, address, mailbox; the rest is the design's."""
    config = read(tmp_path, LEAST)

    assert config == Config(
        owner=OwnerConfig(name="Ana", addresses=("ana@atelier.example",)),
        accounts=(AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/mail")),),
    )
    assert (config.follow, config.lookback_months, config.caps.open_drafts, config.caps.drafts_per_day) == ("listed", 12, 10, 12)


def test_all_faults_come_together(tmp_path: Path) -> None:
    """Each with its key; the reader mends the file once."""
    found = faults(
        tmp_path,
        'follow = "some"\nlookback = "a while"\nexclde = []\n[owner]\nname = " "\naddresses = ["nobody"]\ncountry = "FRA"\ntimezone = "Mars/Olympus"\ngender = "x"\n'
        '[[account]]\nmailbox = "pop3://x"\n[caps]\nopen_drafts = 0\ndrafts_per_day = "many"\n[cadence]\naugust_off = "yes"\nanswer_order = [1]\n[[holiday]]\nday = "soon"\n',
    )

    for key in (
        "follow",
        "lookback",
        "exclde",
        "[owner] name",
        "[owner] addresses",
        "country",
        "timezone",
        "gender",
        "mailbox",
        "open_drafts",
        "drafts_per_day",
        "august_off",
        "answer_order",
        "day",
    ):
        assert any(key in f for f in found), (key, found)
    assert any("did you mean 'exclude'" in f for f in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[owner", "is not valid TOML"),
        ("", "[[account]]: there is none"),
        ("owner = 1\n[[account]]\nmailbox = 'maildir:/m'\n", "owner"),
        ("[owner]\nname = 'A'\naddresses = 'a@b.example'\n[[account]]\nmailbox = 'maildir:/m'\n", "addresses"),
        ("account = [1]\n[owner]\nname = 'A'\naddresses = ['a@b.example']\n", "is no table"),
        (LEAST + '[[account]]\nmailbox = "maildir:/mail"\n', "twice"),
        (LEAST.replace('"maildir:/mail"', '"maildir:/mail"\naddress = "other@x.example"'), "none of the addresses"),
        (LEAST.replace('"maildir:/mail"', '"maildir:/mail"\npassword_command = "pass"'), "needs no secret"),
        (LEAST.replace('"maildir:/mail"', '"imaps://a@b.example"'), "name exactly one of"),
        (
            LEAST.replace('"maildir:/mail"', '"imaps://a@b.example"\npassword_command = "a"\ntoken_command = "b"'),
            "name exactly one of",
        ),
        (
            LEAST.replace('"maildir:/mail"', '"imaps://a@b.example"\npassword_command = "a"\nauth = "xoauth2"'),
            "go with token_command",
        ),
        (
            LEAST.replace('"maildir:/mail"', '"imaps://a@b.example"\ntoken_command = "a"\nauth = "password"'),
            "go with token_command",
        ),
    ],
)
def test_each_fault_says_what_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    """In words of the file."""
    assert any(says in f for f in faults(tmp_path, text))


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    """Missing, or not UTF-8."""
    with pytest.raises(ConfigFault, match="cannot be read"):
        load(tmp_path / "nothing.toml")
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigFault, match="is not written in UTF-8"):
        load(tmp_path / "config.toml")


def test_a_password_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    """With the command that mends it."""
    secret = tmp_path / "secret"
    secret.write_text("x")
    secret.chmod(0o644)
    text = LEAST.replace('"maildir:/mail"', f'"imaps://a@b.example"\npassword_file = "{secret}"')

    assert any(f"chmod 600 {secret}" in f for f in faults(tmp_path, text))
    secret.chmod(0o600)
    assert read(tmp_path, text).accounts[0].password_file == str(secret)


def test_a_token_means_xoauth2_where_nothing_else_is_said(tmp_path: Path) -> None:
    """The commoner of the two."""
    assert (
        read(tmp_path, LEAST.replace('"maildir:/mail"', '"imaps://a@b.example"\ntoken_command = "get"')).accounts[0].auth
        == "xoauth2"
    )


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("imaps://ana@imap.example", "imaps://ana@imap.example:993"),
        ("imaps://ana%40a.example@imap.example:1993", "imaps://ana@a.example@imap.example:1993"),
        ("imaps://ana@a.example@IMAP.example", "imaps://ana@a.example@imap.example:993"),
        ("imap+starttls://ana@imap.example/", "imap+starttls://ana@imap.example:143"),
        ("imap+insecure://ana@localhost:1143", "imap+insecure://ana@localhost:1143"),
        ("imap+insecure://ana@[::1]", "imap+insecure://ana@::1:143"),
        ("maildir:/mail", "maildir:/mail"),
    ],
)
def test_a_mailbox_url_is_taken_apart(url: str, printed: str) -> None:
    """User, host and the scheme's port; the user may hold an @."""
    assert str(parse_mailbox_url(url)) == printed


@pytest.mark.parametrize(
    "url",
    ["", "imap.example", "pop3://a@b", "imaps://imap.example", "imaps://@imap.example", "imaps://a@", "imaps://ana:secret@imap.example", "imaps://a@b:port",
     "imap+insecure://ana@imap.example", "maildir:", "maildir: "],
)  # fmt: skip
def test_what_is_no_mailbox_url_is_refused_with_what_to_write(url: str) -> None:
    """A password in the URL too, and an insecure one to another machine."""
    with pytest.raises(ConfigFault):
        parse_mailbox_url(url)


def test_the_home_of_a_maildir_may_be_written_with_a_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a shell."""
    monkeypatch.setenv("HOME", "/home/ana")

    assert parse_mailbox_url("maildir:~/Mail").path == "/home/ana/Mail"


@given(name=TEXT.filter(str.strip), trade=TEXT, signature=TEXT, course=TEXT, words=st.lists(TEXT, max_size=3))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, name: str, trade: str, signature: str, course: str, words: list[str]
) -> None:
    """Every string, whatever stands in it."""
    config = Config(
        owner=OwnerConfig(name=name, addresses=("a@b.example",), trade=trade, signature=signature),
        accounts=(AccountConfig(mailbox=MailboxUrl(scheme="maildir", path="/mail")),),
        offer=OfferConfig(sentences=tuple(words), course=course, near=(Near(name=trade, fr=tuple(words)),)),
        convictions=(Conviction(belief=name, answer=trade, reason=course),),
    )

    assert read(tmp_path_factory.mktemp("c"), to_toml(config)) == config


def test_every_key_is_written_and_read_back(tmp_path: Path) -> None:
    """Nothing gets lost between `init` and the next run."""
    config = Config(
        owner=OwnerConfig(name="A", addresses=("a@b.example", "c@d.example"), gender="f", trade="t", country="BE", language="en", signature="s", timezone="Europe/Brussels"),
        accounts=(
            AccountConfig(
                mailbox=MailboxUrl(scheme="imaps", user="a", host="h.example", port=993), address="c@d.example", token_command="t", auth="oauthbearer", ca_file="/ca", timeout=5.0,
                folders=FolderChoices(sent=("S", "T"), drafts="D", trash="T", junk="J", ignore=("I",)),
            ),
            AccountConfig(mailbox=MailboxUrl(scheme="imap+starttls", user="a", host="h.example", port=143), password_command="p"),
        ),
        follow="all", exclude=("@x.example",), lookback_months=24, database_url="postgresql:///n", caps=Caps(open_drafts=3, drafts_per_day=4, open_days=5),
        cadence=CadenceConfig(answer_after=2, answer_order=("meeting",), august_off=True), offer=OfferConfig(price_range="1", outside=(Near(name="o", en=("x",)),)),
        convictions=(Conviction(belief="b", answer="a", reason="r"),), privacy=Privacy(retention_months=12, sheet="never"), holidays=(OwnHoliday(day="09-01", name="la rentrée"),),
    )  # fmt: skip

    assert read(tmp_path, to_toml(config)) == config


def test_the_sample_configuration_is_a_valid_file(tmp_path: Path) -> None:
    """The demo writes it and reads it."""
    assert read(tmp_path, to_toml(sample_config(tmp_path))) == sample_config(tmp_path)


def test_a_named_day_may_last_and_may_be_worked(tmp_path: Path) -> None:
    """`until` makes it longer, over the turn of the year too; `free = false` leaves it a name."""
    file = '[owner]\nname = "A"\naddresses = ["a@b.example"]\n[[account]]\nmailbox = "maildir:/mail"\n'
    config = read(
        tmp_path,
        f'{file}[[holiday]]\nday = "12-30"\nuntil = "01-02"\nname = "la trêve"\n[[holiday]]\nday = "2026-08-24"\nname = "la rentrée"\nfree = false\n',
    )

    assert [h.span for h in config.holidays] == ["12-30..01-02", "2026-08-24"]
    assert config.holidays[0].days == ("12-30", "12-31", "01-01", "01-02")
    assert [h.free for h in config.holidays] == [True, False]
    assert read(tmp_path, to_toml(config)) == config


@pytest.mark.parametrize(
    "days", ['day = "13-01"', 'day = "02-29"', 'day = "09-01"\nuntil = "2026-09-02"', 'day = "2026-09-02"\nuntil = "2026-09-01"']
)
def test_days_that_there_are_not_are_faults(tmp_path: Path, days: str) -> None:
    """A month of thirteen, a day that most years have not, an end in another notation or before the beginning."""
    file = '[owner]\nname = "A"\naddresses = ["a@b.example"]\n[[account]]\nmailbox = "maildir:/mail"\n'

    assert "[holiday]" in str(faults(tmp_path, f"{file}[[holiday]]\n{days}\n"))


@pytest.mark.parametrize(
    ("stated", "code"), [("UK", "GB"), ("uk", "GB"), ("gb", "GB"), ("EL", "GR"), (" fr ", "FR"), ("MC", "MC")]
)
def test_a_country_is_told_as_people_write_it(tmp_path: Path, stated: str, code: str) -> None:
    """UK means GB."""
    assert read(tmp_path, LEAST.replace("[[account]]", f'country = "{stated}"\n[[account]]')).owner.country == code


@pytest.mark.parametrize("stated", ["XX", "ZZ", "EN", "France", "", "F", "EU"])
def test_what_is_no_country_is_refused(tmp_path: Path, stated: str) -> None:
    """Its holidays would be nobody's."""
    [fault] = faults(tmp_path, LEAST.replace("[[account]]", f'country = "{stated}"\n[[account]]'))
    assert "[owner] country" in fault
    assert "GB" in fault


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("client.example", "did you mean '@client.example'"),
        ("*.client.example", "did you mean '@client.example'"),
        ("anna", "neither"),
        ("@", "neither"),
        ("", "neither"),
        ("Anna <anna@client.example>", "neither"),
    ],
)
def test_an_exclusion_that_would_exclude_nobody_is_a_fault(tmp_path: Path, entry: str, says: str) -> None:
    """Never a silent nothing."""
    [fault] = faults(tmp_path, f'exclude = ["{entry}"]\n{LEAST}')
    assert says in fault


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("anna@client.example", "@client.example"),
        ("anna@mail.client.example", "@client.example"),
        ("anna@notclient.example", ""),
        ("paul.roux+x@googlemail.com", "paulroux@gmail.com"),
        ("paul@gmail.com", ""),
        ("lea+private@other.example", "lea@other.example"),
        ("max@star.example", "@star.example"),
    ],
)
def test_an_exclusion_covers_domains_below_and_every_spelling(tmp_path: Path, address: str, entry: str) -> None:
    """As a stop does."""
    config = read(
        tmp_path, f'exclude = ["@Client.example", "paulroux@gmail.com", "lea@other.example", "*@star.example"]\n{LEAST}'
    )
    assert config.excludes(address) == entry


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("name = 'Zoé'".encode("latin-1"), "UTF-8"),
        (LEAST.encode("utf-16"), "UTF-8"),
        (b"a = " + b"[" * 100_000, "not valid TOML"),
        (b"\0" * 50, "not valid TOML"),
    ],
)
def test_a_file_in_another_encoding_is_told(tmp_path: Path, raw: bytes, says: str) -> None:
    """A sentence, whatever the bytes."""
    path = tmp_path / "config.toml"
    path.write_bytes(raw)
    with pytest.raises(ConfigFault, match=says):
        load(path)


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    """Some editors write one."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.encode())
    assert load(path).owner.name == "Ana"


@pytest.mark.parametrize("value", ["0", "-1", "nan", "inf", "1e9"])
def test_a_timeout_is_a_number_of_seconds(tmp_path: Path, value: str) -> None:
    """Zero and endless are none."""
    [fault] = faults(tmp_path, f"{LEAST}timeout = {value}\n")
    assert "timeout" in fault


@pytest.mark.parametrize(
    "url", ["mysql://host/nurture", "postgresql+asyncpg://host/nurture", "postgresql:nurture", "postgres://"]
)
def test_a_database_of_another_make_is_refused(tmp_path: Path, url: str) -> None:
    """There are two, and one driver for each."""
    [fault] = faults(tmp_path, f'database_url = "{url}"\n{LEAST}')
    assert "postgresql://user@host/nurture" in fault


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_postgresql_is_named_as_hosters_and_libraries_name_it(tmp_path: Path, scheme: str) -> None:
    """All mean the same."""
    assert read(tmp_path, f'database_url = "{scheme}://me@host/nurture"\n{LEAST}').database_url == f"{scheme}://me@host/nurture"


@pytest.mark.parametrize(
    "url", ["nurture.db", "sqlite:///nurture.db", "sqlite://", "sqlite:///:memory:", "sqlite:////x/n.db?mode=ro", "sqlite:////x/"]
)
def test_a_database_without_a_whole_path_is_refused(tmp_path: Path, url: str) -> None:
    """cron starts in another folder than a person: it would be another database."""
    [fault] = faults(tmp_path, f'database_url = "{url}"\n{LEAST}')
    assert "database_url" in fault


def test_a_database_in_the_home_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """~ means what a shell means by it."""
    monkeypatch.setenv("HOME", "/home/ana")
    assert read(tmp_path, f'database_url = "sqlite:///~/n.db"\n{LEAST}').database_url == "sqlite:////home/ana/n.db"
