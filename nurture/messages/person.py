"""What only a person says in a mail that looks automatic: a refusal, a stop, a question, words about neither absence nor mail.

Nothing but what its author newly wrote counts.
"""

from __future__ import annotations

import re

from nurture.messages.words import fold, plain_words

NOTICE = frozenset({"away", "left", "received", "automatic", "helps", "slow", "challenge", "calendar", "bulk"})
STATEMENTS = 30
LONGEST = 400  # characters of a person's sentence beside a notice
FEW = 3  # words: a greeting, a closing, a name
_TO_READER = re.compile(r"\b(?:you|your|vous|votre|vos|tu|toi|ton|ta|tes)\b")
_FIRST_PERSON = re.compile(
    r"\b(?:i|i'\w+|we|we'\w+|je|j'\w*|nous|on (?:a|est|va|se|en|ne|n'\w*|y|peut|veut|vous|te|s'\w*|fait|aime\w*|prend|garde|cherche)|ich|wir|moi|us|me|my|our|mon|ma|mes|notre|nos)\b"
)
_NEGATES = re.compile(
    r"\b(?:no|nope|nah|not|never|nothing|none|zero|\w+n't|non|pas|plus|jamais|rien|aucune?|ni|nein|nicht|kein\w*)\b"
)
_MAIL_OR_ABSENCE = re.compile(  # what notices say in the first person, or deny
    r"mail|courriel|messag|inbox|repon|repl[yi]|respon|answer|acces|internet|connex|reseau|signal|absen|away|retour|return|\bback\b|conge|vacan"
    r"|holiday|leave|bureau|office|urgen|phone|telephon|portable|mobile|joign|joind|reach|contact|trait|\b(?:lir\w+|lis|lit|lisons|lu)\b|\bread|check|consult|repren"
    r"|reprise|resum|\b(?:rouvr|reouv)|ferm|clos|open|ouv(?:er|r)|profit|enjoy|\brepos\b|disponib|availab|patien|comprehension|understanding|excus"
    r"|apolog|inconven|remerci|missed|manqu|bonne|wish|look(?:ing)? forward|bientot|\bsoon|suivi|transfer|transm|forward|collegue|colleague"
    r"|equipe|\bteam|voyage|travel|\btrip|deplacement|maternit|paternit|maladie|sick|famil|enfant|child|baby|bebe|soleil|\bsun"
    r"|abwesen|urlaub|zuruck|erreich|nachricht"
)
_OF_MATTERS = re.compile(
    r"\b(?:vous|votre|vos|tu|ton|ta|tes|you|your|on|nous|we|i|je|combien|quels?|quelles?|quand|comment|what|when|how|rate|price|cost|prix|tarifs?|devis|quote|est-ce|peut|serait|can|could|would|will|is it|are there)\b"
)
_OF_A_DESK = re.compile(  # « Une question urgente ? Appelez-nous » : what desks ask in every mail
    r"urgen|besoin|need|help|aide\b|saviez|did you know|question|probleme|problem|forgot|oubli|received this|satisf|rate (?:us|our|this)|note[rz]|avis\b"
)


def speaks_of_own(sentence: str, cues: frozenset[str], *, to_reader: bool = False) -> bool:
    """Whether a folded sentence is neither away, received, help nor greeting, and says "I" or "not"; or `to_reader`, "you"."""
    if cues & NOTICE or len(sentence) > LONGEST or _MAIL_OR_ABSENCE.search(sentence):
        return False
    if _NEGATES.search(sentence):
        return True
    return len(plain_words(sentence)) > FEW and bool(
        _FIRST_PERSON.search(sentence) or (to_reader and _TO_READER.search(sentence))
    )


def asks_of_matters(sentence: str, cues: frozenset[str]) -> bool:
    """Whether a folded sentence asks something of somebody, and not what a desk asks everybody."""
    if not sentence.endswith("?") or cues & {"calendar", "helps", "challenge", "bulk"} or _OF_A_DESK.search(sentence):
        return False
    return bool(_OF_MATTERS.search(sentence))


_GIVEN = re.compile(r"[a-z]{3,}")
_ROLE = re.compile(
    r"\b(?:post ?master|mail(?:er)?|system|daemon|delivery|bounce|administrat\w*|no-?reply|notification|support|admin|it|server|root|service|serveur|security|quarantine|mimecast|barracuda|microsoft|outlook|google|exchange|antispam|filter|hosting|gateway|subsystem|mdaemon|exim|postfix)\b"
)


def is_personal(name: str, addr: str) -> bool:
    """Whether a display name is somebody's: two words at least, none of a machine or a house."""
    folded = fold(name)
    return len(_GIVEN.findall(folded)) >= 2 and not _ROLE.search(folded) and addr not in folded
