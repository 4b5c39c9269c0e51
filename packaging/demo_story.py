"""The story that packaging/demo plays: real programs, a real line, HTTP as a browser speaks it."""

import argparse
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error

from demo_browser import Browser, Grid
from demo_line import Line

SCHOOL = "Школа села Зимнего"
PUPILS = 250
PASSWORD = "zimnik-sample"
PARENT = ("parent", "zimnik-parent")
CONFLICT_WORDS = "Расхождения"
ACTIVATIONS = 8  # guardians tried: some have refused the electronic diary


class StoryFailed(Exception):
    """What was to be seen wasn't."""


def say(text):
    print(time.strftime("%H:%M:%S"), text, flush=True)


def wait_for(what, is_so, seconds=120):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return
        time.sleep(0.2)
    raise StoryFailed(f"не дождались: {what}")


class Program:
    """zimnik-hub or zimnik-node with a folder of its own; `serve` goes on until stop()."""

    def __init__(self, path, folder):
        self.path, self.folder, self.process = path, folder, None
        self.log = folder + ".log"
        self.began = 0  # where the log of the process that serves now begins

    def run(self, *arguments, text=""):
        done = subprocess.run([self.path, "--data", self.folder, *arguments], input=text,
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise StoryFailed(f"{os.path.basename(self.path)} {' '.join(arguments[:2])}: "
                              f"{done.stdout}{done.stderr}")
        return done.stdout

    def serve(self, *arguments):
        with open(self.log, "a", encoding="utf-8") as log:
            self.began = log.tell()
            self.process = subprocess.Popen([self.path, "--data", self.folder, "serve", *arguments],
                                            stdout=log, stderr=log, start_new_session=True)

    def said(self, pattern):
        """What the pattern's first group finds in the log; waits for it."""
        found = []

        def look():
            if self.process.poll() is not None:
                raise StoryFailed(f"{self.path} ended: {self.text()}")
            found[:] = re.findall(pattern, self.text())
            return bool(found)

        wait_for(f"{pattern} в {self.log}", look, 60)
        return found[0]

    def text(self):
        with open(self.log, encoding="utf-8") as log:
            log.seek(self.began)
            return log.read()

    def stop(self):
        """Ends what serves; fails where it had ended by itself."""
        if self.process is None:
            return
        process, self.process = self.process, None
        if process.poll() is not None:
            raise StoryFailed(f"{self.path} ended by itself, exit code {process.returncode}: "
                              f"{self.text()[-3000:]}")
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Node:
    def __init__(self, program, name):
        self.program, self.name, self.address = program, name, ""

    def set_up(self, hub_url, token):
        self.program.run("init")
        self.program.run("enroll", "--hub", hub_url, "--token", token, "--name", self.name)
        self.program.serve("--web", "127.0.0.1:0", "--plain", "127.0.0.1:0")
        self.secure = self.program.said(r"журнал: (https://\S+:\d+)")
        self.address = self.program.said(r"на этой машине: (http://\S+:\d+)")

    def is_in_step(self):
        return "все в ногу: да" in self.program.run("status")

    def sign_in(self, login):
        browser = Browser(self.address)
        browser.submit("/sign-in", login=login, password=PASSWORD)
        if browser.path != "/":
            raise StoryFailed(f"{login} не входит на узел «{self.name}»")
        return browser


class Story:
    def __init__(self, programs, folder):
        self.folder = folder
        self.hub = Program(os.path.join(programs, "zimnik-hub"), folder + "/hub")
        node = os.path.join(programs, "zimnik-node")
        self.main = Node(Program(node, folder + "/main"), "главное здание")
        self.branch = Node(Program(node, folder + "/branch"), "филиал")
        self.line = None
        self.diary = ""

    def stop(self):
        for program in (self.main.program, self.branch.program, self.hub):
            program.stop()

    # -- before the line is cut ------------------------------------------------------------------

    def begin(self):
        say("округ: новый")
        self.hub.run("init", "--region", "Округ для показа")
        self.hub.run("school", "add", SCHOOL)
        self.hub.serve("--sync", "127.0.0.1:0", "--web", "127.0.0.1:0", "--console", "127.0.0.1:0")
        self.line = Line(int(self.hub.said(r"sync port (\d+)")))
        self.hub_address = "http://127.0.0.1:" + self.hub.said(r"web port (\d+)")
        url = f"https://127.0.0.1:{self.line.port}"
        say(f"узел главного здания: ключи, код от округа, школа на {PUPILS} обучающихся")
        self.main.set_up(url, self.token("главное здание"))
        self.accounts = self.main.program.run("import", "--sample", str(PUPILS))
        wait_for("главное здание отправило всё в округ", self.main.is_in_step)
        say(f"в округ ушло {self.line.bytes_up} байт")
        say("узел филиала: получает школу из округа, ключи — от главного здания")
        before = self.line.bytes_down
        self.branch.set_up(url, self.token("филиал"))
        self.exchange_all()
        wait_for("филиал может читать всё", self.branch_reads)
        say(f"филиал получил {self.line.bytes_down - before} байт")

    def token(self, name):
        words = self.hub.run("token", SCHOOL, "--name", name).split()
        return next(word for word in words if word.startswith("zimnik1-"))

    def exchange_all(self):
        """Twice round: keys come one exchange after what asks for them."""
        for node in (self.branch, self.main) * 2:
            node.program.run("sync")

    def branch_reads(self):
        self.exchange_all()
        return "teacher01" in self.branch.program.run("account", "list")

    def choose(self):
        """A teacher, a course with lessons, a pupil, and a guardian who reads the diary."""
        browser = self.main.sign_in("teacher01")
        for course in re.findall(r'/course/(\d+)', browser.get("/")):
            page = json.loads(browser.get(f"/api/course/{course}"))
            lessons = [it for it in page["lessons"] if not it["planned"]]
            if page["may_edit"] and lessons and page["pupils"]:
                self.course, self.lesson = int(course), lessons[-1]
                self.class_name = page["title"].split(",")[0]
                self.title = page["title"]
                return self.activate(page["pupils"])
        raise StoryFailed("у учителя нет уроков")

    def activate(self, pupils):
        codes = self.main.program.run("codes", self.class_name)
        wait_for("коды ушли в округ", self.main.is_in_step)
        tries = 0
        for name, _, code in re.findall(r"^(.+?)\t(.+?)\t(\S+)$", codes, re.M):
            pupil = next((it for it in pupils if it["name"] == name), None)
            if pupil is None or tries == ACTIVATIONS:
                continue
            tries += 1
            parent = Browser(self.hub_address)
            login, password = f"{PARENT[0]}{tries}", PARENT[1]
            parent.submit("/activate", code=code, login=login, password=password, again=password)
            path = f"/diary/{pupil['id']}?week={self.lesson['date']}"
            try:
                parent.get(path)
            except urllib.error.HTTPError:
                continue  # this guardian hasn't consented
            if not parent.path.startswith("/diary/"):
                continue
            self.parent, self.parent_login, self.diary, self.pupil = parent, login, path, pupil
            return
        raise StoryFailed("никто из законных представителей не согласился на электронный дневник")

    # -- the line --------------------------------------------------------------------------------

    def work_without_line(self):
        say("связь оборвана")
        self.line.cut()
        self.stamp = datetime.datetime.now().strftime("%H:%M:%S")
        self.topic = f"Тема без связи, {self.stamp}"
        self.homework = f"§ 12, упражнение {self.stamp}"
        day = self.lesson["date"]
        here = Grid(self.main.sign_in("teacher01"), self.course, day)
        there = Grid(self.branch.sign_in("teacher01"), self.course, day)
        other = here.page["pupils"][1]["id"]
        say(f"{self.title}, {day}: отметки, пропуск, тема и задание — на двух узлах")
        here.enter(self.lesson, "mark", "5", self.pupil["id"])
        here.enter(self.lesson, "topic", self.topic)
        here.enter(self.lesson, "absence", "н", other)
        time.sleep(0.05)  # so that the branch's mark is the later one, and shown
        there.enter(self.lesson, "mark", "3", self.pupil["id"])
        there.enter(self.lesson, "homework", self.homework)
        if self.main.is_in_step():
            raise StoryFailed("узел говорит, что всё отправлено, а связи нет")

    def bring_back(self):
        before = self.line.bytes_up, self.line.bytes_down
        say("связь есть")
        self.line.mend()
        wait_for("главное здание догнало", self.main.is_in_step)
        wait_for("филиал догнал", self.branch.is_in_step)
        self.main.program.run("sync")
        self.up, self.down = self.line.bytes_up - before[0], self.line.bytes_down - before[1]
        say(f"по линии прошло: {self.up} байт в округ, {self.down} обратно (с рукопожатиями TLS)")

    # -- what is seen ----------------------------------------------------------------------------

    def check(self):
        page = self.parent.get(self.diary)
        for wanted in (self.topic, self.homework):
            if wanted not in page:
                raise StoryFailed(f"в дневнике нет «{wanted}»")
        shown = Grid(self.main.sign_in("teacher01"), self.course, self.lesson["date"]).page
        cell = next(it for it in shown["pupils"] if it["id"] == self.pupil["id"])["cells"][0]
        if "3" not in cell["text"] or not cell["listed"]:
            raise StoryFailed(f"в клетке «{cell['text']}», расхождение отмечено: {cell['listed']}")
        for node in (self.main, self.branch):
            if "Отметка: " not in node.program.run("conflicts"):
                raise StoryFailed(f"узел «{node.name}» не показывает расхождения")
            if "всё сходится" not in node.program.run("verify"):
                raise StoryFailed(f"узел «{node.name}»: подписи не сходятся")
        say("дневник показывает тему и задание, введённые без связи; расхождение в списке")

    def facts(self):
        return {
            "journal": self.main.address, "journal_https": self.main.secure,
            "branch_journal": self.branch.address, "conflicts": self.main.address + "/conflicts",
            "diary": self.hub_address + self.diary, "hub": self.hub_address,
            "course": f"{self.main.address}/course/{self.course}",
            "accounts": {"teacher": ["teacher01", PASSWORD], "principal": ["principal", PASSWORD],
                         "deputy_head": ["deputy", PASSWORD],
                         "parent": [self.parent_login, PARENT[1]]},
            "folders": {"hub": self.hub.folder, "main": self.main.program.folder,
                        "branch": self.branch.program.folder},
            "bytes": {"up": self.up, "down": self.down},
        }


def show(facts):
    print(f"""
Журнал (главное здание):  {facts['journal']}   {facts['journal_https']}
Журнал (филиал):          {facts['branch_journal']}
Урок:                     {facts['course']}
Расхождения:              {facts['conflicts']}
Дневник родителя:         {facts['diary']}

Учитель:    {' / '.join(facts['accounts']['teacher'])}
Директор:   {' / '.join(facts['accounts']['principal'])}
Родитель:   {' / '.join(facts['accounts']['parent'])}

Ctrl-C — закончить; ничего не останется.""", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="packaging/demo")
    parser.add_argument("--programs", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--check", action="store_true", help="play, check, exit with 0 or 1")
    parser.add_argument("--json", metavar="FILE", help="write addresses and accounts to FILE")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = tempfile.mkdtemp(prefix="zimnik-demo-")
    story = Story(options.programs, folder)
    try:
        story.begin()
        story.choose()
        story.work_without_line()
        story.bring_back()
        story.check()
        facts = story.facts()
        if options.json:
            with open(options.json, "w", encoding="utf-8") as file:
                json.dump(facts, file, ensure_ascii=False, indent=1)
        if not options.check:
            show(facts)
            signal.pause()
        return 0
    except KeyboardInterrupt:
        return 0
    except (StoryFailed, urllib.error.URLError) as error:
        print(f"не вышло: {error}", file=sys.stderr)
        for program in (story.hub, story.main.program, story.branch.program):
            if os.path.exists(program.log):
                print(f"-- {program.log}\n{program.text()[-2000:]}", file=sys.stderr)
        return 1
    finally:
        story.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
