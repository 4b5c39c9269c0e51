"""A line between a browser and the diary that can hold one reply back, half of it said."""

import re
import socket
import threading


class HeldReply:
    def __init__(self, path, headers):
        self.path, self.headers = path, headers
        self.is_under_way = threading.Event()  # its first half is with the browser
        self.may_go_on = threading.Event()
        self.is_over = threading.Event()
        self.is_dropped = False

    def release(self):
        self.may_go_on.set()
        assert self.is_over.wait(30), f"{self.path} isn't taken any more"

    def drop(self):
        """The other half never comes."""
        self.is_dropped = True
        self.may_go_on.set()


class HeldLine:
    """Without the headers of replies that are named here: browsers differ in what they know of."""

    def __init__(self, to_port, without=()):
        self.to_port, self.without = to_port, without
        self._held = None
        self._listener = socket.create_server(("localhost", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def hold(self, path, *headers):
        """The reply to the next request for this path that has these headers' lines."""
        self._held = HeldReply(path, headers)
        return self._held

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        try:
            with client:
                request = _request(client)
                if request:
                    self._answer(client, request)
        except OSError:
            pass  # one of the two is gone

    def _answer(self, client, request):
        with socket.create_connection(("localhost", self.to_port), timeout=10) as hub:
            hub.sendall(re.sub(rb"\r\nConnection: [^\r]*", b"", request, count=1)
                        .replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
            reply = b"".join(iter(lambda: hub.recv(65536), b""))
        for name in self.without:
            reply = re.sub(rb"\r\n" + name.encode() + rb": [^\r]*", b"", reply, count=1)
        held = self._taken(request)
        if not held:
            return client.sendall(reply)
        half = reply.index(b"\r\n\r\n") + 4 + len(reply.partition(b"\r\n\r\n")[2]) // 2
        client.sendall(reply[:half])
        held.is_under_way.set()
        held.may_go_on.wait(30)
        if not held.is_dropped:
            client.sendall(reply[half:])
        client.shutdown(socket.SHUT_RDWR)
        held.is_over.set()

    def _taken(self, request):
        held, head = self._held, request.partition(b"\r\n\r\n")[0].decode()
        if not held or head.split(" ")[1] != held.path or any(it not in head for it in held.headers):
            return None
        self._held = None
        return held


def _request(client):
    """One request whole; empty where none comes any more."""
    request = b""
    while b"\r\n\r\n" not in request:
        part = client.recv(65536)
        if not part:
            return b""
        request += part
    head, _, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"\r\nContent-Length: (\d+)", head)
    missing = int(length.group(1)) - len(body) if length else 0
    while missing > 0:
        part = client.recv(missing)
        request += part
        missing -= len(part) or missing
    return request
