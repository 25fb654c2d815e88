"""Make ``.venv`` and install in it exactly what requirements.lock names: what the portal runs on.

With ``develop`` it is requirements-dev.lock, which names the same packages and those that test it.

This runs before anything is installed, under whatever ``python3`` the machine has: it uses the
standard library only, and no syntax newer than Python 3.6, so that an old Python is told so in a
sentence rather than with a syntax error.
"""

# ruff: noqa: UP031

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
LOCK = os.path.join(
    ROOT, "requirements-dev.lock" if "develop" in sys.argv[1:] else "requirements.lock"
)
RUNNING = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(VENV, "requirements.sha256")
LOG = os.path.join(VENV, "install.log")
OLDEST = (3, 11)


def main():
    """Bring .venv up to date; at once when it is."""
    wanted = fingerprint(LOCK)
    if is_ready(wanted):
        return 0
    with open(RUNNING) as turn:
        # Two starts at the same time take turns; the second then finds everything done.
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_ready(wanted):
            if not has_pip(PYTHON):
                make_venv()
            install()
            with open(STAMP, "w") as stamp:
                # What tests the portal comes with all that it runs on.
                stamp.write("%s %s" % (fingerprint(RUNNING), wanted))
    return 0


def fingerprint(path):
    """What a lock names, in a few characters."""
    with open(path, "rb") as lock:
        return hashlib.sha256(lock.read()).hexdigest()


def is_ready(wanted):
    """True when .venv holds what is wanted, and the Python that it was made with is still there."""
    return wanted in read(STAMP).split() and os.access(PYTHON, os.X_OK)


def read(path):
    """A file's text, or nothing where there is none."""
    try:
        with open(path) as file:
            return file.read()
    except FileNotFoundError:
        return ""


def has_pip(python):
    """False where there is no .venv, or half of one, or the Python it was made with has gone."""
    return runs(python, "import pip, sys; sys.exit(sys.version_info[:2] < (%d, %d))" % OLDEST)


def runs(python, program):
    """True when the Python is there and the program ends well."""
    try:
        return (
            subprocess.call(
                [python, "-c", program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            == 0
        )
    except OSError:
        return False


def make_venv():
    """Make .venv with this Python; where it is too old, with a newer one if the machine has it."""
    if sys.version_info[:2] < OLDEST:
        use_newer_python()
    version = "%d.%d" % sys.version_info[:2]
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        fail(
            "Python's venv module is missing: install it (on Debian and Ubuntu with "
            "`apt-get install python%s-venv`) and start again." % version
        )
    tell("Making .venv with Python %s." % version)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", VENV],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if made.returncode:
        fail(
            "The folder .venv could not be made (%s): check that this user may write in the "
            "project's folder and that the disk has room." % last_line(made.stdout.decode())
        )


def use_newer_python():
    """Start again under a Python that is new enough; does not return."""
    for minor in range(19, OLDEST[1] - 1, -1):
        newer = shutil.which("python3.%d" % minor)
        if newer and runs(newer, "import venv, ensurepip"):
            sys.stdout.flush()
            os.execv(newer, [newer, "-I", os.path.abspath(__file__), *sys.argv[1:]])
    fail(
        "Python %d.%d or newer is needed, and this is Python %d.%d: install a newer one with its "
        "venv module, and name it if it is not found by itself, as in "
        "`make run PYTHON=python3.12`." % (OLDEST + sys.version_info[:2])
    )


def install():
    """Install the locked packages; pip's own account of it goes to a log."""
    name = os.path.basename(LOCK)
    tell("Installing the Python packages of %s (a few minutes the first time)." % name)
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--no-input", "-r", LOCK]
    command.append("--disable-pip-version-check")
    with open(LOG, "w") as log:
        status = subprocess.call(command, stdout=log, stderr=subprocess.STDOUT)
    if status:
        fail(
            "The Python packages could not be installed (%s): check the network connection and "
            "start again; %s has the details." % (last_line(read(LOG)), os.path.relpath(LOG, ROOT))
        )


def last_line(text):
    """The last line that says what is wrong, without its full stop."""
    lines = [line.strip() for line in text.splitlines() if line.strip()] or ["no reason given"]
    errors = [line[len("ERROR:") :] for line in lines if line.startswith("ERROR:")]
    return (errors or lines)[-1].strip().rstrip(".:")


def tell(sentence):
    """Say what takes so long."""
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()


def fail(sentence):
    """End with one plain sentence."""
    sys.stderr.write(sentence + "\n")
    sys.exit(1)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        fail(
            "%s cannot be used (%s): check that this user may write in the project's folder and "
            "that the disk has room." % (error.filename or "A file", str(error.strerror).lower())
        )
