"""The page in a real browser: it shows text as text, asks nobody for anything, and fits a phone."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from processes import CHECKOUT, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CSS = (CHECKOUT / "cli/adjudge_cli/templates/page.css").read_text(encoding="utf-8")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
PHONE = 360

needs_browser = pytest.mark.skipif(BROWSER is None, reason="no chromium is installed")


@pytest.fixture
def dom(tmp_path: Path) -> Callable[[str], str]:
    """Opens a page in a browser of its own; returns the document as it is once everything has run."""

    def opened(page: str) -> str:
        path = tmp_path / "page.html"
        path.write_text(page, encoding="utf-8")
        ran = subprocess.run(
            [
                BROWSER or "", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
                "--disable-background-networking", "--virtual-time-budget=2000", "--dump-dom", path.as_uri(),
            ],
            capture_output=True, text=True, timeout=60, check=True,
        )  # fmt: skip
        return ran.stdout

    return opened


class Listener(ThreadingHTTPServer):
    """Remembers what is asked of it."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), _Remember)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Remember(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Listener)
        self.server.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A server that pages could ask for something."""
    server = Listener()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def hostile(address: str) -> str:
    """Return a text that would change the title, or ask for something, if any of it were taken for markup."""
    return (
        f"<script>document.title='run'</script><img src={address}/img onerror=\"document.title='run'\">"
        f"</style></title></textarea><style>body{{background:url({address}/css)}}</style>"
        f"<link rel=stylesheet href='{address}/link'> \" ' &lt;b&gt; &amp;quot; "
        "{{ 7 * 7 }} {% raw %} \u202eabc\u2067 <!--"
    )


@pytest.fixture
def hostile_page(evaluate: Run, listener: Listener) -> str:
    text = hostile(listener.address)
    given = {"scenario": text, "text": text, "requirements": {"photos.kind": "jpeg"}}
    prose = evaluate.write("prose.txt", f"Our pictures are on a phone. {text} They go to the laptop.")
    return evaluate(evaluate.write("a.yaml", json.dumps(given)), prose, "--format", "html").out


@needs_browser
@pytest.mark.parametrize("policy", [True, False], ids=["as it is", "without its policy"])
def test_hostile_text_is_shown_and_runs_nothing(
    hostile_page: str, dom: Callable[[str], str], listener: Listener, policy: bool
) -> None:
    page = hostile_page if policy else POLICY.sub("", hostile_page)
    assert (POLICY.search(page) is not None) == policy
    seen = dom(page)
    assert listener.asked == []
    assert "<title>2 scenarios · adjudge</title>" in seen
    tags = set(re.findall(r"<([a-z0-9]+)", seen))
    assert not tags & {"script", "img", "link", "b", "iframe"}
    assert seen.count("<style") == 1
    shown = html.unescape(re.sub(r"<[^>]*>", "", seen))
    assert shown.count(hostile(listener.address).replace("\u202e", "\\u202e").replace("\u2067", "\\u2067")) >= 3


@needs_browser
def test_the_policy_stops_what_got_in_all_the_same(
    hostile_page: str, dom: Callable[[str], str], listener: Listener
) -> None:
    injected = hostile_page.replace("</main>", hostile(listener.address) + "--></main>")
    assert "<title>2 scenarios · adjudge</title>" in dom(injected)
    assert listener.asked == []
    unprotected = dom(POLICY.sub("", injected))
    assert "<title>run</title>" in unprotected
    assert "/img" in listener.asked


MEASURE = """
<!doctype html><iframe style="border:0;width:{width}px;height:900px" srcdoc="{page}"></iframe>
<script>
document.querySelector("iframe").onload = () => {{
  const page = document.querySelector("iframe").contentDocument;
  const fold = page.querySelector(".proof details"), folded = fold.offsetHeight;
  fold.querySelector("summary").click();
  const unfolded = fold.offsetHeight;
  for (const one of page.querySelectorAll("details")) one.open = true;
  const room = page.documentElement.clientWidth, elements = [...page.querySelectorAll("body *")];
  const wide = elements.filter(one => one.getBoundingClientRect().right > room + 0.5).map(one => one.tagName);
  const found = {{
    width: page.documentElement.scrollWidth, room, wide, folded, unfolded, elements: elements.length,
  }};
  document.body.innerHTML = "<pre>" + JSON.stringify(found) + "</pre>";
}};
</script>
"""


@needs_browser
def test_page_fits_a_phone_and_folds(evaluate: Run, dom: Callable[[str], str]) -> None:
    given = {
        "scenario": "W" * 300,
        "text": "long" * 200,
        "requirements": {"photos.kind": "jpeg", "photos.size": "1 TB"},
    }
    page = evaluate("-", "--format", "html", "--as-of", "2021-12-31", given=json.dumps(given)).out
    seen = dom(MEASURE.format(width=PHONE, page=html.escape(page)))
    found = json.loads(html.unescape(re.search(r"<pre>(.*?)</pre>", seen)[1]))
    assert (found["width"], found["wide"]) == (found["room"], [])
    assert found["room"] <= PHONE
    assert found["elements"] > 50
    assert found["unfolded"] > found["folded"] > 0


# --- what can be seen without a browser -----------------------------------------------------------------------------


def colours(scheme: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", scheme))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme: str) -> None:
    light, _, dark = CSS.partition("@media (prefers-color-scheme: dark)")
    found = colours(light if scheme == "light" else dark.partition("* {")[0])
    for front in ("ink", "soft", "accent"):
        for back in ("paper", "panel", "wash"):
            dim, bright = sorted((luminance(found[front]), luminance(found[back])))
            assert (bright + 0.05) / (dim + 0.05) >= 4.5, (front, back)


def test_page_names_nothing_outside_of_itself(evaluate: Run) -> None:
    page = evaluate("-", "--format", "html", given="requirements: {photos.kind: jpeg}\n").out
    assert not re.findall(r"(?:src|href)=(?![\"']#)|url\(|@import|<script", page)


def test_several_scenarios_have_contents_that_lead_to_each(evaluate: Run) -> None:
    names = (evaluate.write("a.yaml"), evaluate.write("b.yaml"))
    page = evaluate(*names, "--format", "html").out
    targets = re.findall(r'href="#([^"]+)"', page)
    assert len(targets) == 4
    assert set(targets) <= set(re.findall(r' id="([^"]+)"', page))
    levels = [int(one) for one in re.findall(r"<h(\d)", page)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_what_was_understood_is_marked_in_the_text(evaluate: Run) -> None:
    said = "Our holiday pictures are seen on a phone & a laptop."
    page = evaluate("-", "--format", "html", given=said).out
    text = re.search(r'<div class="text"[^>]*>(.*?)</div>', page)[1]
    assert html.unescape(re.sub(r"</?mark>", "", text)).strip() == said
    assert {"phone", "laptop"} <= {word for one in re.findall(r"<mark>(.*?)</mark>", text) for word in one.split()}
