"""The end of a mail: closing line, signature block, mobile footer, disclaimer. The closing line stays, what is below it goes.

docs/labels.md rules: a name alone on the last line belongs to the signature block; a name on the closing line stays.
"""

from __future__ import annotations

import re

from nurture.messages.words import fold

_FOOTER = re.compile(
    r"^[\s>*_-]*(?:envoye (?:de(?:puis)?|a partir de|avec) (?:mon|ma|un|l'application|outlook|yahoo|gmail|mail|proton|orange|la messagerie|windows)\b.{0,80}|"
    r"sent (?:from|via|with) (?:my|the|an?|yahoo|outlook|proton|mail|gmail|samsung|blackberry|windows|type app|superhuman|mobile).{0,80}|"
    r"get outlook for (?:ios|android).{0,60}|telecharg(?:er|ez) outlook pour.{0,60}|obtenez? outlook pour.{0,60}|gesendet (?:von|mit) .{0,60}|von meinem .{0,40} gesendet|"
    r"enviado (?:desde|do|de|a partir) (?:mi|meu|el|o|outlook|yahoo|iphone).{0,60}|inviato da(?:l mio)? .{0,60}|verzonden (?:vanaf|met|van) .{0,60}|verstuurd vanaf .{0,60}|"
    r"provenance : courrier pour windows.{0,20}|sent from mail for windows.{0,20}|garanti sans virus.{0,60}|virus-free.{0,60}|l'absence de virus dans ce courrier.{0,120}|"
    r"pardonne[rz]? (?:la brievete|les fautes).{0,80}|please excuse (?:the )?(?:brevity|typos).{0,60}|excuse(?:z)? (?:la|ma) brievete.{0,60})\s*[.>*_-]*\s*$"
)
_DISCLAIMER = re.compile(
    r"^[\s*_-]*(?:ce (?:message|courriel|mail|e-mail|courrier electronique)(?:,| et| ainsi| \(| est| ne| electronique| peut| contient)[^\n]{0,400}(?:confidentiel|destinataire|destine|piece)|"
    r"(?:this|the (?:information|content))(?: contained in this)? (?:e-?mail|message|communication|transmission)[^\n]{0,400}(?:confidential|intended|privileged|recipient)|"
    r"(?:avertissement|disclaimer|confidentialite|confidentiality(?: notice)?|avis de confidentialite|mention legale|important notice)\s?[:.-]|"
    r"les informations contenues dans ce (?:message|courriel|mail)|si vous (?:n'etes pas le destinataire|avez recu ce (?:message|courriel|mail) par erreur)|"
    r"if you (?:are not the intended recipient|have received this (?:e-?mail|message) in error)|diese e-?mail (?:enthalt|kann)|este (?:mensaje|correo)[^\n]{0,200}confidencial|"
    r"(?:pensez a l'environnement|please consider the environment|n'imprimez ce|before printing this|think before you print|merci de n'imprimer)|"
    r"[^\n]{0,60}registered in (?:england|scotland|wales|ireland)|[^\n]{0,80}company (?:number|no\.?|registration)\b|vous recevez ce (?:message|mail) car|"
    r"to unsubscribe|pour (?:vous )?desabonner|se desinscrire)"
)
_DELIMITER = re.compile(r"^\s?(?:--|—|––)\s*$|^\s*_{5,}\s*$|^\s*-{5,}\s*$|^\s*\*{5,}\s*$|^\s*={5,}\s*$")
_CONTACT = re.compile(
    r"(?:\+\d{1,3}|\b0)[\s.()-]{0,3}\d(?:[\s.()-]{0,2}\d){6,13}|https?://|www\.|[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}\.[a-z.]{2,20}|^\s*(?:tel|mob|port|fax|t|m|p|f|gsm|standard|direct|phone|mobile|portable|fixe|ligne directe|linkedin|rdv|siret|rcs|tva)\b\s?[.:]|"
    r"\b\d{5}\s+[a-z]|\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\.|bd|boulevard|place|chemin|allee|impasse|quai|cours|route|zone|za|zi)\b|\b(?:street|road|avenue|lane|suite|floor)\b|\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}\b"
)
CLOSING = re.compile(
    r"^[\s*]*(?:(?:bien |tres |sinceres? |meilleures? |respectueuses? |cordiales? |mes )?(?:cordialement|cdlt|cdt|bien a (?:vous|toi)|a (?:vous|toi)|salutations?|amities|amicalement|sinceres salutations|sincerement|"
    r"bonne (?:journee|soiree|semaine|fin de (?:journee|semaine|soiree)|continuation|reception|apres-midi|nuit|fin d'annee|rentree|annee)|bon (?:week-?end|we|apres-midi|dimanche|courage|ete|lundi|mardi|mercredi|jeudi|vendredi)|belle (?:journee|soiree|semaine|fin de (?:journee|semaine))|excellente (?:journee|semaine|soiree)|"
    r"a (?:bientot|tres vite|tres bientot|plus|plus tard|demain|lundi|mardi|mercredi|jeudi|vendredi|la semaine prochaine)|au plaisir|bises?|merci (?:beaucoup|encore|d'avance|par avance|a vous|a toi)?|merci|dans l'attente|respectueusement|"
    r"(?:kind |best |warm |kindest |warmest |many )?(?:regards|wishes|thanks)|best|cheers|thanks(?: again| a lot| so much| in advance| very much)?|thank you(?: very much| again| in advance)?|ta|sincerely|yours(?: sincerely| faithfully| truly)?|"
    r"all the best|take care|talk soon|speak soon|see you(?: then| soon)?|have a (?:good|great|nice|lovely) .{2,20}|warmly|ciao|saludos|atentamente|grusse|mit freundlichen grussen|viele grusse|vriendelijke groet(?:en)?|cordiali saluti|atenciosamente)"
    r"(?:[ ,;.!:)-].{0,60})?)\s*$"
)
_TITLE = re.compile(
    r"\b(?:directeur|directrice|responsable|gerante?|fondateur|fondatrice|co-?fondat|president|presidente|charge|chargee|assistant|assistante|chef|cheffe|consultant|consultante|"
    r"coach|dg|pdg|drh|daf|dsi|ceo|cto|cfo|coo|cmo|founder|co-?founder|owner|director|manager|head of|officer|lead|partner|associe|associee|artisan|architecte|"
    r"avocat|notaire|expert|ingenieur|developer|designer|engineer|coordinator|administrator|secretary|secretaire|proprietaire|sales|marketing|operations|vp|vice|principal|practice|studio|"
    r"sarl|sas|eurl|ltd|llc|inc|gmbh|limited|group|groupe|agence|cabinet|atelier|boulangerie|menuiserie|restaurant|hotel|brasserie|domaine|maison|clinique|centre|ecole|mairie|association)\b"
)
_SPOKEN = re.compile(r"\b(?:je|tu|il|elle|on|nous|vous|ils|c'est|j'ai|est|sont|pas|pour|que|qui|mais|i|you|we|they|he|she|it|is|are|was|were|have|has|will|would|can|could|should|don't|not|but|if|that|this|what|when|please|let|ok|oui|non|yes|no)\b")
_FORMAL = re.compile(r"\b(?:veuillez|prie|prions|vous prier)\b.{0,60}\b(?:agreer|croire|recevoir|accepter)\b|\b(?:sentiments|salutations|considération|consideration) (?:distingue|les|respectueu|devoue|choisi)|yn gywir|yours (?:sincerely|faithfully)")
_ANSWERS = frozenset("oui non yes no ok okay merci thanks parfait perfect super great deal entendu volontiers bonjour hello dommage stop jamais never demain tomorrow sorry pardon desole regards cheers noted sure fine agreed vendu banco interessant".split())
_GREETING = re.compile(r"^(?:bonjour|bonsoir|salut|cher|chere|chers|hello|hi|hey|dear|madame|monsieur|good (?:morning|afternoon|evening)|coucou)\b")
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?s\.?(?:\s|:|$)")
_INITIAL = re.compile(r"^[A-Z]\. ?-?(?:[A-Z]\. ?)?[A-Z][\w'’-]{1,24}$")
_CHATTER = re.compile(r"unsubscribe|desabonn|desinscri|privileged|confidential|intended|recipient|addressee|destinataire|newsletter|preferences|suivez|follow us|print this|imprim|register|reply stop|want these|ne plus recevoir|bother you|'d rather i didn't|suis present|horaires|open (?:mon|tue|from)|welcome[ds]?\b|repondez a ce message|decouvrez|campagne")
BLOCK = 14  # lines a signature block may have


def cut_signature(lines: list[str], author: str = "") -> str:
    """The lines without footer, disclaimer and signature block, joined."""
    kept = _without_footers(lines)
    kept = _before_delimiter(kept)
    start = _block_start(kept, _name_words(author))
    return "\n".join(kept[:start]).strip("\n")


def _without_footers(lines: list[str]) -> list[str]:
    kept: list[str] = []
    for line in lines:
        folded = fold(line)
        if _DISCLAIMER.match(folded) and any(x.strip() for x in kept):
            break
        if not _FOOTER.match(folded):
            kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return kept


def _before_delimiter(lines: list[str]) -> list[str]:
    """What stands above the last delimiter line, where what is below it could be a signature (short, and something is above)."""
    for i in range(len(lines) - 1, -1, -1):
        if _DELIMITER.match(lines[i]):
            below = [x for x in lines[i + 1 :] if x.strip()]
            strict = lines[i].strip() in ("--", "—", "––")
            if any(x.strip() for x in lines[:i]) and (not below or len(below) <= BLOCK) and (strict or not below or _looks_signed(below)):
                return _before_delimiter(_trimmed(lines[:i]))
            if not any(x.strip() for x in lines[:i]) and not below:
                return []
    return lines


def _trimmed(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def _looks_signed(below: list[str]) -> bool:
    return any(_CONTACT.search(fold(x)) for x in below) or all(_short(x) for x in below)


def _name_words(author: str) -> frozenset[str]:
    return frozenset(w.strip(".,") for w in fold(author).replace("-", " ").split() if len(w.strip(".,")) >= 2)


def _block_start(lines: list[str], author: frozenset[str]) -> int:
    """Index of the first line of the signature block; len(lines) where there is none."""
    said = [i for i, x in enumerate(lines) if x.strip()]
    for n in range(max(1, len(said) - BLOCK - 2), len(said)):
        below = [lines[i] for i in said[n:]]
        if _opens_block(lines[said[n - 1]], below, author) or (len(below) == 1 and _is_nickname(below[0])):
            return said[n]
    return _contact_block(lines, said)


def _opens_block(above: str, below: list[str], author: frozenset[str]) -> bool:
    """Whether the signature block begins with below[0]: a name of the author, or what stands under a closing line."""
    first, folded = below[0], fold(below[0])
    if CLOSING.match(folded) or _POSTSCRIPT.match(folded) or any(_POSTSCRIPT.match(fold(x)) for x in below):
        return False
    talk = sum(_is_talk(x) for x in below[1:])
    if _is_name(first, author) or _INITIAL.match(first.strip()):
        return talk <= 2
    if not _is_closing(above):
        return False
    return not _is_talk(first) and talk <= 1 and len(first.strip()) <= 90


def _is_nickname(line: str) -> bool:
    """One capitalised word alone on the very last line, that is no answer and no closing."""
    word = line.strip().rstrip("x ").strip(".,")
    return bool(re.fullmatch(r"[A-ZÀ-Ý][a-zà-ÿ'’-]{1,14}", word)) and fold(word) not in _ANSWERS and not CLOSING.match(fold(word))


def _is_closing(line: str) -> bool:
    """A closing line: a known formula, a formal one, or a short line that ends in a comma."""
    folded = fold(line).strip()
    return bool(CLOSING.match(folded)) or bool(_FORMAL.search(folded)) or (folded.endswith(",") and len(folded.split()) <= 8 and not _GREETING.match(folded))


def _is_talk(line: str) -> bool:
    """A sentence that its author may have meant for the reader: not a contact line, a caption, a footer."""
    folded = fold(line)
    return len(line.split()) >= 4 and bool(_SPOKEN.search(folded)) and not _CONTACT.search(folded) and not _CHATTER.search(folded)


def _contact_block(lines: list[str], said: list[int]) -> int:
    """Where no name opens it: trailing lines that hold a phone, an address, a link, with the captions around them."""
    start, proven = len(lines), False
    for i in reversed(said[max(1, len(said) - BLOCK) :]):
        folded = fold(lines[i])
        contact = bool(_CONTACT.search(folded)) and len(lines[i]) <= 160 and not _is_spoken(lines[i], folded)
        if CLOSING.match(folded) or not (contact or _is_caption(lines[i], folded)):
            break
        start, proven = i, proven or contact
    return start if proven else len(lines)


def _is_name(line: str, author: frozenset[str]) -> bool:
    """The author's own name alone on a line (first, last, both, initials), maybe with a title after a comma or dash."""
    words = [w.strip(".,;:!()*_~-–—") for w in fold(line).replace("-", " ").split()]
    words = [w for w in words if w]
    if not words or len(line.strip()) > 60:
        return False
    if author and set(words) <= author:
        return True
    head = re.split(r"\s*[,|–—/•·]\s*|\s+-\s+", fold(line).strip(), maxsplit=1)[0]
    parts = set(head.replace("-", " ").split())
    if author and parts and parts <= author and head != fold(line).strip():
        return True
    if author & set(words) and _capitalised(line) and len(words) <= 8:
        return True  # « G. Pinson », « Margot Lefèvre & Hugo Baraton – Les Grands Soirs »
    letters = re.sub(r"[^a-z]", "", fold(line))
    initials = sorted(w[0] for w in author)
    return bool(author) and 1 <= len(letters) <= 3 and len(line.strip()) <= 8 and set(letters) <= set(initials)


def _capitalised(line: str) -> bool:
    """Every word but the small ones of names and companies begins with a capital."""
    small = ("et", "and", "de", "du", "des", "la", "le", "les", "d'", "von", "van", "y", "pour", "for", "p.", "p/o", "of")
    words = [w for w in line.replace("’", "'").split() if w[0].isalnum() and w.lower() not in small]
    return bool(words) and all(w[0].isupper() or w[0].isdigit() or w[:2] in ("d'", "l'") for w in words)


def _bare_name(line: str) -> bool:
    """One to four capitalised words, nothing else."""
    words = line.strip().strip(".,*_").split()
    return 1 <= len(words) <= 4 and all(w[0].isupper() and w.replace("-", "").replace("'", "").replace("’", "").replace(".", "").isalpha() for w in words) and len(line.strip()) <= 40


def _short(line: str) -> bool:
    return len(line.strip()) <= 70 and line.strip()[-1:] not in ("?", "!")


def _is_caption(line: str, folded: str) -> bool:
    """A line that could stand in a signature: a title, a company, a place; no sentence."""
    if not _short(line) or _is_spoken(line, folded):
        return False
    return bool(_TITLE.search(folded)) or _bare_name(line) or any(c in line for c in "|•·") or (len(line.split()) <= 10 and line.strip()[-1:] not in (".", ",", ":", ";", "…"))


def _is_spoken(line: str, folded: str) -> bool:
    return bool(_SPOKEN.search(folded)) and len(line.split()) > 2
