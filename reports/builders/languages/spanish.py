"""Letters in Spanish."""

import re
from decimal import Decimal

from babel.numbers import get_currency_name
from num2words import num2words

from reports.builders.languages.speech import Speech, Words
from reports.builders.wording import fraction_of

_FEMININE = ("libra", "corona", "rupia", "lira", "grivna")


def _write_amount(amount: Decimal, currency: str) -> str:
    """Write an amount out: “ciento cincuenta y ocho mil setecientos dólares estadounidenses”."""
    whole = int(amount)
    noun = str(get_currency_name(currency, 1 if amount == 1 else 2, locale="es"))
    words = _before_noun(str(num2words(whole, lang="es")), is_feminine=noun.startswith(_FEMININE))
    fraction = fraction_of(amount, currency)
    between = f" con {fraction}" if fraction else " de" if whole and whole % 1_000_000 == 0 else ""
    return f"{words[0].upper()}{words[1:]}{between} {noun}"


def _before_noun(words: str, *, is_feminine: bool) -> str:
    """Shorten “uno” before the noun that it counts, or put the number in the feminine."""
    words = re.sub(r"veintiuno(?= mil)", "veintiún", words)
    words = re.sub(r"\buno(?= mil)", "un", words)
    if is_feminine:
        return re.sub(r"uno$", "una", re.sub(r"(?<=[cn]ient)os\b(?! mill)", "as", words))
    return re.sub(r"\buno$", "un", re.sub(r"veintiuno$", "veintiún", words))


SPANISH = Speech(
    code="es",
    date_pattern="d 'de' MMMM 'de' y",
    write_amount=_write_amount,
    words=Words(
        award_letter="Carta de concesión",
        award_title="Carta de concesión {number}: {title}",
        outcome_letter="Carta de resolución",
        outcome_title="Resolución de la solicitud {number}: {title}",
        letter="Carta {number}, versión {version}",
        check="se comprueba en {address}",
        page="Página {page} de {pages}",
        attention="A la atención de {name}",
        decision_of="Decisión del {day}",
        investigator="Investigación principal: {name}",
        application="Solicitud {reference}",
        amount="Importe",
        period="Período",
        accept_by="Fecha límite para aceptar",
        lapses="Pasada esta fecha, la oferta caduca.",
        instalment="Pago",
        when="Fecha",
        paid_once="Se paga cuando",
        award="Ayuda",
        report="Informe",
        due="Fecha límite",
        covers="Período que abarca",
        signs_for="por {fund}",
        accepts_for="aceptado por {grantee}, fecha",
        name_and_position="nombre y cargo",
        last="Último",
        span="del {start} al {end}",
        ordinals=("Primero", "Segundo", "Tercero", "Cuarto", "Quinto", "Sexto", "Séptimo", "Octavo"),
        months={"one": "{number}\u00a0mes", "other": "{number}\u00a0meses"},
        applications={"one": "{number}\u00a0solicitud", "other": "{number}\u00a0solicitudes"},
    ),
    known={
        "England and Wales": "Inglaterra y Gales",
        "London": "Londres",
        "the agreement is signed by both": "el convenio está firmado por ambas partes",
        "the first report is accepted": "el primer informe está aceptado",
        "the first report is accepted and ethics approval is on file": (
            "el primer informe está aceptado y consta la aprobación del comité de ética"
        ),
        "The ethics committee’s approval is on file": "Consta en el expediente la aprobación del comité de ética",
        "the final report is accepted": "el informe final está aceptado",
        "Progress report, month 1": "Informe de avance, mes 1",
        "Progress report, months 1 to {number}": "Informe de avance, meses 1 a {number}",
        "Final report and outputs": "Informe final y resultados",
    },
)
