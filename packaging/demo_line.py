"""A line between the school's nodes and the hub: it carries bytes, counts them, and can be cut."""

import selectors
import socket
import threading


class Line:
    """Listens on a free port of this machine and passes everything on to the hub's."""

    def __init__(self, to_port):
        self.to_port = to_port
        self.bytes_up = self.bytes_down = 0
        self.is_up = True
        self._lock = threading.Lock()
        self._open = set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        with self._lock:
            self.is_up = False
            for end in self._open:
                end.close()
            self._open.clear()

    def mend(self):
        self.is_up = True

    def count(self):
        return self.bytes_up + self.bytes_down

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            if not self.is_up:
                client.close()
                continue
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client):
        try:
            hub = socket.create_connection(("127.0.0.1", self.to_port), timeout=10)
        except OSError:
            client.close()
            return
        with self._lock:
            self._open |= {client, hub}
        try:
            self._pump(client, hub)
        except (OSError, ValueError):
            pass  # the line was cut
        with self._lock:
            self._open -= {client, hub}
        client.close()
        hub.close()

    def _pump(self, client, hub):
        with selectors.DefaultSelector() as selector:
            selector.register(client, selectors.EVENT_READ, hub)
            selector.register(hub, selectors.EVENT_READ, client)
            while True:
                for key, _ in selector.select(timeout=1):
                    data = key.fileobj.recv(65536)
                    if not data:
                        return
                    key.data.sendall(data)
                    if key.fileobj is client:
                        self.bytes_up += len(data)
                    else:
                        self.bytes_down += len(data)
                if client.fileno() < 0:
                    return
