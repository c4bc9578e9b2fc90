"""Letters speak English, French, Spanish and Arabic: every word of their own, and figures as each writes them."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from string import Formatter
from zoneinfo import ZoneInfo

import pytest

from reports.builders.award_letter import build_award_letter
from reports.builders.languages import CODES, ENGLISH, Words, speech_of
from reports.builders.outcome_letter import build_outcome_letter
from tests.core.pdf.reading import problems_of, reader, words_of
from tests.reports.builders.terms import award, issue, outcome

OTHERS = [code for code in CODES if code != "en"]


def _named(text):
    return sorted(name for __, name, *_ in Formatter().parse(text) if name)


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_is_there_and_takes_the_same_values(code):
    speech = speech_of(code)
    texts = [each.name for each in fields(Words) if isinstance(getattr(ENGLISH.words, each.name), str)]

    assert len(speech.words.ordinals) == len(ENGLISH.words.ordinals)
    for name in texts:
        assert getattr(speech.words, name)
        assert _named(getattr(speech.words, name)) == _named(getattr(ENGLISH.words, name)), name


@pytest.mark.parametrize(
    ("code", "amount", "currency", "words"),
    [
        ("fr", "158700", "USD", "Cent cinquante-huit mille sept cents dollars des États-Unis"),
        ("fr", "200000.05", "EUR", "Deux cent mille et 05/100 euros"),
        ("fr", "2000000", "EUR", "Deux millions d’euros"),
        ("fr", "21", "GBP", "Vingt et une livres sterling"),
        ("es", "158700", "USD", "Ciento cincuenta y ocho mil setecientos dólares estadounidenses"),
        ("es", "21000", "USD", "Veintiún mil dólares estadounidenses"),
        ("es", "31", "USD", "Treinta y un dólares estadounidenses"),
        ("es", "1000000", "EUR", "Un millón de euros"),
        ("es", "500201", "GBP", "Quinientas mil doscientas una libras esterlinas"),
        ("es", "21000000", "EUR", "Veintiún millones de euros"),
        ("ar", "158700", "USD", "مائة وثمانية وخمسون ألفًا وسبعمائة دولار أمريكي"),
        ("ar", "200000", "EUR", "مئتا ألف يورو"),
    ],
)
def test_amounts_are_written_out(code, amount, currency, words):
    assert speech_of(code).write_amount(Decimal(amount), currency) == words


@pytest.mark.parametrize(
    ("code", "money", "moment", "period", "counted"),
    [
        ("fr", "158 700,50 USD", "vendredi 1er janvier 2027, 17:05 UTC",
         "du 1er juin 2027 au 30 novembre 2028, 18 mois", "3 candidatures"),
        ("es", "158.700,50 USD", "viernes 1 de enero de 2027, 17:05 UTC",
         "del 1 de junio de 2027 al 30 de noviembre de 2028, 18 meses", "3 solicitudes"),
        ("ar", "158,700.50 USD", "الجمعة 1 يناير 2027، 17:05 UTC", "من 1 يونيو 2027 إلى 30 نوفمبر 2028، 18 شهرًا",
         "3 طلبات"),
        ("en", "USD 158,700.50", "Friday 1 January 2027, 17:05 UTC", "1 June 2027 to 30 November 2028, 18 months",
         "3 applications"),
    ],
)  # fmt: skip
def test_figures_are_written_as_the_language_writes_them(code, money, moment, period, counted):
    speech = speech_of(code)
    written = (
        speech.money(Decimal("158700.5"), "USD"),
        speech.weekday_moment(datetime(2027, 1, 1, 17, 5, tzinfo=UTC)),
        speech.period(date(2027, 6, 1), date(2028, 11, 30)),
        speech.counted(3, speech.words.applications),
    )

    assert tuple(each.replace("\u00a0", " ") for each in written) == (money, moment, period, counted)


def test_one_moment_is_another_day_in_another_zone():
    late = datetime(2027, 1, 1, 23, 30, tzinfo=UTC)
    written = [speech_of("en").weekday_moment(late.astimezone(ZoneInfo(zone))) for zone in ("UTC", "Asia/Tokyo")]

    assert written[0].startswith("Friday 1")
    assert written[1].startswith("Saturday 2")


@pytest.mark.parametrize("code", OTHERS)
def test_what_the_product_plans_by_itself_is_said_in_the_language(code):
    speech = speech_of(code)

    assert speech.say("Progress report, months 1 to 12") == speech.known[
        "Progress report, months 1 to {number}"
    ].format(number=12)
    assert speech.say("the final report is accepted") != "the final report is accepted"
    assert speech.say("Written by hand, 12") == "Written by hand, 12"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("fr", ["Lettre d’attribution", "le fonds a décidé de soutenir", "Page 1 sur", "Les conditions particulières"]),
        ("es", ["Carta de concesión", "el fondo ha decidido apoyar", "Página 1 de", "Las condiciones especiales"]),
        ("ar", ["خطاب منح", "قرر الصندوق دعم مشروع", "الشروط الخاصة والبنود العامة", "يُقبل التقرير النهائي"]),
    ],
)
def test_an_award_letter_speaks_the_language(code, said):
    pdf = build_award_letter(award(issue=issue(language=code)))
    text = words_of(pdf)

    assert (problems_of(pdf), reader(pdf).root_object["/Lang"]) == ("", code)
    assert [each for each in said if each not in text] == []
    for english in ("Instalment", "Standard clauses", "Please accept", "signed by both", "For the attention"):
        assert english not in text


@pytest.mark.more
@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("decided", ["reserve", "decline", "ineligible"])
def test_an_outcome_letter_speaks_the_language(code, decided):
    given = outcome(issue=issue(language=code), outcome=decided)
    pdf = build_outcome_letter(given)

    assert problems_of(pdf) == ""
    for english in ("Thank you", "Why ", "The call in figures", "Questions about", "Application "):
        assert english not in words_of(pdf)
    assert build_outcome_letter(replace(given)) == pdf
