#!/usr/bin/env python3
"""A parent signs in by a provider: a real one, in a real browser."""

import json
import os
import unittest
import urllib.error

from chromium import Chromium
from oidc_provider import CLIENT, SECRET, Provider
from region import Browser, Guardian, RegionCase, lasting_port, programs

PASSWORD = "a-long-password"
SIGN_IN = "//form[@action='/federal']//button"


class Federal(RegionCase):
    def setUp(self):
        super().setUp()
        self.web = lasting_port()
        self.address = f"http://localhost:{self.web}"
        self.provider = Provider(self.address + "/federal/return")
        self.addCleanup(self.provider.stop)
        self.hub_with(self.provider.issuer)
        self.guardian = Guardian(self.main)
        self.main.program.run("sync")

    def hub_with(self, issuer):
        self.region = self.hub()
        settings = os.path.join(self.region.program.folder, "federal.json")
        with open(settings, "w", encoding="utf-8") as file:
            json.dump({"issuer": issuer, "client": CLIENT, "secret": SECRET, "name": "Госуслуги",
                       "address": self.address}, file)
        os.chmod(settings, 0o600)
        self.region.program.serve("--sync", f"127.0.0.1:{self.region.port}",
                                  "--web", f"127.0.0.1:{self.web}",
                                  "--console", "127.0.0.1:0")
        self.region.program.said(r"web port (\d+)")
        self.region.web = self.address
        self.school = self.region.add_school("Школа")
        self.main = self.node("main").enroll(self.region.url, self.region.token(self.school)).serve()
        self.main.program.run("import", "--sample", "60")

    def browser(self, name):
        browser = Chromium(os.path.join(self.folder, name))
        self.addCleanup(browser.driver.quit)
        return browser

    def activate(self, browser, login="mama"):
        browser.open(self.address + "/activate")
        browser.fill("code", self.guardian.code)
        for name, value in (("login", login), ("password", PASSWORD), ("again", PASSWORD)):
            browser.fill(name, value)
        browser.follow("//form[@action='/activate']//button")

    def at_the_provider(self, browser, who):
        """Signs in there, and agrees."""
        browser.wait("the provider", lambda: self.provider.issuer in browser.driver.current_url)
        if browser.driver.find_elements("name", "login"):
            browser.fill("login", who)
            browser.fill("password", "any")
            browser.follow("//button[@type='submit']")
        browser.wait("a way back", lambda: self.address in browser.driver.current_url or
                     browser.driver.find_elements("xpath", "//button[@type='submit']"))
        if self.provider.issuer in browser.driver.current_url:
            browser.driver.find_element("xpath", "//button[@type='submit']").click()
        browser.wait("the way back", lambda: self.address in browser.driver.current_url)

    def test_a_bound_identity_opens_the_diary_and_is_told_to_the_school(self):
        mother = self.browser("mother")
        self.activate(mother)
        self.assertIn("/diary/", mother.driver.current_url)
        mother.open(self.address + "/own")
        mother.follow("//form[@action='/own/identity']//button")
        self.at_the_provider(mother, "mother-of-two")
        self.confirm(mother)
        mother.wait("bound", lambda: "Связан" in mother.page_text())

        mother.follow("//form[@action='/leave']//button")
        mother.driver.find_element("xpath", SIGN_IN).click()  # the provider knows her still
        mother.wait("the diary", lambda: "/diary/" in mother.driver.current_url)
        self.main.program.run("sync")
        told = self.main.holds("federal_identity")["federal_identity"]
        self.assertEqual([(self.guardian.person, self.provider.issuer, "mother-of-two")],
                         [row[:3] for row in told])

    def confirm(self, browser):
        browser.wait("the question", lambda: "/own/identity/confirm" in browser.driver.current_url)
        browser.follow("//form[@action='/own/identity/confirm']//button")

    def test_who_signs_out_on_the_way_is_bound_to_nobody(self):
        mother = self.browser("mother")
        self.activate(mother)
        mother.open(self.address + "/own")
        mother.follow("//form[@action='/own/identity']//button")
        self.at_the_provider(mother, "mother-of-two")
        mother.wait("the question", lambda: "/own/identity/confirm" in mother.driver.current_url)
        mother.follow("//form[@action='/leave']//button")
        mother.open(self.address + "/own/identity/confirm")
        self.assertNotIn("Связать", mother.page_text())
        mother.open(self.address)
        mother.driver.find_element("xpath", SIGN_IN).click()
        mother.wait("why not", lambda: "ещё не связана" in mother.page_text())

    def test_an_identity_that_is_bound_to_nobody_opens_nothing(self):
        stranger = self.browser("stranger")
        stranger.open(self.address)
        stranger.driver.find_element("xpath", SIGN_IN).click()
        self.at_the_provider(stranger, "stranger")
        stranger.wait("why not", lambda: "ещё не связана" in stranger.page_text())
        stranger.open(self.address)
        self.assertIn("/federal", stranger.driver.page_source)

    def test_a_return_that_another_browser_began_or_that_was_used_is_refused(self):
        with self.assertRaises(urllib.error.HTTPError) as refused:
            Browser(self.address).get("/federal/return?code=stolen&state=stolen")
        self.assertEqual(403, refused.exception.code)
        self.assertIn("начат не в этом браузере", refused.exception.read().decode())
        mother = self.browser("mother")
        self.activate(mother)
        mother.open(self.address + "/own")
        mother.follow("//form[@action='/own/identity']//button")
        self.at_the_provider(mother, "mother-of-two")
        self.confirm(mother)
        mother.wait("bound", lambda: "Связан" in mother.page_text())
        mother.driver.get(self.address + "/federal/return?code=again&state=again")
        self.assertIn("начат не в этом браузере", mother.page_text())

    def test_a_provider_that_is_away_is_said_and_the_password_works(self):
        self.provider.stop()
        mother = self.browser("mother")
        self.activate(mother)
        mother.follow("//form[@action='/leave']//button")
        mother.follow(SIGN_IN)
        self.assertIn("сейчас не отвечает", mother.page_text())
        mother.open(self.address)
        mother.fill("login", "mama")
        mother.fill("password", PASSWORD)
        mother.follow("//form[@action='/']//button")
        self.assertIn("/diary/", mother.driver.current_url)


if __name__ == "__main__":
    programs()
    unittest.main(verbosity=2)
