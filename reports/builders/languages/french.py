"""Letters in French."""

from decimal import Decimal

from babel.numbers import get_currency_name
from num2words import num2words

from reports.builders.languages.speech import Speech, Words
from reports.builders.wording import fraction_of

_FEMININE = ("livre", "couronne", "roupie", "lire", "hryvnia")


def _write_amount(amount: Decimal, currency: str) -> str:
    """Write an amount out: “cent cinquante-huit mille sept cents dollars des États-Unis”."""
    whole = int(amount)
    words = str(num2words(whole, lang="fr"))
    noun = str(get_currency_name(currency, 1 if amount < 2 else 2, locale="fr"))
    if noun.startswith(_FEMININE) and words.endswith("un"):
        words += "e"
    fraction = fraction_of(amount, currency)
    between = f" et {fraction}" if fraction else ""
    if not fraction and whole and whole % 1_000_000 == 0:
        between = " d’" if noun[0] in "aeiouyé" else " de "
        return f"{words[0].upper()}{words[1:]}{between}{noun}"
    return f"{words[0].upper()}{words[1:]}{between} {noun}"


FRENCH = Speech(
    code="fr",
    date_pattern="d MMMM y",
    first_of_month="1er",
    write_amount=_write_amount,
    words=Words(
        award_letter="Lettre d’attribution",
        award_title="Lettre d’attribution {number} : {title}",
        outcome_letter="Lettre de décision",
        outcome_title="Décision sur la candidature {number} : {title}",
        letter="Lettre {number}, version {version}",
        check="à vérifier sur {address}",
        page="Page {page} sur {pages}",
        attention="À l’attention de {name}",
        decision_of="Décision du {day}",
        investigator="Responsable scientifique : {name}",
        application="Candidature {reference}",
        amount="Montant",
        period="Période",
        accept_by="À accepter au plus tard le",
        lapses="Passé ce délai, l’offre devient caduque.",
        instalment="Versement",
        when="Date",
        paid_once="Versé dès que",
        award="Subvention",
        report="Rapport",
        due="Échéance",
        covers="Période couverte",
        signs_for="pour le {fund}",
        accepts_for="accepté pour {grantee}, date",
        name_and_position="nom et fonction",
        last="Dernier",
        span="du {start} au {end}",
        ordinals=("Premier", "Deuxième", "Troisième", "Quatrième", "Cinquième", "Sixième", "Septième", "Huitième"),
        months={"one": "{number}\u00a0mois", "other": "{number}\u00a0mois"},
        applications={"one": "{number}\u00a0candidature", "other": "{number}\u00a0candidatures"},
    ),
    known={
        "England and Wales": "Angleterre et pays de Galles",
        "London": "Londres",
        "the agreement is signed by both": "la convention est signée par les deux parties",
        "the first report is accepted": "le premier rapport est accepté",
        "the first report is accepted and ethics approval is on file": (
            "le premier rapport est accepté et l’avis du comité d’éthique est versé au dossier"
        ),
        "The ethics committee’s approval is on file": "L’approbation du comité d’éthique est versée au dossier",
        "the final report is accepted": "le rapport final est accepté",
        "Progress report, month 1": "Rapport d’étape, mois 1",
        "Progress report, months 1 to {number}": "Rapport d’étape, mois 1 à {number}",
        "Final report and outputs": "Rapport final et résultats",
    },
)
