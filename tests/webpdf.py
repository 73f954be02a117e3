"""nbconvert's `webpdf` with the Chromium that is installed here: what our PDF exporter is compared with, in tests only.

The stock exporter starts only a browser that Playwright downloaded itself. Playwright is no requirement of the project
(`pip install playwright` into the .venv, no `playwright install`); without it, or without Chromium, `MISSING` says so.
"""

import asyncio
import importlib.util
import shutil
from tempfile import NamedTemporaryFile
from typing import Any

from nbconvert.exporters.webpdf import WebPDFExporter

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
MISSING = (
    "no playwright here: not compared with webpdf"
    if importlib.util.find_spec("playwright") is None
    else "no chromium here: not compared with webpdf"
    if CHROMIUM is None
    else ""
)


class ChromiumPDFExporter(WebPDFExporter):
    """`webpdf` printed by the browser of the system, with no way to the network."""

    def _check_launch_reqs(self) -> Any:
        return None, None

    def run_playwright(self, html: str) -> bytes:
        """The PDF of a page."""
        with NamedTemporaryFile(suffix=".html") as file:
            file.write(html.encode("utf-8", "replace"))
            file.flush()
            return asyncio.run(self._print(f"file://{file.name}"))

    async def _print(self, address: str) -> bytes:
        from playwright.async_api import async_playwright

        async with async_playwright() as playwright:
            arguments = ["--no-sandbox", "--disable-gpu"]
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
            context = await browser.new_context(offline=True)
            page = await context.new_page()
            await page.emulate_media(media="print")
            await page.goto(address, wait_until="load")
            data = await page.pdf(print_background=True, format="A4")
            await browser.close()
        return data
