"""A page in a real browser: Debian's Chromium without any way to the network, and axe-core in it.

axe_violations(page) -> what axe finds wrong, [] if nothing; for `axe-core` run `npm ci --prefix tests/browser`
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

from bs4 import BeautifulSoup

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
AXE = Path(__file__).parent / "browser" / "node_modules" / "axe-core" / "axe.min.js"

#: opens a card and a search, so that axe sees what a reader sees, and leaves what it finds on the page
_ASK_AXE = """addEventListener("load", async () => {
  const click = (element) => element && element.click();
  click(document.querySelector("main a.evidence"));
  const box = document.querySelector("#search-box");
  if (box) { box.value = "an"; box.dispatchEvent(new Event("input")); }
  const found = await axe.run(document, { resultTypes: ["violations"] });
  const out = found.violations.map((v) => [v.id, v.nodes.length, ...v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200))]);
  document.documentElement.setAttribute("data-out", JSON.stringify(out));
});"""


def dump_dom(path: Path, *, dark: bool = False, width: int = 1280) -> BeautifulSoup:
    """The page after Chromium has run it."""
    flags = """--headless --no-sandbox --disable-gpu --no-first-run --disable-sync
        --disable-background-networking --disable-component-update
        --virtual-time-budget=20000 --dump-dom""".split()
    look = [f"--window-size={width},900", f"--blink-settings=preferredColorScheme={0 if dark else 1}"]
    alone = ["--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={path.parent / 'profile'}"]
    command = [CHROMIUM, *flags, *look, *alone, path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=240, check=True)
    return BeautifulSoup(done.stdout.decode("utf-8"), "html.parser")


def with_scripts(page: str, *sources: str) -> str:
    """The page with scripts that use it as a reader would; the policy lets in these, too, by their hash."""
    digests = [base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() for source in sources]
    policy = " ".join(f"'sha256-{digest}'" for digest in digests)
    scripts = "".join(f"<script>{source}</script>" for source in sources)
    return page.replace("script-src ", f"script-src {policy} ").replace("</body>", scripts + "</body>")


def axe_violations(page: str, folder: Path, *, dark: bool = False, width: int = 1280) -> list[list]:
    """What axe-core finds wrong with a page: rule, how often, the first elements."""
    path = folder / "axe.html"
    path.write_text(with_scripts(page, AXE.read_text(encoding="utf-8"), _ASK_AXE), encoding="utf-8")
    return json.loads(dump_dom(path, dark=dark, width=width).html["data-out"])
