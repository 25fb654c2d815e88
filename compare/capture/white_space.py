"""Pages with their white space as a browser shows it: how a template is laid out is not seen."""

import re

# White space beside these is not seen, on either side.
_BLOCKS = {
    *("html", "head", "meta", "title", "link", "script", "style", "body", "header", "div"),
    *("p", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody"),
    *("tfoot", "tr", "th", "td", "section", "article", "nav", "main", "footer", "form"),
    *("fieldset", "legend", "h1", "h2", "h3", "h4", "h5", "h6", "details", "summary"),
    *("option", "optgroup", "template", "br", "hr", "figure", "figcaption", "aside"),
    *("blockquote", "noscript", "colgroup", "col", "g", "path", "circle", "rect", "line"),
    "polyline",
}
# Within these it is not seen at either end; beside them it is.
_BOXES = {"button", "select", "svg"}
# What the style sheets show as a block, whatever the element.
_BLOCK_CLASSES = {
    *("portal-table__detail", "portal-figures__figure", "portal-standing__figure"),
    *("portal-history__detail", "portal-matrix__score", "govuk-label", "govuk-hint"),
    *("govuk-caption-xl", "govuk-caption-l", "govuk-caption-m", "govuk-details__summary-text"),
}
# What the style sheets set out in a row or a grid: white space between its parts is not seen.
_ROW_CLASSES = {
    *("govuk-button-group", "govuk-checkboxes__item", "govuk-radios__item"),
    *("govuk-input__wrapper", "govuk-service-navigation__container", "portal-heading-row"),
    *("portal-strip", "portal-bar-row", "portal-filters", "portal-period__inner"),
    *("portal-period__choice", "portal-header__inner", "portal-header__tools", "portal-search"),
    *("portal-tabs", "portal-variance-bar", "portal-money-table__ends", "portal-icon"),
    *("portal-exception__facts", "portal-sub-navigation", "portal-card__facts"),
    *("portal-register", "portal-register__choice"),
}
_VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_PIECE = re.compile(
    r"<!--.*?-->|(?P<kept><(textarea|pre|script|style)\b(?:\"[^\"]*\"|[^>\"])*>.*?</\2>)"
    # The style sheet keeps the line ends of these.
    r"|(?P<lines><p class=\"[^\"]*\bportal-marked\b[^\"]*\"[^>]*>.*?</p>)"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:\"[^\"]*\"|'[^']*'|[^>\"'])*>|[^<]+|<",
    re.DOTALL,
)
_IN_TAG = re.compile(r"\"[^\"]*\"|'[^']*'|\s+")
# Values that are lists of names: how much white space stands between them says nothing.
_NAMES = re.compile(r"\b(class|aria-describedby|aria-labelledby)=\"([^\"]*)\"")
_WHITE = " \t\n\r\f"


def _tag(text: str) -> str:
    """An opening or closing tag, its attributes a space apart; their values are as they were."""
    spaced = _IN_TAG.sub(lambda match: match[0] if match[0].strip() else " ", text)
    named = _NAMES.sub(lambda match: f'{match[1]}="{" ".join(match[2].split())}"', spaced)
    return re.sub(r" (?=/?>$)", "", named)


def _classes(tag: str) -> set[str]:
    value = re.search(r"\bclass=\"([^\"]*)\"", tag)
    return set(value[1].split()) if value else set()


class _Folding:
    """What was read so far, and whether white space would be seen where it ends."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.at_edge = True
        # The elements that are open: name, whether it is a block, whether it is a row.
        self.open: list[tuple[str, bool, bool]] = []

    def edge(self) -> None:
        """White space is not seen here, on either side."""
        if self.pieces:
            self.pieces[-1] = self.pieces[-1].rstrip(_WHITE)
        self.at_edge = True

    def text(self, piece: str) -> None:
        words = re.sub(r"[ \t\n\r\f]+", " ", piece)
        words = words.lstrip(" ") if self.at_edge else words
        if words:
            self.pieces.append(words)
            self.at_edge = False

    def tag(self, tag: str, name: str) -> None:
        """An opening tag."""
        in_row = bool(self.open) and self.open[-1][2]
        names = _classes(tag)
        hidden = name == "input" and 'type="hidden"' in tag
        block = name in _BLOCKS or hidden or in_row or bool(names & _BLOCK_CLASSES)
        row = bool(names & _ROW_CLASSES)
        if block:
            self.edge()
        self.pieces.append(tag)
        self.at_edge = block or row or name in _BOXES
        if name not in _VOID and not tag.endswith("/>"):
            self.open.append((name, block, row))

    def end(self, tag: str, name: str) -> None:
        """A closing tag."""
        block, row = name in _BLOCKS, False
        if any(other == name for other, _, _ in self.open):
            while self.open:
                other, block, row = self.open.pop()
                if other == name:
                    break
        if block or row or name in _BOXES:
            self.edge()
        self.pieces.append(tag)
        self.at_edge = block


def folded(page: str) -> str:
    """The page, its white space folded: none where a browser shows none, else one space.

    Texts in which white space counts (``textarea``, ``pre``, marked words) and values of
    attributes stay. A cell with nothing but white space keeps it: the style sheet asks whether it
    is empty.
    """
    folding = _Folding()
    for match in _PIECE.finditer(re.sub(r"(<td\b[^>]*>)\s+(?=</td>)", r"\1&#32;", page)):
        piece, name = match[0], (match["name"] or "").lower()
        if match["kept"]:
            head = piece.index(">") + 1
            kept = _tag(piece[:head]) + piece[head:]
            if match[2] != "textarea":
                folding.edge()
            folding.pieces.append(kept)
            folding.at_edge = match[2] != "textarea"
        elif match["lines"]:
            folding.edge()
            folding.pieces.append(piece)
        elif name and match["end"]:
            folding.end(_tag(piece), name)
        elif name:
            folding.tag(_tag(piece), name)
        elif piece.startswith("<!"):
            folding.pieces.append(piece)
        else:
            folding.text(piece)
    return "".join(folding.pieces)
