"""Files that people send: stopped before they are kept if they are too big for any page."""

from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

TOO_BIG = "upload_too_big"


class TooBigHandler(FileUploadHandler):
    """Drops a file of more than UPLOAD_BYTES while it comes, and marks the request."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],
        content_length: int,
        boundary: str | bytes,
        encoding: str | None = None,
    ) -> None:
        # The form's own fields and the boundaries between them take some room too.
        self.too_big = content_length > settings.UPLOAD_BYTES + 64 * 1024
        self.come = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.come += len(raw_data)
        if self.too_big or self.come > settings.UPLOAD_BYTES:
            # Said on the request itself, where ``is_too_big`` finds it.
            setattr(self.request, TOO_BIG, True)
            raise StopUpload(connection_reset=True)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_big(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped because it was too big."""
    # Reading the form is what reads the file.
    bool(request.POST)
    return getattr(request, TOO_BIG, False)
