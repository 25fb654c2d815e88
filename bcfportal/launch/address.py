"""Where the portal listens: HOST and PORT of the environment."""

import errno
import os
import socket

from bcfportal.launch.faults import Fault

WHICH_HOST = "use HOST=127.0.0.1 for this machine only, or HOST=0.0.0.0 for the whole network."
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


def wanted() -> tuple[str, int]:
    """The host and the port that were asked for, or the usual ones."""
    host = os.environ.get("HOST", "").strip() or "127.0.0.1"
    text = os.environ.get("PORT", "").strip() or "8000"
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 1 <= int(text) <= 65535):
        raise Fault(
            f'PORT is "{text}", which is not a port: give a number from 1 to 65535, '
            "as in `make run PORT=8080`."
        )
    return host, int(text)


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen from now on, so that a second start fails before it touches anything."""
    sockets: list[socket.socket] = []
    try:
        for family, place in _places(host, port):
            sockets.append(socket.create_server(place, family=family, backlog=1024))
    except OSError as error:
        for opened in sockets:
            opened.close()
        raise Fault(_why_not(error, host, port)) from error
    return sockets


def web_address(host: str, port: int) -> str:
    """The address to type into a browser on this machine."""
    name = EVERYWHERE.get(host) or (f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def _places(host: str, port: int) -> list[tuple[int, tuple]]:
    """Each address that the host's name stands for, once."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        answers = []
    # IPv6 may be switched off on a machine whose names still stand for it.
    usable = [(family, place[:2]) for family, _, _, _, place in answers if _has(family)]
    if not usable:
        raise Fault(f'HOST is "{host}", which is not an address of this machine: {WHICH_HOST}')
    return list(dict.fromkeys(usable))


def _has(family: int) -> bool:
    """True where this machine has addresses of the family."""
    if family == socket.AF_INET:
        return True
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        another = port + 1 if port < 65535 else 8000
        return (
            f"Port {port} is taken by another program (perhaps this portal, already running): "
            f"stop that one, or choose another port, as in `make run PORT={another}`."
        )
    if error.errno == errno.EACCES:
        return f"This user may not listen on port {port}: choose one above 1023, as in PORT=8080."
    return f'HOST is "{host}", where the portal cannot listen: {WHICH_HOST}'
