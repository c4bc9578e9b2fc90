"""Name the people and organisations of the sample: personas, panel, applicants, partners."""

import re
import unicodedata
from functools import cache

from config.sample.ror import sample_ror
from config.sample.shapes import Declined, Organisation, PanelMember, Person, Persona
from config.sample.wording import Chooser, corpus

STAKEHOLDER_GROUPS: dict[str, str] = dict(corpus("panel")["groups"])

WITHOUT_ROR = 6
"""Every so many organisations, one has no ROR id: small organisations often have none."""

TITLES = re.compile(r"^((Dr|Prof\.|Hon\.|Det\. Supt\.|Inspector|Cmdr\.) )+")

UNDECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae"}
    | {"þ": "th", "Þ": "Th", "ð": "d", "ɔ": "o", "Ɔ": "O"}
)


def plain(name: str) -> str:
    """Return the name in small ASCII letters, words joined by dots, as in an e-mail address."""
    letters = unicodedata.normalize("NFKD", name.translate(UNDECOMPOSED)).encode("ascii", "ignore").decode()
    return ".".join(re.findall(r"[a-z]+", letters.lower()))


def postal_code(pattern: str, chooser: Chooser) -> str:
    filled = (str(chooser.whole(1, 9)) if sign == "#" else sign for sign in pattern)
    return "".join(filled)


def organisation(entry: list[str], *, number: int, country: dict | None = None) -> Organisation:
    name, kind, label, *place = entry
    chooser = Chooser("address", label)
    country = country or country_of(place[0])
    city = place[1] if place else chooser.one(country["cities"])
    street = f"{chooser.whole(2, 184)} {country['street']}"
    address = f"{street}\n{postal_code(country['post'], chooser)} {city}\n{country['name']}"
    domain = label if "." in label else f"{label}.example"
    ror = None if number % WITHOUT_ROR == 5 or kind in ("company", "police") else sample_ror(number)
    return Organisation(
        key=domain.split(".")[0],
        name=name,
        kind=kind,
        country=country["code"],
        city=city,
        address=address,
        domain=domain,
        ror=ror,
    )


def country_of(code: str) -> dict:
    return next(country for country in corpus("countries") if country["code"] == code)


@cache
def organisations_by_key() -> dict[str, Organisation]:
    entries: dict[str, tuple[list[str], dict | None]] = {}
    for country in corpus("countries"):
        entries.update({entry[2]: (entry, country) for entry in country["orgs"]})
    for member in corpus("panel")["members"]:
        entries.setdefault(member["org"][2], (member["org"], None))
    return {
        key: organisation(entry, number=number, country=country)
        for number, (key, (entry, country)) in enumerate(entries.items())
    }


def person(name: str, latin_name: str, organisation: Organisation) -> Person:
    handle = plain(TITLES.sub("", latin_name))
    return Person(
        key=handle.replace(".", "-"),
        name=name,
        latin_name=latin_name,
        email=f"{handle}@{organisation.domain}",
        organisation=organisation,
    )


def applicants_of(country: dict) -> list[Person]:
    hosts = [organisations_by_key()[entry[2]] for entry in country["orgs"]]
    people = []
    for number, entry in enumerate(country["people"]):
        name, _, latin_name = entry.partition("|")
        people.append(person(name, latin_name or name, hosts[number % len(hosts)]))
    return people


@cache
def applicants() -> dict[str, tuple[Person, ...]]:
    """Return the applicants of each country, by its ISO code."""
    return {country["code"]: tuple(applicants_of(country)) for country in corpus("countries")}


@cache
def panel() -> tuple[PanelMember, ...]:
    members = []
    for entry in corpus("panel")["members"]:
        host = organisations_by_key()[entry["org"][2]]
        members.append(
            PanelMember(
                person=person(entry["name"], entry["name"], host),
                group=entry["group"],
                topics=tuple(entry["topics"]),
                languages=tuple(entry["languages"]),
                statement=entry["statement"],
                leniency=entry["leniency"],
            )
        )
    return tuple(members)


@cache
def declined() -> Declined:
    entry = corpus("panel")["declined"]
    named = entry["suggests"]
    one, other = (
        person(each["name"], each["name"], organisation(each["org"], number=number))
        for number, each in enumerate((entry, named), start=1001)
    )
    return Declined(person=one, group=entry["group"], suggested=other, note=named["note"])


@cache
def personas() -> tuple[Persona, ...]:
    fund = organisation(corpus("personas")["organisation"], number=1000)
    return tuple(persona(entry, fund) for entry in corpus("personas")["people"])


def persona(entry: dict, fund: Organisation) -> Persona:
    if entry.get("panel"):
        who = next(member.person for member in panel() if member.person.name == entry["name"])
    elif entry.get("applicant"):
        who = next(one for people in applicants().values() for one in people if one.name == entry["name"])
    else:
        who = person(entry["name"], entry["name"], fund)
    return Persona(role=entry["role"], title=entry["title"], person=who)


PERSONAS = personas()
PANEL = panel()
DECLINED = declined()
APPLICANTS = tuple(one for people in applicants().values() for one in people)
ORGANISATIONS = tuple(organisations_by_key().values())
