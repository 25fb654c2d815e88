"""Which characters are never part of a text that people type."""

import re

# What PostgreSQL (NUL) or XML 1.0 cannot hold; tab, line feed and return are text.
NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
