"""Letters in English."""

from reports.builders.languages.speech import Speech, Words
from reports.builders.wording import amount_in_words

ENGLISH = Speech(
    code="en",
    date_pattern="d MMMM y",
    money_pattern="{currency} {amount}",
    write_amount=amount_in_words,
    words=Words(
        award_letter="Award letter",
        award_title="Award letter {number}: {title}",
        outcome_letter="Outcome letter",
        outcome_title="Outcome of application {number}: {title}",
        letter="Letter {number}, version {version}",
        check="check it at {address}",
        page="Page {page} of {pages}",
        attention="For the attention of {name}",
        decision_of="Decision of {day}",
        investigator="Principal investigator: {name}",
        application="Application {reference}",
        amount="Amount",
        period="Period",
        accept_by="Please accept by",
        lapses="After this the offer lapses.",
        instalment="Instalment",
        when="When",
        paid_once="Paid once",
        award="Award",
        report="Report",
        due="Due",
        covers="Covers",
        signs_for="for the {fund}",
        accepts_for="accepted for {grantee}, date",
        name_and_position="name and position",
        last="Last",
        span="{start} to {end}",
        ordinals=("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth"),
        months={"one": "{number}\u00a0month", "other": "{number}\u00a0months"},
        applications={"one": "{number}\u00a0application", "other": "{number}\u00a0applications"},
    ),
)
