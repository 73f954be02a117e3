"""Time and memory of a report beside the least that it could take, in one run: ratios hold where seconds don't.

    make bench                               on the seeds
    make bench TEXT="articles/ more.jsonl"   the speed of extraction on other articles

Prints, for each measure, the value and the ratio to its floor. Nothing here fails: tests assert no time.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from themes import bench_themes

ROOT = Path(__file__).resolve().parents[2]
N_RUNS = 3
MAX_ARTICLES = 400


def run(arguments: list[str], *, cwd: Path) -> tuple[float, float, str]:
    """(seconds, peak MB of the largest process, what it printed)."""
    code = (
        "import resource, subprocess, sys, time; t = time.perf_counter();"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True, encoding='utf-8');"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss;"
        "print(time.perf_counter() - t, u); print(done.stdout); print(done.stderr[-2000:], file=sys.stderr); sys.exit(done.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, encoding="utf-8", cwd=cwd
    )
    if done.returncode:
        sys.exit(f"{' '.join(arguments)} failed:\n{done.stderr}")
    first, printed = done.stdout.split("\n", 1)
    seconds, peak = map(float, first.split())
    return seconds, peak / 1024, printed


def bench_report() -> None:
    """A full build from nothing but the installation, against floor.py."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(
            ROOT, root, ignore=shutil.ignore_patterns(".venv", ".git", ".cache", "reports", "__pycache__", ".*_cache")
        )
        environment_note = (
            "with bytecode" if not os.environ.get("PYTHONDONTWRITEBYTECODE") else "bytecode is not written"
        )
        reports, floors, peaks = [], [], []
        for _ in range(N_RUNS):
            shutil.rmtree(root / ".cache", ignore_errors=True)
            shutil.rmtree(root / "reports", ignore_errors=True)
            seconds, peak, _ = run([sys.executable, "-m", "helpers", "report"], cwd=root)
            reports.append(seconds)
            peaks.append(peak)
            shutil.rmtree(root / ".cache", ignore_errors=True)
            _, _, printed = run([sys.executable, str(ROOT / "tests" / "bench" / "floor.py")], cwd=root)
            floors.append(json.loads(re.findall(r"\{.*\}", printed)[-1])["seconds"])
        best, floor = min(reports), min(floors)
        print(
            f"report            {best:8.2f} s   floor {floor:.2f} s   ratio {best / floor:.2f}   ({environment_note})"
        )
        print(f"report, peak      {max(peaks):8.0f} MB  in its largest process")


def bench_prose() -> None:
    """A rebuild after one sentence of one notebook changed, against importing alone."""
    code = (
        "import sys; sys.modules.setdefault('rfc3987_syntax', None); import helpers.cli, helpers.render.many;"
        "from helpers.render.pages import warm_up; warm_up(is_executing=False)"
    )
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(
            ROOT, root, ignore=shutil.ignore_patterns(".venv", ".git", ".cache", "reports", "__pycache__", ".*_cache")
        )
        run([sys.executable, "-m", "helpers", "report"], cwd=root)
        page, rebuilt, imported = root / "notebooks" / "02_quantities.ipynb", [], []
        for word in ("một", "hai", "ba"):
            notebook = json.loads(page.read_text(encoding="utf-8"))
            cell = next(c for c in reversed(notebook["cells"]) if "vi" in c["metadata"].get("tags", ()))
            cell["source"] = [f"Câu {word} được viết thêm."]
            page.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
            rebuilt.append(run([sys.executable, "-m", "helpers", "report"], cwd=root)[0])
            imported.append(run([sys.executable, "-c", code], cwd=root)[0])
        print(f"one sentence      {min(rebuilt):8.2f} s   importing alone {min(imported):.2f} s")


def bench_extract(paths: list[Path]) -> None:
    """Extraction of articles, again and again, against a bare scan for numbers in the same text."""
    from helpers.corpus.document import Document
    from helpers.corpus.readers import read_paths
    from helpers.extract.register import EXTRACTORS, extract_document, open_reading
    from helpers.lexicon import Lexicon

    lexicon = Lexicon.load("vi")
    documents = [d for d in read_paths(paths) if isinstance(d, Document)][:MAX_ARTICLES]
    n_bytes = sum(len(d.text.encode()) for d in documents)
    number = re.compile(r"\d+(?:[.,]\d+)*%?")

    def speed(function) -> float:
        function()
        best = 0.0
        for _ in range(5):
            begin, n = time.perf_counter(), 0
            while time.perf_counter() - begin < 0.4:
                function()
                n += 1
            best = max(best, n * n_bytes / (time.perf_counter() - begin) / 1e6)
        return best

    bare = speed(lambda: [number.findall(d.text) for d in documents])
    print(f"{len(documents)} articles, {n_bytes / 1e6:.2f} MB; a bare re scan for numbers {bare:.0f} MB/s")

    def show(name: str, function) -> None:
        rate = speed(function)
        print(f"  {name:24s} {rate:8.2f} MB/s   ratio to the bare scan {bare / rate:7.1f}")

    readings = [open_reading(d, lexicon) for d in documents]
    show("opening", lambda: [open_reading(d, lexicon) for d in documents])
    for propose in EXTRACTORS:
        show(propose.__name__.removeprefix("propose_"), lambda p=propose: [p(r, lexicon) for r in readings])
    whole = speed(lambda: [extract_document(d, lexicon) for d in documents])
    articles = whole * 1e6 / 4800
    print(
        f"  {'all, from text to rows':24s} {whole:8.2f} MB/s   ratio to the bare scan {bare / whole:7.1f}   {articles:.0f} articles of 4.8 KB a second"
    )
    bench_tagger(documents[:3], whole)


def bench_tagger(documents: list, whole: float) -> None:
    """The names that underthesea finds, sentence by sentence, beside all that is extracted here; only if it is installed."""
    try:
        from underthesea import ner
    except ImportError:
        print("  underthesea is not installed, so nothing is compared with its NER (pip install underthesea)")
        return
    from helpers.extract.register import open_reading
    from helpers.lexicon import Lexicon

    lexicon = Lexicon.load("vi")
    sentences = [d.text[s.start : s.end] for d in documents for s in open_reading(d, lexicon).sentences]
    ner(sentences[0])
    begin = time.perf_counter()
    for sentence in sentences:
        ner(sentence)
    rate = sum(len(s.encode()) for s in sentences) / (time.perf_counter() - begin) / 1e6
    print(f"  underthesea's NER        {rate:8.3f} MB/s   extraction of all kinds is {whole / rate:.0f} times as fast")


#: what once broke readers of numbers, repeated: time must grow with the length
HOSTILE = {
    "digits": "1", "groups": "1.000.", "slashes": "1/", "months": "tháng 2 ", "ones": "một ", "scales": "nghìn tỷ ", "quotes": "“",
    "commas": "1, ", "ranges": "1 - ", "people": "5 người và ", "clocks": "8h30 ", "plates": "38A-", "stops": "a. ", "lines": "1.\n",
    "changes": "tăng thêm ", "of": "trong đó ", "per": "đồng/", "brackets": "(1 ",
}  # fmt: skip


def bench_growth(length: int = 40_000) -> None:
    """How the time of extraction grows when hostile text is twice as long: about 2 is linear."""
    from helpers.corpus.document import Document
    from helpers.extract.register import open_reading, propose_figures
    from helpers.lexicon import Lexicon

    lexicon = Lexicon.load("vi")

    def seconds(text: str) -> float:
        begin = time.perf_counter()
        propose_figures(open_reading(Document("x", text), lexicon), lexicon)
        return time.perf_counter() - begin

    for name, part in HOSTILE.items():
        text = part * (length // len(part))
        once, twice = min(seconds(text) for _ in range(3)), min(seconds(text * 2) for _ in range(3))
        print(
            f"  hostile {name:16s} {once:8.3f} s for {length} letters, {twice / once:4.1f} times as long for twice as many"
        )


def bench_start() -> None:
    """`extract -` on one line: start-up, words and all."""
    line = json.dumps({"id": "1", "text": "Bắt giữ 35 đối tượng."}) + "\n"
    times = []
    for _ in range(N_RUNS + 2):
        begin = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "helpers", "extract", "-"],
            input=line.encode(),
            capture_output=True,
            cwd=ROOT,
            check=True,
        )
        times.append(time.perf_counter() - begin)
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    bare = time.perf_counter() - begin
    print(f"extract, one line {min(times):8.2f} s   a bare Python {bare:.2f} s")


def bench_scale(script: str, sizes: tuple[int, int], show: str) -> None:
    """A script of this folder at two sizes: so many times as much should take about so many times as long.

    Args:
        show: a line, with what the script prints as JSON and its size `n`.
    """
    seconds = []
    for n in sizes:
        _, _, printed = run([sys.executable, str(ROOT / "tests" / "bench" / script), str(n)], cwd=ROOT)
        took = json.loads(printed)
        seconds.append(took["seconds"])
        print(show.format(n=n, **took))
    print(f"  {sizes[1] // sizes[0]} times as many take {seconds[1] / seconds[0]:.1f} times as long")


if __name__ == "__main__":
    bench_start()
    bench_scale("facts.py", (100_000, 1_000_000),
                "facts of {n:9,d} figures {seconds:8.2f} s   {peak_mb} MB   {facts:,d} facts, {groups:,d} groups")  # fmt: skip
    bench_scale("phrases.py", (5_000, 20_000),
                "set phrases of {n:6,d} articles {seconds:6.2f} s   {peak_mb} MB   {syllables:,d} syllables, {phrases:,d} phrases")  # fmt: skip
    bench_extract([Path(p) for p in sys.argv[1:]] or [ROOT / "seeds"])
    bench_themes([Path(p) for p in sys.argv[1:]] or [ROOT / "seeds"])
    bench_growth()
    bench_report()
    bench_prose()
    bench_scale("terms.py", (5_000, 20_000),
                "terms and keyness of {n:6,d} articles {seconds:6.2f} s   {peak_mb} MB   {mb} MB of text, {terms:,d} terms")  # fmt: skip
