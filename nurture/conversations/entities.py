"""What one mail, or one card, tells of somebody that is not for others: the names, figures and projects in it, in normal forms.

Nothing is read into it: a name stands in a display name, in a signature, or is a run of capitalised words that a first name opens;
a company has a domain, a legal form or a trade; every other run of two capitalised words may be a product or a project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nurture.conversations.capitals import CUES, Word, common_words, named, runs_of
from nurture.conversations.first_names import NOT_A_PERSON, PARTICLES, TITLES, is_common
from nurture.conversations.mentions import EntityKind, company_form, contacts, name_form, project_form
from nurture.conversations.people import company_of, is_role_address, mailbox_of
from nurture.messages import Address, Message, fold, unwrapped

Entity = tuple[EntityKind, str]

MOST = 200  # entities of one mail
LONGEST = 20_000  # characters of one that are looked at
DEGREE = 5  # letters of an academic or professional degree
SHOUTED = 4  # words in capitals only, from which on it is a heading or a temper
LEGAL = frozenset("sarl sas sasu eurl sa scop sci snc asbl sprl srl gmbh ag ltd limited llc llp inc plc bv spa".split())
TRADES = NOT_A_PERSON - frozenset(
    "service services equipe team support commercial commerciale sales vente ventes co secretariat accueil direction directeur directrice gerant "
    "gerante president presidente manager responsable assistant assistante charge chargee chef head office bureau marketing com communication contact "
    "info infos hello bonjour hi admin administration compta comptabilite rh hr recrutement facturation billing accounts help newsletter news notre mon ma "
    "mes votre our my your the un une l les ne mail email webmaster user utilisateur client clients unknown inconnu production digital web design "
    "technique international france europe national global lyon paris london".split()
)
AND = frozenset({"et", "and"})
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"\s*[|•·,;:()/\t]\s*|\s+[-–—@]\s+|\s+(?:chez|from|at|via|pour)\s+", re.IGNORECASE)
_SEPARATES = re.compile(r"[._-]+")
_PLATFORM = frozenset(
    "linkedin.com facebook.com instagram.com twitter.com x.com youtube.com youtu.be google.com goo.gl calendly.com zoom.us microsoft.com "
    "office.com whatsapp.com wa.me tiktok.com pinterest.com vimeo.com wikipedia.org github.com dropbox.com wetransfer.com mailchimp.com "
    "doctolib.fr maps.app apple.com".split()
)


def card_of(addresses: Sequence[str], name: str = "") -> frozenset[Entity]:
    """Who somebody is: their addresses, what those tell, and their name."""
    found: set[Entity] = set()
    for address in addresses:
        found |= {(EntityKind.ADDRESS, mailbox_of(address)), *_of_address(address)}
    domain = _label(addresses[0]) if addresses else ""
    for part in _parts_of_display(name):
        found |= set(_name(part)) or set(_company(part, domain))
    return frozenset(found)


def _parts_of_display(name: str) -> list[str]:
    parts = [p for p in _PARTS.split(name)[:4] if p]
    return [" ".join(parts)] if "," in name and [len(p.split()) for p in parts] == [1, 1] else parts  # "Roux, Anna"


def _of_address(address: str) -> Iterator[Entity]:
    local, _, _ = address.partition("@")
    words = [fold(w) for w in _SEPARATES.split(local)]
    is_name = all(w.isalpha() for w in words) and not NOT_A_PERSON.intersection(words)
    if is_name and not is_role_address(address) and (form := name_form(words)):
        yield EntityKind.NAME, form
    if company := company_of(address):
        yield EntityKind.DOMAIN, company
        if form := company_form([_label(address)]):
            yield EntityKind.COMPANY, form


def told_by(message: Message, *, signed: bool = True) -> frozenset[Entity]:
    """What a mail names: in its new words, and (`signed`) in the signature below them."""
    text = unwrapped(message.new_text[:LONGEST])
    found: dict[Entity, None] = dict.fromkeys((*_contacts(text), *_runs(text)))
    if signed:
        found |= dict.fromkeys(_signature(message))
    return frozenset(list(found)[:MOST])


def _contacts(text: str) -> Iterator[Entity]:
    yield from (m.key for m in contacts(text) if not (m.kind is EntityKind.DOMAIN and m.form in _PLATFORM))


def _runs(text: str) -> Iterator[Entity]:
    for run in runs_of(text):
        words = _without_the_beginning(run)
        if len(words) < 2 or (len(words) >= SHOUTED and all(text[w.start : w.end].isupper() for w in words if w.capital)):
            continue
        yield _called(words)
        sides = list(_sides(words))
        yield from (_called(side) for side in sides if len(side) > 1 and len(sides) > 1)


def _called(words: Sequence[Word]) -> Entity:
    """A full name that a first name or a title opens, else what may be a product or a project."""
    titled, whole = words[0].plain in TITLES, [w.plain for w in named(words) if w.plain not in TITLES]
    form = name_form(whole)
    if form and (titled or is_common(whole[0])) and not (NOT_A_PERSON | CUES).intersection(whole):
        return EntityKind.NAME, form
    return EntityKind.PROJECT, project_form([w.plain for w in words])


def _sides(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """« Paul Carbonnel et le projet Mésange »: what stands on either side may be a thing of its own."""
    start = 0
    for n, word in enumerate((*words, None)):
        if word is None or word.plain in AND:
            yield _without_the_beginning(words[start:n])
            start = n + 1


def _without_the_beginning(run: Sequence[Word]) -> Sequence[Word]:
    """A sentence's first word is capitalised whatever it is: an everyday one names nothing."""
    while run and (run[0].small or (run[0].first and run[0].plain in common_words() and not _may_open_a_name(run[0]))):
        run = run[1:]
    return run


def _may_open_a_name(word: Word) -> bool:
    return is_common(word.plain) or word.plain in TITLES or word.plain in CUES


def _signature(message: Message) -> Iterator[Entity]:
    """The lines below the new words: cards are made of short parts."""
    said = set(message.new_text.split("\n"))
    lines = [line.strip(" \t*_") for line in message.said[:LONGEST].split("\n") if line.strip() and line not in said]
    yield from _contacts("\n".join(lines))
    sender = message.headers.sender or Address(addr="nobody@invalid")
    domain = _label(sender.addr)
    author = {*_WORD.findall(fold(sender.name)), *_SEPARATES.split(sender.addr.partition("@")[0])}
    for line in lines:
        for part in _PARTS.split(line)[:6]:
            words = [fold(w) for w in _WORD.findall(part)]
            if any(w in author or is_common(w) for w in words) and (names := list(_name(part))):
                yield from names
            else:
                yield from _company(part, domain)


def _name(text: str) -> Iterator[Entity]:
    """A full name, and its first and last word where there are more."""
    words = _without_degrees([w for w in _WORD.findall(text) if fold(w) not in PARTICLES | TITLES])
    plain = [fold(w) for w in words]
    if (
        not all(w[0].isupper() for w in words)
        or NOT_A_PERSON.intersection(plain)
        or LEGAL.intersection(map(fold, _WORD.findall(text)))
    ):
        return
    if form := name_form(plain):
        yield EntityKind.NAME, form
        if len(plain) > 2 and (short := name_form([plain[0], plain[-1]])):
            yield EntityKind.NAME, short


def _without_degrees(words: list[str]) -> list[str]:
    """« Wei Lim BDS MJDF » without what he passed; « ROUX Anna » is left whole."""
    rest = [w for w in words if not (w.isupper() and 1 < len(w) <= DEGREE)]
    return rest if len(rest) > 1 else words


def _company(text: str, domain: str) -> Iterator[Entity]:
    """A company's name: it has a legal form, or resembles the sender's domain, or goes by a trade and a word of its own."""
    words = [fold(w) for w in _WORD.findall(text)]
    bare = [w for w in words if w not in LEGAL]
    form = company_form(bare)
    if not form or len(words) > 6 or not any(c.isupper() for c in text) or "@" in text:
        return
    alike = len(domain) > 3 and (domain in form or (form in domain and len(form) > 0.6 * len(domain)))
    trade = len(bare) > 1 and TRADES.intersection(bare) and not common_words().issuperset(bare)
    if len(bare) < len(words) or alike or trade:
        yield EntityKind.COMPANY, form


def _label(address: str) -> str:
    """What a company's domain says of its name, as one word; "" at a mail provider."""
    return fold((company_of(address) or "").partition(".")[0]).replace("-", "")
