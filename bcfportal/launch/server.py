"""A PostgreSQL server that runs: how it is found, reached and stopped."""

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

NAME = "bcfportal"
SUPERUSER = "postgres"
PORT = 5432
SECONDS_TO_STOP = 30


@dataclass(frozen=True)
class Server:
    """A running server, as the postmaster.pid of its data folder tells."""

    pid: int
    socket_folder: Path
    ready: bool

    @property
    def url(self) -> str:
        """DATABASE_URL of the portal's database."""
        return f"postgresql://{SUPERUSER}@{host_of_url(self.socket_folder)}:{PORT}/{NAME}"


def find(data: Path) -> Server | None:
    """The server that runs on the data folder, if one does."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        process = psutil.Process(int(lines[0]))
        if not _serves(process, data):
            return None
    except (FileNotFoundError, NotADirectoryError, ValueError, IndexError, psutil.NoSuchProcess):
        return None
    # The file grows line by line while the server starts.
    inside = len(lines) < 5 or lines[4] == lines[1]
    ready = len(lines) > 7 and lines[7].strip() == "ready"
    return Server(process.pid, data if inside else Path(lines[4]), ready)


def stop(data: Path) -> None:
    """Stop the server, if one runs: at once but in order, and the hard way if it does not."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        server = find(data)
        if server is None:
            return
        try:
            process = psutil.Process(server.pid)
            process.send_signal(how)
            _await_end(process)
        except psutil.NoSuchProcess:
            pass
        if server.socket_folder != data:
            with suppress(OSError):  # rmdir removes nothing but the empty folder of a socket
                server.socket_folder.rmdir()


def _await_end(process: psutil.Process) -> None:
    """Wait until the process has ended, and collect it if this process started it."""
    deadline = time.monotonic() + SECONDS_TO_STOP
    while time.monotonic() < deadline and process.is_running():
        if process.status() == psutil.STATUS_ZOMBIE:
            with suppress(ChildProcessError):
                os.waitpid(process.pid, os.WNOHANG)
            return
        time.sleep(0.02)


def await_children(data: Path) -> None:
    """Wait until what a killed server left is gone: two on the same data would spoil them.

    PostgreSQL's processes end by themselves when they notice; what does not is ended.
    """
    deadline = time.monotonic() + SECONDS_TO_STOP
    while left := [process for process in psutil.process_iter() if _is_left(process, data)]:
        if time.monotonic() > deadline:
            for process in left:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGQUIT)
            deadline += SECONDS_TO_STOP
        time.sleep(0.05)


def _is_left(process: psutil.Process, data: Path) -> bool:
    try:
        return _serves(process, data)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return False


def host_of_url(folder: Path) -> str:
    """The socket's folder as the host of a URL.

    Everything but small letters is escaped, for dj-database-url takes the host in small letters,
    and that would make another folder of one with capitals in its name.
    """
    return "".join(
        chr(byte) if chr(byte).islower() and byte < 128 else f"%{byte:02x}"
        for byte in os.fsencode(folder)
    )


def _serves(process: psutil.Process, data: Path) -> bool:
    """True when the process is this folder's server.

    After a crash or a restart of the machine its number may be another program's; and a folder
    that was copied while its server ran names the server of the original.
    """
    if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
        return False
    try:
        return Path(process.cwd()) == data
    except psutil.AccessDenied:  # in some containers root may not look at other users' processes
        return str(data) in process.cmdline()
