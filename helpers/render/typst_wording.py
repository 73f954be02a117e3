"""The few words that the PDF exporter itself writes, in each language of a report."""

WORDING = {
    "vi": {
        "contents": "Mục lục",
        "figure": "Hình",
        "table": "Biểu",
        "page": "tr.",
        "part": "phần",
        "no_description": "Hình không có mô tả",
        "missing_image": "Không có hình",
        "only_in_notebook": "Kết quả này chỉ xem được trong sổ tay",
        "note": "Lưu ý",
        "input": "Lệnh",
        "output": "Kết quả",
    },
    "en": {
        "contents": "Contents",
        "figure": "Figure",
        "table": "Table",
        "page": "p.",
        "part": "part",
        "no_description": "Figure without description",
        "missing_image": "Image not available",
        "only_in_notebook": "This output can only be seen in the notebook",
        "note": "Note",
        "input": "In",
        "output": "Out",
    },
}


def wording(language: str) -> dict[str, str]:
    """The words of `language` ("vi", "en-GB", …); English where we have none."""
    return WORDING.get(language.split("-")[0].lower(), WORDING["en"])
