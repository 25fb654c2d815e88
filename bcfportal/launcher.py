"""Start the portal, or any command that needs its database.

    python -m bcfportal.launcher serve
    python -m bcfportal.launcher with-database COMMAND [ARGUMENT ...]
    python -m bcfportal.launcher fresh

DATABASE_URL names the database to use; without it the portal runs one of its own in ``var``.
HOST and PORT say where to serve. BCFPORTAL_VAR is another folder than ``var`` for the database.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from bcfportal.launch import address, portal
from bcfportal.launch.database import available, set_aside, unused
from bcfportal.launch.faults import Fault, plainly, tell
from bcfportal.launch.places import remove_refuge

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("BCFPORTAL_VAR") or ROOT / "var").resolve()


def serve() -> int:
    """Serve the portal until it is stopped. The port comes first: it is the likeliest fault."""
    host, port = address.wanted()
    sockets = address.listen(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcfportal.settings")
    given = os.environ.get("DATABASE_URL", "").strip()
    try:
        _serve(host, port, sockets)
    except portal.OtherVersion as other:
        if given:
            raise portal.OtherVersion(f"{other} Give it a new database in DATABASE_URL.") from other
        _set_aside(other)
        # Django is set up for the database that was: the next start begins anew.
        os.execv(sys.executable, [sys.executable, "-m", "bcfportal.launcher", "serve"])
    tell("\nThe portal has stopped.")
    return 0


def _serve(host: str, port: int, sockets: list) -> None:
    with portal.stopping_in_order(), available(VAR) as variables:
        before = dict(os.environ)
        os.environ.update(variables)
        try:
            application = portal.prepare()
        except portal.OtherVersion:
            os.environ.clear()
            os.environ.update(before)
            raise
        tell(f"The portal is at {address.web_address(host, port)} (Ctrl-C stops it).")
        portal.serve(application, sockets)


def _set_aside(other: portal.OtherVersion) -> None:
    """Sets the portal's own database aside, where the person at the keyboard agrees."""
    tell(str(other))
    if not _agreed("Set it aside under another name, and begin with a new one? [y/N] "):
        raise Fault(
            "Nothing was changed. Start the portal at a terminal and answer y to set the database "
            "aside, or use the version of the portal that made it."
        )
    tell(f"It is kept in {set_aside(VAR)}.")


def with_database(command: list[str]) -> int:
    """The exit status of a command that runs with DATABASE_URL set."""
    if not command:
        raise Fault("Say which command needs the database: with-database COMMAND [ARGUMENT ...].")
    with portal.stopping_in_order(), available(VAR) as variables:
        return _status(command, {**os.environ, **variables})
    return 130


def _status(command: list[str], environment: dict[str, str]) -> int:
    """Run the command to its own end: Ctrl-C reaches it as well, SIGTERM is passed on."""
    try:
        process = subprocess.Popen(command, env=environment)
    except OSError as error:
        raise Fault(f"{command[0]} cannot be run ({(error.strerror or '').lower()}).") from error
    signal.signal(signal.SIGINT, lambda number, frame: None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: process.send_signal(number))
    status = process.wait()
    return status if status >= 0 else 128 - status


def fresh() -> int:
    """Remove ``var`` after asking: the database, the built files and the local secret key."""
    if not VAR.exists():
        tell("There is nothing to remove.")
        return 0
    with unused(VAR):
        if not _agreed(f"Remove {VAR} with the database and everything in it? [y/N] "):
            tell("Nothing was removed.")
            return 0
        remove_refuge(VAR)
        shutil.rmtree(VAR)
    tell("Removed. The next start makes everything again.")
    return 0


def _agreed(question: str) -> bool:
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        tell("")
        return False


def main(arguments: list[str]) -> int:
    """Do what the first argument says."""
    match arguments:
        case ["serve"]:
            return serve()
        case ["with-database", *command]:
            return with_database(command)
        case ["fresh"]:
            return fresh()
    sys.stderr.write(__doc__.strip() + "\n")
    return 2


if __name__ == "__main__":
    sys.exit(plainly(lambda: main(sys.argv[1:])))
