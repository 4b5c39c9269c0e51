#!/usr/bin/env python3
"""Requests that are too large or too slow, and clients that never read, at a real hub and a real
node: each is told what is wrong, holds up nobody, and changes nothing.

    request_test.py PROGRAMS [--deadlines]    the folder of zimnik-node and zimnik-hub
"""

import os
import socket
import sys
import threading
import unittest

from region import PUPILS, Lesson, RegionCase, programs, wait_for
from wire import Client, Credentials, Cutter, request

programs()
ARE_DEADLINES_WAITED_FOR = "--deadlines" in sys.argv
sys.argv = [it for it in sys.argv if it != "--deadlines"]
EXCHANGE, AUTHORITY = "/v1/exchange", "/v1/authority"
SLOW = 30
PATIENCE = 240  # seconds; the server's longest deadline is half of it


class Drip:
    """Sends a byte of something a second, on a thread of its own, until it is told to end."""

    def __init__(self, client, data):
        self.client, self._data, self._is_over = client, data, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self):
        try:
            for i in range(len(self._data)):
                self.client.send(self._data[i:i + 1])
                if self._is_over.wait(1):
                    return
        except OSError:
            pass  # the server has closed

    def end(self):
        self._is_over.set()
        self._thread.join()
        self.client.close()


def fill(client):
    """Asks again and again and never reads, until the server can't write any more."""
    client.tls.settimeout(1)
    one = f"GET {AUTHORITY} HTTP/1.1\r\nHost: hub\r\n\r\n".encode()
    try:
        while True:
            client.send(one * 100)
    except TimeoutError:
        return client


class Served(RegionCase):
    def setUp(self):
        super().setUp()
        self.region = self.hub().serve()
        self.school = self.region.add_school("Школа")
        self.main = self.node("main").enroll(self.region.url, self.region.token(self.school))
        self.key = Credentials(self.main)
        self.written = 0
        self.works()

    def client(self, port=None, key=None, receive_buffer=None):
        client = Client(port or self.region.port, key, receive_buffer)
        self.addCleanup(client.close)
        return client

    def drip(self, client, data):
        drip = Drip(client, data)
        self.addCleanup(drip.end)
        return drip

    def works(self):
        """What was written at the node goes to the hub."""
        before = self.region.tips(self.school)
        self.written += 1
        self.main.program.run("account", "add", f"login{self.written}", "--name", "Имя Фамилия",
                              "--role", "principal")
        self.assertIn("обмен окончен", self.main.program.run("sync"))
        self.assertNotEqual(before, self.region.tips(self.school))

    def bad_clients(self, port):
        """Slow heads and slow bodies."""
        heads = [self.drip(self.client(port, self.key), request(EXCHANGE, b"x" * 100))
                 for _ in range(SLOW)]
        bodies = []
        for _ in range(SLOW):
            client = self.client(port, self.key)
            client.send(request(EXCHANGE, b"x" * 100)[:-100])
            bodies.append(self.drip(client, b"x" * 100))
        return heads, bodies


@unittest.skipIf(ARE_DEADLINES_WAITED_FOR, "the deadlines alone are waited for")
class Requests(Served):
    def told(self, port, key, data, status, text):
        before = self.region.tips(self.school), self.main.holds()
        with Client(port, key) as client:
            client.send(data)
            self.assertEqual((status, text.encode() + b"\n"), client.answer())
            self.assertEqual((0, b""), client.answer(), "the connection goes on")
        self.assertEqual(before, (self.region.tips(self.school), self.main.holds()))

    def too_large(self, port, key, body_bytes):
        """`body_bytes`: what this client may not send any more."""
        self.told(port, key, request(EXCHANGE, b"", "X: " + "x" * 17_000), 431,
                  "the head of the request is too large")
        self.told(port, key, b"POST /" + b"x" * 20_000, 431, "the head of the request is too large")
        self.told(port, key, request("/" + "x" * 5_000, b""), 414, "the address is too long")
        self.told(port, key, request(EXCHANGE, b"", *[f"X{i}: y" for i in range(70)]), 431,
                  "too many headers")
        self.told(port, key, request(EXCHANGE, b"").replace(
            b"Length: 0", f"Length: {body_bytes}".encode()), 413, "the request is too large")
        self.told(port, key, request(EXCHANGE, b"").replace(b"Length: 0", b"Length: 9" + b"9" * 40),
                  413, "the request is too large")
        self.told(port, key, request(EXCHANGE, b"").replace(
            b"Content-Length: 0", b"Transfer-Encoding: chunked") + b"1\r\nx\r\n" * 99, 411,
            "the length is missing")

    def test_a_request_that_is_too_large_is_told_so_at_the_hub(self):
        self.too_large(self.region.port, self.key, 1 << 30)
        self.too_large(self.region.port, None, 100_000)
        self.works()

    def test_a_request_that_is_too_large_is_told_so_at_the_node(self):
        self.main.serve()
        other = self.node("other").enroll(self.region.url, self.region.token(self.school))
        self.too_large(self.main.sync_port, Credentials(other), 1 << 30)
        self.too_large(self.main.sync_port, None, 1)
        self.works()

    def test_pages_refuse_what_is_too_large(self):
        self.main.serve()
        for port in (int(self.main.address.rsplit(":", 1)[1]),
                     int(self.region.program.said(r"web port (\d+)"))):
            for data, status in ((b"GET / HTTP/1.1\r\nX: " + b"x" * 17_000, b"431"),
                                 (request("/sign-in", b"").replace(b"th: 0", b"th: 9999999"), b"413")):
                with socket.create_connection(("127.0.0.1", port), timeout=60) as client:
                    client.sendall(data)
                    self.assertTrue(client.recv(4096).startswith(b"HTTP/1.1 " + status))

    def test_slow_clients_and_those_that_never_read_hold_up_nobody(self):
        self.bad_clients(self.region.port)
        fill(self.client(key=self.key, receive_buffer=4096))
        fill(self.client(receive_buffer=4096))
        for _ in range(3):
            self.works()

    def test_slow_clients_at_a_node_hold_up_no_teacher(self):
        self.main.serve()
        self.main.program.run("import", "--sample", str(PUPILS))
        self.bad_clients(self.main.sync_port)
        lesson = Lesson(self.main)
        lesson.name(self.main, "Пока другие медлят")
        self.assertEqual("Пока другие медлят", lesson.topic(self.main))
        wait_for("the hub has it", self.main.is_in_step)


@unittest.skipUnless(ARE_DEADLINES_WAITED_FOR, "takes minutes: --deadlines")
class Deadlines(Served):
    def sockets(self):
        folder = f"/proc/{self.region.program.process.pid}/fd"
        targets = [os.path.join(folder, it) for it in os.listdir(folder)]

        def is_socket(link):
            try:
                return os.readlink(link).startswith("socket:")
            except FileNotFoundError:  # closed since it was listed
                return False

        return sum(is_socket(it) for it in targets)

    def test_who_is_too_slow_is_told_so_and_who_never_reads_is_let_go(self):
        at_first = self.sockets()
        heads, bodies = self.bad_clients(self.region.port)
        fill(self.client(key=self.key, receive_buffer=4096))
        silent = socket.create_connection(("127.0.0.1", self.region.port))  # no TLS at all
        self.addCleanup(silent.close)
        self.works()
        before = self.region.tips(self.school)
        for drip in (*heads, *bodies):
            self.assertEqual((408, b"the request took too long\n"), drip.client.answer())
        wait_for("all are let go", lambda: self.sockets() <= at_first, PATIENCE)
        self.assertEqual(before, self.region.tips(self.school))
        self.works()

    def test_a_node_behind_a_line_that_is_too_slow_says_so_and_goes_on_later(self):
        line = Cutter(self.region.port)
        self.addCleanup(line.close)
        self.main.configure(lambda told: told.update(hub=line.url))
        held = self.main.holds(), self.region.tips(self.school)
        line.pause = 1  # second for each piece that is passed on
        line.piece = 20  # bytes
        said = self.main.program.fails("sync")
        self.assertRegex(said, "связь оборвалась|нет связи|took too long")
        self.assertEqual(held, (self.main.holds(), self.region.tips(self.school)))
        line.pause = 0
        self.works()


if __name__ == "__main__":
    unittest.main(verbosity=2)
