"""What the story does in a browser, without one: forms, cookies, the grid's entries."""

import http.cookiejar
import json
import urllib.error
import urllib.parse
import urllib.request


class Browser:
    def __init__(self, address):
        self.address = address
        self._cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self._cookies))

    def get(self, path):
        """The page's text. Raises urllib.error.HTTPError where it isn't given."""
        request = urllib.request.Request(self.address + path,
                                         headers={"Accept-Language": "ru"})
        with self._opener.open(request, timeout=30) as answer:
            self.path = urllib.parse.urlsplit(answer.url).path
            return answer.read().decode()

    def submit(self, path, **fields):
        """A field may have several values."""
        return self._post(path, urllib.parse.urlencode(fields, doseq=True).encode(),
                          "application/x-www-form-urlencoded")

    def send(self, path, value):
        return json.loads(self._post(path, json.dumps(value).encode(), "application/json"))

    def _post(self, path, body, content_type):
        request = urllib.request.Request(
            self.address + path, data=body,
            headers={"Content-Type": content_type, "Origin": self.address,
                     "Accept-Language": "ru"})
        with self._opener.open(request, timeout=30) as answer:
            self.path = urllib.parse.urlsplit(answer.url).path
            return answer.read().decode()


class Grid:
    """The open page of a course: what is typed into it goes to the node at once."""

    def __init__(self, browser, course, day=None):
        self.browser = browser
        span = f"?from={day}&to={day}" if day else ""
        self.page = json.loads(browser.get(f"/api/course/{course}{span}"))
        self.counter = 0

    def enter(self, lesson, kind, text, pupil=None):
        self.counter += 1
        entry = {"page": self.page["page"], "counter": self.counter, "seen": self.page["seen"],
                 "course": self.page["course"], "date": lesson["date"],
                 "number": lesson["number"], "kind": kind, "text": text}
        if pupil is not None:
            entry["pupil"] = pupil
        return self.browser.send("/api/save", entry)
