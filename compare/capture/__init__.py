"""Writes down all that one version of the portal shows.

It runs inside a version that may be older or newer than these lines, so it imports none of its
modules: it knows Django, the addresses that the version has, and its two commands for loading.
"""
