"""The sample data go through the product's own rules, and can be printed."""

from config.sample.proposals import proposals
from core.pdf.blocks import prose

CALLS = ("2021", "closed", "decided", "open")


def test_the_documents_have_a_typeface_for_every_character_of_the_sample():
    texts = [
        text
        for key in CALLS
        for proposal in proposals(key)
        for text in (
            *proposal.texts(),
            proposal.host.name,
            proposal.host.address,
            *(m.person.name for m in proposal.team),
        )
    ]
    characters = sorted(set("".join(texts)) - {"\n"})
    for block in prose(" ".join(characters)):
        assert list(block.rows(400.0))
