"""Receiving requests, even when the disk has no room for them."""

from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

from bcfportal.launch.faults import FULL


class NoRoom(Error):
    """What a person reads when there is no room on the portal's disk for their file or form."""

    code = 507
    reason = "Insufficient Storage"

    def to_response(self, ident=None):
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "60")]
        return f"{self.code} {self.reason}", headers, self.body.encode()


class Receiver(HTTPRequestParser):
    """Waitress's own; it keeps big requests in a file, and closes the line where it cannot."""

    def received(self, data):
        try:
            return super().received(data)
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.error = NoRoom(
                "The portal has no room on its disk for what you sent. None of it is saved. "
                "Go back: what you typed is still there. Tell whoever runs the portal, "
                "and send it again later."
            )
            self.completed = True
            return len(data)
