"""A gateway of messages for tests, which checks what it gets as its owner would.

  gateway.py FOLDER [PORT]     the secret is "0123456789abcdef"

Prints its port. What holds is written to FOLDER/1.json, 2.json …; what doesn't is answered by 401.
What FOLDER/behaviour says (JSON) holds from the next request on:
  {"status": 503}          the answer, in place of taking it on
  {"lose_reply": true}     it is taken on, and the connection ends without an answer
"""

import hashlib
import hmac
import http.server
import json
import os
import sys
import time

folder = sys.argv[1]
count = 0


def behaviour(name):
    try:
        with open(os.path.join(folder, "behaviour"), encoding="utf-8") as file:
            return json.load(file).get(name)
    except FileNotFoundError:
        return None


class Gateway(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        global count
        body = self.rfile.read(int(self.headers["Content-Length"]))
        stamp = self.headers["X-Zimnik-Timestamp"]
        made = hmac.new(b"0123456789abcdef", stamp.encode() + b"." + body, hashlib.sha256)
        is_signed = hmac.compare_digest("sha256=" + made.hexdigest(),
                                        self.headers["X-Zimnik-Signature"])
        # The hub of these tests may live days ahead.
        if not is_signed or int(stamp) < time.time() - 300:
            return self.answer(401)
        if behaviour("status"):
            return self.answer(behaviour("status"))
        json.loads(body)
        count += 1
        path = os.path.join(folder, f"{count}.json")
        with open(path + ".part", "wb") as file:
            file.write(body)
        os.rename(path + ".part", path)
        if behaviour("lose_reply"):
            return self.connection.close()
        return self.answer(202)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", int(sys.argv[2]) if len(sys.argv) > 2 else 0), Gateway)
print(f"port {server.server_port}", flush=True)
server.serve_forever()
