"""What people typed is read as text wherever Markdown or HTML would read more into it."""

from __future__ import annotations

import pytest

from pso_core.ui.plain import as_html, as_label

JOINER = "\u2060"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("1.1 งานวางแผน (กรอ.)", "1.1 งานวางแผน (กรอ.)"),
        ("พ.ร.บ. ข้อมูล พ.ศ. 2540", "พ.ร.บ. ข้อมูล พ.ศ. 2540"),
        ("2.10", "2.10"),
        ("1. ข้อแรก", "1\\. ข้อแรก"),
        ("1. a", "1\\. a"),
        ("12.", "12\\."),
        ("1) ข้อแรก", "1\\) ข้อแรก"),
        ("2544-10-09", "2544-10-09"),
        ("- ขีด", "\\- ขีด"),
        ("+ บวก", "\\+ บวก"),
        ("ก - ข + ค = ง", "ก - ข + ค = ง"),
        ("# หัวข้อ", "\\# หัวข้อ"),
        ("**หนา** _เอน_ ~ขีดฆ่า~ `โค้ด`", "\\*\\*หนา\\*\\* \\_เอน\\_ \\~ขีดฆ่า\\~ \\`โค้ด\\`"),
        ("[ลิงก์](http://localhost/a.b)", f"\\[ลิงก์\\](http:{JOINER}//localhost/a.b)"),
        ("![ภาพ](x)", "!\\[ภาพ\\](x)"),
        ("http://x", f"http:{JOINER}//x"),
        ("www.x.th", f"www{JOINER}.x.th"),
        ("(WWW.x.th) _www.x.th", f"(WWW{JOINER}.x.th) \\_www{JOINER}.x.th"),
        ("a.b@c.de", f"a.b@{JOINER}c.de"),
        (":red[แดง] :material/bolt:", f":{JOINER}red\\[แดง\\] :{JOINER}material/bolt:{JOINER}"),
        ("<b>&lt; $x^2$ | \\", "\\<b\\>\\&lt; \\$x\\^2\\$ \\| \\\\"),
        ("สอง\nบรรทัด\t แท็บ", "สอง บรรทัด แท็บ"),
    ],
)
def test_a_label_shows_what_was_typed(typed, label):
    assert as_label(typed) == label


def test_html_shows_what_was_typed_with_its_line_breaks():
    assert as_html("<script>'\"&\nบรรทัดใหม่") == "&lt;script&gt;&#x27;&quot;&amp;<br>บรรทัดใหม่"
