"""How much work a call is: the lines of the portal's own code that it runs, and no times."""

import sys
from collections.abc import Callable


def steps_of(call: Callable[[], object]) -> int:
    """The number of lines run within bcfportal/ and the apps beside it."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        if "/.venv/" in frame.f_code.co_filename or "/lib/python" in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


def is_linear(of: Callable[[int], object], size: int, most: float = 2.6) -> bool:
    """Whether twice the size is at most ``most`` times the work: of(n) does the work of size n."""
    one, two = steps_of(lambda: of(size)), steps_of(lambda: of(2 * size))
    return two <= most * one
