"""Letters in Arabic, on pages that run from right to left. Figures are those of most international agreements: 0 to 9."""

from decimal import Decimal

from babel.numbers import get_currency_name
from num2words import num2words

from reports.builders.languages.speech import Speech, Words
from reports.builders.wording import fraction_of


def _write_amount(amount: Decimal, currency: str) -> str:
    """Write an amount out: “مائة وثمانية وخمسون ألفًا وسبعمائة دولار أمريكي”."""
    words = str(num2words(int(amount), lang="ar")).replace(" و ", " و").replace("اً", "ًا")
    fraction = fraction_of(amount, currency)
    between = f" و{fraction}" if fraction else ""
    return f"{words}{between} {get_currency_name(currency, locale='ar')}"


ARABIC = Speech(
    code="ar",
    date_pattern="d MMMM y",
    money_pattern="{amount} {currency}",
    is_rtl=True,
    write_amount=_write_amount,
    words=Words(
        award_letter="خطاب منح",
        award_title="خطاب المنح {number}: {title}",
        outcome_letter="خطاب القرار",
        outcome_title="القرار بشأن الطلب {number}: {title}",
        letter="الخطاب {number}، الإصدار {version}",
        check="للتحقق منه: {address}",
        page="صفحة {page} من {pages}",
        attention="عناية {name}",
        decision_of="قرار بتاريخ {day}",
        investigator="الباحث الرئيسي: {name}",
        application="الطلب {reference}",
        amount="المبلغ",
        period="المدة",
        accept_by="يُرجى القبول في موعد أقصاه",
        lapses="وبعد ذلك يسقط العرض.",
        instalment="الدفعة",
        when="التاريخ",
        paid_once="تُدفع متى",
        award="المنحة",
        report="التقرير",
        due="موعد التقديم",
        covers="الفترة المشمولة",
        signs_for="عن {fund}",
        accepts_for="قُبل عن {grantee}، التاريخ",
        name_and_position="الاسم والمنصب",
        last="الأخيرة",
        span="من {start} إلى {end}",
        ordinals=("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة", "الثامنة"),
        months={
            "one": "شهر واحد", "two": "شهران", "few": "{number}\u00a0أشهر", "many": "{number}\u00a0شهرًا",
            "other": "{number}\u00a0شهر",
        },
        applications={
            "one": "طلبًا واحدًا", "two": "طلبين", "few": "{number}\u00a0طلبات", "many": "{number}\u00a0طلبًا",
            "other": "{number}\u00a0طلب",
        },
    ),
    known={
        "England and Wales": "إنجلترا وويلز",
        "London": "لندن",
        "the agreement is signed by both": "يوقّع الطرفان الاتفاقية",
        "the first report is accepted": "يُقبل التقرير الأول",
        "the first report is accepted and ethics approval is on file": (
            "يُقبل التقرير الأول وتُودع موافقة لجنة الأخلاقيات في الملف"
        ),
        "The ethics committee’s approval is on file": "تودع موافقة لجنة الأخلاقيات في الملف",
        "the final report is accepted": "يُقبل التقرير النهائي",
        "Progress report, month 1": "تقرير مرحلي، الشهر 1",
        "Progress report, months 1 to {number}": "تقرير مرحلي، الأشهر من 1 إلى {number}",
        "Final report and outputs": "التقرير النهائي والمخرجات",
    },
)  # fmt: skip
