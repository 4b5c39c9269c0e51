"""A real OpenID provider, npm's oidc-provider, that knows one client and any login."""

import os
import subprocess

from region import lasting_port, programs, wait_for

VERSION = "7.14.3"
CLIENT, SECRET = "diary", "a-secret-of-the-diary"

PROGRAM = """
const { Provider } = require('oidc-provider');
const [port, client_id, client_secret, redirect] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
new Provider(issuer, {
  clients: [{ client_id, client_secret, redirect_uris: [redirect] }],
  pkce: { methods: ['S256'], required: () => true },
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
"""


def installed():
    """The folder that it stands in; fetched once, and kept beside the programs."""
    folder = os.path.join(programs(), "..", "oidc-provider")
    if not os.path.exists(os.path.join(folder, "node_modules", "oidc-provider")):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder,
                        f"oidc-provider@{VERSION}"], check=True)
    with open(os.path.join(folder, "provider.js"), "w", encoding="utf-8") as file:
        file.write(PROGRAM)
    return folder


class Provider:
    def __init__(self, redirect):
        self.port = lasting_port()
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            ["node", os.path.join(installed(), "provider.js"), str(self.port), CLIENT, SECRET,
             redirect], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        wait_for("the provider", lambda: "ready" in (self.process.stdout.readline() or "ready"))

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
