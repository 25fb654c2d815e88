"""Making the portal's data folder and starting a server on it."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from bcfportal.launch import server
from bcfportal.launch.faults import Fault
from bcfportal.launch.places import Place

LONGEST_SOCKET = 107
SECONDS_TO_START = 60
# The same order of letters on every machine, whatever languages are installed on it. "trust" is
# safe because the socket lies in a folder that only the server's user and root can enter.
INITDB = (
    f"--username={server.SUPERUSER}",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)


def start(place: Place, log: Path, socket_folder: Path | None = None) -> server.Server:
    """A server that takes connections, on data that is made first where there is none.

    ``socket_folder``: where the server before had its socket, if it is to be found there again.
    """
    if not (place.data / "PG_VERSION").exists():
        _make_data(place, log)
    server.await_children(place.data)
    _clear_stale(place.data)
    process = _spawn(place, log, socket_folder or _socket_folder(place))
    try:
        return await_ready(place.data, log, process)
    except BaseException:
        process.terminate()
        raise


def await_ready(data: Path, log: Path, process: subprocess.Popen | None = None) -> server.Server:
    """The server once it takes connections; after a crash it first puts its data in order."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        running = server.find(data)
        if running and running.ready:
            return running
        if process.poll() is not None if process else running is None:
            break
        time.sleep(0.02)
    raise _broken(data, log)


def _make_data(place: Place, log: Path) -> None:
    """Make the data folder, whole or not at all: under another name until it is finished."""
    data = place.data
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        log.write_text("PG_VERSION is missing.\n")
        raise _broken(data, log)
    new = data.with_name(data.name + ".new")
    if new.exists():  # an interrupted start left it; no data was ever in it
        shutil.rmtree(new)
    new.mkdir(mode=0o700)
    place.hand_over(new)
    process = _program(place, log, "initdb", *INITDB, "-D", str(new))
    try:
        failed = process.wait()
    except BaseException:  # Ctrl-C does not reach it by itself
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        raise
    if failed:
        raise Fault(f"The database could not be made ({_last_words(log)}): see {log}.")
    new.rename(data)


def _clear_stale(data: Path) -> None:
    """Remove the lock files of a server that was killed.

    PostgreSQL does so itself, unless another program has got the old server's number since.
    No server runs here: the caller looked, and holds the lock that lets nobody else start one.
    """
    for name in ("postmaster.pid", f".s.PGSQL.{server.PORT}.lock"):
        (data / name).unlink(missing_ok=True)


def _spawn(place: Place, log: Path, socket_folder: Path) -> subprocess.Popen:
    return _program(
        place,
        log,
        "postgres",
        *("-D", str(place.data), "-p", str(server.PORT)),
        *("-c", "listen_addresses="),
        *("-c", f'unix_socket_directories="{socket_folder}"'),
    )


def _program(place: Place, log: Path, name: str, *arguments: str) -> subprocess.Popen:
    """Start one of PostgreSQL's programs out of the terminal's reach: Ctrl-C is for the portal."""
    with log.open("wb") as output:
        return subprocess.Popen(
            [str(place.programs / name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **place.identity(),
        )


def _socket_folder(place: Place) -> Path:
    """The folder of the server's socket: the data folder, unless its name is too long for one."""
    if len(os.fsencode(place.data / f".s.PGSQL.{server.PORT}")) <= LONGEST_SOCKET:
        return place.data
    folder = Path(tempfile.mkdtemp(prefix="bcfportal-"))
    place.hand_over(folder)
    return folder


def _broken(data: Path, log: Path) -> Fault:
    return Fault(
        f"The database in {data} does not start ({_last_words(log)}): see {log}, or, if its "
        "data may be lost, remove that folder and the next start makes a new one."
    )


def _last_words(log: Path) -> str:
    """What the server itself names as the reason, else its last line."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    lines = [line.strip() for line in lines if line.strip()] or ["no reason given"]
    reasons = [line for line in lines if "FATAL:" in line or "PANIC:" in line or "error:" in line]
    reason = (reasons or lines)[-1]
    for mark in ("FATAL:", "PANIC:", "error:"):
        reason = reason.rpartition(mark)[2]
    return reason.strip().rstrip(".")
