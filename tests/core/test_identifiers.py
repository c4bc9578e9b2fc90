"""ROR and ORCID check digits."""

import pytest
from django.core.exceptions import ValidationError

from core.people.identifiers import check_orcid, check_ror, check_zone


@pytest.mark.parametrize("ror", ["03yrm5c26", "02mhbdp94", "05dxps055", "052gg0110"])
def test_real_ror_ids_pass(ror):
    check_ror(ror)


@pytest.mark.parametrize("ror", ["03yrm5c27", "13yrm5c26", "03yrm5c2", "03yrm5i26", "03YRM5C26", ""])
def test_ror_ids_with_a_slip_are_refused(ror):
    with pytest.raises(ValidationError, match="is not a ROR id"):
        check_ror(ror)


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_real_orcid_ids_pass(orcid):
    check_orcid(orcid)


@pytest.mark.parametrize("orcid", ["0000-0002-1825-0098", "0000000218250097", "0000-0002-1694-2330"])
def test_orcid_ids_with_a_slip_are_refused(orcid):
    with pytest.raises(ValidationError, match="is not an ORCID iD"):
        check_orcid(orcid)


def test_a_zone_must_exist():
    check_zone("Africa/Nairobi")
    with pytest.raises(ValidationError, match="is not a time zone"):
        check_zone("Mars/Olympus")
