"""A file as the answer to a request: its type, what it is called, and whether it opens or is saved.

Whether it may be kept on the way is said in one place for all answers, ``accounts.privacy``.
"""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from bcfportal.lib import present

CSV = "csv"
XLSX = "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: XLSX_TYPE,
    "json": "application/json",
    "pdf": "application/pdf",
}


def download(
    content: bytes | str | Iterator[str], file_name: str, *, inline: bool = False
) -> HttpResponseBase:
    """The answer that hands out a file; what comes in pieces goes out as it comes.

    The end of the name says the type. ``inline`` files open in the browser, others are saved.
    Raises KeyError for an ending that is not in ``TYPES``.
    """
    kind = TYPES[file_name.rpartition(".")[2]]
    response: HttpResponseBase
    if isinstance(content, bytes | str):
        response = HttpResponse(content, content_type=kind)
    else:
        response = StreamingHttpResponse(content, content_type=kind)
    response["Content-Disposition"] = present(content_disposition_header(not inline, file_name))
    return response
