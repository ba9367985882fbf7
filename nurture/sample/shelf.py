"""What Camille Laurent has to share: three things in French, two in English, on a site of her own."""

from __future__ import annotations

from nurture.drafts import Resource

SITE = "https://atelier-laurent.example"

SHELF = (
    Resource(
        kind="article",
        title="La première heure avec un produit neuf",
        url=f"{SITE}/premiere-heure",
        lang="fr",
        tags=("débuts", "prise en main", "première sortie"),
        sentence="Huit choses que l’on voit quand on regarde quelqu’un ouvrir le carton, sans l’aider.",
    ),
    Resource(
        kind="tool",
        title="La grille des premières semaines",
        url=f"{SITE}/grille",
        lang="fr",
        tags=("premières semaines", "clients", "démarrage"),
        sentence="Une page à remplir avec le support, pour repérer l’endroit où les clients s’arrêtent.",
    ),
    Resource(
        kind="case",
        title="Moins d’appels après la livraison",
        url=f"{SITE}/appels",
        lang="fr",
        tags=("support", "appels", "livraison"),
        sentence="Un fabricant raconte ce qui a changé au téléphone depuis qu’il réunit ses nouveaux clients.",
    ),
    Resource(
        kind="article",
        title="The first evening with a new machine",
        url=f"{SITE}/first-evening",
        lang="en",
        tags=("customers", "first month", "new owners"),
        sentence="What eleven new owners did in their first hour, and the place where most of them stopped.",
    ),
    Resource(
        kind="tool",
        title="A handover on one page",
        url=f"{SITE}/handover",
        lang="en",
        tags=("handing over", "handover"),
        sentence="The few things that a new owner should have done once with their own hands.",
    ),
)
