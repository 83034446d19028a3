# SPDX-License-Identifier: Apache-2.0
"""A log composed by a test, and pages that show it: what a node serves at /log, from a folder in which a test may change things."""

import contextlib
import hashlib
import subprocess
from datetime import datetime, timedelta, timezone

from page_files import ROOT, PageFiles, handler, serving

START = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)


def moment(minutes: int) -> str:
    return (START + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def entry(kind: str, minutes: int, *lines: str) -> str:
    return "\n".join(["vigil-entry/v1", f"type {kind}", f"time {moment(minutes)}", *lines]) + "\n"


def leaf(text: str) -> str:
    """RFC 6962 §2.1."""
    return hashlib.sha256(b"\0" + text.encode()).hexdigest()


def digest(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


class Case:
    """A case's entries, each linked to the one before."""

    def __init__(self, number: int, minutes: int):
        self.id = digest(f"case {number}")[:32]
        self.minutes = minutes
        self.last = "none"
        self.entries = []

    def add(self, kind: str, *lines: str):
        text = entry(kind, self.minutes, f"case {self.id}", f"prev {self.last}", *lines)
        self.entries.append(text)
        self.last = leaf(text)
        self.minutes += 180
        return self


def refused_case(number: int, minutes: int) -> Case:
    return (Case(number, minutes).add("contact", "actor liaison-nl", "requester undisclosed", "instrument warrant")
            .add("docket", "actor clerk-fr", "requester NL", "instrument warrant", "action disclose")
            .add("check", "actor clerk-fr", "outcome failed").add("closed", "outcome refused"))


def carried_out_case(number: int, minutes: int) -> Case:
    order, charter = digest("order"), digest("charter")
    return (Case(number, minutes).add("contact", "actor liaison-us", "requester US", "instrument court-order")
            .add("docket", "actor clerk-fr", "requester US", "instrument court-order", "action eject")
            .add("check", "actor clerk-fr", "outcome passed")
            .add("proposed", "actor clerk-fr", "action eject", f"order {order}", f"charter {charter}")
            .add("approval", "actor counsel-ch", f"order {order}", "stage intend", "decision approve")
            .add("approval", "actor counsel-ch", f"order {order}", "stage confirm", "decision approve")
            .add("approved", f"order {order}").add("notice", f"order {order}", f"receipt {digest('receipt')}")
            .add("executed", f"order {order}").add("closed", "outcome executed"))


def story(releases: int = 12) -> list[str]:
    """Two cases among releases of a node, in the order of their times."""
    texts = [entry("release", 1440 * day, "component web", f"release 0.{day}.0", f"artifact {digest(f'web {day}')}") for day in range(releases)]
    texts += refused_case(1, 2000).entries + carried_out_case(2, 5000).entries
    return sorted(texts, key=lambda text: text.split("\n")[2])


def every_word() -> list[str]:
    """Entries of all types, with every word that a field may hold (Sources/Transparency/Entries/EntryField.swift)."""
    order, document, charter = f"order {digest('order')}", f"document {digest('document')}", f"charter {digest('charter')}"
    instruments = ["warrant", "court-order", "subpoena", "treaty", "emergency", "owner", "report", "other"]
    actions = ["disclose", "disclose-emergency", "eject", "suspend", "end-meeting", "halt", "seat-revoke", "charter"]
    outcomes = ["passed", "failed", "refused", "narrowed", "challenged", "withdrawn", "expired", "executed", "halted"]
    texts = []
    for number, (instrument, action, outcome) in enumerate(zip(instruments, actions, outcomes)):
        texts += (Case(100 + number, number).add("contact", "actor liaison", "requester undisclosed", f"instrument {instrument}")
                  .add("docket", "actor clerk", "requester NL", f"instrument {instrument}", f"action {action}")
                  .add("check", "actor clerk", f"outcome {outcome}").add("proposed", "actor clerk", f"action {action}", order, charter)
                  .add("objection", "actor advocate", f"nonce-hash {digest('n')}").add("halt", "actor advocate", f"nonce-hash {digest('n')}")
                  .add("approved", order).add("notice", order, f"embargo-until {moment(9_000)}").add("executed", order)
                  .add("delivered", order).add("closed", f"outcome {outcomes[-1 - number]}").entries)
    salt, reveal = "ab" * 32, "requester NL\n"
    commitment = hashlib.sha256(b"case/v1\0" + bytes.fromhex(salt) + reveal.encode()).hexdigest()
    sealed = Case(200, 0).add("contact", "actor liaison", "requester undisclosed", "instrument other", f"commitment {commitment}",
                              f"due {moment(50_000)}")
    for stage, decision in (("intend", "approve"), ("confirm", "refuse"), ("confirm", "narrow")):
        sealed.add("approval", "actor counsel", order, f"stage {stage}", f"decision {decision}")
    opened = leaf(sealed.entries[0])
    texts += sealed.add("opening", f"opens {opened}", f"salt {salt}", f"reveal {reveal.strip()}").entries
    return texts + [
        entry("charter", 0, "version 7", document), entry("seat", 0, "seat alice", "change add", charter),
        entry("seat", 0, "seat alice", "change revoke", charter), entry("agreement", 0, document), entry("incident", 0, document),
        entry("release", 0, "component web", "release 1.0", f"artifact {digest('a')}"),
        entry("release", 0, "component server", "release 1.0", f"artifact {digest('a')}"),
        entry("interruption-claim", 0, f"node {digest('node')}", document), entry("report", 0, "from-size 0", "to-size 9", document),
    ]


def make(program, folder, entries: list[str]):
    """Writes the log of these entries into the folder, with three witnesses."""
    subprocess.run([str(program), "tell", str(folder)], input="\n".join(entries).encode(), check=True, timeout=600)


class LogPages(PageFiles):
    """The client's pages under a node's policy, and the log in the folder `log` at /log/."""

    log = ROOT

    def do_GET(self):
        path = self.path.split("?")[0]
        if path in ("/log", "/report"):
            self.path = f"{path}.html"
        elif path.startswith("/log/"):
            return self.send_log(path.removeprefix("/log/"))
        return super().do_GET()

    def send_log(self, path):
        file = self.log / "policy" if path == "policy" else self.log / "public" / path
        found = file.is_file() and ".." not in path
        return self.send(file.read_bytes() if found else b"", "application/octet-stream", 200 if found else 404)


def serving_log(folder, policy):
    """The origin of the pages and of the log in the folder."""
    fields = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    return serving(handler(LogPages, log=folder, fields=fields), "localhost")


@contextlib.contextmanager
def visits(policy, first):
    """Opens pages of the log in a folder, `first` unless told otherwise; several visits of one test are of one person."""
    opened = []

    def visit(folder, browser, path=first, **context):
        origin = served.enter_context(serving_log(folder, policy))
        context = browser.new_context(**{"viewport": {"width": 1360, "height": 900}, "locale": "en-GB", **context})
        page = context.new_page()
        page.faults = []
        page.origin = origin
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.add_init_script("""window.violations = [];
            document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));""")
        opened.append((context, page))
        page.goto(origin + path)
        return page

    with contextlib.ExitStack() as served:
        yield visit
        for context, page in opened:
            assert page.faults == []
            assert page.evaluate("window.violations") == []
            context.close()
