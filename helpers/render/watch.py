"""Rebuilds the report when something that it is made from changes, and shows it in the browser: `make watch`.

A small server on 127.0.0.1 gives the pages of reports/ with a script that loads them anew after a build; the files themselves
don't have it. Each build is a process that has imported the libraries beforehand and none of our code, so that changed helpers
count and no time is lost.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

from helpers.settings import load_settings

_WATCHED = ("seeds", "notebooks", "helpers", "corrections.csv", "memos.csv", "report.toml")
_POLL, _SETTLE = 0.4, 0.2
_STATE = "/__build"
#: asks for the number of the build until it is another one; also while the server is away
_SCRIPT = """<script>(async()=>{let seen=null;for(;;){try{const now=await(await fetch('/__build')).text();
if(seen!==null&&now!==seen)location.reload();seen=now}catch{}await new Promise(r=>setTimeout(r,500))}})()</script>"""


def take_state(root: Path) -> dict[str, tuple[int, int]]:
    """File -> its time and size, of all that a report is made from.

    A folder that is read while a file in it is renamed is looked at again next time.
    """
    found = {}
    for name in _WATCHED:
        top = root / name
        for folder, folders, files in os.walk(top) if top.is_dir() else [(str(root), [], [name])]:
            folders[:] = [f for f in folders if not f.startswith((".", "__"))]
            for file in files:
                if file.startswith((".", "~")) or file.endswith((".pyc", "~", ".swp")):
                    continue
                path = os.path.join(folder, file)
                try:
                    about = os.stat(path)
                except OSError:
                    continue
                found[os.path.relpath(path, root)] = (about.st_mtime_ns, about.st_size)
    return found


def changes(root: Path, *, poll: float = _POLL) -> Iterator[list[str]]:
    """The names of files that changed, each time when some did and then stood still for a moment."""
    known = take_state(root)
    while True:
        time.sleep(poll)
        now = take_state(root)
        if now == known:
            continue
        while (later := _after(root)) != now:
            now = later
        yield sorted(name for name in {*known, *now} if known.get(name) != now.get(name))
        known = now


def _after(root: Path) -> dict[str, tuple[int, int]]:
    time.sleep(_SETTLE)
    return take_state(root)


class _Pages(SimpleHTTPRequestHandler):
    """The files below reports/, HTML with the script that loads it anew."""

    def __init__(self, *arguments, build: list[int], **options) -> None:
        self._build = build
        super().__init__(*arguments, **options)

    def do_GET(self) -> None:
        # only for pages of our own: another site could have its name lead to this address
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in ("127.0.0.1", "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN)
        elif self.path == _STATE:
            self._send(str(self._build[0]).encode(), "text/plain")
        elif self.path.split("?")[0].endswith(".html") and (path := Path(self.translate_path(self.path))).is_file():
            # the page's own policy forbids a script that it does not know
            html = path.read_bytes().replace(b'http-equiv="Content-Security-Policy"', b'name="policy-of-the-file"')
            self._send(html + _SCRIPT.encode(), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _send(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def serve(folder: Path, build: list[int], port: int = 0) -> ThreadingHTTPServer:
    """A server of `folder` on 127.0.0.1, running; `build[0]` counts the builds."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Pages, directory=str(folder), build=build))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


#: imports the libraries, waits for a word, then builds with our code as it is by then
_BUILDER = """
import sys
sys.modules.setdefault("rfc3987_syntax", None)
import nbconvert, pandas, pyarrow, duckdb, typst, ahocorasick_rs, bs4, mistune, matplotlib.backends.backend_svg
import IPython.core.interactiveshell, matplotlib.pyplot
if sys.stdin.readline():
    from helpers.cli import run
    sys.argv = ["helpers", "report"]
    run()
"""


class Builder:
    """Builds the report, one process a build, the next one waiting warm."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._next = self._start()

    def _start(self) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", _BUILDER],
            cwd=self._root,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def build(self) -> bool:
        """Builds with the code as it is now; says how long it took and what failed."""
        start, now = time.monotonic(), self._next
        _, told = now.communicate("build\n")
        said = [line for line in told.splitlines() if not line.startswith("done:")]
        what = "built" if now.returncode == 0 else "built, with failures,"
        click.echo("\n".join([*said, f"{what} in {time.monotonic() - start:.1f} s"]))
        self._next = self._start()
        return now.returncode == 0

    def close(self) -> None:
        """Lets the process that waits go."""
        self._next.communicate("")


def watch(root: Path, *, port: int = 0) -> None:
    """Builds, serves and rebuilds until it is interrupted."""
    language = load_settings(root).languages[0]
    build, builder = [0], Builder(root)
    builder.build()
    server = serve(root / "reports", build, port)
    click.echo(f"http://127.0.0.1:{server.server_address[1]}/report.{language}.html  (Ctrl-C ends)")
    try:
        for changed in changes(root):
            click.echo(f"changed: {', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}")
            builder.build()
            build[0] += 1
    except KeyboardInterrupt:
        click.echo("")
    finally:
        server.shutdown()
        builder.close()
