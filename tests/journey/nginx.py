"""A real nginx with the package's own configuration, its names, ports and certificates changed."""

import os
import re
import socket
import ssl
import subprocess

from region import lasting_port, wait_for

CONFIGURATION = os.path.join(os.path.dirname(__file__), "..", "..", "packaging", "hub",
                             "zimnik-hub.nginx.conf")
WHOLE = """daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {configuration}
}}
"""


class Nginx:
    def __init__(self, folder, web_port, console_port):
        self.folder = os.path.join(folder, "nginx")
        os.mkdir(self.folder)
        os.chmod(folder, 0o755)
        self.port, self.plain_port = lasting_port(), lasting_port()
        self._make_certificates()
        with open(CONFIGURATION, encoding="utf-8") as file:
            text = file.read()
        for pattern, replacement in (
                (r"listen 443 ", f"listen 127.0.0.1:{self.port} "),
                (r"listen 80;", f"listen 127.0.0.1:{self.plain_port};"),
                (r"/etc/ssl/zimnik/", self.folder + "/"),
                (r"127\.0\.0\.1:8080", f"127.0.0.1:{web_port}"),
                (r"127\.0\.0\.1:8081", f"127.0.0.1:{console_port}")):
            text, count = re.subn(pattern, replacement, text)
            assert count, f"{pattern} isn't in the configuration"
        self.path = os.path.join(self.folder, "nginx.conf")
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(WHOLE.format(folder=self.folder, configuration=text))
        self.process = subprocess.Popen(["nginx", "-c", self.path, "-g", "user root;"],
                                        stderr=subprocess.PIPE)
        wait_for("nginx", self._is_up, 20)

    def _make_certificates(self):
        for name, host in (("diary", "diary.example"), ("console", "console.diary.example")):
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={host}",
                            "-addext", f"subjectAltName=DNS:{host}", "-keyout",
                            f"{self.folder}/{name}.key", "-out", f"{self.folder}/{name}.pem"],
                           check=True, capture_output=True)

    def _is_up(self):
        if self.process.poll() is not None:
            raise AssertionError(f"nginx ended: {self.process.stderr.read().decode()}")
        try:
            self.connect().close()
            return True
        except OSError:
            return False

    def connect(self, host="diary.example"):
        """A connection with TLS, its certificate checked."""

        trusted = ssl.create_default_context(
            cafile=os.path.join(self.folder, host.split(".", maxsplit=1)[0] + ".pem"))
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        return trusted.wrap_socket(raw, server_hostname=host)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stderr.close()
