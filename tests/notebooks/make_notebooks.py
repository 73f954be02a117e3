"""About thirty executed notebooks of many kinds, written without a kernel: the outputs are made here.

    python tests/notebooks/make_notebooks.py some_folder

`NOTEBOOKS` maps a name to a function that gives the notebook; `MEANT_TO_WARN` names those whose export
must say in the log that something is not shown as in the notebook. All persons and figures are invented.
"""

import base64
import json
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell

SVG_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="{w}pt" height="{h}pt" viewBox="0 0 {w} {h}">'
UNITS = ("Kỳ Anh", "Cẩm Xuyên", "Thạch Hà", "Đức Thọ", "Hương Sơn", "Nghi Xuân", "Lộc Hà", "Vũ Quang")
WORDS = {
    "vi": {
        "title": "An ninh trật tự qua báo chí địa phương", "subtitle": "Những con số báo đã đăng, 2017–2023",
        "questions": ("Kho bài nói về điều gì?", "Bao nhiêu vụ đã được đăng?", "Ai lên tiếng trong các bài?"),
        "sub": ("Theo huyện", "Theo tháng", "Điều chưa biết"), "appendix": "Câu gốc của từng con số",
        "facts": (("Bài đã đọc", "214"), ("Thời gian", "tháng 3/2017 – tháng 12/2023"), ("Con số đối chiếu được", "38 trên 412"),
                  ("Nguồn", "báo địa phương, chỉ tiếng nói chính thức")),
        "note": "Đây là những con số được đăng trên báo, không phải thống kê tội phạm. Bài trùng nhau chỉ tính một lần.",
        "prose": "Công an huyện đã phát hiện {link} vụ, bắt giữ 35 đối tượng và thu giữ hơn 2,5 kg ma túy. So với cùng kỳ, "
        "số vụ giảm ở đa số địa phương, nhưng các bài không nêu rõ căn cứ so sánh; vì vậy chúng tôi không cộng những con số "
        "này với nhau. Lực lượng chức năng phối hợp cùng Nhân dân giữ vững an ninh trật tự trên địa bàn.",
        "caption": "Kỳ Anh được nhắc nhiều nhất", "source": "Nguồn: 214 bài báo, 2017–2023",
        "alt": "Biểu đồ cột ngang: Kỳ Anh 48 vụ, nhiều nhất; Vũ Quang 6 vụ, ít nhất.",
        "columns": ("Địa bàn", "Số vụ", "Đối tượng", "Tiền phạt (triệu đồng)", "Căn cứ"), "kept": "Số vụ theo địa bàn",
        "quote": "Trong năm, Công an huyện đã phát hiện, bắt giữ {mark} vụ với 35 đối tượng phạm tội về ma túy.",
        "article": "Giữ vững bình yên trên quê hương Kỳ Anh, 2023-12 · mở bài", "takeaway": "Điều rút ra",
    },
    "en": {
        "title": "Public order in the local press", "subtitle": "Figures the papers printed, 2017–2023",
        "questions": ("What is the corpus about?", "How many cases were reported?", "Who speaks in the articles?"),
        "sub": ("By district", "By month", "What is not known"), "appendix": "The sentence behind every number",
        "facts": (("Articles read", "214"), ("Period", "March 2017 – December 2023"), ("Figures confirmed", "38 of 412"),
                  ("Sources", "local newspapers, official voices only")),
        "note": "These are figures printed in newspapers, not crime statistics. Reprints are counted once.",
        "prose": "District police reported {link} cases, the arrest of 35 suspects and the seizure of more than 2.5 kg of drugs. "
        "Compared with the year before the number of cases fell in most districts, but the articles do not say what the base of "
        "the comparison is; these figures are therefore not added up. Every number leads to the sentence it was read from.",
        "caption": "Kỳ Anh is named most often", "source": "Source: 214 newspaper articles, 2017–2023",
        "alt": "Horizontal bars: Kỳ Anh 48 cases, the most; Vũ Quang 6, the fewest.",
        "columns": ("District", "Cases", "Suspects", "Fines (million đồng)", "Evidence"), "kept": "Cases by district",
        "quote": "Trong năm, Công an huyện đã phát hiện, bắt giữ {mark} vụ với 35 đối tượng phạm tội về ma túy.",
        "article": "Giữ vững bình yên trên quê hương Kỳ Anh, 2023-12 · lead", "takeaway": "What to take away",
    },
}  # fmt: skip


def png(width: int = 120, height: int = 60) -> str:
    """A small real PNG, base64."""
    rows = b"".join(b"\0" + bytes((11, 85 + y % 90, 99)) * width for y in range(height))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    body = b"".join(
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in chunks
    )
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + body).decode()


def bar_chart(values: dict[str, int], *, width: int = 420) -> str:
    """Horizontal bars as matplotlib writes them: text as text in DejaVu Sans."""
    height, top = 22 * len(values) + 30, max(values.values())
    parts = [SVG_HEAD.format(w=width, h=height)]
    for row, (name, value) in enumerate(values.items()):
        y, length = 12 + 22 * row, (width - 150) * value / top
        colour = "#0b5563" if not row else "#b9c4c8"
        parts.append(f'<rect x="100" y="{y}" width="{length:.1f}" height="14" fill="{colour}"/>')
        style = "font: 9px 'DejaVu Sans'"
        parts.append(f'<text x="94" y="{y + 11}" style="{style}; text-anchor: end">{name}</text>')
        parts.append(f'<text x="{104 + length:.1f}" y="{y + 11}" style="{style}">{value}</text>')
    parts.append(f'<text x="100" y="{height - 4}" style="font: 8px \'DejaVu Sans\'">số vụ (ữ ặ ề ỹ đ)</text>')
    return "".join(parts) + "</svg>"


def display(data: dict, **metadata) -> NotebookNode:
    return new_output("display_data", data=data, metadata=metadata)


def code(source: str, *outputs: NotebookNode, **metadata) -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), execution_count=1, metadata=metadata)


def notebook(*cells: NotebookNode | str, **metadata) -> NotebookNode:
    """Strings are markdown cells."""
    made = [new_markdown_cell(cell) if isinstance(cell, str) else cell for cell in cells]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"  # ids of nbformat are random; ours repeat
    return new_notebook(cells=made, metadata=metadata)


def html_cell(source: str) -> NotebookNode:
    return code("table", display({"text/html": source, "text/plain": "table"}))


def _evidence(language: str, n_items: int) -> str:
    words, items = WORDS[language], []
    for n in range(n_items):
        quote = words["quote"].format(mark=f'<mark id="ev-A{n}-1">{150 + n}</mark>')
        items.append(
            f'<li id="s-A{n}-1"><p class="ref">[A{n} P9] {words["article"]}</p><blockquote lang="vi">{quote}</blockquote></li>'
        )
    return f'<ol class="evidence-list">{"".join(items)}</ol>'


def _report_table(language: str, number: int) -> str:
    words = WORDS[language]
    head = "".join(
        f'<th scope="col"{" class=num" if 0 < i < 4 else ""}>{w}</th>' for i, w in enumerate(words["columns"])
    )
    rows = "".join(
        f'<tr><th scope="row">{name}</th><td class="num"><a class="evidence" href="#ev-A{i}-1">{150 + i}</a></td>'
        f'<td class="num">{35 + i}</td><td class="num">{"1.250,5" if i else "310"}</td>'
        f"<td>báo tỉnh<br><small>{2017 + i % 7}</small>"
        f"{' <span class=' + chr(34) + 'badge badge-contradicted' + chr(34) + '>contradicted</span>' if i == 2 else ''}</td></tr>"
        for i, name in enumerate(UNITS)
    )
    caption = (
        f'<caption><strong>{words["kept"]}</strong> <span class="source">{words["source"]}</span></caption>'
    )
    return f'<table id="tbl-{number}" class="report">{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def report(language: str, n_evidence: int = 120) -> NotebookNode:
    """A merged report as the project builds it: chapters, charts, tables, an appendix of evidence."""
    words = WORDS[language]
    cells: list[NotebookNode | str] = [f"# {words['title']}"]
    for number, question in enumerate(words["questions"]):
        cells.append(f"## {question}")
        for part, name in enumerate(words["sub"]):
            link = f'<a class="evidence" href="#ev-A{number * 9 + part}-1">{150 + number * 9 + part}</a>'
            cells.append(
                f"### {name}\n\n"
                + words["prose"].format(link=link)
                + "\n\n"
                + words["prose"].format(link="**155**")
            )
            notes = {
                "alt": words["alt"],
                "caption": words["caption"],
                "source": words["source"],
                "id": f"fig-{number}-{part}",
            }
            chart = bar_chart({name: 48 - 6 * i for i, name in enumerate(UNITS)})
            cells.append(code("plot()", display({"image/svg+xml": chart}, **{"image/svg+xml": notes})))
            cells.append(html_cell(_report_table(language, number * 10 + part)))
            cells.append(
                f'<aside class="note"><p><strong>{words["takeaway"]}.</strong> {words["note"]}</p></aside>'
            )
    cells.append(f"## {words['appendix']}\n\n{_evidence(language, n_evidence)}")
    front = {"subtitle": words["subtitle"], "summary": [list(f) for f in words["facts"]], "note": words["note"],
             "running_head": words["title"]}  # fmt: skip
    return notebook(*cells, title=words["title"], language=language, date="2024-01-15", report=front,
                    authors=[{"name": "Tổ dữ liệu"}])  # fmt: skip


def single_chapter() -> NotebookNode:
    chart = bar_chart({name: 48 - 6 * i for i, name in enumerate(UNITS)})
    notes = {"alt": WORDS["vi"]["alt"], "caption": WORDS["vi"]["caption"]}
    return notebook(
        "# Bao nhiêu vụ đã được đăng?\n\nSố vụ do báo nêu.", "## Theo huyện",
        code("plot()", display({"image/svg+xml": chart}, **{"image/svg+xml": notes})), "## Theo tháng\n\nKhông rõ.",
        "## Giới hạn\n\nChỉ có tiếng nói chính thức.", title="Bao nhiêu vụ đã được đăng?", language="vi",
    )  # fmt: skip


def pandas_frame() -> NotebookNode:
    rows = "".join(
        f"<tr><th>{i}</th><td>{n}</td><td>{i * 1.5:.2f}</td><td>NaN</td></tr>" for i, n in enumerate(UNITS)
    )
    frame = (
        "<div>\n<style scoped>\n .dataframe tbody tr th {vertical-align: top;}\n</style>\n"
        '<table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>unit</th><th>rate</th><th>x</th>'
        f"</tr></thead><tbody>{rows}</tbody></table>\n<p>8 rows × 3 columns</p></div>"
    )
    return notebook(
        "# A data frame",
        code("df", new_output("execute_result", data={"text/html": frame, "text/plain": "df"})),
    )


def multi_index() -> NotebookNode:
    head = (
        '<tr><th></th><th></th><th colspan="2" halign="left">2022</th><th colspan="2" halign="left">2023</th></tr>'
        "<tr><th></th><th></th><th>n</th><th>%</th><th>n</th><th>%</th></tr><tr><th>province</th><th>unit</th>"
        + "<th></th>" * 4
        + "</tr>"
    )
    body = "".join(
        (f'<tr><th rowspan="4" valign="top">{("Hà Tĩnh", "Nghệ An")[i // 4]}</th>' if i % 4 == 0 else "<tr>")
        + f"<th>{name}</th><td>{i}</td><td>{i / 7:.1%}</td><td>{i + 2}</td><td>{i / 9:.1%}</td></tr>"
        for i, name in enumerate(UNITS)
    )
    return notebook(
        "# MultiIndex",
        html_cell(f'<table class="dataframe"><thead>{head}</thead><tbody>{body}</tbody></table>'),
    )


def styler() -> NotebookNode:
    return notebook(
        "# Styler",
        html_cell(
            '<style type="text/css">#T_a_row0_col0 {background-color: yellow;}</style><table id="T_a"><caption>Styled</caption>'
            '<thead><tr><th class="blank level0">&nbsp;</th><th class="col_heading">A</th></tr></thead>'
            '<tbody><tr><th class="row_heading">0</th><td id="T_a_row0_col0" class="data">1.5</td></tr></tbody></table>'
        ),
    )


def wide_table(n_columns: int, *, words: str = "12.345") -> NotebookNode:
    head = "".join(f"<th>cột {i}</th>" for i in range(n_columns))
    rows = "".join(f"<tr><th>{u}</th>" + f"<td>{words}</td>" * (n_columns - 1) + "</tr>" for u in UNITS)
    table = f"<table><caption>Bảng rộng</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return notebook("# Bảng rộng", "Trước bảng.", html_cell(table), "Sau bảng.", language="vi")


def long_table() -> NotebookNode:
    rows = "".join(f"<tr><td>Dòng {i}</td><td>{i * i}</td></tr>" for i in range(150))
    table = f"<table><caption>Bảng dài</caption><thead><tr><th>Tên đầu</th><th>Bình phương</th></tr></thead>{rows}</table>"
    return notebook("# Bảng dài", html_cell(table), language="vi")


def prose_table() -> NotebookNode:
    text = " ".join(["Công an huyện tuyên truyền, vận động Nhân dân giao nộp vũ khí."] * 4)
    rows = "".join(
        f"<tr><td>{i}</td><td>{text}</td><td>{text}</td><td>2023-12-{i + 10}</td></tr>" for i in range(6)
    )
    return notebook(
        "# Lời trong bảng",
        html_cell(f"<table><tr><th>Số</th><th>Câu</th><th>Bối cảnh</th><th>Ngày</th></tr>{rows}</table>"),
    )


def markdown_features() -> NotebookNode:
    return notebook(
        "# Everything *in* markdown\n\nA paragraph with **strong**, *emphasis*, ~~struck~~, `code`, a [link](https://example.org), "
        "a [heading link](#Lists-of-things), and a footnote.[^a] The same again.[^a] Hard  \nbreak.\n\n[^a]: The *note* itself.",
        "## Lists of things\n\n- one\n  - two\n    - three\n\n3. third\n4. fourth\n\n- [ ] open\n- [x] done\n\nTerm\n: its meaning",
        "## Quotes and rules\n\n> quoted\n>\n> > deeper\n\n---\n\n| left | right |\n|:--|--:|\n| a | 1 |\n| b | 22 |",
        "#### Skipped a level\n\n```python\ndef f(x):\n    return x + 1  # chú thích tiếng Việt: ữ ặ ề ỹ đ\n```\n\n    indented code",
        '<a id="target"></a>\n\n## Raw HTML\n\n<div align="center"><b>bold</b> H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> '
        "<u>under</u> <q>quoted</q></div>\n\n<dl><dt>Vụ</dt><dd>a case</dd></dl>\n\n<details><summary>More</summary>\n\nhidden *text*\n\n"
        '</details>\n\n<div class="cards"><div><strong>214</strong> articles</div><div><strong>412</strong> figures</div></div>\n\n'
        "back to [target](#target)",
    )


def mathematics() -> NotebookNode:
    return notebook(
        "# Mathematics\n\nInline $\\frac{a}{b} + \\sqrt[3]{x_i^2}$, $\\alpha \\le \\beta$, cost $5 and 10 dollars.",
        "$$\\sum_{i=1}^n \\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}$$\n\n"
        "\\begin{align} a &= b + c \\\\ d &= e \\end{align}",
        "$$f(x)=\\begin{cases} 1 & \\text{nếu } x>0 \\\\ 0 & \\text{otherwise}\\end{cases} \\quad "
        "\\left(\\begin{matrix} 1 & 2 \\\\ 3 & 4\\end{matrix}\\right) \\hat{\\theta} = \\operatorname{argmax}_\\theta L(\\theta)$$",
        code(
            "expr",
            new_output(
                "execute_result",
                data={"text/latex": "$\\displaystyle \\frac{x^{2}}{2}$", "text/plain": "x**2/2"},
            ),
        ),
    )


def outputs() -> NotebookNode:
    trace = [
        "\x1b[0;31m---------\x1b[0m",
        "\x1b[0;31mValueError\x1b[0m  Traceback (most recent call last)",
        "ValueError: sai",
    ]
    return notebook(
        "# Outputs",
        code("print('xin chào')", new_output("stream", text="xin "), new_output("stream", text="chào\n\x1b[32mxanh\x1b[0m\n")),
        code("warn()", new_output("stream", name="stderr", text="UserWarning: cẩn thận\n")),
        code("bar()", new_output("stream", text="10%\r50%\r100%\n")),
        code("1/0", new_output("error", ename="ValueError", evalue="sai", traceback=trace)),
        code("x", new_output("execute_result", data={"text/plain": "{'a': 1}"})),
        code("j", display({"application/json": {"khóa": [1, 2]}})),
        code("m", display({"text/markdown": "**đậm** và $x^2$", "text/plain": "?"})),
        code("w", display({"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "IntSlider(value=7)"})),
        code("empty"),
    )  # fmt: skip


def images() -> NotebookNode:
    data = png()
    cell = new_markdown_cell(
        '![a chart](attachment:x.png "Its caption")\n\nInline ![dot](attachment:x.png) image.'
    )
    cell["attachments"] = {"x.png": {"image/png": data}}
    return notebook(
        "# Images",
        cell,
        f'<figure id="fig-a"><img src="data:image/png;base64,{data}" alt="teal" width="200"><figcaption>Teal <em>box</em></figcaption>'
        "</figure>\n\nsee [the box](#fig-a)",
        code(
            "svg",
            display({"image/svg+xml": bar_chart({"A": 3, "B": 1})}, **{"image/svg+xml": {"alt": "two bars"}}),
        ),
        code("png", display({"image/png": png(2400, 300)}, **{"image/png": {"alt": "a very wide picture"}})),
    )


def hidden_cells() -> NotebookNode:
    return notebook(
        "# Tags",
        code("SECRET_REMOVED = 1", new_output("stream", text="removed output"), tags=["remove-cell"]),
        code("SECRET_INPUT = 1", new_output("stream", text="kept output"), tags=["hide-input"]),
        new_raw_cell("raw text is kept"),
        new_raw_cell("\\latexonly", metadata={"raw_mimetype": "text/latex"}),
    )


def multiple_titles() -> NotebookNode:
    return notebook("# First", "text", "### Far below", "# Second", "## Under second", language="en-GB")


def internal_links() -> NotebookNode:
    return notebook(
        "# Links\n\n[to Vietnamese](#Tiếng-Việt-có-dấu) [encoded](#Ti%E1%BA%BFng-Vi%E1%BB%87t-c%C3%B3-d%E1%BA%A5u) "
        '[span](#here) <a class="evidence" href="#here">155</a>',
        "## Tiếng Việt có dấu\n\nWords <span id='here'>here</span> and <span id='here'>again</span>.",
    )


def code_heavy() -> NotebookNode:
    long_line = "value = some_function(" + ", ".join(f"argument_{i}={i}" for i in range(30)) + ")"
    block = "\n".join(f"x{i} = {i}  # dòng {i}" for i in range(90))
    return notebook(
        "# Code",
        code(long_line),
        code(f'path = "{"x" * 300}"'),
        code(block),
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
    )


def empty() -> NotebookNode:
    return notebook()


def only_code() -> NotebookNode:
    return notebook(code("1 + 1", new_output("execute_result", data={"text/plain": "2"})))


def scripts() -> NotebookNode:
    return notebook(
        "# Scripts",
        code("p", display({"text/html": "<script>alert(1)</script>", "text/plain": "Figure(interactive)"})),
    )


def hostile() -> NotebookNode:
    nasty = (
        '#let x = 1; #read("/etc/passwd") $ @label <label> * _ ` // /* */ \\ ] [ } { " \' ~ -- ... = heading'
    )
    return notebook(
        f"# {nasty.replace('<', '').replace('$', '')}",
        f"<p>{nasty.replace('<', '&lt;')}</p>",
        code(nasty, new_output("stream", text=nasty)),
    )


def right_to_left() -> NotebookNode:
    return notebook(
        "# Scripts of the world\n\nעברית, Ελληνικά, русский, ქართული, Việt. Ⅷ ½ → ≤ “quotes” – dash — ellipsis…"
    )


def long_words() -> NotebookNode:
    url = "https://example.org/" + "rất-dài/" * 3 + "a" * 180
    return notebook(
        f"# Long words\n\n{'W' * 200}\n\n<{url}>\n\n`{'c' * 150}`\n\n| a | b |\n|---|---|\n| {'x' * 120} | 1 |"
    )


def many_footnotes() -> NotebookNode:
    text = " ".join(f"Câu {i}.[^{i}]" for i in range(1, 15))
    notes = "\n".join(f"[^{i}]: Ghi chú số {i}, xem thêm **bài {i}**." for i in range(1, 15))
    return notebook(
        f"# Chú thích\n\n{text}\n\n{notes}",
        "Ô khác.[^1]\n\n[^1]: Một ghi chú khác.\n\n    Đoạn hai của ghi chú.",
        language="vi",
    )


def nested_html() -> NotebookNode:
    return notebook(
        "# Nested\n\n<div><div><section><p>deep</p><ul><li>one<ul><li>two</li></ul></li></ul></section></div></div>\n\n"
        "<table><tr><td>outer<table><tr><td>inner</td><td>cell</td></tr></table></td><td><ul><li>a</li><li>b</li></ul></td></tr></table>"
        "\n\n<p>unclosed <b>bold <i>both</p>\n\n</div></div> stray\n\n<span>a <div>block in inline</div> b</span>\n\n"
        '<blockquote lang="vi">Một câu <mark>được đánh dấu</mark>.</blockquote>'
    )  # fmt: skip


def spans() -> NotebookNode:
    return notebook(
        "# Spans",
        html_cell('<table><tr><th rowspan=99>a</th><th colspan=50>b</th></tr><tr><td>1</td></tr><tr></tr><tr><td>2</td><td colspan="0">3</td></tr></table>'),
        html_cell("<table></table>"), html_cell("<table><tr></tr></table>"), html_cell("<table><caption>only</caption></table>"),
        html_cell("<table><thead><tr><th>only a head</th></tr></thead></table>"),
    )  # fmt: skip


def emoji() -> NotebookNode:
    return notebook("# Emoji 🎉\n\n中国 🚓 한국", code("print('🚓')", new_output("stream", text="🚓")))


def missing_pictures() -> NotebookNode:
    return notebook(
        "# Missing\n\n![gone](gone.png)\n\n![far](https://example.org/x.png)\n\n![up](../../etc/passwd)\n\n![](attachment:none.png)",
        code("x", display({"image/png": "bm90IGEgcG5n"})), code("y", display({"image/png": png()})),
        code("z", display({"image/svg+xml": "<svg"})),
    )  # fmt: skip


def unknown_math() -> NotebookNode:
    return notebook("# Unknown\n\n$\\foo{x}$ and\n\n$$\\begin{tikzcd} A \\end{tikzcd}$$")


def dangling_links() -> NotebookNode:
    return notebook('# Dangling\n\n[nowhere](#nowhere) and <a class="evidence" href="#ev-none">155</a>')


NOTEBOOKS: dict[str, Callable[[], NotebookNode]] = {
    "report_vi": lambda: report("vi"), "report_en": lambda: report("en"), "single_chapter": single_chapter,
    "pandas_frame": pandas_frame, "multi_index": multi_index, "styler": styler,
    "wide_10": lambda: wide_table(10), "wide_16": lambda: wide_table(16), "wide_40": lambda: wide_table(40),
    "wide_words": lambda: wide_table(9, words="một vụ phạm pháp hình sự"),
    "long_table": long_table, "prose_table": prose_table, "markdown_features": markdown_features, "mathematics": mathematics,
    "outputs": outputs, "images": images, "hidden_cells": hidden_cells, "multiple_titles": multiple_titles,
    "internal_links": internal_links, "code_heavy": code_heavy, "empty": empty, "only_code": only_code, "scripts": scripts,
    "hostile": hostile, "right_to_left": right_to_left, "long_words": long_words, "many_footnotes": many_footnotes,
    "nested_html": nested_html, "spans": spans, "emoji": emoji, "missing_pictures": missing_pictures,
    "unknown_math": unknown_math, "dangling_links": dangling_links,
}  # fmt: skip
MEANT_TO_WARN = frozenset({"emoji", "missing_pictures", "unknown_math", "dangling_links"})


def write_notebooks(folder: Path) -> list[Path]:
    """Write every notebook into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, make in NOTEBOOKS.items():
        paths.append(folder / f"{name}.ipynb")
        paths[-1].write_text(json.dumps(make(), ensure_ascii=False, indent=1), encoding="utf-8")
        nbformat.validate(nbformat.read(paths[-1], as_version=4))
    return paths


if __name__ == "__main__":
    print(*write_notebooks(Path(sys.argv[1])), sep="\n")
