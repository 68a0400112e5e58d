"""Where the charts of Lampang's pack are, in each language."""

CHART_FILES = {
    "th": ["แผนภูมิ/1 ระดับของแต่ละเกณฑ์.png", "แผนภูมิ/2 ค่าถ่วงน้ำหนัก.png", "แผนภูมิ/3 กิจกรรมบนปฏิทิน.png"],
    "en": ["charts/1 Levels of each criterion.png", "charts/2 Weights.png", "charts/3 Activities on the calendar.png"],
}
