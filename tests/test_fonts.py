"""Which letters a paper can print, and with which fonts."""

from bcfportal.lib.papers import typesetting
from bcfportal.lib.papers.typesetting import font_characters, printable


def test_printable_keeps_the_shape_of_data():
    assert printable({"a": ["x\ty", 1, None, {"b": "c\u2028d\r\ne"}]}) == {
        "a": ["x y", 1, None, {"b": "c\nd\ne"}]
    }


def test_unseen_marks_stay_with_letters_that_they_shape_only():
    text = "\u200b1\u200b5.4% of 1\u00ad0 \u2066b\u2069 c\ufe0f\u20e3"
    assert printable(text).startswith("15.4% of 10 b c")
    assert not {"\u200b", "\u00ad", "\u2066", "\u2069", "\ufe0f"} & set(printable(text))
    family, arabic = "👩\u200d👧", "می\u200cخواهم"
    assert printable(f"{family} {arabic}") == f"{family} {arabic}"


def test_fonts_are_read_by_their_tables(settings):
    characters = font_characters(settings.PDF_FONTS / "SourceSans3-Regular.ttf")
    assert {ord(character) for character in "aZé£χ–…□"} <= characters
    assert ord("中") not in characters
    emoji = font_characters(next(settings.PDF_FONTS.glob("NotoEmoji*.ttf")))
    assert ord("👍") in emoji


def test_fonts_of_other_scripts_are_read_only_for_a_text_that_has_them(monkeypatch):
    read = []

    def noted(path):
        read.append(path.name)
        return font_characters(path)

    monkeypatch.setattr(typesetting, "font_characters", noted)
    typesetting._glyphs.cache_clear()
    assert printable("dziękuję – £1.2m ≥ χ") == "dziękuję – £1.2m ≥ χ"
    assert {name.split("-")[0] for name in read} == {"SourceSans3"}
    assert printable("谢谢") == "谢谢"
    assert any(name.startswith("NotoSansSC") for name in read)
