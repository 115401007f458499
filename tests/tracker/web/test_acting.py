"""The pages that links in letters open: looking writes nothing, a form that is sent acts once."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from tests.tracker.factories import AGENCY
from tests.tracker.services.at_work import DUE, OTHER, an_act
from tests.tracker.services.linked_office import NOW, Linked, linked_office
from tests.tracker.web.test_pages import words
from tracker.domain.links import LinkAction
from tracker.domain.people import AccountRole
from tracker.domain.status import Status
from tracker.services import moves, reports
from tracker.services.action_links import PATH, revoke
from tracker.services.reports import Result
from tracker.services.transfers import transfer
from tracker.store import accounts, action_links, extensions, register
from tracker.store import reports as kept_reports
from tracker.store.accounts import AccountEntry
from tracker.store.session import reading, transaction
from tracker.store.tables import ContactRow
from tracker.web.app import create_app
from tracker.web.headers import HEADERS
from tracker.web.wrong_tokens import MOST

TODAY = NOW.date()
REASON = "Đang chờ ý kiến của Bộ Công Thương"


@pytest.fixture
def office(engine: Engine, tmp_path: Path) -> Linked:
    """Give work to a department whose officer and head get letters, on either database."""
    return linked_office(engine, tmp_path)


def asking(office: Linked) -> TestClient:
    """Ask the pages of an office as it is, as a browser without scripts would."""
    return TestClient(create_app(office.app), follow_redirects=False, raise_server_exceptions=False)


def form_in(html: str) -> str:
    """Return what a page's forms carry."""
    found = re.search(r'name="form" value="([^"]+)"', html)
    assert found is not None, "the page has no form"
    return unescape(found[1])


def actions_in(html: str) -> set[str]:
    """Return what a page offers to do."""
    return set(re.findall(r'name="action" value="([^"]+)"', html))


def everything(engine: Engine) -> str:
    """Return a hash of every row there is; of SQLite the file itself."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.commit()
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        return sha256(Path(str(engine.url.database)).read_bytes()).hexdigest()
    with engine.connect() as connection:
        tables = connection.execute(
            text("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")
        ).scalars()
        rows = [connection.execute(text(f'SELECT * FROM "{table}"')).all() for table in tables.all()]  # noqa: S608
    return sha256(repr([sorted(map(repr, some)) for some in rows]).encode()).hexdigest()


def test_looking_at_a_link_a_hundred_times_changes_nothing(office: Linked) -> None:
    """Mail filters fetch every link: GET, HEAD and OPTIONS leave the database as it was, byte for byte."""
    tokens = [office.token(), office.token(office.head), "WzEsMV0.no-such-signature"]
    before = everything(office.app.engine)
    client = asking(office)

    for token in tokens:
        for _ in range(100):
            client.get(PATH + token)
            client.head(PATH + token)
        client.options(PATH + token)

    assert everything(office.app.engine) == before


def test_acknowledging_does_change_it(office: Linked) -> None:
    """The measure of the test above can tell a change."""
    before = everything(office.app.engine)

    send(office, office.token(), LinkAction.ACKNOWLEDGE)

    assert everything(office.app.engine) != before


def send(office: Linked, token: str, action: str, form: str | None = None, **fields: str) -> int:
    """Open a link's page and send one of its forms; return the status of the answer."""
    client = asking(office)
    carried = form or form_in(client.get(PATH + token).text)
    return client.post(PATH + token, data={"form": carried, "action": action, **fields}).status_code


@pytest.mark.parametrize(
    ("action", "fields", "status"),
    [
        ("acknowledge", {}, Status.ACKNOWLEDGED),
        ("report", {"document": "215/BC-SCT", "document_on": "2020-04-09"}, Status.REPORTED),
        ("ask-time", {"words": REASON, "proposed_on": "2020-05-04"}, Status.ASSIGNED),
        ("not-ours", {"words": "Thuộc Sở Tài chính"}, Status.NOT_OURS),
    ],
)
def test_the_four_acts_are_made_without_logging_in(
    office: Linked, action: str, fields: dict[str, str], status: Status
) -> None:
    """Each act is the service's own, and history says who did it through what."""
    assert send(office, office.token(), action, **fields) == 303

    line = office.work.story()[-1]
    assert office.work.status == status
    assert (line.actor, line.via) == (f"contact:{AGENCY}-officer", "link")


def test_asking_for_time_keeps_the_day_and_the_reason(office: Linked) -> None:
    """The request waits for its answer; the deadline stays, and the page asks for no second one."""
    token = office.token()

    send(office, token, "ask-time", words=REASON, proposed_on="2020-05-04")

    with reading(office.app.engine) as session:
        waiting = extensions.open_request(session, office.work.id)
    assert waiting is not None
    assert (waiting.proposed_on, waiting.reason) == (date(2020, 5, 4), REASON)
    assert office.work.now().facts.due_on == DUE
    page = asking(office).get(PATH + token).text
    assert "ask-time" not in actions_in(page)
    assert "Đến 04/05/2020, đang chờ trả lời" in words(page)


def test_a_report_keeps_its_file(office: Linked, examples: Path) -> None:
    """A file that is sent with a report is looked into and kept like any other."""
    token, client = office.token(), asking(office)
    form = form_in(client.get(PATH + token).text)
    sent = next(path for path in sorted(examples.rglob("*.docx")))

    answer = client.post(
        PATH + token,
        data={"form": form, "action": "report", "words": "Đã xong"},
        files=[("files", ("../../Báo cáo.docx", sent.read_bytes())), ("files", ("", b""))],
    )

    assert answer.status_code == 303
    with reading(office.app.engine) as session:
        (kept,) = kept_reports.of(session, office.work.id)
    assert [file.sha256 for file in kept.files] == [sha256(sent.read_bytes()).hexdigest()]
    assert "/" not in kept.files[0].file_name


@pytest.mark.parametrize(
    ("action", "fields", "said"),
    [
        ("report", {}, "Báo cáo kết quả cần có nội dung"),
        ("report", {"words": "x", "document_on": "9/4"}, "«9/4» không phải là ngày"),
        ("ask-time", {"words": REASON}, "Chưa chọn ngày"),
        ("ask-time", {"words": REASON, "proposed_on": "2020-04-20"}, "20/04/2020"),
        ("not-ours", {"words": " "}, "lý do"),
    ],
)
def test_a_form_that_is_refused_says_why_and_keeps_what_was_typed(
    office: Linked, action: str, fields: dict[str, str], said: str
) -> None:
    """Nothing is written, the form stands open with its words, and the page can be sent again."""
    token, client = office.token(), asking(office)
    form = form_in(client.get(PATH + token).text)

    answer = client.post(PATH + token, data={"form": form, "action": action, **fields})

    assert answer.status_code == 409
    assert said.lower() in words(answer.text).lower()
    assert office.work.status == Status.ASSIGNED
    assert all(value in answer.text for value in fields.values() if value.strip())
    assert send(office, token, "acknowledge", form_in(answer.text)) == 303


@pytest.mark.parametrize(
    ("count", "size", "status", "said"),
    [(6, 10, 422, "tối đa 5 tệp"), (1, 7 * 2**20, 413, "quá lớn (giới hạn 6 MB)")],
    ids=["too many", "too large"],
)
def test_more_than_a_page_takes_is_refused(
    office: Linked, count: int, size: int, status: int, said: str
) -> None:
    """Files are counted, and bytes while they come; nothing is written."""
    settings = office.app.settings.model_copy(update={"evidence_max_mb": 1})
    office = replace(office, app=replace(office.app, settings=settings))
    token, client = office.token(), asking(office)
    form = form_in(client.get(PATH + token).text)

    answer = client.post(
        PATH + token,
        data={"form": form, "action": "report", "words": "Đã xong"},
        files=[("files", (f"{number}.pdf", b"%" * size)) for number in range(count)],
    )

    assert answer.status_code == status
    assert said in words(answer.text)
    assert office.work.status == Status.ASSIGNED


def test_work_that_the_office_keeps_there_is_not_declined_again(office: Linked) -> None:
    """The page no longer offers what the service would refuse."""
    token = office.token()
    send(office, token, "not-ours", words=REASON)
    with transaction(office.app.engine) as session:
        moves.keep(session, office.work.id, "Đúng chức năng", act=an_act(TODAY))

    assert actions_in(asking(office).get(PATH + token).text) == {"acknowledge", "report", "ask-time"}


def test_the_same_form_sent_twice_is_taken_once(office: Linked) -> None:
    """An impatient second tap is answered like the first, and history has one line."""
    token = office.token()
    form = form_in(asking(office).get(PATH + token).text)
    lines = len(office.work.story())

    assert [send(office, token, "acknowledge", form) for _ in range(3)] == [303, 303, 303]
    assert len(office.work.story()) == lines + 1


def test_after_sending_the_page_says_what_was_taken(office: Linked) -> None:
    """The answer leads back to the page, which says it; a nonce that nobody used says nothing."""
    token, client = office.token(), asking(office)
    form = form_in(client.get(PATH + token).text)

    answer = client.post(PATH + token, data={"form": form, "action": "acknowledge"})

    assert "Đã ghi nhận: cơ quan tiếp nhận phần việc." in words(client.get(answer.headers["location"]).text)
    assert "Đã ghi nhận" not in words(client.get(f"{PATH}{token}?sent=made-up").text)


def test_a_stale_form_says_who_changed_what(office: Linked) -> None:
    """The head's form was shown before the officer acknowledged: nothing of it is taken."""
    head = office.token(office.head)
    form = form_in(asking(office).get(PATH + head).text)
    send(office, office.token(), "acknowledge")

    answer = asking(office).post(PATH + head, data={"form": form, "action": "not-ours", "words": REASON})

    assert answer.status_code == 409
    assert "tiếp nhận 09:00 10/04/2020 · Nguyễn Lan" in words(answer.text)
    assert REASON in words(answer.text)
    assert office.work.status == Status.ACKNOWLEDGED


def left(office: Linked) -> None:
    """Take the reader out of use."""
    with transaction(office.app.engine) as session:
        session.get_one(ContactRow, office.officer).active = False


def handed_on(office: Linked) -> None:
    """Hand the work on to another department."""
    with transaction(office.app.engine) as session:
        act = an_act(TODAY)
        transfer(session, office.work.id, OTHER, "Đúng chức năng", office=office.work.office(TODAY), act=act)


def taken_back(office: Linked) -> None:
    """Take the link back."""
    with transaction(office.app.engine) as session:
        revoke(session, action_links.chosen(session), "Gửi nhầm", act=an_act(TODAY))


def confirmed(office: Linked) -> None:
    """Confirm that the work is done."""
    with transaction(office.app.engine) as session:
        act, day = an_act(TODAY), office.work.office(TODAY)
        reports.report(session, office.work.id, Result(words="Xong"), office=day, act=act)
        reports.confirm(session, office.work.id, act=act)


def withdrawn(office: Linked) -> None:
    """Take the work back for good."""
    with transaction(office.app.engine) as session:
        moves.withdraw(session, office.work.id, "Không còn cần", act=an_act(TODAY))


CLOSINGS = [
    pytest.param(left, 410, "không còn là đầu mối", id="the reader left"),
    pytest.param(handed_on, 410, "do cơ quan khác thực hiện", id="the work changed hands"),
    pytest.param(taken_back, 410, "đã thu hồi liên kết này", id="it was taken back"),
    pytest.param(confirmed, 200, "xác nhận hoàn thành", id="the work is done"),
    pytest.param(withdrawn, 200, "không phải thực hiện nữa", id="the work was withdrawn"),
]


@pytest.mark.parametrize(("close", "status", "said"), CLOSINGS)
def test_a_closed_link_says_why_and_takes_nothing(
    office: Linked, close: Callable[[Linked], None], status: int, said: str
) -> None:
    """Neither the page nor a form that was open before does anything more; no title is shown any more."""
    token, client = office.token(), asking(office)
    form = form_in(client.get(PATH + token).text)
    close(office)
    before = office.work.status

    page = client.get(PATH + token)
    answer = client.post(PATH + token, data={"form": form, "action": "acknowledge"})

    assert (page.status_code, answer.status_code) == (status, status)
    assert said in words(page.text)
    assert said in words(answer.text)
    assert "mô hình công nghiệp nông thôn" not in page.text
    assert not actions_in(page.text)
    assert office.work.status == before


def test_a_link_holds_for_the_days_that_the_office_sets_after_the_newest_letter(office: Linked) -> None:
    """Seven days by default; a newer letter lets the link in the older one hold as long as its own."""
    token = office.token()
    nearly, after = office.at(timedelta(days=6, hours=23)), office.at(timedelta(days=7))

    assert asking(nearly).get(PATH + token).status_code == 200
    late = asking(after).get(PATH + token)
    assert late.status_code == 410
    assert "thư nhắc mới hơn" in words(late.text)

    assert nearly.token() == token
    assert asking(after).get(PATH + token).status_code == 200


def test_what_was_taken_back_stays_dead_when_a_new_letter_is_written(office: Linked) -> None:
    """The next letter brings another link, under a new revision."""
    old = office.token()
    taken_back(office)
    new = office.token()

    assert new != old
    assert asking(office).get(PATH + old).status_code == 410
    assert asking(office).get(PATH + new).status_code == 200


def test_no_link_is_given_to_who_could_not_act(office: Linked) -> None:
    """Another department, a role of the office and nobody at all get none; nor anyone once it is done."""
    assert [office.link(one) for one in (office.stranger, office.chairman, 9999)] == ["", "", ""]
    confirmed(office)
    assert office.link() == ""


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: t.replace(".", "")])
def test_a_wrong_token_is_shown_nothing(office: Linked, spoil: Callable[[str], str]) -> None:
    """Cut short, changed or made up: a page that says what to do, and nothing of the work."""
    token = office.token()

    answer = asking(office).get(PATH + spoil(token))

    assert answer.status_code == 404
    assert "bị cắt bớt" in words(answer.text)
    assert "NV-2020" not in answer.text


def test_a_form_of_another_link_is_refused(office: Linked) -> None:
    """What the head's page carries is worth nothing on the officer's."""
    form = form_in(asking(office).get(PATH + office.token(office.head)).text)

    assert send(office, office.token(), "acknowledge", form) == 404
    assert send(office, office.token(), "confirm") == 404
    assert office.work.status == Status.ASSIGNED


def test_who_tries_many_wrong_tokens_is_told_to_wait(office: Linked) -> None:
    """Others, and right links from the same place, are not held up."""
    token, client = office.token(), asking(office)

    answers = [client.get(f"{PATH}made-up-{number}") for number in range(MOST + 1)]

    assert {answer.status_code for answer in answers[:MOST]} == {404}
    assert answers[MOST].status_code == 429
    assert 0 < int(answers[MOST].headers["retry-after"]) <= 600
    assert client.get(PATH + token).status_code == 200


def test_the_keys_can_be_changed_while_letters_are_out(office: Linked) -> None:
    """The newest key signs, all that are named are taken; one that is dropped is not."""

    def under(keys: str) -> Linked:
        settings = office.app.settings.model_copy(update={"link_keys": _secret(keys)})
        return replace(office, app=replace(office.app, settings=settings))

    old = under("old").token()
    new = under("new, old").token()

    assert [asking(under("new,old")).get(PATH + one).status_code for one in (old, new)] == [200, 200]
    assert [asking(under("new")).get(PATH + one).status_code for one in (old, new)] == [404, 200]


def test_a_key_that_the_program_makes_is_its_owners_alone(office: Linked) -> None:
    """It is made with the first letter, never by looking."""
    kept = office.app.settings.data_dir / "link-keys"
    asking(office).get(f"{PATH}made-up")
    assert not kept.exists()

    office.token()

    assert kept.stat().st_mode & 0o777 == 0o600
    assert len(kept.read_text().strip()) >= 43


def test_a_page_of_a_link_keeps_to_itself(office: Linked) -> None:
    """No script, no inline style, no cookie, no way to the rest, and no words of the document."""
    page = asking(office).get(PATH + office.token())

    assert HEADERS.items() <= {name: page.headers.get(name) for name in HEADERS}.items()
    assert page.headers["cache-control"] == "no-store"
    assert not re.findall(r"<script|\son\w+=|\sstyle=|href=\"/(?!static)", page.text)
    assert "hỗ trợ một phần kinh phí" not in page.text
    assert "set-cookie" not in page.headers


@pytest.mark.parametrize(
    ("valid_to", "status", "actor"),
    [(None, 303, "lan.nv"), (TODAY - timedelta(days=1), 410, "Lan")],
    ids=["has an account", "has left"],
)
def test_a_reader_with_an_account_acts_under_its_name(
    office: Linked, valid_to: date | None, status: int, actor: str
) -> None:
    """Once there are accounts, a reader's own is the actor; one whose account has ended has left."""
    token = office.token()
    form = form_in(asking(office).get(PATH + token).text)
    an_account(office, "lan.nv", office.officer, valid_to)

    assert send(office, token, "acknowledge", form) == status
    assert office.work.story()[-1].actor in {actor, "test"}


def test_a_reader_without_an_account_may_what_their_agency_may(office: Linked) -> None:
    """Accounts of others do not shut out the officer whom a letter went to."""
    an_account(office, "minh.tv", office.head, None)

    assert send(office, office.token(), "acknowledge") == 303
    assert office.work.story()[-1].actor == f"contact:{AGENCY}-officer"


def an_account(office: Linked, login: str, contact: int, valid_to: date | None) -> None:
    """Give a contact an account."""
    with transaction(office.app.engine) as session:
        entry = AccountEntry(
            login=login, name=login, role=AccountRole.AGENCY_OFFICER, agency=AGENCY, valid_to=valid_to
        )
        accounts.save(session, entry, register.ids(session)[AGENCY], contact, at=NOW)


def _secret(keys: str) -> object:
    from pydantic import SecretStr  # noqa: PLC0415

    return SecretStr(keys)
