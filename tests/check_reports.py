"""Do the four reports open, and hold the numbers they should? Run by .ci/run on what `make report` left.

python tests/check_reports.py  ->  a line for each report; exit code 1 if one fails
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: figures of the seeds, as their articles print them, and both sides of the surname conflict
SENTENCES = (
    "phát hiện, điều tra, xử lý 155 vụ, 225 cá nhân, tổ chức vi phạm", "có 7/11 tổ dân phố lắp đặt mô hình camera an ninh",
    "đầu tư hơn 20 tỷ đồng", "78 mô hình tổ liên gia tự quản về an ninh trật tự", "kéo giảm 26,82% số vụ",
    "Đại tá Phạm Thanh Phương", "Đại tá Nguyễn Thanh Phương",
)  # fmt: skip


def text_of(path: Path) -> str:
    """All text of an HTML or PDF report, without white space."""
    if path.suffix == ".html":
        from bs4 import BeautifulSoup

        text = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text()
    else:
        import pypdfium2

        document = pypdfium2.PdfDocument(path)
        text = "".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    return re.sub(r"\s+", "", text)


def main() -> int:
    failed = 0
    for name in ("report.vi.html", "report.vi.pdf", "report.en.html", "report.en.pdf"):
        path = ROOT / "reports" / name
        try:
            text = text_of(path)
        except Exception as error:
            print(f"{name}: does not open: {error}")
            failed += 1
            continue
        missing = [s for s in SENTENCES if re.sub(r"\s+", "", s) not in text]
        failed += bool(missing)
        print(
            f"{name}: {path.stat().st_size / 1000:.0f} kB, "
            + (f"MISSING {missing}" if missing else f"{len(SENTENCES)} sentences found")
        )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
