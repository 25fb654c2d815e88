"""What the gallery shows of a component: what it says of itself, and its examples."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.template import engines
from django.template.loader import get_template

from bcfportal.lib import present

# The comment that each component begins with, on a line or several.
_SAYS = re.compile(r"\{#.*?#\}(?:\s*\{#.*?#\})*", re.DOTALL)
_PARAMETERS = re.compile(r"\bParameters?: ")


@dataclass(frozen=True)
class Example:
    """A component with some content: what the content is, and the context that gives it."""

    title: str
    context: dict


@dataclass(frozen=True)
class Component:
    """A template that several pages take in, or a tag that shows one.

    ``template`` is its name. Of a tag, ``library`` and ``call`` are how a page writes it; one that
    ``holds`` something has an end tag, and its examples give what stands between as ``content``.
    ``in_frame`` is a part of every page's frame, which only the page of frames can show.
    """

    template: str
    examples: tuple[Example, ...] = ()
    library: str = ""
    call: str = ""
    holds: bool = False
    in_frame: bool = False

    @property
    def tag(self) -> str:
        """The name of the tag; "" for what is taken in by the name of its template."""
        return self.call.split()[0] if self.call else ""

    @property
    def name(self) -> str:
        """What the gallery heads it with, and pages write."""
        return f"{{% {self.call} %}}" if self.call else self.template

    @property
    def says(self) -> str:
        """What it is for, from the comment in its template."""
        return _PARAMETERS.split(self._comment)[0].strip()

    @property
    def parameters(self) -> str:
        """What it is given, from the comment in its template."""
        return _PARAMETERS.split(self._comment, maxsplit=1)[-1]

    @property
    def _comment(self) -> str:
        path = settings.BASE_DIR / "templates" / self.template
        return " ".join(re.sub(r"\{#|#\}", " ", present(_SAYS.search(path.read_text()))[0]).split())

    def rendered(self, request) -> list[tuple[str, str]]:
        """(title, HTML) of each example."""
        if self.call:
            held = f"{{{{ content }}}}{{% end{self.tag} %}}" if self.holds else ""
            source = f"{{% load {self.library} %}}{{% {self.call} %}}{held}"
            drawn = engines["django"].from_string(source)
        else:
            drawn = get_template(self.template)
        return [
            (example.title, drawn.render(example.context, request)) for example in self.examples
        ]
