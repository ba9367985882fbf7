"""The language of a short mail: fr, en, and recognised as not served: de es it nl pt. Function words and letter patterns.

No model and no numpy: a run with nothing to read must not pay for one (docs/dependencies.md). The thread is a strong prior
for short texts; words decide against it only when they are clear.
"""

from __future__ import annotations

import re

from nurture.messages.words import fold

WORDS = {
    "fr": "le la les un une des du de et est pas je tu il nous vous ils que qui dans pour sur avec plus ne ce cette mais ou ca oui non merci bonjour au aux en se sa son ses mon ma mes votre vos notre nos leur etre avoir ai as avons avez ont suis sommes etes sont fait faire peut bien tout tres si comme quand chez par sans rien jamais deja encore aussi donc alors car cela c'est j'ai d'accord n'est qu'il s'il pourquoi combien revenez cordialement journee voici moi toi lui y",
    "en": "the a an and is are was were be been i you he she it we they that which who in on for with not but or this these those my your his our their of to from at by as have has had do does did will would can could should may if when what how why no yes thanks thank hello hi please so very just about into than then there here me us him them up out any some it's i'm don't can't we're you're i've best regards kind let get got one",
    "de": "der die das und ist nicht ich du er sie es wir ihr ein eine einen dem den des mit auf fur von zu im am bei aus nach wie dass aber oder sind war haben hat habe kann wird werden noch auch nur schon wenn danke hallo guten bitte sehr geehrte ihre ihnen uns mich mir kein keine uber grusse vielen",
    "es": "el los las un una unos y es no yo tu usted ustedes nosotros que en de por para con del al se su sus mi pero como mas muy gracias hola buenos buenas dias tardes esta estan hemos tiene tengo puede favor le nos cuando donde porque si saludos sobre este ese nuestra nuestro",
    "it": "il lo gli un una e non io lei noi voi che di per con del della dei delle nel nella al alla si sono ho hai ha abbiamo grazie buongiorno salve questo questa molto anche ma come quando cosa piu ci mi le vostra vostro nostra saluti cordiali sarebbe essere siamo",
    "nl": "de het een en is niet ik je jij u hij zij wij we jullie van op voor met aan te dat die er maar of ook nog wel geen heeft hebben heb kan zal zijn was bij naar als wat wie hoe dank bedankt hallo goedendag graag met vriendelijke groet uw onze mijn over om",
    "pt": "o os um uma e nao eu voce ele nos que em de por para com do da dos das no na se seu sua meu mas como mais muito obrigado obrigada ola bom dia boa tarde esta estao temos tem tenho pode quando onde porque sim cumprimentos sobre este isso nossa nosso ao",
}
LETTERS = {
    "fr": re.compile("[éèêëàâçùûôîïœ]|\\b[cdjlmnstq]['’]|eux\\b|tion\\b|ez\\b|ait\\b|ment\\b"),
    "en": re.compile("\\w'(?:s|t|re|ve|ll|m|d)\\b|ing\\b|ed\\b|th|wh|ough|ly\\b"),
    "de": re.compile("[äöüß]|sch|ung\\b|lich\\b|keit\\b|ich\\b"),
    "es": re.compile("[ñ¿¡áíóú]|ción\\b|dad\\b|mente\\b"),
    "it": re.compile("[àèìòù]\\b|zione\\b|mente\\b|gli|zz|[aeio]tto\\b"),
    "nl": re.compile("ij|aa|oo|ee|uu|ui|sch|heid\\b|lijk\\b"),
    "pt": re.compile("[ãõâêáíóú]|ção\\b|ções\\b|nh|lh|mente\\b"),
}
_KNOWN = {lang: frozenset(words.split()) for lang, words in WORDS.items()}
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
_NOISE = re.compile(r"https?://\S{1,500}|\S{1,100}@\S{1,100}")
SURE = 3.0  # points by which words must lead to decide against the thread
MAX = 4_000


def detect_language(text: str, prior: str | None = None) -> str | None:
    """"fr", "en", "de", "es", "it", "nl", "pt", or None where neither the words nor the thread tell."""
    clean = _NOISE.sub(" ", text[:MAX])
    scores = _scores(clean)
    ranked = sorted(scores, key=lambda lang: -scores[lang])
    best, lead = ranked[0], scores[ranked[0]] - scores[ranked[1]]
    if prior is not None:
        other = scores[best] - scores.get(prior, 0.0)
        words = len(clean.split())
        return best if best != prior and other >= (SURE if words >= 6 else SURE + 1) else prior
    return best if scores[best] >= 1.0 and lead >= 0.5 else None


def _scores(text: str) -> dict[str, float]:
    lowered = text.lower().replace("’", "'")
    words = _WORD.findall(fold(lowered))[:600]
    scores = {}
    for lang, known in _KNOWN.items():
        hits = sum(w in known or w.partition("'")[2] in known and w[0] in "cdjlmnstq" and lang == "fr" for w in words)
        scores[lang] = hits + 0.35 * min(len(LETTERS[lang].findall(lowered)), 40)
    return scores
