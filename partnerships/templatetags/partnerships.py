"""Words of this subject for its pages."""

from django import template

from partnerships import tables

register = template.Library()
register.filter("of_budget", tables.of_budget)
register.filter("read_at", tables.read_at)
