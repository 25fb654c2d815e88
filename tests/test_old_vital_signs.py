"""A month that was frozen before measures had definitions of their own period reads as it did."""

import msgspec

from bcfportal.lib.periods import period_of
from bcfportal.lib.versions import canonical, fingerprint
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.statuses import statuses

# As schema 1 wrote it: what has its default is left out.
OLD = {
    "title": "Report",
    "period": "2016-17-m12",
    "exception_variance": "5",
    "segments": [],
    "measures": [
        {
            "slug": "wait",
            "collection": "vital signs",
            "text": "Wait",
            "unit": "days",
            "direction": "smaller is better",
            "tolerance": "5",
            "tolerance_kind": "relative",
            "targets": [{"period": "2016-17-m11", "status": "set", "value": "4"}],
            "figures": [
                {"period": "2016-17-m11", "status": "reported", "value": "3"},
                {"period": "2016-17-m12", "status": "reported", "value": "5"},
            ],
        }
    ],
}


def test_old_content_is_read_with_one_definition_and_written_as_it_was():
    sheet = msgspec.json.decode(canonical(OLD), type=VitalSigns)
    assert sheet.schema == 1
    (found,) = statuses(sheet, period_of(sheet.period))
    assert [found.rate(each).rating for each in found.figures] == ["green", "red"]
    assert [found.words_of(each) for each in found.figures] == ["3", "5"]
    assert found.from_previous.reason == "3 to 5"
    assert fingerprint(msgspec.to_builtins(sheet)) == fingerprint(OLD)


def _rated(schema, target, figures):
    measure = OLD["measures"][0] | {"targets": [target], "figures": figures}
    content = OLD | {"schema": schema, "measures": [measure]}
    sheet = msgspec.json.decode(canonical(content), type=VitalSigns)
    (found,) = statuses(sheet, period_of(sheet.period))
    return [found.rate(each).rating for each in found.figures]


def test_what_was_published_when_a_month_s_target_stood_on_keeps_its_colour():
    target, figures = OLD["measures"][0]["targets"][0], OLD["measures"][0]["figures"]
    assert _rated(1, target, figures) == ["green", "red"]
    assert _rated(2, target, figures) == ["green", "red"]
    assert _rated(3, target, figures) == ["green", "not rated"]


def test_what_was_published_amber_against_a_target_of_none_stays_amber():
    target = {"period": "2016-17-m12", "status": "set", "value": "0"}
    figures = [{"period": "2016-17-m12", "status": "reported", "value": "3"}]
    assert _rated(1, target, figures) == ["amber"]
    assert _rated(2, target, figures) == ["red"]
    assert _rated(3, target, figures) == ["red"]
