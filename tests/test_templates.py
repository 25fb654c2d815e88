"""Where templates stand and how they are named: a search for a name finds who uses it."""

import ast
import re
from pathlib import Path

import crispy_forms_gds
from django.conf import settings

from compare.capture.white_space import folded
from tests.packages import FLOORS
from tests.test_house import python_files

TEMPLATES = settings.BASE_DIR / "templates"
FILE = re.compile(r"[\w/-]+\.(html|txt|typ)")
LITERAL = re.compile(r"""(["'])([\w/-]+\.html)\1""")
IMPORTED = re.compile(r'^#(?:import|include) "([\w-]+\.typ)"', re.MULTILINE)
JOINING = {"format", "format_map", "join"}
# Django and crispy-forms name these themselves.
PACK = Path(crispy_forms_gds.__file__).parent / "templates"
# A template takes in those of its own floor and of the floors below, as code does.
TEMPLATE_FLOORS = (
    {"base.html", "fault.html", "unavailable.html", "components", "gds", "mail", "pdf"},
    *FLOORS,
)


def templates():
    """Every template by its name, as Django and Typst find it."""
    return {
        str(path.relative_to(TEMPLATES)): path.read_text()
        for path in sorted(TEMPLATES.rglob("*.*"))
        if path.suffix in {".html", ".txt", ".typ"}
    }


def texts_in(path):
    """The texts of a module, as nodes, but its docstrings."""
    tree = ast.parse(path.read_text())
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told
    ]


def parts_put_together(path):
    """The texts of which a module makes longer ones."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.JoinedStr):
            yield from node.values
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            yield from (node.left, node.right)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in JOINING:
            yield node.func.value


def of_the_portal():
    apart = {"tests", "bench", "compare"}
    for path in python_files():
        if path.relative_to(settings.BASE_DIR).parts[0] not in apart:
            yield path


def named_in_code():
    """(file, name) of every template that code names."""
    return [
        (path.relative_to(settings.BASE_DIR), node.value)
        for path in of_the_portal()
        for node in texts_in(path)
        if FILE.fullmatch(node.value)
    ]


def whole(name):
    """A paper is named as Typst knows it, within its own folder."""
    return f"pdf/{name}" if name.endswith(".typ") else name


def used_by(name, text):
    """The names of the templates that a template takes in."""
    if name.endswith(".typ"):
        return {f"pdf/{found}" for found in IMPORTED.findall(text)}
    return {found[2] for found in LITERAL.finditer(text)}


def test_every_template_that_is_named_is_there():
    there = templates()
    missing = [(str(path), name) for path, name in named_in_code() if whole(name) not in there]
    missing += [
        (name, used)
        for name, text in there.items()
        for used in used_by(name, text)
        if used not in there and not (PACK / used).exists()
    ]
    assert missing == []


def test_every_template_is_reached():
    there = templates()
    reached = set()
    wanted = [whole(name) for _, name in named_in_code()]
    wanted += [name for name in there if (PACK / name).exists()]
    while wanted:
        name = wanted.pop()
        if name in there and name not in reached:
            reached.add(name)
            wanted += used_by(name, there[name])
    assert sorted(set(there) - reached) == []


def test_no_name_of_a_template_is_put_together():
    made = [
        (path.name, part.value)
        for path in of_the_portal()
        for part in parts_put_together(path)
        if isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and re.search(r"\.(html|typ)$|^(mail|pdf|components)/", part.value)
    ]
    made += [
        (name, found)
        for name, text in templates().items()
        for found in re.findall(r"\{% *(?:include|extends) +([^\s%]+)", text)
        if not LITERAL.fullmatch(found)
    ]
    assert made == []


def test_templates_stand_in_the_folder_of_a_package_and_take_in_none_from_above():
    floor_of = {
        folder: floor for floor, folders in enumerate(TEMPLATE_FLOORS) for folder in folders
    }
    wrong = []
    for name, text in templates().items():
        folder = name.split("/")[0]
        assert folder in floor_of, f"{name} stands in no package's folder."
        for used in used_by(name, text):
            other = used.split("/")[0]
            beside = other != folder and floor_of[other] == floor_of[folder] != 0
            if floor_of[other] > floor_of[folder] or beside:
                wrong.append((name, used))
    assert wrong == []


def test_a_component_is_used_by_several_subjects():
    users = {}
    for name, text in templates().items():
        for used in used_by(name, text):
            users.setdefault(used, set()).add(name.split("/")[0])
    for path, name in named_in_code():
        users.setdefault(name, set()).add(path.parts[0])
    one_subject = {
        name
        for name in templates()
        if name.startswith("components/")
        and len(users.get(name, ())) == 1
        and not users[name] & {"base.html", "components", "bcfportal"}
    }
    assert one_subject == set()


def test_what_a_component_draws_no_other_template_draws_by_hand():
    drawn = {
        'class="govuk-error-summary"': {
            "components/error_box.html",
            "gds/layout/error_summary.html",
        },
        'class="govuk-breadcrumbs"': {"components/breadcrumb_trail.html"},
        '<aside class="portal-notes': {"components/notes.html"},
    }
    for markup, components in drawn.items():
        assert {name for name, text in templates().items() if markup in text} == components, markup


def test_no_line_of_a_template_is_longer_than_120_but_one_tag_alone():
    """White space counts in mails; a tag of Django's cannot be broken."""
    alone = re.compile(r"\{%(?:(?!%\}).)*%\}")
    longer = [
        (name, number)
        for name, text in templates().items()
        if not name.endswith(".txt")
        for number, line in enumerate(text.splitlines(), start=1)
        if len(line) > 120 and not alone.fullmatch(line.strip())
    ]
    assert longer == []


def test_white_space_is_folded_as_a_browser_folds_it_and_kept_where_it_counts():
    laid_out = """
      <p class="
          one
          two
        ">
        In <b>bold</b>
        <i
          title="a  b"
        >and</i>more.
      </p>
      <td>
        5
      </td>
      <button>
        Send
      </button> <textarea
        name="t"
      >
 x  y
</textarea> z
    """
    assert folded(laid_out) == (
        '<p class="one two">In <b>bold</b> <i title="a  b">and</i>more.</p><td>5</td>'
        '<button>Send</button> <textarea name="t">\n x  y\n</textarea> z '
    )
    assert folded("<b>a</b><i>b</i> c") == "<b>a</b><i>b</i> c"
    # What the style sheets make a block, a row or hide is one; a cell that is empty stays so.
    assert folded(
        '<td>1\n<span class="portal-table__detail">\nof 2 </span> </td> <td> </td><td></td>'
    ) == ('<td>1<span class="portal-table__detail">of 2</span></td><td>&#32;</td><td></td>')
    row = '<div class="govuk-button-group">{0}<button>a</button>{0}<a href="/">b</a>{0}</div>'
    assert folded(row.format("\n  ")) == row.format("")
    assert folded("a <button>b</button>\n<a>c</a>") == "a <button>b</button> <a>c</a>"
    form = '<form>{0}<input type="hidden">{0}<input>{1}<input></form>'
    assert folded(form.format("\n", " ")) == form.format("", " ")
    assert folded('<p class="portal-marked">\n a\n</p> b') == '<p class="portal-marked">\n a\n</p>b'
