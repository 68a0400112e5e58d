"""Texts that would do harm if any exporter took them for more than text."""

from __future__ import annotations

TEXTS = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    '=HYPERLINK("http://a.example","b")',
    "{=1}",
    "\t=1",
    "http://a.example/?q=1",
    "mailto:a@b.example",
    "1.10",
    "0012",
    "9/10/2544",
    "1e999",
    "<script>alert(1)</script>",
    "<r><t>ก</t></r>",
    "<r></t></sst></r>",
    "<w:t>&lt;&amp;</w:t>]]>",
    "'; DROP TABLE revision; --",
    '{ TOC \\o "1-9" } { INCLUDETEXT "C:/a" }',
    "{{ 7*7 }} {0} {name} %s ${x}",
    "_x0041_ _x000D_",
    "&D &P &[File] &&",
    "../../etc/passwd",
    "ประชุมที่กำแพงเพชร ซึ่งน้ำท่วม ๆ ฯลฯ",
    "🏛️👩🏽 𝕏",
    "ก" * 5_000,
)
UNREADABLE = "a\x00b\x07c\x0bd\x1be\x7ff\x85g\u200bh\u202ei\ufeffj\ufffek\ud800l\U0001fffem"
READ_AS = "abcdef\nghijklm"
