"""One item of the plan becomes a draft to the right person, or is refused with its reasons."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from nurture.config import OfferConfig, OwnerConfig
from nurture.drafts import Draft, Memory, Refused, Setting, Templates, capsule_of, compose, verify, write
from nurture.errors import OutOfBounds, TemplateFault
from nurture.followups import Action, Case, Fit, Heard, Item, Outside, Sequences, plan_one, policy_of
from nurture.messages import Address, sentence_hashes
from nurture.stages import Signal
from tests.drafts.builders import KEY, NOW, OWNER, PARIS, SHIPPED, a_config, a_folder, a_setting, a_template
from tests.followups.builders import ANNA, a_case, a_person, at, ours, theirs

MEMORY = Memory(key=KEY)
SILENT = a_case(ours("2026-03-02"))
ASKED = a_case(ours("2026-03-02"), theirs("2026-03-09", Signal.PRICE_QUESTION, quote="Ça coûterait combien ?"))


def item_for(case: Case, setting: Setting) -> Item:
    """What the plan says; it must be a draft."""
    item = plan_one(case, setting.sequences, policy_of(setting.config), NOW, PARIS)
    assert item.action is Action.DRAFT, item
    return item


def written(
    case: Case, templates: Templates | None = None, memory: Memory = MEMORY, setting: Setting | None = None, **changes: object
) -> Draft | Refused:
    """The draft for what the plan says."""
    setting = setting or a_setting()
    item = replace(item_for(case, setting), **changes)  # type: ignore[arg-type]
    return write(case, item, templates or Templates((SHIPPED,)), setting, memory)


def a_draft(case: Case, **more: object) -> Draft:
    """The same where there must be one."""
    draft = written(case, **more)  # type: ignore[arg-type]
    assert isinstance(draft, Draft), draft
    verify(compose(draft), draft)
    return draft


def test_a_follow_up_answers_our_own_last_mail() -> None:
    """To the person, from the owner's address of the exchange, in the thread, subject unchanged behind Re:."""
    case = a_case(ours("2026-03-02"))
    case = replace(
        case, conversation=replace(case.conversation, entries=(replace(case.conversation.entries[0], subject="Vos clients"),))
    )
    draft = a_draft(case)

    assert [a.addr for a in draft.to] == [ANNA]
    assert draft.sender == Address(addr=OWNER, name="Camille Laurent")
    assert draft.subject == "Re: Vos clients"
    assert draft.in_reply_to == "<us-2026-03-02@atelier.example>"
    assert draft.references[-1] == draft.in_reply_to
    assert draft.date == NOW
    assert draft.identity.message_id.endswith("@atelier.example>")


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [("RE: Vos clients", "RE: Vos clients"), ("Re : x", "Re : x"), ("TR: x", "Re: TR: x"), ("x", "Re: x"), ("", "")],
)
def test_a_subject_that_is_an_answer_already_stays_as_it_is(subject: str, wanted: str) -> None:
    """Another subject would be another conversation to Gmail."""
    entries = tuple(replace(e, subject=subject) for e in ASKED.conversation.entries)

    assert a_draft(replace(ASKED, conversation=replace(ASKED.conversation, entries=entries))).subject == wanted


def test_their_question_is_answered_in_their_thread() -> None:
    """The anchor is their message, and the template the one for its signal."""
    draft = a_draft(ASKED)

    assert draft.text.template == "answer-price-question"
    assert draft.in_reply_to == next(e.message_id for e in ASKED.conversation.entries if e.by == "them")


def test_never_to_an_address_that_is_not_proven_theirs() -> None:
    """A plan that says so is a fault of ours."""
    with pytest.raises(OutOfBounds):
        written(SILENT, address="stranger@evil.example")


def test_a_draft_without_a_decision_is_a_fault_of_ours() -> None:
    """No occasion, no verdict: nothing is written."""
    with pytest.raises(OutOfBounds):
        written(SILENT, occasion=None)


def test_the_owners_other_address_is_used_where_the_exchange_went_through_it() -> None:
    """An alias stays the alias."""
    owner = OwnerConfig(name="Camille Laurent", addresses=("first@atelier.example", OWNER), signature="Camille")

    assert a_draft(ASKED, setting=a_setting(owner=owner)).sender.addr == OWNER


def test_a_missing_template_is_a_fault_with_its_name() -> None:
    """Not a traceback."""
    with pytest.raises(TemplateFault, match="no-such"):
        written(SILENT, template="no-such")


def test_a_text_that_lint_refuses_is_no_draft(tmp_path: Path) -> None:
    """Every reason is told."""
    templates = Templates((a_folder(tmp_path, bad=a_template("Je me permets de vous relancer. Et ? Alors ?")),))
    refused = written(SILENT, templates, template="bad")

    assert isinstance(refused, Refused)
    assert {r.rule for r in refused.remarks} == {"gives-something", "fragile-start"}


def test_the_next_variant_is_taken_where_the_first_one_repeats_something(tmp_path: Path) -> None:
    """Nobody reads the same line twice."""
    both = {
        "hello__a": a_template("Voici ce que j'ai lu pour vous hier."),
        "hello__b": a_template("Un chiffre m'a fait penser à vous."),
    }
    templates = Templates((a_folder(tmp_path, **both),))
    first = a_draft(SILENT, templates=templates, template="hello")
    memory = Memory(key=KEY, said=sentence_hashes(first.text.said, KEY))
    second = a_draft(SILENT, templates=templates, template="hello", memory=memory)

    assert second.text.variant != first.text.variant


def test_where_all_variants_are_used_up_the_sentence_becomes_a_slot(tmp_path: Path) -> None:
    """The owner says it in another way."""
    sentence = "Voici ce que j'ai lu pour vous hier."
    templates = Templates((a_folder(tmp_path, hello=a_template(f"{sentence} ⟦le lien⟧")),))
    draft = a_draft(SILENT, templates=templates, template="hello", memory=Memory(key=KEY, said=sentence_hashes(sentence, KEY)))

    assert draft.text.slots == (f"à dire autrement\u00a0: {sentence}".replace("\u00a0", " "), "le lien")
    assert "⟦à dire autrement : Voici" in draft.text.body


def test_a_text_for_an_old_thread_may_have_a_subject_of_its_own(tmp_path: Path) -> None:
    """Only where the thread is older than lookback."""
    source = a_template("Voici ce que j'ai lu pour vous hier.") + "{% block subject %}Des nouvelles{% endblock %}\n"
    templates = Templates((a_folder(tmp_path, hello=source),))
    item = replace(item_for(SILENT, a_setting()), template="hello")
    late = replace(a_setting(), now=NOW + timedelta(days=500))
    draft = write(SILENT, item, templates, late, MEMORY)

    assert isinstance(draft, Draft)
    assert draft.subject == "Des nouvelles"
    assert a_draft(SILENT, templates=templates, template="hello").subject != "Des nouvelles"


def test_the_capsule_holds_one_person_their_words_and_the_owner() -> None:
    """Nothing else reaches a template."""
    case = a_case(
        ours("2026-02-02"),
        theirs("2026-02-09", Signal.NEED, quote="Nos clients ⟦x⟧ appellent\ntous."),
        ours("2026-02-10"),
        theirs("2026-03-09", Signal.PRICE_QUESTION, quote="Combien ?"),
        person=a_person(name="Anna Roux", first_name="Anna", register="tu"),
    )
    offer = OfferConfig(
        sentences=("Des ateliers pour vos clients.", "Workshops for your customers."),
        price_range="de 10 à 20 €",
        course="un, deux",
    )
    setting = Setting(config=a_config(offer=offer), sequences=Sequences.shipped(), now=NOW, tz=PARIS)
    capsule = capsule_of(case, item_for(case, setting), setting, lang="fr", memory=MEMORY)

    assert (capsule.first_name, capsule.company, capsule.register) == ("Anna", "client.example", "tu")
    assert capsule.words.need == "Nos clients [x] appellent tous."
    assert capsule.words.answered == "Combien ?"
    assert capsule.missing == ("result", "measure")
    assert (capsule.price_range, capsule.course, capsule.offer) == ("de 10 à 20 €", "un, deux", "Des ateliers pour vos clients.")
    assert (str(capsule.last_day), str(capsule.their_day)) == ("2026-02-10", "2026-03-09")
    english = capsule_of(case, item_for(case, setting), setting, lang="en", memory=MEMORY)
    assert (english.offer, english.register) == ("Workshops for your customers.", "vous")


def test_a_person_of_whom_nothing_is_known_gets_a_neutral_text() -> None:
    """No name, no company, no register: « Bonjour, » and vous."""
    case = a_case(ours("2026-03-02"), person=a_person(name="", company=None))
    draft = a_draft(case)

    assert draft.text.greeting == "Bonjour,"
    assert "vous" in draft.text.body.lower() or "votre" in draft.text.body.lower()


def heard(words: str, *, quoted: bool, upto: int = 9, name: str = "result") -> Outside:
    """What the owner heard on the phone."""
    return Outside(heard=(Heard(name=name, words=words, at=at("2026-03-09", 18), upto=upto, quoted=quoted),))


@pytest.mark.parametrize(
    ("outside", "words"),
    [
        (Outside(), "Moins d'appels."),
        (heard("deux fois moins d'appels", quoted=True), "deux fois moins d'appels"),
        (heard("half as many calls", quoted=False), ""),
        (heard("", quoted=False), "Moins d'appels."),
        (heard("deux fois moins d'appels", quoted=True, upto=0), "Moins d'appels."),
    ],
    ids=["found", "heard as a quote", "heard, in the owner's words", "taken back", "said anew since"],
)
def test_what_the_owner_heard_is_quoted_only_where_it_was_given_as_a_quote(outside: Outside, words: str) -> None:
    """The newer word counts: what the owner corrected is not quoted any more, what they said anew is."""
    sent = 12 if outside.heard and outside.heard[0].upto else 19
    case = a_case(ours("2026-03-02"), theirs("2026-03-09", Signal.RESULT, quote="Moins d'appels.", hour=sent))
    setting = a_setting()
    item = item_for(case, setting)
    made = capsule_of(replace(case, outside=outside), item, setting, lang="fr", memory=MEMORY)

    assert made.words.result == words


@pytest.mark.parametrize("register", ["tu", "vous"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_refusal_can_be_written_to_everybody_who_may_have_one(lang: str, register: str) -> None:
    """In both languages and registers, with the words of theirs or without."""
    for quotes in ((), (Signal.RESULT,), (Signal.RESULT, Signal.MEASURE)):
        mails = (ours("2026-03-02"), theirs("2026-03-05", Signal.NEED, *quotes), ours("2026-03-06"))
        case = a_case(*mails, person=a_person(lang=lang, register=register))
        case = replace(case, outside=Outside(fit=Fit(yes=False, at=at("2026-03-10"), upto=9)))
        draft = a_draft(case)

        assert draft.text.template == "refusal"
        assert draft.text.slots


ASKED_ABOUT = [s for s in Signal if s not in (Signal.OPT_OUT, Signal.THANKS, Signal.DEFERRAL, Signal.PROPOSAL_SENT)]


@pytest.mark.parametrize("signal", ASKED_ABOUT)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_whatever_a_nameless_person_says_is_answered_decently(lang: str, signal: Signal) -> None:
    """No name, no company, no register, nothing configured: a neutral text that every rule lets pass."""
    nobody = a_person(name="", first_name=None, company=None, register=None, lang=lang)
    case = a_case(ours("2026-03-02"), theirs("2026-03-09", signal, quote="?"), person=nobody)
    item = plan_one(case, a_setting().sequences, policy_of(a_config()), NOW, PARIS)
    assert item.action is Action.DRAFT, item
    draft = write(case, item, Templates((SHIPPED,)), a_setting(), MEMORY)

    assert isinstance(draft, Draft), draft
    assert draft.text.greeting in ("Bonjour,", "Hello,")
    assert not set("{}[]%") & set(draft.text.body)
    assert "None" not in draft.text.body
    assert {r.rule for r in draft.remarks} <= {"gives-something"}
