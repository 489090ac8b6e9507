"""Takes pictures of the bot's real cards in the demo page: `python docs/take_pictures.py --out pictures STEP ...`.

A step is a command with its options ("shortlist niche=vegan size=5", "influencer import file=roster.csv"; a value
with spaces in quotes), `click LABEL` (the newest button so called), `as NAME` (another viewer), `type COMMAND` (leaves
the command in the composer, with what its last option suggests) or `wait SECONDS`. Every step but `as` leaves a
numbered PNG. Without --url a demo of its own is started on a database of its own.

Needs `pip install playwright` (no dependency of the project) and a Chromium: --chromium, or playwright's own.
"""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

WIDTH, HEIGHT = 820, 1800
SETTLED = "simcordPreview.ready"
MESSAGES = "#channel-message-list [data-message-id]"
SUGGESTION_MS = 1_500
SETTLE_MS = 300  # for the page to begin what was asked, and for fonts, avatars and the scroll once it is done


class DemoPage:
    """The demo's page under a driver's hands."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self._seen: set[str] = set()
        self._pressed: str | None = None
        page.goto(url)
        page.wait_for_function("window.simcordPreview?.ready")

    def run(self, command: str) -> None:
        """Type a command with its options, send it, and wait for the answer."""
        self.compose(command, choose=True)
        self._remember(None)
        self.page.keyboard.press("Escape")
        self.page.locator(".command-chip").press("Enter")
        self._settle()
        self._leave()

    def compose(self, command: str, *, choose: bool = False) -> None:
        """Type a command with its options and stop there, with the last option's suggestions open or one chosen."""
        words = shlex.split(command)
        path = " ".join(word for word in words if "=" not in word)
        options = dict(word.split("=", 1) for word in words if "=" in word)
        self._leave()
        self.page.locator("#channel-composer-input").fill(f"/{path}")
        title = self.page.locator(".command-entry-title strong", has_text=re.compile(f"^/{re.escape(path)}$"))
        title.click()
        for i, (name, value) in enumerate(options.items(), start=1):
            self._fill(name, value, choose=choose or i < len(options))

    def click(self, label: str) -> None:
        """Press the newest button with this label and wait for what it brings."""
        button = self.page.locator("#channel-message-list").get_by_role("button", name=label, exact=True).last
        self._remember(button.locator("xpath=ancestor::*[@data-message-id]").get_attribute("data-message-id"))
        button.click()
        self._settle()

    def view_as(self, name: str) -> None:
        """Go on as another of the server's people."""
        [viewer] = self.page.locator("#viewer-picker").select_option(label=name)
        self.page.wait_for_function("id => simcordPreview.ready && simcordPreview.viewerId === id", arg=viewer)

    def picture(self, path: Path) -> None:
        """Save the newest answer, a form that opened, or the composer where a command stands in it."""
        if self.page.locator(".command-row").is_visible():
            boxes = [self.page.locator("#channel-composer"), self.page.locator(".command-popup")]
        elif self.page.get_by_role("dialog").is_visible():
            boxes = [self.page.get_by_role("dialog")]
        else:
            # A message under the mouse, or with the focus in it, shows buttons of its own.
            self.page.mouse.move(0, 0)
            self.page.evaluate("document.activeElement?.blur()")
            boxes = self._newest()
        for box in boxes:
            box.scroll_into_view_if_needed()
        self.page.screenshot(path=path, clip=_around([box.bounding_box() for box in boxes if box.is_visible()]))

    def _newest(self) -> list[Locator]:
        """What came since the last command, or else the message whose button was pressed, or else the last one."""
        fresh = [i for i in self._ids() if i not in self._seen] or [self._pressed or self._ids()[-1]]
        return [self.page.locator(f'#channel-message-list [data-message-id="{i}"]') for i in fresh]

    def _ids(self) -> list[str]:
        return self.page.locator(MESSAGES).evaluate_all("found => found.map(message => message.dataset.messageId)")

    def _remember(self, pressed: str | None) -> None:
        self._seen, self._pressed = set(self._ids()), pressed

    def _fill(self, name: str, value: str, *, choose: bool) -> None:
        pill = self.page.locator(f'.command-pill[data-option="{name}"]')
        if not pill.count():
            self.page.locator(".command-ghost").click()
            self.page.locator(f'.command-suggestion[data-value="{name}"]').click()
        if pill.locator(".command-file-input").count():
            pill.locator(".command-file-input").set_input_files(value)
            return
        field = pill.locator(".command-option-input")
        field.fill(value)
        if field.get_attribute("role") == "combobox":
            self._suggest(value, choose=choose)

    def _suggest(self, value: str, *, choose: bool) -> None:
        """Take the suggestion that is what was typed, where there is one: a role or a fixed choice must be taken."""
        suggestions = self.page.locator(".command-suggestion")
        named = suggestions.filter(has_text=re.compile(f"^[@#]?{re.escape(value)}$", re.IGNORECASE))
        wanted = self.page.locator(f'.command-suggestion[data-value="{value}"]').or_(named).first
        try:
            (wanted if choose else suggestions.first).wait_for(timeout=SUGGESTION_MS)
        except PlaywrightTimeoutError:
            return
        if choose:
            wanted.click()

    def _leave(self) -> None:
        """Put aside a command that stands in the composer: one left there, or one that failed."""
        if self.page.locator(".command-row").is_visible():
            self.page.locator(".command-context-close").click()

    def _settle(self) -> None:
        self.page.wait_for_timeout(SETTLE_MS)
        self.page.wait_for_function(SETTLED)
        self.page.wait_for_timeout(SETTLE_MS)


def main() -> None:
    """Take the pictures."""
    arguments = _arguments()
    arguments.out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, _demo(arguments) as url:
        browser = playwright.chromium.launch(
            executable_path=arguments.chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        # The page's policy forbids the scripts by which a driver waits.
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=2, bypass_csp=True)
        demo = DemoPage(page, url)
        for i, step in enumerate(arguments.steps, start=1):
            if _take(demo, step):
                path = arguments.out / f"{i:02}-{re.sub(r'[^a-z0-9]+', '-', step.casefold()).strip('-')[:60]}.png"
                demo.picture(path)
                print(path)  # noqa: T201 - a command's output
        browser.close()


def _take(demo: DemoPage, step: str) -> bool:
    """Do one step; whether it is worth a picture."""
    verb, _, rest = step.partition(" ")
    match verb:
        case "as":
            demo.view_as(rest)
            return False
        case "click":
            demo.click(rest)
        case "type":
            demo.compose(rest)
        case "wait":
            demo.page.wait_for_timeout(float(rest) * 1000)
        case _:
            demo.run(step)
    return True


@contextmanager
def _demo(arguments: argparse.Namespace) -> Iterator[str]:
    """The address of the demo's page: the one given, or a demo of our own, which ends with the block."""
    if arguments.url:
        yield arguments.url
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"DEMO_DATABASE_URL": f"sqlite:///{folder}/pictures.db"}
        command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--server", str(arguments.server)]
        if arguments.language:
            command += ["--language", arguments.language]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            try:
                yield _address(process)
            finally:
                process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    for line in process.stdout or ():
        if found := re.search(r"http://\S+", line):
            return found.group()
    raise SystemExit("the demo ended before it gave its address")


def _around(boxes: list[Any]) -> Any:
    """The rectangle around all of them."""
    left, top = min(box["x"] for box in boxes), min(box["y"] for box in boxes)
    right = max(box["x"] + box["width"] for box in boxes)
    bottom = max(box["y"] + box["height"] for box in boxes)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("steps", nargs="+", metavar="STEP")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the pictures")
    parser.add_argument("--url", help="the page of a demo that runs already")
    parser.add_argument("--server", type=int, default=1, choices=(1, 2), help="which server an own demo shows")
    parser.add_argument("--language", help="the language of an own demo (nl, ...)")
    parser.add_argument("--chromium", default=shutil.which("chromium"), help="the browser's program")
    return parser.parse_args()


if __name__ == "__main__":
    main()
