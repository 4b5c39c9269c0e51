#!/usr/bin/env python3
"""The packages of node and hub, installed on a Debian 12 that has nothing else, and at work there.

    packages_test.py BUILD    a folder in which everything was built; needs root and debootstrap
"""

import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

BUILD = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/release"
SECONDS = 60


def run(*command, **options):
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          **options)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}\n{done.stdout}")
    return done.stdout


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tempfile.mkdtemp(prefix="zimnik-packages-")
        cls.served = []
        cls.addClassCleanup(shutil.rmtree, cls.root, ignore_errors=True)
        packages = os.path.join(cls.root, "packages")
        run("cpack", "-G", "DEB", "-B", packages, cwd=BUILD)
        debian = cls.debian = os.path.join(cls.root, "debian")
        run("debootstrap", "--variant=minbase", "bookworm", debian)
        for folder in ("proc", "dev"):
            run("mount", "--bind", "/" + folder, f"{debian}/{folder}")
            cls.addClassCleanup(run, "umount", f"{debian}/{folder}")
        cls.addClassCleanup(cls.stop)
        shutil.copy("/etc/resolv.conf", debian + "/etc/resolv.conf")
        names = []
        for package in glob.glob(packages + "/*.deb"):
            shutil.copy(package, debian)
            names.append("/" + os.path.basename(package))
        assert len(names) == 2, names
        cls.inside("apt-get", "-q", "update")
        cls.inside("apt-get", "-q", "-y", "--no-install-recommends", "install", *names, "systemd")

    @classmethod
    def inside(cls, *command):
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive",
                       "LC_ALL": "C.UTF-8"}
        return run("chroot", cls.debian, *command, env=environment)

    @classmethod
    def as_service(cls, part, *arguments):
        return cls.inside("runuser", "-u", f"zimnik-{part}", "--", f"zimnik-{part}", *arguments)

    @classmethod
    def serve(cls, part, *arguments):
        with open(os.path.join(cls.root, part + ".log"), "w", encoding="utf-8") as log:
            cls.served.append(subprocess.Popen(
                ["chroot", cls.debian, "runuser", "-u", f"zimnik-{part}", "--",
                 f"/usr/bin/zimnik-{part}", "serve", *arguments], stdout=log, stderr=log))

    def says(self, part, text):
        """Whether it has said so in its log: until then it isn't ready for commands."""
        with open(os.path.join(self.root, part + ".log"), encoding="utf-8") as log:
            return text in log.read()

    @classmethod
    def stop(cls):
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.readlink(f"/proc/{pid}/root") == os.path.realpath(cls.debian):
                    os.kill(int(pid), signal.SIGTERM)
            except OSError:
                pass  # it has ended meanwhile, or is none that may be looked at
        for process in cls.served:
            process.wait(timeout=SECONDS)

    def wait_for(self, what, is_so):
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            try:
                if is_so():
                    return
            except AssertionError:
                pass  # not there yet
            time.sleep(0.3)
        self.fail(f"waited in vain for {what}")

    def test_both_work_where_nothing_else_is(self):
        self.as_service("hub", "init", "--region", "region")
        self.as_service("hub", "school", "add", "school")
        self.serve("hub", "--sync", "127.0.0.1:18441", "--web", "127.0.0.1:18080")
        self.wait_for("the hub", lambda: self.says("hub", "sync port"))
        words = self.as_service("hub", "token", "school").split()
        token = next(word for word in words if word.startswith("zimnik1-"))
        self.as_service("node", "init")
        self.as_service("node", "enroll", "--hub", "https://127.0.0.1:18441", "--token", token,
                        "--name", "main")
        self.serve("node", "--web", "127.0.0.1:18443")
        self.wait_for("the node", lambda: self.says("node", "журнал:"))
        self.as_service("node", "import", "--sample", "60")
        self.wait_for("the region", lambda: "все в ногу: да" in self.as_service("node", "status"))
        self.assertIn("всё сходится", self.as_service("node", "verify"))

    def test_folders_are_their_owners_alone(self):
        for part in ("node", "hub"):
            status = os.stat(f"{self.debian}/var/lib/zimnik-{part}")
            self.assertEqual(0o700, status.st_mode & 0o777)

    def test_systemd_takes_the_units(self):
        for part in ("node", "hub"):
            self.inside("systemd-analyze", "verify", f"/lib/systemd/system/zimnik-{part}.service")


if __name__ == "__main__":
    unittest.main(verbosity=2)
