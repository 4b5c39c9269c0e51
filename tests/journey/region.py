"""A hub and nodes as real programs, for tests: made, called, stopped and looked into."""

import datetime
import html
import json
import os
import random
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import unittest
import zoneinfo

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "packaging"))

from demo_browser import Browser, Grid  # noqa: E402
from demo_line import Line  # noqa: E402
from demo_story import PASSWORD, Program, wait_for  # noqa: E402

PUPILS = 60
__all__ = ["Browser", "Grid", "Guardian", "Hub", "Lesson", "Line", "Node", "PASSWORD", "PUPILS",
           "RegionCase", "columns_of", "fill", "programs", "snapshot", "wait_for"]


def programs():
    """The folder of zimnik-node and zimnik-hub, from the command line."""
    if not hasattr(programs, "folder"):
        programs.folder = sys.argv.pop(1) if len(sys.argv) > 1 else "build/release/bin"
    return programs.folder


class Called(Program):
    """A program that may fail, and is asked what it said."""

    def fails(self, *arguments, code=1, text=""):
        """What a command says that must end with this exit code."""
        done = subprocess.run([self.path, "--data", self.folder, *arguments], input=text,
                              capture_output=True, text=True, timeout=120)
        if done.returncode != code:
            raise AssertionError(f"{arguments}: exit code {done.returncode}, not {code}: "
                                 f"{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def call(self, *arguments):
        """What a command says, however it ends."""
        said = self.start(*arguments).communicate(timeout=120)
        return said[0] + said[1]

    def start(self, *arguments):
        """A command under way."""
        return subprocess.Popen([self.path, "--data", self.folder, *arguments],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def forget_log(self):
        open(self.log, "w", encoding="utf-8").close()
        self.began = 0

    def kill(self):
        """As a machine that lost its power."""
        process, self.process = self.process, None
        process.kill()
        process.wait()


def school_day():
    """Today by the clock of the sample's schools, which is ahead of this machine's at night."""
    return datetime.datetime.now(zoneinfo.ZoneInfo("Asia/Yekaterinburg")).date()


def lasting_port():
    """A free port of those that the system gives nobody by chance: its owner asks for it again."""
    while True:
        port = random.randrange(15000, 32000)
        with socket.socket() as free:
            try:
                free.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Hub:
    def __init__(self, folder, name="hub"):
        self.program = Called(os.path.join(programs(), "zimnik-hub"), os.path.join(folder, name))
        self.port = lasting_port()
        self.web = ""

    def make(self):
        self.program.run("init", "--region", "Округ")
        return self

    def serve(self):
        self.program.serve("--sync", f"127.0.0.1:{self.port}", "--web", "127.0.0.1:0",
                           "--console", "127.0.0.1:0")
        self.program.said(rf"sync port {self.port}()")
        self.web = "http://127.0.0.1:" + self.program.said(r"web port (\d+)")
        self.console = "http://127.0.0.1:" + self.program.said(r"console port (\d+)")
        return self

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def add_school(self, name):
        return self.program.run("school", "add", name).strip()

    def token(self, school, *options):
        return self.program.run("token", school, *options).strip()

    def tips(self, school):
        return tips(os.path.join(self.program.folder, "schools", school + ".db"))

    def holds(self, school, *tables):
        return snapshot(os.path.join(self.program.folder, "schools", school + ".db"), tables)

    def database(self):
        return sqlite3.connect(os.path.join(self.program.folder, "hub.db"), timeout=30)


class Node:
    def __init__(self, folder, name):
        self.name = name
        self.program = Called(os.path.join(programs(), "zimnik-node"), os.path.join(folder, name))
        self.sync_port = lasting_port()
        self.address = ""

    def make(self):
        self.program.run("init")
        return self

    def enroll(self, url, token):
        self.program.run("enroll", "--hub", url, "--token", token, "--name", self.name)
        return self

    def enrolls(self, url, token):
        """Whether it is enrolled now; if not it is as it was before."""
        enrolling = self.program.start("enroll", "--hub", url, "--token", token, "--name", self.name)
        said = enrolling.communicate(timeout=120)
        is_enrolled = os.path.exists(self._told())
        assert is_enrolled == (enrolling.returncode == 0), said
        assert is_enrolled or said[1].startswith("zimnik-node: "), said
        return is_enrolled

    def forget_enrolment(self):
        """As where the machine lost its power before the reply was written."""
        os.remove(self._told())

    def _told(self):
        return os.path.join(self.program.folder, "node.json")

    def serve(self):
        self.program.serve("--web", "127.0.0.1:0", "--plain", "127.0.0.1:0",
                           "--sync", f"127.0.0.1:{self.sync_port}")
        self.address = self.program.said(r"на этой машине: (http://\S+:\d+)")
        self.program.said(r"для узлов школы: порт (\d+)")
        return self

    @property
    def sync_address(self):
        return f"127.0.0.1:{self.sync_port}"

    def configuration(self):
        with open(self._told(), encoding="utf-8") as file:
            return json.load(file)

    def configure(self, change):
        """Changes what the node was told; it must not be at work."""
        told = self.configuration()
        change(told)
        with open(self._told(), "w", encoding="utf-8") as file:
            json.dump(told, file)

    def status(self):
        return self.program.run("status")

    def id(self):
        return re.search(r"узел: .* \(([0-9a-f]{32})\)", self.status()).group(1)

    def is_in_step(self):
        return "все в ногу: да" in self.status()

    def sign_in(self, login="teacher01"):
        browser = Browser(self.address)
        browser.submit("/sign-in", login=login, password=PASSWORD)
        assert browser.path == "/", f"{login} can't sign in at {self.name}"
        return browser

    def tips(self):
        return tips(os.path.join(self.program.folder, "journal.db"))

    def holds(self, *tables):
        return snapshot(os.path.join(self.program.folder, "journal.db"), tables)


def tips(path):
    """Where each log ended that a replica's file held after its last exchange."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return sorted(database.execute("SELECT site, stream, size, tip FROM zimnik_line"))
    finally:
        database.close()


def columns_of(path):
    """The names of a replica's tables, with those of their columns; but for what only this file
    knows: arrival numbers."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        names = [name for name, in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'zimnik%'")]
        return {name: [it[1] for it in database.execute(f"PRAGMA table_info({name})")
                       if not it[1].endswith("_version")] for name in names}
    finally:
        database.close()


def fill(browser, path, action, having="", **fields):
    """Sends the form of a page that has this action, and these words in it; answers with the next page."""
    forms = re.findall(r"<form[^>]*action=\"([^\"]+)\"[^>]*>(.*?)</form>", browser.get(path), re.DOTALL)
    body = next(it for to, it in forms if html.unescape(to) == action and having in it)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body)
    told = {name: html.unescape(value) for name, value in hidden}
    return browser.submit(action, **{**told, **fields})


def snapshot(path, tables=None, columns=None):
    """The rows of a replica's tables; of these columns, where they are given."""
    known = columns or columns_of(path)
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)
    try:
        return {name: sorted(database.execute(f"SELECT {', '.join(known[name])} FROM {name}"),
                             key=repr) for name in tables or known}
    finally:
        database.close()


class Guardian:
    """The first guardian of the youngest who has consented, with a code from the school's node."""

    def __init__(self, node):
        journal = sqlite3.connect(os.path.join(node.program.folder, "journal.db"), timeout=30)
        self.person, self.name, self.pupil, self.school_class, class_name = journal.execute(
            "SELECT c.person, p.family_name || ' ' || p.given_name || ' ' || p.patronymic, g.pupil, "
            "k.id, k.grade_level || coalesce(k.letter, '') "
            "FROM consent c JOIN guardianship g ON g.guardian = c.person "
            "JOIN person p ON p.id = c.person JOIN enrolment e ON e.pupil = g.pupil "
            "JOIN school_class k ON k.id = e.school_class "
            "WHERE c.state = 'granted' AND e.until IS NULL "
            "ORDER BY k.grade_level, c.person LIMIT 1").fetchone()
        journal.close()
        codes = node.program.run("codes", class_name)
        self.code = re.search(rf"\t{self.name} \(.*\)\t(\S+)$", codes, re.M).group(1)

    def comes_in(self, address, login="mama", password="a-long-password"):
        """At the hub, in a browser."""
        browser = Browser(address)
        browser.submit("/activate", code=self.code, login=login, password=password, again=password)
        assert browser.path.startswith("/diary/"), browser.path
        return browser


class Lesson:
    """A lesson in which a teacher has marks to enter, on whichever node."""

    def __init__(self, node, login="teacher01"):
        self.login, self._browsers = login, {}
        browser = self._browser(node)
        today = school_day()
        span = f"from={today - datetime.timedelta(days=360)}&to={today}"
        for course in re.findall(r"/course/(\d+)", browser.get("/")):
            page = json.loads(browser.get(f"/api/course/{course}?{span}"))
            held = [it for it in page["lessons"] if not it["planned"]]
            if page["may_edit"] and held and len(page["pupils"]) > 1:
                self.course, self.lesson = int(course), held[-1]
                return
        raise AssertionError("nobody teaches")

    def _browser(self, node):
        if node.address not in self._browsers:
            self._browsers[node.address] = node.sign_in(self.login)
        return self._browsers[node.address]

    def page(self, node):
        return Grid(self._browser(node), self.course, self.lesson["date"])

    def enter(self, node, text, row=0):
        grid = self.page(node)
        grid.enter(self.lesson, "mark", text, grid.page["pupils"][row]["id"])

    def name(self, node, text):
        """Gives the lesson a topic: a thing that is easy to tell."""
        self.page(node).enter(self.lesson, "topic", text)

    def cell(self, node, row=0):
        page = self.page(node).page
        at = next(i for i, it in enumerate(page["lessons"]) if it["number"] == self.lesson["number"])
        return page["pupils"][row]["cells"][at]["text"]

    def topic(self, node):
        lessons = self.page(node).page["lessons"]
        return next(it for it in lessons if it["number"] == self.lesson["number"])["topic"]


class RegionCase(unittest.TestCase):
    """Has a folder of its own, and stops all programs that it began."""

    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="zimnik-region-")
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def hub(self, name="hub"):
        hub = Hub(self.folder, name).make()
        self.addCleanup(hub.program.stop)
        return hub

    def school_with_a_node(self):
        """A hub that serves, and the main building of a made-up school: self.region, school, main."""
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.main = self.node("main").enroll(self.region.url, self.region.token(self.school)).serve()
        self.main.program.run("import", "--sample", str(PUPILS))
        self.main.program.run("sync")
        self.lesson = Lesson(self.main)

    def node(self, name):
        node = Node(self.folder, name).make()
        self.addCleanup(node.program.stop)
        return node
