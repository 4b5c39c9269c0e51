"""axe-core, which looks for what keeps people from using a page."""

import os
import subprocess

from region import programs

VERSION = "4.10.2"


def source():
    """Its script; fetched once, and kept beside the programs."""
    folder = os.path.join(programs(), "..", "axe-core")
    file = os.path.join(folder, "package", "axe.min.js")
    if not os.path.exists(file):
        os.makedirs(folder, exist_ok=True)
        pack = ["npm", "pack", "--silent", f"axe-core@{VERSION}"]
        name = subprocess.run(pack, cwd=folder, check=True, capture_output=True, text=True).stdout
        subprocess.run(["tar", "-xzf", name.strip()], cwd=folder, check=True)
    with open(file, encoding="utf-8") as script:
        return script.read()


def violations(browser):
    """Of the page that is open, a line each."""
    return browser.driver.execute_async_script(source() + """
        ;const done = arguments[arguments.length - 1];
        axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v =>
            v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(' | '))));""")


def faults(browser, title, picture):
    """What axe sees in the page that is open, and whether it scrolls sideways; a line each. Keeps a
    picture of it."""
    browser.driver.save_screenshot(picture)
    found = [f"{title}: {it}" for it in violations(browser)]
    if browser.driver.execute_script(
            "return document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{title}: scrolls sideways")
    return found
