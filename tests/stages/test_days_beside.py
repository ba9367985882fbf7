"""Days that other words place: the month behind them, an event with its date, a span in front; and days that are none to resume on."""

from __future__ import annotations

import re
from datetime import date

import pytest

from nurture.messages import fold
from nurture.stages.dates import day_to_resume, named
from tests.stages.builders import said

MONDAY = date(2026, 3, 2)


def span(text: str, lang: str, sent: date = MONDAY) -> str:
    """The first span that a sentence names, "" where it names none."""
    found = named(fold(text), sent, lang)
    return f"{found[0].period.start}..{found[0].period.end}" if found else ""


def resumed(text: str, lang: str, sent: date = MONDAY) -> str | None:
    day = said(text, lang=lang, sent=sent).resume_on
    return str(day) if day else None


def folded(text: str) -> list[str]:
    """Its sentences, as the reader folds them."""
    return [fold(sentence) for sentence in re.split(r"(?<=[.!?]) ", text)]


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("le 12 ou le 13 juin", "fr", "2026-06-12..2026-06-13"),
        ("vers le 12/13 juin", "fr", "2026-06-12..2026-06-13"),
        ("les 8, 9 ou 10 avril", "fr", "2026-04-08..2026-04-10"),
        ("les 8 et 9 avril", "fr", "2026-04-08..2026-04-09"),
        ("lundi 13 et mardi 14 avril", "fr", "2026-04-13..2026-04-14"),
        ("du 6 au 9/10", "fr", "2026-10-06..2026-10-09"),
        ("entre le 6 et le 9/10/2026", "fr", "2026-10-06..2026-10-09"),
        ("le 28 ou le 2 juin", "fr", "2026-05-28..2026-06-02"),
        ("le 31 ou le 1er juin", "fr", "2026-05-31..2026-06-01"),
        ("jeudi 30 ou vendredi 1er mai", "fr", "2026-04-30..2026-05-01"),
        ("les 31 et 2 juin", "fr", "2026-05-31..2026-06-02"),
        ("entre le 31 et le 3 juin", "fr", "2026-05-31..2026-06-03"),
        ("le 31 ou le 3 mai", "fr", "2026-05-03..2026-05-03"),
        ("le 7/05 ou le 8/05", "fr", "2026-05-07"),
        ("la semaine du 6 ou du 13 mai", "fr", "2026-05-06..2026-05-12"),
        ("le 6, pas le 7 mai", "fr", "2026-05-06"),
        ("the 31st or the 1st of June", "en", "2026-05-31..2026-06-01"),
        ("Thursday 30th or Friday 1st May", "en", "2026-04-30..2026-05-01"),
        ("the 30th and 1st of May", "en", "2026-04-30..2026-05-01"),
        ("the week of the 6th or the 13th of May", "en", "2026-05-06"),
        ("on the 6th rather than the 7th of May", "en", "2026-05-06"),
        ("the 12th or the 13th of June", "en", "2026-06-12..2026-06-13"),
        ("around 12/13 June", "en", "2026-06-12..2026-06-13"),
        ("June 12 or 13", "en", "2026-06-12..2026-06-13"),
        ("8th, 9th and 10th of April", "en", "2026-04-08..2026-04-10"),
        ("between the 6th and 9/10", "en", "2026-10-06..2026-10-09"),
        ("June 15 or 2 weeks later", "en", "2026-06-15..2026-06-15"),
    ],
)
def test_several_days_share_the_month_behind_them(text: str, lang: str, expected: str) -> None:
    """The first of them is of that month, or of the one before where the list crosses its beginning."""
    assert span(text, lang).startswith(expected)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("le lundi après le 20 juin", "fr", "2026-06-22"),
        ("le mardi qui suit nos portes ouvertes du 20 juin", "fr", "2026-06-23"),
        ("trois semaines après le congrès prévu le 20 juin", "fr", "2026-07-11"),
        ("un mois après notre congrès, qui se tient le 20 juin", "fr", "2026-07-20"),
        ("la semaine d'après le 20 juin", "fr", "2026-06-22"),
        ("le lendemain de notre congrès du 20 juin", "fr", "2026-06-21"),
        ("la veille du 20 juin", "fr", "2026-06-19"),
        ("deux semaines avant la rentrée", "fr", "2026-08-18"),
        ("deux semaines à partir du 15 mai", "fr", "2026-05-29"),
        ("une semaine après Pâques", "fr", "2026-04-13"),
        ("the Monday after 20 June", "en", "2026-06-22"),
        ("the Tuesday following our open day on 20 June", "en", "2026-06-23"),
        ("three weeks after we open on 20 June", "en", "2026-07-11"),
        ("a month after our conference, which is on 20 June", "en", "2026-07-20"),
        ("the week after the 20 June conference", "en", "2026-06-22"),
        ("the day before 20 June", "en", "2026-06-19"),
        ("two weeks before Christmas", "en", "2026-12-11"),
        ("two weeks from 15 May", "en", "2026-05-29"),
    ],
)
def test_days_are_counted_from_the_date_behind_them(text: str, lang: str, expected: str) -> None:
    """After or before a date, or an event whose date is told with it."""
    assert span(text, lang).startswith(expected)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("On emménage le 6 avril, laissez-nous deux semaines et relancez-moi le 22.", "fr", "2026-04-22"),
        ("Relancez-moi le 25, notre conseil ayant lieu le 18 mai.", "fr", "2026-05-25"),
        ("Recontactez-moi le 10, je pars en congés le 2 avril.", "fr", "2026-03-10"),
        ("Reprenez contact en octobre, après le 15.", "fr", "2026-10-16"),
        ("Reprenez contact en octobre, la semaine du 19.", "fr", "2026-10-19"),
        ("Reprenez contact en octobre, au milieu du mois.", "fr", "2026-10-15"),
        ("Reprenez contact en novembre, seconde moitié.", "fr", "2026-11-16"),
        ("Reprenez contact en novembre, entre le 9 et le 13.", "fr", "2026-11-09"),
        ("Reprenez contact le dernier jour de novembre.", "fr", "2026-11-30"),
        ("Reprenez contact au deuxième trimestre, plutôt en mai.", "fr", "2026-05-01"),
        ("Relancez-moi en juin, on ferme après le 20 juin.", "fr", "2026-06-01"),
        ("We move in on 6 April; give us a fortnight and drop me a line on the 22nd.", "en", "2026-04-22"),
        ("Chase me on the 25th, our board meeting being on 18 May.", "en", "2026-05-25"),
        ("Drop me a line in October, after the 15th.", "en", "2026-10-16"),
        ("Drop me a line in October, w/c 19th.", "en", "2026-10-19"),
        ("Drop me a line in October, nearer the end.", "en", "2026-10-31"),
        ("Drop me a line in November, second fortnight.", "en", "2026-11-16"),
        ("Drop me a line on the last day of November.", "en", "2026-11-30"),
        ("Drop me a line in Q2, ideally in May.", "en", "2026-05-01"),
    ],
)
def test_a_day_is_of_the_month_beside_it(text: str, lang: str, expected: str) -> None:
    """What is named beside a month makes it exact, and a bare day is of a month that the sentence names."""
    assert resumed(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("après la fête du Travail (le 7 septembre)", "fr", "2026-09-07"),
        ("le lendemain de la fête nationale du 21 juillet", "fr", "2026-07-22"),
        ("après la fête nationale, le 22 juillet", "fr", "2026-07-22"),
        ("après les vacances d'hiver du 16 au 20 mars", "fr", "2026-03-16"),
        ("after Labour Day (7 September)", "en", "2026-09-07"),
        ("after the August bank holiday on 3 August", "en", "2026-08-03"),
        ("after the August bank holiday, 4 August", "en", "2026-08-04"),
        ("the early May bank holiday", "en", "2026-05-04"),
        ("the late May bank holiday", "en", "2026-05-25"),
    ],
)
def test_a_feast_has_the_date_that_they_give_it(text: str, lang: str, expected: str) -> None:
    """A date beside a feast counts before the table."""
    assert span(text, lang).startswith(expected)


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Mars est chargé, revenez vers nous ensuite.", "fr", "2026-04-01"),
        ("Cette semaine est folle, relancez-moi après.", "fr", "2026-03-09"),
        ("Ce mois-ci c'est impossible, relancez-moi le mois suivant.", "fr", "2026-04-01"),
        ("Pas l'année prochaine, celle d'après : recontactez-moi.", "fr", "2028-01-01"),
        ("La semaine prochaine non, la suivante oui : relancez-moi.", "fr", "2026-03-16"),
        ("Reprenez contact du 18 au 22 mai.", "fr", "2026-05-18"),
        ("Merci de ne pas me relancer du 18 au 22 mai.", "fr", "2026-05-23"),
        ("Relancez-moi, je suis en formation du 18 au 22 mai.", "fr", "2026-05-23"),
        ("Absente les 8 et 9 octobre, recontactez-moi après.", "fr", "2026-10-10"),
        ("Notre congrès est le 20 juin. Réécrivez-nous deux semaines avant.", "fr", "2026-06-06"),
        ("Notre congrès est le 20 juin. Réécrivez-nous la veille.", "fr", "2026-06-19"),
        ("Recontactez-moi à la même époque l'an prochain.", "fr", "2027-03-02"),
        ("Notre exercice se clôture le 30 juin, revenez vers moi ensuite.", "fr", "2026-07-01"),
        ("March is rammed, try us afterwards.", "en", "2026-04-01"),
        ("This week is mad, chase me after.", "en", "2026-03-09"),
        ("Next month is out, try me the one after.", "en", "2026-05-01"),
        ("Email me 18-22 May.", "en", "2026-05-18"),
        ("Please don't chase me 18-22 May.", "en", "2026-05-23"),
        ("Chase me, I'm on a course 18-22 May.", "en", "2026-05-23"),
        ("Our conference is on 20 June. Drop me a line two weeks before.", "en", "2026-06-06"),
        ("Chase me in 100 days.", "en", "2026-06-10"),
        ("Give us half a year and try again.", "en", "2026-09-02"),
        ("Chase me Jun/Jul.", "en", "2026-06-01"),
        ("I'm on leave until 31 March. Chase me then.", "en", "2026-04-01"),
    ],
)
def test_the_span_that_they_mean(text: str, lang: str, expected: str) -> None:
    """What runs now may be over soon; a time to write in begins with its first day, one of absence ends with its last."""
    assert resumed(text, lang) == expected


@pytest.mark.parametrize(
    ("beside", "lang"),
    [
        ("Excellent week-end à vous.", "fr"),
        ("Je vous souhaite de belles fêtes de Pâques.", "fr"),
        ("À jeudi, au petit-déjeuner du club !", "fr"),
        ("Nous avons déménagé en novembre.", "fr"),
        ("Mon associé est décédé en février.", "fr"),
        ("J'étais absent jusqu'au 27 février.", "fr"),
        ("L'inflation repart en avril.", "fr"),
        ("Je ne travaille pas le mercredi.", "fr"),
        ("Le magasin est ouvert du mardi au samedi.", "fr"),
        ("Nos bureaux sont place du 8 Mai 1945.", "fr"),
        ("Nos bureaux sont boulevard Saint-Michel.", "fr"),
        ("Enjoy your weekend.", "en"),
        ("Wishing you a happy Easter.", "en"),
        ("Catch you on Thursday at the breakfast!", "en"),
        ("We relocated in November.", "en"),
        ("My business partner passed away in February.", "en"),
        ("I was away until 27 February.", "en"),
        ("Prices rise in April.", "en"),
        ("I don't work Wednesdays.", "en"),
        ("The shop is open Tuesday to Saturday.", "en"),
        ("We're at 12 May Street, Leeds.", "en"),
        ("Nos bureaux sont au 3, place du 8 Mai 1945.", "fr"),
        ("Nous avons déménagé comme prévu en novembre.", "fr"),
        ("Nous avons testé différents outils en novembre.", "fr"),
        ("J'ai été en congé jusqu'au 27 février.", "fr"),
        ("We're at 12 May Road, Leeds.", "en"),
        ("We moved as planned in November.", "en"),
        ("We moved to Leeds in November.", "en"),
        ("We were closed until 27 February.", "en"),
        ("We won an award in November.", "en"),
    ],
)
def test_wishes_habits_and_the_past_name_no_day(beside: str, lang: str) -> None:
    """Beside a request without a day they leave it without one; beside one with a day they leave it its own."""
    later, sure = ("Recontactez-moi une autre fois.", "Recontactez-moi le 12 juin.")
    if lang == "en":
        later, sure = ("Try again another time.", "Try again on 12 June.")

    assert resumed(f"{later} {beside}", lang) is None
    assert resumed(f"{sure} {beside}", lang) == "2026-06-12"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("La bonne période serait après Pâques, recontactez-moi alors.", "fr", "2026-04-07"),
        ("Laissez-moi une bonne semaine et relancez-moi.", "fr", "2026-03-09"),
        ("Recontactez-moi plus tard. On se retrouve à la rentrée.", "fr", "2026-09-01"),
        ("Recontactez-moi plus tard. Nous aurons notre budget en juin.", "fr", "2026-06-01"),
        ("Recontactez-moi une autre fois. J'ai posé mes congés jusqu'au 15 mai.", "fr", "2026-05-16"),
        ("Le comité a été repoussé au 15 mai. Relancez-moi ensuite.", "fr", "2026-05-16"),
        ("Happy to talk in the new year, chase me then.", "en", "2027-01-02"),
        ("It would be good to talk after Easter, chase me then.", "en", "2026-04-07"),
        ("We were hoping for May, chase me then.", "en", "2026-05-01"),
        ("Try me later. We'll have our budget in June.", "en", "2026-06-01"),
        ("Try again another time. I've booked leave until 15 May.", "en", "2026-05-16"),
        ("The board has been moved to 15 May. Chase me afterwards.", "en", "2026-05-16"),
    ],
)
def test_what_only_looks_like_a_wish_or_the_past_keeps_its_day(text: str, lang: str, expected: str) -> None:
    """A hope, a bound that still holds and what was fixed for a day ahead tell from when on."""
    assert resumed(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Nous avons été engagés ailleurs jusqu'au 31 décembre. Recontactez-moi ensuite.", "fr", "2027-01-01"),
        ("Notre contrat a été prolongé jusqu'au 31 janvier 2027, recontactez-moi ensuite.", "fr", "2027-02-01"),
        ("Les achats ont été bloqués jusqu'en décembre, recontactez-moi à ce moment-là.", "fr", "2026-12-01"),
        ("L'inauguration a été fixée en octobre, recontactez-moi alors.", "fr", "2026-10-01"),
        ("Le conseil a été déplacé au 12 juin, recontactez-moi ensuite.", "fr", "2026-06-13"),
        ("Nous avions prévu d'ouvrir en octobre, recontactez-moi à ce moment-là.", "fr", "2026-10-01"),
        (
            "La visite était prévue en mai mais elle a été repoussée à octobre. Recontactez-moi à ce moment-là.",
            "fr",
            "2026-10-01",
        ),
        ("Ce serait mieux si c'était en octobre, recontactez-moi.", "fr", "2026-10-01"),
        ("We extended our agreement until 31 January 2027, please try us after that.", "en", "2027-02-01"),
        ("Hiring was frozen until December, try me then.", "en", "2026-12-01"),
        ("The opening was planned for October, get in touch then.", "en", "2026-10-01"),
        ("The relaunch was pushed back to October, get in touch then.", "en", "2026-10-01"),
        ("We brought the review forward to 12 June, get in touch after.", "en", "2026-06-13"),
        ("We were due to open in October, try me then.", "en", "2026-10-01"),
        ("I'd rather you wrote in October, when we have time.", "en", "2026-10-01"),
        ("I won't be in the office from 8 to 12 June, try me after.", "en", "2026-06-13"),
    ],
)
def test_what_was_fixed_for_later_lies_ahead(text: str, lang: str, expected: str) -> None:
    """Told of in the past, it still holds: a bound, a day with its year, what was set or moved, a wish."""
    assert day_to_resume(folded(text), len(folded(text)) - 1, MONDAY, lang) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Merci de m'avoir écrit mais recontactez-moi en mai.", "fr"),
        ("Merci de nous avoir relancés - rappelez-nous en mai.", "fr"),
        ("Merci d'avoir appelé et recontactez-moi en mai.", "fr"),
        ("Thanks for calling but try again in May.", "en"),
        ("Thanks for getting in touch - drop me a line in May.", "en"),
        ("Thanks for checking in so try again in May.", "en"),
        ("Thanks for reaching out and please try again in May.", "en"),
    ],
)
def test_what_they_thank_for_is_past_and_what_they_ask_is_not(text: str, lang: str) -> None:
    """The thanks ends where the sentence turns to what they ask."""
    assert day_to_resume([fold(text)], 0, MONDAY, lang) == date(2026, 5, 1)
    assert named(fold("Merci de m'avoir écrit en mai." if lang == "fr" else "Thanks for calling in May."), MONDAY, lang) == ()


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Rappelez-moi le 18 afin de préparer notre gala du 6 juin.", "fr"),
        ("Relancez-moi le 18, notre bail expire le 31 mai.", "fr"),
        ("Relancez-moi le 18, il faut trancher avant le 6 juin.", "fr"),
        ("Relancez-moi le 18, nous choisirons le 6 juin.", "fr"),
        ("Try me on the 18th, ahead of our 6 June gala.", "en"),
        ("Try me on the 18th, our lease runs out on 31 May.", "en"),
        ("Try me on the 18th, everything is due by 6 June.", "en"),
        ("Try me on the 18th, we choose on 6 June.", "en"),
    ],
)
def test_a_deadline_or_an_end_lends_no_month(text: str, lang: str) -> None:
    """In doubt a bare day is the nearest one."""
    assert resumed(text, lang) == "2026-03-18"


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Je suis libre les 8 et 9 juin, recontactez-moi à ce moment-là.", "fr", "2026-06-08"),
        ("Les 8 et 9 juin me conviennent, recontactez-moi.", "fr", "2026-06-08"),
        ("Je serai joignable du 8 au 12 juin, recontactez-moi à ce moment-là.", "fr", "2026-06-08"),
        ("Je ne serai pas disponible les 8 et 9 juin, recontactez-moi.", "fr", "2026-06-10"),
        ("Je ne suis pas au bureau du 8 au 12 juin, recontactez-moi.", "fr", "2026-06-13"),
        ("I'm free on the 8th and 9th of June, try me then.", "en", "2026-06-08"),
        ("The 8th and 9th of June work for me, try me then.", "en", "2026-06-08"),
        ("I'm not available on the 8th and 9th of June, try me after that.", "en", "2026-06-10"),
        ("We're away around 8-12 June, try me after.", "en", "2026-06-13"),
    ],
)
def test_days_on_which_they_are_free_are_days_to_write_in(text: str, lang: str, expected: str) -> None:
    """The first of them; of days of absence the day after the last."""
    assert resumed(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("Recontactez-moi après le concert à la salle du 12 juin.", "fr", "2026-06-13"),
        ("Recontactez-moi après la mise en place du 12 juin.", "fr", "2026-06-13"),
        ("Je serai au bureau le vendredi, recontactez-moi à ce moment-là.", "fr", "2026-03-06"),
        ("Mars prochain est chargé, recontactez-moi ensuite.", "fr", "2027-04-01"),
        ("Try me after the 31 May close.", "en", "2026-06-01"),
        ("Try me after the 12 June lane closure.", "en", "2026-06-13"),
        ("Try me after the 12 May street party.", "en", "2026-05-13"),
        ("We'd be happy in the new year, try me then.", "en", "2027-01-02"),
        ("Next March is rammed, try us afterwards.", "en", "2027-04-01"),
    ],
)
def test_what_only_looks_like_a_street_or_a_habit_keeps_its_day(text: str, lang: str, expected: str) -> None:
    """An event, the one time that they will be there, a month that is not the running one."""
    assert resumed(text, lang) == expected


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        ("dans quarante cinq jours", "fr", "2026-04-16"),
        ("dans quatre vingt-dix jours", "fr", "2026-05-31"),
        ("in forty five days", "en", "2026-04-16"),
        ("in forty-five days", "en", "2026-04-16"),
    ],
)
def test_a_number_may_lack_its_hyphen(text: str, lang: str, expected: str) -> None:
    """As people type them."""
    assert span(text, lang).startswith(expected)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("après le 4 mai" + ", 60 ans avant" * 39, "fr"),
        ("le 4 mai, 999 ans avant, 999 ans avant", "fr"),
        ("le 4 mai" + ", 60 ans plus tard" * 39, "fr"),
        ("4 May" + ", 60 years before" * 39, "en"),
        ("999 quarters before 4 May 2026", "en"),
    ],
)
@pytest.mark.parametrize("sent", [date(1990, 1, 1), MONDAY, date(2199, 12, 31)])
def test_counts_lead_to_no_day_outside_the_calendar(text: str, lang: str, sent: date) -> None:
    """However far back or ahead they count."""
    assert all(n.period.start <= n.period.end for n in named(fold(text), sent, lang))


@pytest.mark.parametrize(
    "piece", ["une semaine après notre ", "le 7, 8, 9 ou ", "bonnes fêtes de ", "le lundi suivant ", "in June, end, "]
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_halves_of_forms_break_nothing(piece: str, lang: str) -> None:
    """Words that wait for a day which never comes, again and again."""
    assert all(n.period.start <= n.period.end for n in named(fold(piece * 200 + "15 mai 15 May"), MONDAY, lang))
