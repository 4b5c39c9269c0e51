#!/usr/bin/env python3
"""Every page of the node, as each role finds it by its links: axe-core sees no violation, in light and
in dark colours; on a phone nothing makes it scroll sideways; a picture of each is kept, on paper too.

    pages_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub; pictures lie beside it
"""

import base64
import collections
import html
import os
import re
import subprocess
import sys
import unittest
from urllib.parse import urlsplit

import axe
from chromium import Chromium, Keys
from region import PASSWORD, RegionCase, fill, programs

SOURCE = os.path.join(os.path.dirname(__file__), "..", "..")
LOGINS = ("principal", "deputy", "technician", "teacher01")
# What isn't a page.
FILES = re.compile(r"\.(csv|json|zip)$|/pdf$|/proof$|^/api/|^/static/|^/language")
# What only a form leads to, and other journeys look at.
BEHIND_FORMS = {"/import/preview/{token}"}
# What is made to be printed.
PAPERS = {"/course/{course}/print", "/register/{school_class}", "/class/{school_class}/slips",
          "/class/{school_class}/codes", "/pupil/{pupil}/extract", "/evidence/{table}/{key}", "/acts/{act}"}


def patterns():
    """The pages that routes.cpp names, with what fits their addresses."""
    with open(os.path.join(SOURCE, "node", "web", "routes.cpp"), encoding="utf-8") as source:
        named = re.findall(r'\{"GET",\s*"([^"]+)"', source.read())
    return {name: re.compile(re.sub(r"\\\{[a-z_]+\\\}", "[^/]+", re.escape(name)) + "$")
            for name in named if not FILES.search(name)}


class Pages(RegionCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.patterns = patterns()
        self.pictures = os.path.join(programs(), "..", "pictures")
        os.makedirs(self.pictures, exist_ok=True)
        self.school_with_a_node()
        self.faults = []
        self.void_an_account("teacher03")
        fill(self.main.sign_in("deputy"), "/groups", "/groups", name="Хор", kind="stream")

    def browser(self, name, *flags, **options):
        browser = Chromium(os.path.join(self.folder, name), *flags, **options)
        self.addCleanup(browser.driver.quit)
        return browser

    def void_an_account(self, login):
        """So that there is an incident with its act."""
        with self.browser("principal") as browser:
            browser.sign_in(self.main.address, "principal", PASSWORD)
            browser.open(self.main.address + "/accounts")
            field = f"//input[@name='account' and @value='{login}']"
            browser.follow(f"{field}/../button[@name='stolen']")
            browser.follow("//form[@action='/incidents/receive']/button")
            browser.find("form[action='/incidents/act'] [name=reason]").send_keys("проба")
            browser.follow("//form[@action='/incidents/act']/button")
            self.assertIn("/acts/", browser.driver.current_url)

    def guardian(self):
        """One who has consented, with a login of the own."""
        technician = self.main.sign_in("technician")
        for school_class in re.findall(r"/accounts\?class=(\d+)", technician.get("/accounts")):
            slips = fill(technician, f"/accounts?class={school_class}", "/accounts/class", whom="guardians")
            typed = [html.unescape(it) for it in re.findall(r'class="typed">([^<]+)', slips)]
            if typed:
                break
        with self.browser("new") as browser:
            browser.open(self.main.address + "/code")
            for name, value in zip(("login", "code", "password", "again"), (*typed[:2], PASSWORD, PASSWORD)):
                browser.fill(name, value)
            browser.follow("//button[@class='main']")
        return typed[0]

    def branch_teacher(self):
        """Who has a multi-grade class: the last but one."""
        return re.findall(r"^teacher\d+", self.main.program.run("account", "list"), re.MULTILINE)[-2]

    def pattern_of(self, path):
        if FILES.search(path):
            return None
        # The one with the fewest places, so that /lesson isn't taken for /{any}.
        fitting = [name for name, fits in self.patterns.items() if fits.match(path)]
        return min(fitting, key=lambda name: name.count("{"), default=None)

    def links(self, browser):
        """Paths of this page's links, with their queries; of a grid's chosen cell too."""
        if browser.driver.find_elements("css selector", "td.selected"):
            browser.press(Keys.F2)
            browser.wait("the cell", lambda: browser.find("#cell").is_displayed())
        found = browser.driver.execute_script(
            "return [...document.querySelectorAll('a[href]')].map(a => a.href)")
        parts = [urlsplit(it) for it in found if it.startswith(self.main.address)]
        return [it.path + ("?" + it.query if it.query else "") for it in parts]

    def pages_of(self, browser, login):
        """One address of each pattern that this visitor finds, from the first page on; looks at each."""
        found, waiting = {}, collections.deque(["/"])
        while waiting:
            path = waiting.popleft()
            pattern = self.pattern_of(urlsplit(path).path)
            if pattern is None or pattern in found:
                continue
            found[pattern] = path
            browser.open(self.main.address + path)
            self.check(browser, f"{login} {path}")
            waiting.extend(self.links(browser))
        return found

    def check(self, browser, title):
        self.faults += [f"{title}: {it}" for it in axe.violations(browser)]

    def picture(self, browser, title, kind):
        name = re.sub(r"[^a-z0-9_-]+", "-", title.lower()).strip("-")
        browser.driver.save_screenshot(os.path.join(self.pictures, f"{name}.{kind}.png"))

    def print(self, browser, title):
        """A picture of each sheet, as A4 has it."""
        name = os.path.join(self.pictures, re.sub(r"[^a-z0-9_-]+", "-", title.lower()).strip("-") + ".paper")
        sheets = browser.driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True,
                                                                    "paperWidth": 8.27, "paperHeight": 11.69})
        with open(name + ".pdf", "wb") as file:
            file.write(base64.b64decode(sheets["data"]))
        subprocess.run(["pdftoppm", "-r", "80", "-png", name + ".pdf", name], check=True)

    def check_width(self, browser, title):
        wide = browser.driver.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.faults.append(f"{title}: {wide} pixels too wide for a phone")

    def test_no_page_has_a_fault_that_axe_sees_and_all_fit_a_phone(self):
        seen = set()
        self.look_at_doors()
        for login in (*LOGINS, self.branch_teacher(), self.guardian()):
            with self.browser(login) as light:
                light.sign_in(self.main.address, login, PASSWORD)
                pages = self.pages_of(light, login)
            new = {pattern: path for pattern, path in pages.items() if pattern not in seen}
            self.look_at(login, new)
            seen |= set(pages)
        self.assertEqual([], self.faults)
        self.assertEqual(set(), set(self.patterns) - seen - BEHIND_FORMS, "pages that no link leads to")

    def look_at_doors(self):
        with self.browser("door") as browser:
            for path in ("/sign-in", "/code"):
                browser.open(self.main.address + path)
                self.check(browser, path)
                self.picture(browser, path, "pc")

    def look_at(self, login, pages):
        """In the colours and sizes that people have."""
        for kind, options in {"pc": {}, "dark": {"dark": True}, "phone": {"phone": True}}.items():
            with self.browser(f"{login}-{kind}", **options) as browser:
                browser.sign_in(self.main.address, login, PASSWORD)
                for pattern, path in pages.items():
                    browser.open(self.main.address + path)
                    self.picture(browser, f"{login}{pattern}", kind)
                    if kind == "pc" and pattern in PAPERS:
                        self.print(browser, f"{login}{pattern}")
                    if kind == "dark":
                        self.check(browser, f"{login} {path} dark")
                    if kind == "phone":
                        self.check_width(browser, f"{login} {path}")


if __name__ == "__main__":
    programs()
    unittest.main(verbosity=2)
