"""What a database of PostgreSQL is made of, in words that stay: no numbers of the catalogue."""

from collections import defaultdict

from django.db import connection

from compare.records import Record

# Each gives (what it belongs to, line). Names are in PostgreSQL's own quoting.
OURS = "n.nspname = 'public'"
QUERIES = (
    # A column's place in its table is not told: adding a column in another order is no change.
    f"""
    SELECT 'table ' || c.relname,
           'column ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
           || CASE a.attidentity WHEN '' THEN '' ELSE ' identity ' || a.attidentity::text END
           || CASE WHEN a.attcollation NOT IN (0, t.typcollation)
              THEN ' collation ' || a.attcollation::regcollation::text ELSE '' END
           || CASE a.attgenerated WHEN '' THEN '' ELSE ' generated ' || a.attgenerated::text END
           || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE {OURS} AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
    """,
    f"""
    SELECT 'table ' || c.relname, 'constraint ' || o.conname || ' ' || pg_get_constraintdef(o.oid)
           || CASE WHEN o.convalidated THEN '' ELSE ' not valid' END
    FROM pg_constraint o
    JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS} AND o.contype <> 'n'
    """,
    f"""
    SELECT 'table ' || c.relname, 'index ' || pg_get_indexdef(i.indexrelid)
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS}
    """,
    f"""
    SELECT 'table ' || c.relname, 'trigger ' || pg_get_triggerdef(g.oid)
           || CASE g.tgenabled WHEN 'O' THEN '' ELSE ' enabled ' || g.tgenabled::text END
    FROM pg_trigger g
    JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS} AND NOT g.tgisinternal
    """,
    f"""
    SELECT 'table ' || c.relname, 'comment ' || coalesce(a.attname || ': ', '') || m.description
    FROM pg_description m
    JOIN pg_class c ON c.oid = m.objoid AND m.classoid = 'pg_class'::regclass
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = m.objsubid AND m.objsubid > 0
    WHERE {OURS}
    """,
    f"""
    SELECT 'function ' || p.proname || '(' || pg_get_function_arguments(p.oid) || ')',
           pg_get_functiondef(p.oid)
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE {OURS} AND p.prokind <> 'a'
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    """,
    f"""
    SELECT 'view ' || c.relname, pg_get_viewdef(c.oid)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE {OURS} AND c.relkind IN ('v', 'm')
    """,
    f"""
    SELECT 'sequence ' || c.relname,
           format_type(s.seqtypid, NULL) || ' from ' || s.seqstart || ' by ' || s.seqincrement
           || coalesce(' of ' || d.refobjid::regclass::text, '')
    FROM pg_sequence s
    JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_depend d ON d.objid = c.oid AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
    WHERE {OURS}
    """,
    "SELECT 'extensions', extname FROM pg_extension",
)


def read_schema() -> list[Record]:
    """Every table, function, view and sequence of the database that Django is connected to."""
    found: dict[str, list[str]] = defaultdict(list)
    with connection.cursor() as cursor:
        for query in QUERIES:
            cursor.execute(query)
            for place, said in cursor.fetchall():
                found[place] += [_lines(said)] if place.startswith("table ") else said.splitlines()
    return [
        Record(place, "schema", sorted(lines) if place.startswith(("table ", "ext")) else lines)
        for place, lines in sorted(found.items())
    ]


def _lines(said: str) -> str:
    """One thing of a table is one line, whatever it looks like in the catalogue."""
    return " ".join(said.split())
