#!/usr/bin/env python3
"""The hub's console in a real browser: an operator comes in with a code, finds each page by the menu,
prints a token with which a node enrols, revokes it and takes that back; axe-core sees no violation, in light and in
dark colours, and on a phone nothing makes a page scroll sideways. The log as JSON, line by line.

    console_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub; pictures lie beside it
"""

import json
import os
import re
import unittest
import urllib.error
import urllib.request

import axe
from chromium import Chromium
from region import RegionCase, programs, wait_for

PASSWORD = "очень длинный пароль"


class Console(RegionCase):
    maxDiff = None

    def setUp(self):
        super().setUp()
        self.school_with_a_node()
        self.pictures = os.path.join(programs(), "..", "pictures")
        os.makedirs(self.pictures, exist_ok=True)
        self.region.program.stop()  # what is looked at first is whole then
        self.region.serve()

    def browser(self, name, **options):
        browser = Chromium(os.path.join(self.folder, name), **options)
        self.addCleanup(browser.driver.quit)
        return browser

    def come_in(self, browser, login, role="administrator"):
        """As an operator who has no password yet."""
        code = self.region.program.run("operator", "add", login, "--role", role).strip()
        browser.open(self.region.console + "/code")
        for name, text in (("code", code), ("password", PASSWORD), ("again", PASSWORD)):
            browser.find(f"[name={name}]").send_keys(text)
        browser.follow("//button[@class='main']")
        self.assertIn("/schools", browser.driver.current_url)

    def pages(self, browser):
        """What the menu leads to, and a school's own page."""
        links = browser.driver.find_elements("css selector", "body>header nav a")
        own = f"{self.region.console}/school/{self.school}"
        return [link.get_attribute("href") for link in links] + [
            own, f"{own}/revoke/{self.main.id()}", f"{self.region.console}/api-keys/1/end"]

    def look_at(self, browser, name):
        faults = []
        for page in self.pages(browser):
            browser.open(page)
            path = re.sub(r"[0-9a-f]{32}", "id", page[len(self.region.console) + 1:])
            faults += self.faults_of(browser, path, name)
        return faults

    def faults_of(self, browser, path, name):
        """Of the page that is open."""
        picture = os.path.join(self.pictures, f"console-{path.replace('/', '-')}-{name}.png")
        return axe.faults(browser, f"{path} ({name})", picture)

    def test_each_page_is_without_fault_in_both_schemes_and_on_a_phone(self):
        self.region.program.run("api-key", "add", "Дневник", "--scopes", "structure", "--all-schools")
        faults = []
        for name, options in (("light", {}), ("dark", {"dark": True}), ("phone", {"phone": True})):
            browser = self.browser(name, **options)
            self.come_in(browser, name)
            wait_for("осмотра школ",
                     lambda it=browser: "ещё не осмотрена" not in self.text_of(it, "/schools"))
            faults += self.look_at(browser, name)
        self.assertEqual([], faults)

    # Of each text of a chart that is shown: its size on the screen, and its box.
    CHART_TEXTS = """return [...document.querySelectorAll(".chart")].map(chart =>
        [...chart.querySelectorAll("text")].filter(it => it.getClientRects().length).map(it => {
            const {left, right, top, bottom} = it.getBoundingClientRect();
            return {size: parseFloat(getComputedStyle(it).fontSize) * it.getScreenCTM().a,
                    left, right, top, bottom};
        }))"""

    def test_charts_can_be_read_on_a_phone(self):
        browser = self.browser("phone", phone=True)
        self.come_in(browser, "anna")
        wait_for("показателей",
                 lambda: "показателей ещё нет" not in self.text_of(browser, "/figures"))
        charts = browser.driver.execute_script(self.CHART_TEXTS)
        self.assertEqual(3, len(charts))
        for texts in charts:
            self.assertTrue(all(it["size"] >= 12 for it in texts), texts)
            for i, one in enumerate(texts):
                for other in texts[i + 1:]:
                    self.assertTrue(one["right"] <= other["left"] or other["right"] <= one["left"]
                                    or one["bottom"] - 2 <= other["top"]
                                    or other["bottom"] - 2 <= one["top"], (one, other))

    def text_of(self, browser, path):
        browser.open(self.region.console + path)
        return browser.driver.page_source

    def test_a_printed_token_enrols_a_node_and_a_revoked_node_is_out(self):
        browser = self.browser("operator")
        self.come_in(browser, "anna")
        browser.open(f"{self.region.console}/school/{self.school}")
        browser.find("[name=name]").send_keys("Филиал")
        browser.follow("//form[contains(@action, '/token')]/button[@class='main']")
        token = browser.find("code.code").text
        branch = self.node("branch")
        self.assertTrue(branch.enrolls(self.region.url, token))
        site = branch.id()
        browser.open(f"{self.region.console}/school/{self.school}/revoke/{site}")
        browser.find("[name=reason]").send_keys("потерян")
        browser.find("[name=typed]").send_keys(site[:4])
        browser.follow("//button[@class='danger']")
        self.assertIn("Узел отозван", browser.driver.page_source)
        self.assertIn("отозвано 1", self.region.program.run("status"))
        browser.open(f"{self.region.console}/school/{self.school}")
        browser.follow("//a[contains(@href, '/undo/')]")
        self.assertEqual([], self.faults_of(browser, "undo", "light"))
        act = browser.driver.current_url.rsplit("/", 1)[1]
        browser.find("[name=reason]").send_keys("нашёлся")
        browser.find("[name=typed]").send_keys(act[:4])
        browser.follow("//button[@class='danger']")
        self.assertIn("отозвано 0", self.region.program.run("status"))

    def test_a_token_of_supports_enrols_a_node_once_an_administrator_has_confirmed_it(self):
        support, administrator = self.browser("boris"), self.browser("anna", phone=True)
        self.come_in(support, "boris", "support")
        self.come_in(administrator, "anna")
        own = f"{self.region.console}/school/{self.school}"
        support.open(own)
        support.find("[name=name]").send_keys("Филиал")
        support.follow("//form[contains(@action, '/token')]/button[@class='main']")
        token, faults = support.find("code.code").text, self.faults_of(support, "token", "waiting")
        support.driver.refresh()
        self.assertNotIn(token, support.driver.page_source)
        self.assertIn("Этой страницы больше нет", support.page_text())
        faults += self.faults_of(support, "token-gone", "light")
        branch = self.node("branch")
        said = branch.program.fails("enroll", "--hub", self.region.url, "--token", token, "--name", "x")
        self.assertIn("ждёт подтверждения администратора", said)
        administrator.open(own)
        faults += self.faults_of(administrator, "school-with-a-token", "phone")
        administrator.follow("//form[contains(@action, '/token/confirm')]/button")
        self.assertEqual([], faults)
        self.assertTrue(branch.enrolls(self.region.url, token))

    def test_a_key_of_another_system_is_confirmed_shown_once_and_ended(self):
        browser = self.browser("operator", phone=True)
        self.come_in(browser, "anna")
        browser.open(self.region.console + "/api-keys")
        browser.find("[name=system]").send_keys("Дневник области")
        for name, value in (("scope", "structure"), ("scope", "names"), ("school", self.school)):
            browser.find(f"[name={name}][value='{value}']").click()
        browser.follow("//main//button[@class='main']")
        faults = self.faults_of(browser, "api-key-new", "phone")
        self.assertIn("персональные данные", browser.driver.page_source)
        browser.follow("//main//button[@class='main']")
        faults += self.faults_of(browser, "api-key", "phone")
        self.assertEqual([], faults)
        key = browser.find("code.code").text
        self.assertEqual(200, self.status_with(key))
        self.assertNotIn(key, self.text_of(browser, "/api-keys"))
        browser.open(self.region.console + "/api-keys/1/end")
        browser.find("[name=typed]").send_keys("1")
        browser.follow("//button[@class='danger']")
        self.assertEqual(401, self.status_with(key))

    def status_with(self, key):
        """What the API answers to who has this key."""
        request = urllib.request.Request(f"{self.region.web}/api/v1/schools/{self.school}/pupils",
                                         headers={"Authorization": "Bearer " + key})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    def test_each_line_of_the_log_as_json_is_an_object_and_exchanges_are_in_it(self):
        self.region.program.stop()
        self.region.program.forget_log()
        self.region.program.serve("--sync", f"127.0.0.1:{self.region.port}", "--web", "127.0.0.1:0",
                                  "--console", "127.0.0.1:0", "--log", "json")
        self.region.program.said(r"console port (\d+)")
        self.main.program.run("sync")
        with open(self.region.program.log, encoding="utf-8") as log:
            lines = [line for line in log if not line.startswith("sync port")]
        events = [json.loads(line) for line in lines]
        exchanges = [it for it in events if it["event"] == "exchange"]
        self.assertTrue(exchanges)
        self.assertEqual({self.school}, {it["school"] for it in exchanges})
        self.assertTrue(all(re.match(r"\d{4}-\d\d-\d\dT[\d:.]+Z$", it["time"]) for it in events))


if __name__ == "__main__":
    programs()
    unittest.main(verbosity=2)
