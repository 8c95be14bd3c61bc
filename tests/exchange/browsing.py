"""A real browser without a window, that tells what it logged and what it asked the network for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
needs_browser = pytest.mark.skipif(not (BROWSER and DRIVER), reason="chromium and chromedriver are not installed")
QUIET = """
    --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --disable-dev-shm-usage --disable-default-apps --window-size=1000,1200
"""


@contextmanager
def browser(folder: Path) -> Iterator[Chrome]:
    """Yield a browser with a profile of its own that downloads into *folder*."""
    options = ChromeOptions()
    options.binary_location = str(BROWSER)
    for flag in [*QUIET.split(), f"--user-data-dir={folder / 'profile'}"]:
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = Chrome(options=options, service=Service(executable_path=str(DRIVER)))
    try:
        driver.get("about:blank")  # away from the browser's own first page, which logs its own parts
        for kind in ("browser", "performance"):
            driver.get_log(kind)  # type: ignore[no-untyped-call]
        yield driver
    finally:
        driver.quit()


def complaints(driver: Chrome) -> list[str]:
    """Return what the console has said since it was asked last."""
    return [str(entry["message"]) for entry in driver.get_log("browser")]  # type: ignore[no-untyped-call]


def requests(driver: Chrome) -> list[str]:
    """Return every address that pages asked for since it was asked last, other than files and what they hold."""
    asked = []
    for entry in driver.get_log("performance"):  # type: ignore[no-untyped-call]
        message = json.loads(entry["message"])["message"]
        if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
            told = message["params"]
            asked.append(str(told["request"]["url"] if "request" in told else told["url"]))
    return [url for url in asked if not url.startswith(("file:", "data:", "blob:"))]
