"""What a stranger, a bad line or a broken client does on the wire: a proxy that cuts at a byte, a
client that holds any site's certificate and says whatever it likes, a server that listens only."""

import base64
import hashlib
import os
import selectors
import socket
import ssl
import struct
import threading
import time

DEADLINE = 60  # of a read that must end
# SEC 1, of a P-256 key: the scalar stands between these.
EC_KEY = bytes.fromhex("303102010104 20".replace(" ", "")), bytes.fromhex("a00a06082a8648ce3d030107")


def pem(label, der):
    lines = base64.encodebytes(der).decode().replace("\n", "")
    parts = "\n".join(lines[i:i + 64] for i in range(0, len(lines), 64))
    return f"-----BEGIN {label}-----\n{parts}\n-----END {label}-----\n"


class Credentials:
    """A node's certificate and key, taken from its folder as a thief would."""

    def __init__(self, node):
        told = node.configuration()["enrolment"]
        with open(os.path.join(node.program.folder, "site.key"), encoding="utf-8") as file:
            scalar = next(line.split()[1] for line in file if line.startswith("encryption "))
        self.path = node.program.folder + ".pem"
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(told["certificate"] + told["authority"])
            file.write(pem("EC PRIVATE KEY", EC_KEY[0] + bytes.fromhex(scalar) + EC_KEY[1]))


def context(side, credentials=None):
    made = ssl.SSLContext(side)
    made.minimum_version = ssl.TLSVersion.TLSv1_3
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    if credentials is not None:
        made.load_cert_chain(credentials.path)
    return made


class Client:
    """One connection to a server of the region, kept for as long as the server keeps it."""

    def __init__(self, port, credentials=None, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(DEADLINE)
        self.socket.connect(("127.0.0.1", port))
        self.tls = context(ssl.PROTOCOL_TLS_CLIENT, credentials).wrap_socket(self.socket)
        self._rest = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.tls.close()

    def send(self, data):
        self.tls.sendall(data)

    def post(self, path, body, *headers):
        self.send(request(path, body, *headers))
        return self.answer()

    def answer(self):
        """The status and the body of the next answer; (0, b"") where the server closed before."""
        while b"\r\n\r\n" not in self._rest:
            if not self._read():
                return 0, b""
        head, self._rest = self._rest.split(b"\r\n\r\n", 1)
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n")
                      if line.lower().startswith(b"content-length:"))
        while len(self._rest) < length:
            if not self._read():
                return 0, b""
        body, self._rest = self._rest[:length], self._rest[length:]
        return int(head.split()[1]), body

    def _read(self):
        try:
            data = self.tls.recv(65536)
        except (ConnectionError, ssl.SSLEOFError):
            return False
        self._rest += data
        return bool(data)


def request(path, body, *headers):
    lines = [f"POST {path} HTTP/1.1", "Host: hub", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


class Listener:
    """Stands between two nodes with the keys of both, and keeps what the one says to the other."""

    def __init__(self, caller, server, to_port):
        self._caller, self._to_port = caller, to_port
        self._tls = context(ssl.PROTOCOL_TLS_SERVER, server)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.bodies = []
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self._socket.close()

    def _listen(self):
        while True:
            try:
                raw, _ = self._socket.accept()
            except OSError:
                return
            try:
                with self._tls.wrap_socket(raw, server_side=True) as client:
                    self._pass_on(client)
            except (OSError, ssl.SSLError, ValueError):
                raw.close()

    def _pass_on(self, client):
        with Client(self._to_port, self._caller) as server:
            while True:
                path, body = self._request(client)
                if body:
                    self.bodies.append(body)
                status, answer = server.post(path, body)
                client.sendall(f"HTTP/1.1 {status} -\r\nContent-Length: {len(answer)}\r\n\r\n".encode()
                               + answer)

    @staticmethod
    def _request(client):
        data = b""
        while b"\r\n\r\n" not in data:
            data += more(client)
        head, body = data.split(b"\r\n\r\n", 1)
        length = next((int(line.split(b":")[1]) for line in head.split(b"\r\n")
                       if line.lower().startswith(b"content-length:")), 0)
        while len(body) < length:
            body += more(client)
        return head.split()[1].decode(), body


def more(connection):
    """What comes next. Raises ConnectionError where nothing comes any more."""
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("closed")
    return data


class Cutter:
    """Carries connections to a port, counts the bytes above TCP, and cuts all after so many."""

    def __init__(self, to_port):
        self.to_port = to_port
        self.piece, self.pause = 65536, 0  # bytes that are passed on at once, seconds between
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        self._lock = threading.Lock()
        self.mend()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def close(self):
        self._listener.close()

    def mend(self):
        with self._lock:
            self.left = {"up": None, "down": None}
            self.carried = {"up": 0, "down": 0}
            self.connections = 0
            self.has_cut = False

    def cut_after(self, direction, count):
        """Of the bytes to the server ("up") or from it ("down") only so many get through."""
        self.mend()
        self.left[direction] = count

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        with client, socket.create_connection(("127.0.0.1", self.to_port)) as server, \
                selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, ("up", server))
            selector.register(server, selectors.EVENT_READ, ("down", client))
            try:
                while self._pass_on(selector, client, server):
                    pass
            except OSError:
                pass  # one end is gone, and now the other

    def _pass_on(self, selector, client, server):
        for key, _ in selector.select():
            direction, other = key.data
            data = key.fileobj.recv(self.piece)
            if not data:
                return False
            if self.pause:
                time.sleep(self.pause)
            with self._lock:
                left = self.left[direction]
                passed = data if left is None else data[:left]
                self.carried[direction] += len(passed)
                if left is not None:
                    self.left[direction] -= len(passed)
            if passed:
                other.sendall(passed)
            if len(passed) < len(data):
                self.has_cut = True
                if self.carried[direction] % 2:  # a reset at one byte, an end at the other
                    for end in (client, server):
                        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
        return True


def token_like(token, secret=None, authority=None):
    """The token with another secret, or of another authority."""
    text = token.removeprefix("zimnik1-").upper()
    data = base64.b32decode(text + "=" * (-len(text) % 8))
    made = (secret or data[:16]) + (authority or data[16:])
    return "zimnik1-" + base64.b32encode(made).decode().rstrip("=").lower()


def some_bytes(name, size):
    return hashlib.sha256(name.encode()).digest()[:size]
