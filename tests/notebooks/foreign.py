"""Notebooks as other people write them: forty kinds, each with the outputs that its tools really give.

    python tests/notebooks/foreign.py some_folder

`FOREIGN` maps a name to a function that gives the notebook as plain JSON data, as it would lie on a disk: pandas,
Styler, matplotlib, Pillow and IPython's tracebacks write their outputs here themselves, only no kernel runs. `WARNED`
says which of them must be told about in the log, and by which words. All persons and figures are invented.
"""

import base64
import io
import json
import linecache
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from IPython.core.ultratb import VerboseTB
from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image

Output = dict[str, Any]
Cell = dict[str, Any]
DISTRICTS = ("Kỳ Anh", "Cẩm Xuyên", "Thạch Hà", "Đức Thọ", "Hương Sơn", "Nghi Xuân", "Lộc Hà", "Vũ Quang")
LOREM = (
    "Lực lượng chức năng đã phối hợp tuần tra, kiểm soát trên các tuyến đường chính và vận động người dân ký cam kết. "
)


# ---- the parts of a notebook


def md(source: str, **more: Any) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source.splitlines(keepends=True), **more}


def code(source: str, *outputs: Output, count: int | None = 1, **metadata: Any) -> Cell:
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
        "outputs": list(outputs),
    }


def raw(source: str, **metadata: Any) -> Cell:
    return {"cell_type": "raw", "metadata": metadata, "source": source.splitlines(keepends=True)}


def stream(text: str, name: str = "stdout") -> Output:
    return {"output_type": "stream", "name": name, "text": text.splitlines(keepends=True)}


def result(plain: str = "", **data: Any) -> Output:
    """An execute_result; `html=`, `markdown=`, `latex=` are short for their types."""
    return {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": _bundle(plain, data)}


def shown(plain: str = "", *, notes: dict[str, Any] | None = None, **data: Any) -> Output:
    """A display_data; `notes` are its metadata."""
    return {"output_type": "display_data", "metadata": notes or {}, "data": _bundle(plain, data)}


def _bundle(plain: str, data: dict[str, Any]) -> dict[str, Any]:
    short = {"html": "text/html", "markdown": "text/markdown", "latex": "text/latex", "svg": "image/svg+xml",
             "png": "image/png", "jpeg": "image/jpeg", "json": "application/json"}  # fmt: skip
    bundle = {short.get(name, name): value for name, value in data.items()}
    return bundle | ({"text/plain": plain} if plain else {})


def notebook(*cells: Cell | str, minor: int = 4, **metadata: Any) -> dict[str, Any]:
    """Strings are markdown cells."""
    return {
        "nbformat": 4,
        "nbformat_minor": minor,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}, **metadata},
        "cells": [md(cell) if isinstance(cell, str) else cell for cell in cells],
    }


def table(frame: pd.DataFrame) -> Output:
    """What a notebook gets for a data frame on the last line of a cell."""
    return result(frame.to_string(max_rows=10, max_cols=10), html=frame._repr_html_())


def styled(styler: Any) -> Output:
    return result("<pandas.io.formats.style.Styler>", html=styler._repr_html_())


def figure(kind: str, *, alt: str | None = None, n: int = 8) -> Output:
    """A chart of matplotlib in one of its formats."""
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "fixed"}):
        chart = Figure(figsize=(6, 3))
        axes = chart.subplots()
        axes.barh(DISTRICTS[:n], range(3, 3 + n), color="#0b5563")
        axes.set_xlabel("số vụ trộm cắp")
        axes.set_title("Vũ Quang được nhắc nhiều nhất")
        data = io.BytesIO()
        kept = {"Date": None} if kind == "svg" else {}
        chart.savefig(data, format=kind, bbox_inches="tight", **({"metadata": kept} if kept else {}))
    value = data.getvalue().decode() if kind == "svg" else base64.b64encode(data.getvalue()).decode()
    mime = {"svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg"}[kind]
    return shown("<Figure size 600x300 with 1 Axes>", notes={mime: {"alt": alt}} if alt else {}, **{mime: value})


def picture(kind: str, size: tuple[int, int] = (240, 90)) -> str:
    """A picture with a slope of colours, base64."""
    data = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(data, format=kind)
    return base64.b64encode(data.getvalue()).decode()


def traceback_of(statement: str) -> Output:
    """The error that `statement` raises, coloured as in a notebook."""
    try:
        linecache.cache["<cell>"] = (len(statement), None, statement.splitlines(keepends=True), "<cell>")
        exec(compile(statement, "<cell>", "exec"), {})
    except Exception as error:
        writer = VerboseTB(theme_name="linux", long_header=False, include_vars=False)
        lines = writer.structured_traceback(type(error), error, error.__traceback__, tb_offset=1)
        name, value = type(error).__name__, str(error)
    return {"output_type": "error", "ename": name, "evalue": value, "traceback": list(lines)}


# ---- frames


def cases() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "huyện": DISTRICTS,
            "số vụ": [48, 42, 36, 30, 24, 18, 12, 6],
            "tỷ lệ": [0.22, 0.194, 0.167, 0.139, 0.111, 0.083, 0.056, 0.028],
            "ghi chú": ["", None, "tính cả thị xã", "", "số ước tính", "", None, "thiếu tháng 3"],
        }
    )


def both_axes() -> pd.DataFrame:
    rows = pd.MultiIndex.from_product([("Hà Tĩnh", "Nghệ An"), DISTRICTS[:4]], names=["tỉnh", "huyện"])
    columns = pd.MultiIndex.from_product([(2022, 2023), ("vụ", "người"), ("ít nhất", "nhiều nhất")])
    return pd.DataFrame([[r * 7 + c for c in range(8)] for r in range(8)], index=rows, columns=columns)


# ---- the notebooks


def data_frame() -> dict:
    return notebook(
        "# Các vụ theo huyện",
        code("df", table(cases())),
        code("df.describe()", table(cases().describe())),
        code("df.dtypes", result(cases().dtypes.to_string())),
        code("df['huyện'].value_counts()", result(cases()["huyện"].value_counts().to_string())),
        language="vi",
    )


def multi_index_on_both_axes() -> dict:
    return notebook("# Both axes", code("pivot", table(both_axes())), code("pivot.T", table(both_axes().T)))


def styler_with_gradient() -> dict:
    frame = cases()[["huyện", "số vụ", "tỷ lệ"]].set_index("huyện")
    style = frame.style.format({"tỷ lệ": "{:.1%}"}, decimal=",").set_caption("Tỷ lệ <nghiêm trọng> & khác")
    style = style.background_gradient(cmap="YlOrRd", subset=["số vụ"]).highlight_max(color="#ffd0d0", subset=["tỷ lệ"])
    bars = frame.style.bar(color="#0b556380").set_properties(**{"font-weight": "bold"})
    return notebook("# Styler", code("style", styled(style)), code("bars", styled(bars)), language="vi")


def styler_over_groups() -> dict:
    style = both_axes().style.highlight_between(left=20, right=30, color="#dff3e4").hide(level=0, axis="index")
    return notebook("# Styler with groups", code("style", styled(style.set_caption("Both axes"))))


def sixty_columns() -> dict:
    frame = pd.DataFrame([[r * c for c in range(60)] for r in range(6)], columns=[f"biến_{c:02}" for c in range(60)])
    with pd.option_context("display.max_columns", None):
        return notebook("# Sixty columns", code("df", table(frame.set_index(pd.Index(DISTRICTS[:6], name="huyện")))))


def five_hundred_rows() -> dict:
    frame = pd.DataFrame({"ngày": pd.date_range("2022-01-01", periods=500), "số vụ": range(500)})
    with pd.option_context("display.max_rows", None):
        return notebook("# Five hundred rows", code("df", table(frame)))


def texts_in_a_frame() -> dict:
    frame = pd.DataFrame({"id": range(5), "câu": [LOREM * n for n in range(1, 6)], "url": ["https://example.org/" + "a/" * 30] * 5})
    with pd.option_context("display.max_colwidth", None):
        return notebook("# Texts in cells", code("df", table(frame)), language="vi")


def coloured_traceback() -> dict:
    statement = "def rate(n, residents):\n    return n / residents\n\nrate(3, 0)  # chia cho không"
    return notebook(
        "# Errors",
        code(statement, traceback_of(statement)),
        code("{'khóa': 1}['mã']", traceback_of("{'khóa': 1}['mã']")),
        code("!pip install x", {"output_type": "error", "ename": "", "evalue": "", "traceback": []}),
    )


def huge_output() -> dict:
    lines = "".join(f"{i:06}  đã xử lý bài {i} trong {i % 7 / 10:.1f} giây\n" for i in range(3000))
    return notebook("# A long log", code("run()", stream(lines)))


def progress_and_colours() -> dict:
    bar = "".join(f"\r{n:3}%|{'█' * (n // 10):<10}| {n}/100" for n in range(0, 101, 5))
    return notebook(
        "# Terminal",
        code("train()", stream(bar + "\n", "stderr"), stream("\x1b[1;32mxong\x1b[0m \x1b]8;;http://x.org\x07liên kết\x1b]8;;\x07\n")),
        code("warn()", stream("/tmp/x.py:3: FutureWarning: sẽ bỏ\n  f(x)\n", "stderr"), stream("kết quả\n"), stream("tiếp\n", "stderr")),
        code("print('a\\tb')", stream("a\tb\tc\n1\t2\t3\n\n\ndòng sau hai dòng trống   \n")),
    )


def widgets_without_state() -> dict:
    view = {"model_id": "5f0c", "version_major": 2, "version_minor": 0}
    return notebook(
        "# Widgets",
        code("slider", shown("IntSlider(value=7, max=10)", **{"application/vnd.jupyter.widget-view+json": view})),
        code("tqdm", shown("  0%|          | 0/10 [00:00<?, ?it/s]", **{"application/vnd.jupyter.widget-view+json": view})),
        code("only_view", shown(**{"application/vnd.jupyter.widget-view+json": view})),
    )


def plotly_and_bokeh() -> dict:
    script = '<div id="p1"></div><script>Plotly.newPlot("p1", [])</script>'
    return notebook(
        "# Interactive charts",
        code("fig", shown(html=script, **{"application/vnd.plotly.v1+json": {"data": [{"x": [1, 2]}], "layout": {}}})),
        code("show(p)", shown("Figure(id='1001', ...)", html=script, **{"application/javascript": "alert(1)"})),
        code("alt", shown("alt.Chart(...)", **{"application/vnd.vegalite.v5+json": {"mark": "bar"}})),
    )


def pictures_of_matplotlib() -> dict:
    return notebook(
        "# Charts",
        code("plt.show()", figure("svg", alt="bars, Vũ Quang the longest")),
        code("plt.show()", figure("png", alt="the same as a bitmap")),
        code("plt.show()", figure("jpeg", alt="the same as a photograph")),
        code("plt.show()", figure("svg", alt="three bars", n=3)),
    )


def attachments_and_pictures() -> dict:
    attached = {"slope.png": {"image/png": picture("PNG")}, "b.jpg": {"image/jpeg": picture("JPEG")}}
    return notebook(
        md("# Attached\n\n![dốc màu](attachment:slope.png)\n\nand in a line ![small](attachment:b.jpg) too", attachments=attached),
        f'<img src="data:image/gif;base64,{picture("GIF")}" alt="a GIF" width="50%">',
        f'<center><img src="data:image/webp;base64,{picture("WEBP")}" alt="a WebP" style="width: 120px"></center>',
        '<svg width="120" height="40" role="img" aria-label="a circle"><circle cx="20" cy="20" r="15" fill="teal"/><text x="45" y="25">tròn</text></svg>',
        f'| ![in a table](data:image/png;base64,{picture("PNG", (400, 300))}) | words beside it |\n|---|---|\n| a | b |',
        code("img", shown(png=picture("PNG", (3000, 4000)), notes={"image/png": {"alt": "a tall picture", "width": 200}})),
    )


def markdown_tables() -> dict:
    return notebook(
        "# Tables in prose",
        "| huyện | vụ | tỷ lệ | *chú* |\n|:--|--:|:-:|---|\n"
        + "".join(f"| **{name}** | {n * 3} | {n},5 % | `mã_{n}` [x](https://example.org/{n}) |\n" for n, name in enumerate(DISTRICTS)),
        "| a \\| b | $x^2$ | |\n|---|---|---|\n| một<br>hai | <sub>dưới</sub> | ~~bỏ~~ |\n\nOne column:\n\n| only |\n|---|\n| 1 |",
        "| " + " | ".join(f"cột {i}" for i in range(14)) + " |\n" + "|---" * 14 + "|\n" + ("| 12.345 " * 14 + "|\n") * 3,
        language="vi",
    )


def lists_of_all_kinds() -> dict:
    return notebook(
        "# Lists\n\n- một\n  - hai\n    1. ba\n    2. bốn\n       - năm\n         - sáu\n           - bảy\n- tám",
        "1. first\n\n   a paragraph of the item\n\n   ```\n   code in an item\n   ```\n\n2. second\n\n   > quote in an item\n\n"
        "   | a | b |\n   |---|---|\n   | table | in item |\n\n10) ten\n11) eleven",
        "- [x] done\n- [ ] open **bold**\n  - [x] nested\n\n* star\n+ plus\n\nTerm\n: definition one\n: definition two with `code`",
        "<ul><li>raw <ol type='a' start='3'><li>c</li><li>d</li></ol></li></ul><menu><li>menu</li></menu>",
    )


def quotes_and_rules() -> dict:
    return notebook(
        "# Quotations\n\n> Một câu trích.\n> Tiếp theo.\n>\n> — người nói\n\n> > lồng\n>\n> - danh sách\n> - hai\n\n***\n\n"
        "> ```python\n> x = 1\n> ```\n\n<blockquote cite='x'><p>HTML</p><footer>— nguồn</footer></blockquote>\n\n___\n\nhết",
        '<div class="alert alert-block alert-warning"><b>Chú ý:</b> dữ liệu thử.</div>\n\n<div style="color:red">đỏ <font color="blue">xanh</font></div>',
    )


def html_and_entities() -> dict:
    return notebook(
        "# Entities &amp; tags\n\n&copy; 2023 &mdash; caf&eacute; &lt;b&gt; &nbsp;&#8364; &#x1EEF; &hearts; AT&T &notanentity; 5 &gt; 3",
        "<h3>A raw heading</h3><p align='right'>right</p><p>a<br/>b<br>c<wbr>d</p><abbr title='Công an'>CA</abbr> <ruby>漢<rt>hán</rt></ruby>",
        "<!-- comment --> seen <!-- another --> too <custom-tag>custom</custom-tag> <span style='display:none'>hidden</span>",
        "<table><caption>HTML in prose</caption><tr><th rowspan='2'>tỉnh</th><th colspan='2'>năm</th></tr><tr><th>2022</th><th>2023</th></tr>"
        "<tr><td>Hà Tĩnh</td><td align='right'>1.250</td><td align='right'>1.310</td></tr></table>",
        "<form><input type='text' value='typed'><button>Press</button><select><option>one</option></select></form>"
        "<iframe src='https://example.org'>no frames</iframe><video src='x.mp4'></video><details open><summary>Thêm</summary>nội dung</details>",
    )


def links_and_anchors() -> dict:
    return notebook(
        "# Links\n\n1. [to a heading](#Second-part) 2. [GitHub's way](#second-part) 3. <a href='#here'>to an id</a> 4. [reference][r] 5. <https://example.org/a_b?c=d&e=1#f> "
        "6. https://example.org/bare 7. [mail](mailto:a@example.org) 8. [a file](data/x.csv) 9. [with title](https://example.org 'tiêu đề')\n\n[r]: https://example.org/ref",
        '<a id="here"></a>\n## Second part\n\n<a name="old"></a>An old anchor, [back](#old), [**bold** link](https://example.org/bold), footnote[^n].\n\n[^n]: With [link](https://example.org/note).',
        code("display(HTML)", shown(html='<p id="out">an output, <a href="#here">back</a>, <a href="https://example.org/out">away</a></p>')),
        "[to the output](#out)",
    )


def emoji_and_symbols() -> dict:
    return notebook("# Kết quả 🎉\n\n✅ đạt ❌ hỏng ⚠️ chú ý 👩‍🔬 🇻🇳 → ★ ☎ ✓ ½ ² € ₫ № ‰ … “ngoặc” ‘đơn’ –", code("print('🚓')", stream("🚓 xe\n")))


def right_to_left_and_cjk() -> dict:
    return notebook(
        "# Scripts\n\nالعربية: مرحبا بالعالم. עברית: שלום עולם. 中文：你好，世界。日本語：こんにちは。한국어: 안녕하세요. ไทย: สวัสดี. हिन्दी: नमस्ते. Ελληνικά, русский.",
        code("print(x)", stream("中文 mixed with 日本語 and tiếng Việt\n")),
        "| 语言 | word |\n|---|---|\n| 中文 | 世界 |\n| العربية | عالم |",
    )


def unbroken_lines() -> dict:
    return notebook(
        "# Unbroken",
        code("x = '" + "a" * 400 + "'", stream("=" * 300 + "\n" + "đ" * 250 + "\n" + "/đường/dẫn" * 40 + "\n")),
        "W" * 180 + "\n\nhttps://example.org/" + "a-b_c" * 50 + "\n\n`" + "m" * 160 + "`\n\n# " + "h" * 90,
        code("key", result("'" + "0123456789abcdef" * 20 + "'")),
        code("df", table(pd.DataFrame({"hash": ["f" * 128, "e" * 128], "n": [1, 2]}))),
    )


def raw_cells() -> dict:
    return notebook(
        raw("---\ntitle: front matter of Quarto\nformat: pdf\n---\n"),
        "# Raw cells",
        raw("as it is: <b>not bold</b>, #let x = 1"),
        raw("<p>raw <b>HTML</b></p>", raw_mimetype="text/html"),
        raw("raw *markdown*", raw_mimetype="text/markdown"),
        raw("\\LaTeX only", raw_mimetype="text/latex"),
        raw("reStructured *text*", format="text/restructuredtext"),
    )


def bash_notebook() -> dict:
    return notebook(
        "# Shell",
        code('for f in *.txt; do\n  wc -l "$f" | awk \'{print $1}\'  # đếm dòng\ndone', stream("12\n7\n")),
        code("ls -la", stream("total 8\ndrwxr-xr-x  2 user user 4096 Jan  1 00:00 .\n-rw-r--r--  1 user user  120 Jan  1 00:00 bài.txt\n")),
        kernelspec={"name": "bash", "display_name": "Bash", "language": "bash"},
        language_info={"name": "bash", "mimetype": "text/x-sh"},
    )


def r_notebook() -> dict:
    frame = (
        '<table class="dataframe"><caption>A data.frame: 2 × 3</caption><thead><tr><th scope=col>huyện</th><th scope=col>n</th>'
        '<th scope=col>p</th></tr><tr><th scope=col>&lt;chr&gt;</th><th scope=col>&lt;int&gt;</th><th scope=col>&lt;dbl&gt;</th></tr></thead>'
        "<tbody><tr><td>Kỳ Anh</td><td>48</td><td>0.22</td></tr><tr><td>Lộc Hà</td><td>12</td><td>0.05</td></tr></tbody></table>"
    )
    latex = "A data.frame: 2 × 3\n\\begin{tabular}{r|lll}\n a & b\\\\\n\\end{tabular}\n"
    return notebook(
        "# R",
        code("head(df)", result("  huyện n p", html=frame, latex=latex, markdown="A data.frame: 2 × 3\n")),
        code("c(a=1, b=2)", result("a b \n1 2", html="<style>.dl-inline {width: auto}</style>\n<dl class=dl-inline><dt>a</dt><dd>1</dd><dt>b</dt><dd>2</dd></dl>\n")),
        code("x", result("[1] 1 2 3", html="<ol class=list-inline><li>1</li><li>2</li><li>3</li></ol>\n")),
        code("summary(lm(n ~ p))", shown("\nCall:\nlm(formula = n ~ p)\n\nCoefficients:\n            Estimate Std. Error t value Pr(>|t|)    \n(Intercept)  1.2e+00    3.4e-01   3.529  0.00241 ** \n")),
        kernelspec={"name": "ir", "display_name": "R", "language": "R"},
        language_info={"name": "R", "version": "4.3.1"},
    )


def odd_metadata() -> dict:
    cells = [
        "# Odd metadata",
        code("x", result("1"), collapsed=True, scrolled="auto", jupyter={"outputs_hidden": True}),
        code("", count=None),
        code("   \n", stream("")),
        code("y", shown("caption as number", notes={"width": "wide", "needs_background": "light", "image/png": None})),
        md(""),
        {**md("with an id of its own"), "metadata": {"slideshow": {"slide_type": "skip"}, "toc": True, "nested": {"a": [1]}}},
    ]
    return notebook(*cells, title="  ", authors=[1, {"name": "Nhóm dữ liệu"}, {}], date=2023, report="no dictionary", toc={"base_numbering": 1})


def format_3() -> dict:
    """As IPython 0.13 to 2 wrote them: worksheets, heading cells, `input`, outputs with bare names."""
    cells = [
        {"cell_type": "heading", "level": 1, "metadata": {}, "source": "Sổ ghi cũ"},
        {"cell_type": "markdown", "metadata": {}, "source": ["Bài *cũ* viết năm 2013."]},
        {"cell_type": "heading", "level": 3, "metadata": {}, "source": ["Phần hai"]},
        {"cell_type": "code", "collapsed": False, "input": ["print 'xin chào'"], "language": "python", "metadata": {}, "prompt_number": 1,
         "outputs": [{"output_type": "stream", "stream": "stdout", "text": ["xin chào\n"]},
                     {"output_type": "pyout", "prompt_number": 1, "metadata": {}, "text": ["<matplotlib at 0x1>"], "html": ["<b>đậm</b>"]},
                     {"output_type": "display_data", "metadata": {}, "png": picture("PNG"), "text": ["<Figure>"]},
                     {"output_type": "pyerr", "ename": "NameError", "evalue": "x", "traceback": ["\x1b[1;31mNameError\x1b[0m: x"]}]},
    ]  # fmt: skip
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "Sổ"}, "worksheets": [{"cells": cells, "metadata": {}}]}


def format_4_0() -> dict:
    nb = notebook("# Format 4.0", code("1 + 1", result("2")), "words", minor=0, orig_nbformat=2, signature="sha256:0")
    del nb["metadata"]["kernelspec"]
    return nb


def empty() -> dict:
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


def latex_outputs() -> dict:
    return notebook(
        "# LaTeX from programs",
        code("expr", result("Integral(exp(-x**2), (x, -oo, oo))", latex="$\\displaystyle \\int\\limits_{-\\infty}^{\\infty} e^{- x^{2}}\\, dx$")),
        code("Matrix", result("Matrix", latex="$\\displaystyle \\left[\\begin{matrix}1 & x\\\\y & \\frac{1}{2}\\end{matrix}\\right]$")),
        code("Math", shown("<IPython.core.display.Math object>", latex="$\\displaystyle \\hat{\\beta} = (X^\\top X)^{-1} X^\\top y$")),
        code("Eq", shown("Eq", latex="\\begin{equation}\\operatorname{E}\\left[X\\right] = \\sum_{i} x_{i} p_{i}\\end{equation}")),
        code("words", shown("the words", latex="Giá trị là $x = 3$ và $y = 4$.")),
    )


def formulas() -> dict:
    lines = (
        r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}\begin{bmatrix} a \\ b \end{bmatrix} = \begin{vmatrix} x & y \\ z & w \end{vmatrix}",
        r"f(x) = \begin{cases} x^2 & \text{nếu } x \ge 0 \\ -x & \text{ngược lại} \end{cases}",
        r"\begin{aligned} (a+b)^2 &= a^2 + 2ab + b^2 \\ &= c \end{aligned}",
        r"\sum_{i=1}^{n} x_i \quad \prod_{j} y_j \quad \int_0^1 \!\! f\,dx \quad \lim_{n\to\infty} a_n \quad \bigcup_{k} A_k",
        r"\frac{\partial f}{\partial x} + \dfrac{1}{1+\frac{1}{x}} \binom{n}{k} \sqrt[3]{x+y}",
        r"\hat{x} \bar{y} \vec{v} \dot{q} \tilde{z} \overline{AB} \underbrace{a+b}_{\text{tổng}} \overbrace{c}^{n}",
        r"\alpha\beta\gamma\delta\epsilon\varepsilon\zeta\eta\theta\lambda\mu\pi\rho\sigma\tau\phi\varphi\chi\psi\omega\Gamma\Delta\Omega",
        r"\mathbb{R}^n \supset \mathcal{L} \mathbf{x} \mathrm{d}x \mathfrak{g} \mathsf{A} \boldsymbol{\theta} \mathtt{code}",
        r"\left\{ x \in \mathbb{R} \;\middle|\; x > 0 \right\} \cup \left(\frac{a}{b}\right] \| v \|_2 \lfloor x \rfloor",
        r"P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)} \tag{1}",
        r"x \xrightarrow{n \to \infty} y \quad A \overset{d}{=} B \quad \arg\max_\theta \log L \quad a \not= b \quad \substack{i<j \\ k}",
        r"\begin{array}{c|c} a & b \\ \hline 1 & 2 \end{array} \quad \begin{split} u &= v \\ w &= z \end{split}",
        r"\color{red}{x} + \phantom{y} + \operatorname*{argmin}_{x} g(x) + {n \choose k} + \textstyle\sum 1 \ldots \cdots",
        r"\sin^2\theta + \cos^2\theta = 1,\quad e^{i\pi} + 1 = 0,\quad 25\,\%,\ \$5,\ 37^{\circ}\mathrm{C}, x' , x''_1",
    )  # fmt: skip
    return notebook(
        "# Formulas\n\nInline $a_1 < b^{2}$ and \\(c\\) and $\\mathcal{O}(n \\log n)$; a price of $5 and $10 stays.",
        *(f"$${line}$$" for line in lines),
        "\\begin{align}\na &= b \\label{eq:1}\\\\\nc &= d \\nonumber\n\\end{align}\n\n\\[ x = y \\]\n\n- in a list $x^2$\n- $$\\sum_i x_i$$",
    )


def unknown_macros() -> dict:
    return notebook(
        "# Unknown macros\n\n$\\newcommand{\\R}{\\mathbb{R}}$ then $x \\in \\mymacro{y}$.",
        "$$\\begin{tikzpicture}\\draw (0,0) -- (1,1);\\end{tikzpicture}$$\n\n$$ \\frac{a}{ $$",
        code("x", result("plain", latex="$\\strange{q}$")),
    )


def displays_of_other_kinds() -> dict:
    return notebook(
        "# Displays",
        code("JSON", shown("<IPython.core.display.JSON object>", json={"khóa": [1, {"sâu": None}], "đúng": True, "text": "a\nb"})),
        code("Markdown", shown("<Markdown>", markdown="### Một đề mục\n\n- **đậm**\n- [liên kết](https://example.org)\n\n| a | b |\n|---|---|\n| 1 | 2 |")),
        code("HTML", shown("<HTML>", html="<h4>Tiêu đề HTML</h4><p style='color: green'>xanh</p><progress value='3' max='10'></progress>")),
        code("geo", shown("<GeoJSON>", **{"application/geo+json": {"type": "Point", "coordinates": [105.9, 18.3]}})),
        code("both", shown("plain twin", html="<em>rich twin</em>"), result("None")),
        code("pdf", shown("<PDF>", **{"application/pdf": picture("PNG")})),
        code("tb", shown("audio", html='<audio controls src="data:audio/wav;base64,AAAA">no audio</audio>')),
    )


def long_input() -> dict:
    block = '"""Mô-đun."""\n\n' + "".join(
        f"def bước_{i}(x: int) -> str:\n    # ghi chú {i}: giữ nguyên dấu\n    return f'{{x}} vụ' * {i}\n\n" for i in range(40)
    )
    return notebook("# Much code", code(block), code("%%sql\nSELECT huyện, count(*) AS n\nFROM vụ -- chú thích\nGROUP BY 1", stream("8 rows\n")))


def headings_of_all_levels() -> dict:
    return notebook(
        "Words before any heading.",
        *("#" * level + f" Cấp {level} *nghiêng* `mã` $x^{level}$\n\n{LOREM}" for level in (2, 4, 1, 6, 3, 3, 5)),
        "Setext one\n===\n\nSetext two\n---\n\n#Not a heading\n\n#### Trailing ####",
        language="vi",
    )


def nothing_but_prose() -> dict:
    return notebook("# Prose", *(f"## Phần {i}\n\n{LOREM * 6}\n\n{LOREM * 4}[^{i}]\n\n[^{i}]: Nguồn {i}." for i in range(1, 8)), language="vi")


def tables_in_tables() -> dict:
    inner = "<table><tr><td>trong 1</td><td>trong 2</td></tr></table>"
    return notebook(
        "# Tables",
        code("nested", shown(html=f"<table><tr><th>ngoài</th><th>list</th></tr><tr><td>{inner}</td><td><ul><li>x</li><li>y</li></ul></td></tr></table>")),
        code("side_by_side", shown(html=f"<div style='display:flex'>{cases().head(3).to_html()}{cases().tail(2).to_html()}</div>")),
        code("spans", shown(html="<table><tr><td colspan=3>cả hàng</td></tr><tr><td rowspan=2>cao</td><td>1</td><td>2</td></tr><tr><td colspan=2>rộng</td></tr></table>")),
        code("footer", shown(html="<table><thead><tr><th>a</th></tr></thead><tfoot><tr><td>tổng 3</td></tr></tfoot><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table>")),
    )


def plain_tables() -> dict:
    frame = cases()
    return notebook(
        "# As text",
        code("print(df)", stream(frame.to_string() + "\n")),
        code("print(md)", stream("\n".join(f"| {a:<10} | {b:>5} |" for a, b in zip(frame["huyện"], frame["số vụ"], strict=True)) + "\n")),
        code("box", stream("┌────────┬─────┐\n│ huyện  │   n │\n├────────┼─────┤\n│ Kỳ Anh │  48 │\n└────────┴─────┘\n")),
        code("df.info()", stream("<class 'pandas.DataFrame'>\nRangeIndex: 8 entries, 0 to 7\n #   Column  Non-Null Count  Dtype\n---  ------  --------------  -----\n")),
    )


FOREIGN: dict[str, Callable[[], dict]] = {
    make.__name__: make
    for make in (
        data_frame, multi_index_on_both_axes, styler_with_gradient, styler_over_groups, sixty_columns, five_hundred_rows,
        texts_in_a_frame, coloured_traceback, huge_output, progress_and_colours, widgets_without_state, plotly_and_bokeh,
        pictures_of_matplotlib, attachments_and_pictures, markdown_tables, lists_of_all_kinds, quotes_and_rules,
        html_and_entities, links_and_anchors, emoji_and_symbols, right_to_left_and_cjk, unbroken_lines, raw_cells,
        bash_notebook, r_notebook, odd_metadata, format_3, format_4_0, empty, latex_outputs, formulas, unknown_macros,
        displays_of_other_kinds, long_input, headings_of_all_levels, nothing_but_prose, tables_in_tables, plain_tables,
    )
}  # fmt: skip


def write_notebooks(folder: Path) -> list[Path]:
    """Write every notebook into `folder`; their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}.ipynb" for name in FOREIGN]
    for path, make in zip(paths, FOREIGN.values(), strict=True):
        path.write_text(json.dumps(make(), ensure_ascii=False, indent=1), encoding="utf-8")
    return paths


if __name__ == "__main__":
    print(*write_notebooks(Path(sys.argv[1])), sep="\n")
