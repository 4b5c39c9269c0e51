"""Redocly's linter of OpenAPI documents."""

import os
import re
import subprocess

from region import programs

VERSION = "1.34.20"  # the last line that runs on Debian 12's nodejs


def installed():
    """Its program; fetched once, and kept beside the programs."""
    folder = os.path.join(programs(), "..", "redocly")
    program = os.path.join(folder, "node_modules", ".bin", "redocly")
    if not os.path.exists(program):
        os.makedirs(folder, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts",
                        "--prefix", folder, f"@redocly/cli@{VERSION}"], check=True)
    return os.path.abspath(program)


def lint(document):
    """What the linter says of the file, errors and warnings; and whether it holds."""
    environment = dict(os.environ, REDOCLY_TELEMETRY="off", REDOCLY_SUPPRESS_UPDATE_NOTICE="true",
                       CI="true")
    done = subprocess.run([installed(), "lint", "--extends=recommended", "--format=stylish", document],
                          cwd=os.path.dirname(document), env=environment, capture_output=True,
                          text=True, timeout=300)
    said = done.stdout + done.stderr
    return said, done.returncode == 0 and not re.search(r"^\s*\d+:\d+\s+(error|warning)", said, re.M)
