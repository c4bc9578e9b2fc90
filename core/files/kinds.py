"""The four kinds of files that are taken. Nothing here needs Django: it is read where files are taken apart, too."""

from enum import StrEnum


class Kind(StrEnum):
    """What a file is, by its content."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    CSV = "csv"

    @property
    def label(self) -> str:
        """The kind as people write it."""
        return self.value.upper()

    @property
    def content_type(self) -> str:
        """What the header of a download says."""
        return CONTENT_TYPES[self]

    @property
    def suffix(self) -> str:
        """How a file name of this kind ends."""
        return f".{self.value}"


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: f"{_OPEN_XML}.wordprocessingml.document",
    Kind.XLSX: f"{_OPEN_XML}.spreadsheetml.sheet",
    Kind.CSV: "text/csv; charset=utf-8",
}
ACCEPT = ",".join(kind.suffix for kind in Kind)


class Refused(Exception):
    """A file that is not kept: `code` names the sentence that says why and what to do, `values` fill it in."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
