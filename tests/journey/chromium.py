"""A real browser, without a screen. Its profile outlives it where a folder is given."""

import os
import tempfile
import time

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--lang=ru", "--accept-lang=ru"]


def is_stale(element):
    try:
        element.is_enabled()
        return False
    except StaleElementReferenceException:
        return True
    except WebDriverException as failure:
        # What chromedriver says where the page went away while it was looking at it.
        if "does not belong to the document" not in failure.msg:
            raise
        return True


class Chromium:
    def __init__(self, profile, phone=False, dark=False, waits=True):
        """Unless it waits, open() leaves the page under way."""
        options = webdriver.ChromeOptions()
        options.page_load_strategy = "normal" if waits else "none"
        for flag in [*FLAGS, "--window-size=1366,768", f"--user-data-dir={profile}"]:
            options.add_argument(flag)
        if dark:
            options.add_argument("--blink-settings=preferredColorScheme=0")
        if phone:
            metrics = {"width": 360, "height": 740, "pixelRatio": 2.0, "mobile": True}
            options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
        self.driver = webdriver.Chrome(options=options)
        self.driver.set_page_load_timeout(30)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.driver.quit()

    def open(self, url):
        self.driver.get(url)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def text(self, selector):
        return self.find(selector).text

    def page_text(self):
        return self.text("body")

    def fill(self, name, value):
        self.find(f"[name={name}]").send_keys(value)

    def follow(self, xpath):
        """Clicks on what leads to another page, and waits for that."""
        self.wait(xpath, lambda: self.driver.find_elements(By.XPATH, xpath))
        left = self.find("html")
        self.driver.find_element(By.XPATH, xpath).click()
        self.wait("another page", lambda: is_stale(left))

    def press(self, *keys):
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def wait(self, what, is_so, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if is_so():
                    return
            except StaleElementReferenceException:
                pass  # the page was painted anew meanwhile
            time.sleep(0.1)
        self.driver.save_screenshot(os.path.join(tempfile.gettempdir(), "journey-failed.png"))
        raise AssertionError(f"waited in vain for: {what}\n{self.page_text()}")

    def sign_in(self, address, login, password):
        self.open(address + "/sign-in")
        self.fill("login", login)
        self.fill("password", password + Keys.ENTER)
        self.wait("signed in", lambda: "/sign-in" not in self.driver.current_url)

    def answer_dialog(self, accept):
        dialog = self.driver.switch_to.alert
        text = dialog.text
        dialog.accept() if accept else dialog.dismiss()
        return text
