#!/usr/bin/env python3
"""What the Internet does to a hub: at its own port, and behind a real nginx with the package's
configuration. Others are served meanwhile, nothing is told that shouldn't be, nothing changes.

    hostile_test.py PROGRAMS    the folder of zimnik-node and zimnik-hub
"""

import json
import re
import socket
import time
import unittest
import urllib.parse

from nginx import Nginx
from region import Guardian, RegionCase, programs

programs()
SLOW = 500
PATIENCE = 60
PASSWORD = "a-long-password"
WRONG_LOGINS = 60  # over the bound of one address


class Raw:
    """One connection on which anything is said."""

    def __init__(self, connection):
        self.connection = connection
        self.connection.settimeout(PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()

    def say(self, data):
        self.connection.sendall(data)

    def heard(self):
        """All until the other side closes; as far as it comes where the connection breaks."""
        data = b""
        try:
            while piece := self.connection.recv(65536):
                data += piece
        except OSError:
            pass
        return data


def get(path, host="localhost", *headers):
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode()


def form(path, fields, host="localhost", origin=None, *headers):
    body = urllib.parse.urlencode(fields).encode()
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", "Connection: close",
             "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
             *([f"Origin: {origin}"] if origin else []), *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def status_of(answer):
    found = re.match(rb"HTTP/1\.1 (\d+)", answer)
    return int(found.group(1)) if found else 0


class Hostile(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub()
        self.region.program.serve("--sync", f"127.0.0.1:{self.region.port}", "--web", "127.0.0.1:0",
                                  "--console", "127.0.0.1:0", "--log", "json")
        self.web = int(self.region.program.said(r"web port (\d+)"))
        self.console = int(self.region.program.said(r"console port (\d+)"))
        self.nginx = Nginx(self.folder, self.web, self.console)
        self.addCleanup(self.nginx.stop)

    def direct(self):
        return Raw(socket.create_connection(("127.0.0.1", self.web), timeout=PATIENCE))

    def through(self, host="diary.example"):
        return Raw(self.nginx.connect(host))

    def both(self):
        """By whom it is served, and the way there."""
        return (("hub", self.direct, "localhost"), ("nginx", self.through, "diary.example"))

    def ask(self, way, data):
        with way() as raw:
            raw.say(data)
            return raw.heard()

    def is_served(self, way, host):
        """Within a second, at the best of three tries: the machine may be busy with others."""
        times = []
        for _ in range(3):
            began = time.monotonic()
            self.assertEqual(200, status_of(self.ask(way, get("/", host))))
            times.append(time.monotonic() - began)
        self.assertLess(min(times), 1)

    def paths_asked(self):
        """Parts of addresses that the hub has answered, as its log has them."""
        parts = []
        for line in self.region.program.text().splitlines():
            if line.startswith("{"):
                event = json.loads(line)
                if event.get("event") == "request":
                    parts.append((event["method"], event["part"]))
        return parts

    def test_five_hundred_slow_clients_hold_up_nobody(self):
        for name, way, host in self.both():
            with self.subTest(name):
                slow = []
                for number in range(SLOW):
                    raw = way()
                    raw.say(b"POST / HTTP/1.1\r\nHost: " + host.encode() + b"\r\nX-Slow")
                    slow.append(raw)
                    if number % 100 == 99:
                        self.is_served(way, host)
                for _ in range(3):  # a byte each, now and then
                    for raw in slow:
                        try:
                            raw.say(b"x")
                        except OSError:
                            pass  # it was let go for a newer one
                    self.is_served(way, host)
                for raw in slow:
                    raw.connection.close()

    def test_floods_of_chunks_and_headers_are_refused(self):
        for name, way, host in self.both():
            with self.subTest(name):
                head = f"POST / HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
                with way() as raw:
                    try:
                        raw.say(head)
                        for _ in range(400):
                            raw.say(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
                    except OSError:
                        pass
                    self.assertIn(status_of(raw.heard()), (0, 400, 411, 413))
                many = get("/", host, *[f"X-{i}: {'y' * 50}" for i in range(3000)])
                with way() as raw:
                    try:
                        raw.say(many)
                    except OSError:
                        pass
                    self.assertIn(status_of(raw.heard()), (0, 400, 431))
                long_line = get("/" + "a" * 100_000, host)
                with way() as raw:
                    try:
                        raw.say(long_line)
                    except OSError:
                        pass
                    self.assertIn(status_of(raw.heard()), (0, 400, 414, 431))
                self.is_served(way, host)

    def test_no_request_is_smuggled_in_another(self):
        hidden = "GET /offline HTTP/1.1\r\nHost: localhost\r\n\r\n"
        attempts = {
            "length and chunks": f"Content-Length: {len(hidden) + 5}\r\nTransfer-Encoding: chunked\r\n"
                                 f"\r\n0\r\n\r\n{hidden}",
            "two lengths": f"Content-Length: 0\r\nContent-Length: {len(hidden)}\r\n\r\n{hidden}",
            "a length with a sign": f"Content-Length: +0\r\n\r\n{hidden}",
            "lengths in a list": f"Content-Length: 0, {len(hidden)}\r\n\r\n{hidden}",
            "a blank before the colon": f"Content-Length : {len(hidden)}\r\n\r\n{hidden}",
            "other chunks": f"Transfer-Encoding: xchunked\r\n\r\n{hidden}",
            "chunks with a tab": f"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n{hidden}",
            "chunks twice": f"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n"
                            f"0\r\n\r\n{hidden}",
            "a folded header": f"X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n"
                               f"{hidden}",
            "bare line ends": f"Content-Length: 0\n\n{hidden}",
            "a zero byte": f"Content-Length: 0\r\nX: a\0b\r\n\r\n{hidden}",
        }
        for name, way, host in self.both():
            for what, rest in attempts.items():
                with self.subTest(f"{name}: {what}"):
                    head = f"POST /activate HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n"
                    answer = self.ask(way, (head + rest).encode("latin-1"))
                    # One answer at the most, and none to what was hidden.
                    self.assertLessEqual(answer.count(b"HTTP/1.1 "), 1)
            self.is_served(way, host)
        # Behind the keep-alive connections of nginx, others get their own answers.
        for _ in range(20):
            answer = self.ask(self.through, get("/activate", "diary.example"))
            self.assertIn("Код из школы".encode(), answer)
        self.assertFalse([it for it in self.paths_asked() if it == ("GET", "/offline")])

    def test_paths_lead_nowhere_else(self):
        tricks = ["/../hub.db", "/static/../../hub.db", "/static/..%2f..%2fhub.db",
                  "/static/%2e%2e/%2e%2e/hub.key", "/static/..%5c..%5chub.db", "//etc/passwd",
                  "/static//etc/passwd", "/diary/1%00", "/diary/1/../2", "/diary/%31%2f..", "/.git/config",
                  "/static/hub.css%00.js", "/diary/9223372036854775808", "/diary/-1", "/diary/1e3",
                  "/%c0%ae%c0%ae/hub.db", "/metrics", "/healthz/../own", "*", "http://other.example/"]
        for name, way, host in self.both():
            for path in tricks:
                with self.subTest(f"{name}: {path}"):
                    answer = self.ask(way, get(path, host))
                    self.assertNotIn(b"SQLite format", answer)
                    self.assertNotIn(b"root:", answer)
                    self.assertIn(status_of(answer), (0, 200, 301, 303, 400, 403, 404, 405))
                    if status_of(answer) == 200:  # the door, for an address that is another's
                        self.assertIn("Вход".encode(), answer)
            self.is_served(way, host)

    def test_who_calls_is_known_by_nginx_and_a_guesser_bars_only_itself(self):
        """The address that a client makes up isn't believed: its failures are counted at its own."""
        host, origin = "diary.example", "https://diary.example"
        for number in range(WRONG_LOGINS):
            answer = self.ask(self.through, form(
                "/activate", {"code": f"guess{number}guess", "login": "x", "password": PASSWORD,
                              "again": PASSWORD},
                host, origin, f"X-Real-IP: 10.0.{number}.1", f"X-Forwarded-For: 10.1.{number}.1"))
            if status_of(answer) == 429:
                break
        else:
            self.fail("the guesser wasn't barred")
        # Another client of this machine, not through nginx, isn't: it has an address of its own.
        answer = self.ask(self.direct, form("/activate", {"code": "one"}, "localhost",
                                            "http://localhost", "X-Real-IP: 192.0.2.7"))
        self.assertEqual(403, status_of(answer))

    def test_a_session_is_begun_anew_and_its_cookie_is_for_the_site_alone(self):
        school = self.region.add_school("Школа")
        main = self.node("main").enroll(self.region.url, self.region.token(school)).serve()
        main.program.run("import", "--sample", "60")
        guardian = Guardian(main)
        main.program.run("sync")
        fixed = "session=" + "a" * 64
        answer = self.ask(self.through, form(
            "/activate", {"code": guardian.code, "login": "mama", "password": PASSWORD,
                          "again": PASSWORD},
            "diary.example", "https://diary.example", f"Cookie: {fixed}"))
        self.assertEqual(303, status_of(answer))
        cookie = re.search(rb"Set-Cookie: (session=[0-9a-f]{64});([^\r]*)", answer)
        self.assertNotEqual(fixed.encode(), cookie.group(1))
        for word in (b"Secure", b"HttpOnly", b"SameSite=Strict"):
            self.assertIn(word, cookie.group(2))
        self.assertIn(b"Strict-Transport-Security", answer)
        own = f"Cookie: {cookie.group(1).decode()}"
        page = self.ask(self.through, get("/own", "diary.example", own))
        self.assertEqual(200, status_of(page))
        # A page elsewhere sends no form of this site's.
        for origin in ("https://evil.example", "null", None):
            answer = self.ask(self.through, form("/own/contact", {"kind": "phone", "value": "1"},
                                                 "diary.example", origin, own))
            self.assertEqual(403, status_of(answer))
        self.assertEqual(403, status_of(self.ask(self.through, get("/own", "diary.example",
                                                                   f"Cookie: {fixed}"))))

    def test_plain_http_is_sent_to_tls_and_the_console_has_its_own_name(self):
        with Raw(socket.create_connection(("127.0.0.1", self.nginx.plain_port))) as raw:
            raw.say(get("/diary/1", "diary.example"))
            answer = raw.heard()
        self.assertEqual(301, status_of(answer))
        self.assertIn(b"Location: https://diary.example/diary/1\r\n", answer)
        console = lambda: self.through("console.diary.example")  # noqa: E731
        answer = self.ask(console, get("/", "console.diary.example"))
        self.assertIn("Вход в консоль".encode(), answer)
        self.assertEqual(404, status_of(self.ask(self.through, get("/schools", "diary.example"))))


if __name__ == "__main__":
    unittest.main(verbosity=2)
