"""What differs between the portal as it was and as it is: ``make compare BASE=<commit>``.

Options in ARGS: --only text|files|schema, --council SLUG, --public (what everyone sees, and nobody
who signed in), --keep (the files of what is captured stay in var/compare), --again (captures anew
what was captured already).
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from compare.databases import throwaway
from compare.differences import compare
from compare.records import KINDS
from compare.report import short, summary, whole
from compare.versions import ROOT, VAR, Fault, Version, checked_out, version_of, working_tree

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIST = VAR / "differences.txt"


def main() -> int:
    """The exit status is 0 without differences, 1 with them, 2 where nothing could be compared."""
    parser = argparse.ArgumentParser(prog="make compare", description=__doc__)
    parser.add_argument("base", nargs="?", help="a commit, a branch or a tag")
    parser.add_argument("--only", choices=KINDS, default="")
    parser.add_argument("--council", default="", metavar="SLUG")
    parser.add_argument("--public", action="store_true")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--again", action="store_true")
    given = parser.parse_args()
    for number in STOPPING:
        signal.signal(number, _stop)
    try:
        return _compare(given)
    except Fault as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        return 130


def _stop(number: int, frame: object) -> None:
    """The first signal ends the run; those that follow would leave files and databases behind."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _compare(given: argparse.Namespace) -> int:
    if not given.base:
        raise Fault("Say what to compare with: make compare BASE=main (a commit, branch or tag).")
    before, after = version_of(given.base), working_tree()
    old = _captured(before, given)
    # Of the same files a second capture is made only to see whether it is the same.
    twice = "-again" if given.again and before.key == after.key else ""
    new = _captured(after, given, twice)
    comparison = compare(old, new, given.only, given.council)
    left_out = json.loads((new / "about.json").read_text()).get("left out", {})
    said = summary(comparison, left_out)
    found = comparison.differences
    LIST.write_text(f"{before.name}\n{after.name}\n\n{said}\n\n{whole(found)}\n", encoding="utf-8")
    if not found:
        print(f"No difference. {said}")
        return 0
    print(f"{short(found)}\n\nDifferences: {len(found)}. {said}")
    print(f"All of them are in {LIST.relative_to(ROOT)}.")
    return 1


def _captured(version: Version, given: argparse.Namespace, ending: str = "") -> Path:
    """The folder with the capture: a fitting one that is there, or a new one."""
    parts = [f"only-{given.only}"] if given.only else []
    parts += [f"council-{given.council}"] if given.council and given.only != "schema" else []
    parts += ["public"] if given.public else []
    narrow = VAR / f"{'-'.join([version.key, *parts])}{ending}"
    for folder in (VAR / version.key, narrow):
        if (folder / "about.json").exists() and not given.again:
            return folder
    sys.stderr.write(f"Looking at {version.name}\n")
    unfinished = narrow.with_name(f"{narrow.name}.{os.getpid()}")
    try:
        with checked_out(version, keep=given.keep) as files:
            _capture(files, unfinished, given)
            if given.keep:
                sys.stderr.write(f"  its files stay in {files.relative_to(ROOT)}\n")
        shutil.rmtree(narrow, ignore_errors=True)
        unfinished.rename(narrow)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return narrow


def _capture(files: Path, result: Path, given: argparse.Namespace) -> None:
    command = [sys.executable, "-m", "compare.capture", str(files), str(result)]
    command += ["--only", given.only, "--council", given.council]
    command += ["--public"] if given.public else []
    result.mkdir(parents=True)
    with throwaway(os.environ["DATABASE_URL"]) as variables:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **variables}, start_new_session=True
        )
        try:
            status = process.wait()
        except BaseException:
            # It and the visitors that it sent out. What it has made is removed by those outside.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
    if status:
        raise Fault(
            "The capture failed (see above). If the version needs other packages than those of "
            ".venv, it cannot be captured."
        )


if __name__ == "__main__":
    sys.exit(main())
