#!/usr/bin/env python3
"""A region at its hub: parents who read diaries, nodes that bring a day, beside nginx and a bare
cpp-httplib that serve a page of the same size in the same run.

    region_bench.py [--programs FOLDER] [--schools N] [--pupils N] [--families N] [--seconds N]
                    [--soak SECONDS] [--no-day] [--folder FOLDER]

All is real: nodes are enrolled, their schools written (the school year until today but for its last
day) and exchanged, families activate their codes. Most of the time goes into that, some five seconds
for a school of 770; --folder keeps it for the next run. Needs nginx (apt install nginx-light).
"""

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "packaging"))

from demo_browser import Browser  # noqa: E402
from demo_story import Program  # noqa: E402

WORKERS = 2
CLIENTS = 64
PASSWORD = "a-long-password"


class Region:
    def __init__(self, asked, folder):
        self.asked, self.folder = asked, folder
        self.bench = os.path.join(asked.programs, "zimnik-bench")
        self.hub = Program(os.path.join(asked.programs, "zimnik-hub"), os.path.join(folder, "hub"))
        self.schools = [f"school{number:03}" for number in range(1, asked.schools + 1)]

    def node(self, school):
        return Program(os.path.join(self.asked.programs, "zimnik-node"),
                       os.path.join(self.folder, school))

    def requests(self, school):
        return os.path.join(self.folder, school + ".requests")

    def serve(self):
        if not os.path.exists(self.hub.folder):
            self.hub.run("init", "--region", "Округ")
        port_file = os.path.join(self.folder, "port")
        port = open(port_file, encoding="ascii").read() if os.path.exists(port_file) else "0"
        self.hub.serve("--sync", f"127.0.0.1:{port}", "--web", "127.0.0.1:0",
                       "--console", "127.0.0.1:0")
        self.sync_port = self.hub.said(r"sync port (\d+)")
        self.web_port = int(self.hub.said(r"web port (\d+)"))
        with open(port_file, "w", encoding="ascii") as file:
            file.write(self.sync_port)

    def write_school(self, school, *part):
        return subprocess.run([self.bench, "school", os.path.join(self.folder, school), "--pupils",
                               str(self.asked.pupils), *part],
                              check=True, capture_output=True, text=True).stdout

    def make_school(self, school):
        """Enrols its node, brings what it has, and lets some of its families in."""
        if os.path.exists(self.requests(school)):
            return
        node = self.node(school)
        shutil.rmtree(node.folder, ignore_errors=True)
        token = self.hub.run("token", self.hub.run("school", "add", school).strip()).strip()
        node.run("init")
        node.run("enroll", "--hub", f"https://127.0.0.1:{self.sync_port}", "--token", token,
                 "--name", "main")
        self.write_school(school)
        codes = self.codes_of(node)
        node.run("sync")
        with open(self.requests(school) + ".new", "w", encoding="ascii") as file:
            for number, code in enumerate(codes):
                file.write(self.comes_in(code, f"{school}.{number}") + "\n")
        os.rename(self.requests(school) + ".new", self.requests(school))

    def codes_of(self, node):
        """Of guardians who consented, as many as there are to be."""
        journal = sqlite3.connect(os.path.join(node.folder, "journal.db"), timeout=60)
        consented = {name for name, in journal.execute(
            "SELECT p.family_name || ' ' || p.given_name || ' ' || p.patronymic FROM consent c "
            "JOIN person p ON p.id = c.person WHERE c.state = 'granted'")}
        classes = [name for name, in journal.execute(
            "SELECT grade_level || coalesce(letter, '') FROM school_class WHERE grade_level > 4 "
            "ORDER BY 1")]
        journal.close()
        codes = []
        for name in classes:
            told = re.findall(r"\t([^\t]*) \([^\t]*\)\t(\S+)$", node.run("codes", name), re.M)
            codes += [code for guardian, code in told if guardian in consented]
            if len(codes) >= self.asked.families:
                break
        return codes[:self.asked.families]

    def comes_in(self, code, login):
        browser = Browser(f"http://127.0.0.1:{self.web_port}")
        browser.submit("/activate", code=code, login=login, password=PASSWORD, again=PASSWORD)
        assert browser.path.startswith("/diary/"), browser.path
        cookies = "; ".join(f"{it.name}={it.value}" for it in browser._cookies)
        return f"{browser.path}\t{cookies}"

    def all_requests(self):
        path = os.path.join(self.folder, "requests")
        by_school = [open(self.requests(it), encoding="ascii").read().split("\n")[:-1]
                     for it in self.schools]
        # One of each school, then the next: as families of a region come.
        lines = [them[i] for i in range(max(map(len, by_school))) for them in by_school
                 if i < len(them)]
        with open(path, "w", encoding="ascii") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def resident_kib(self):
        with open(f"/proc/{self.hub.process.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read()).group(1))


def in_parallel(what, items, workers, use):
    done, begun = 0, time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(use, items):
            done += 1
            print(f"\r{what}: {done} of {len(items)}, {time.monotonic() - begun:.0f} s", end="",
                  file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return time.monotonic() - begun


def load(bench, port, requests, *options):
    said = subprocess.run([bench, "http", str(port), requests, "--clients", str(CLIENTS), *options],
                          check=True, capture_output=True, text=True).stdout
    return json.loads(said)


def tell(name, figures, beside=None):
    ratio = f", {figures['per_second'] / beside['per_second']:.3f} of bare" if beside else ""
    print(f"{name:34} {figures['per_second']:9.0f} /s{ratio}, median {figures['median_ms']:.1f} ms, "
          f"p99 {figures['p99_ms']:.1f} ms, {figures['bytes']:.0f} bytes, "
          f"{figures['failures']} failures of {figures['answers']}", flush=True)


def bare_server(region, size, requests):
    server = subprocess.Popen([region.bench, "bare", str(size)], stdout=subprocess.PIPE, text=True)
    try:
        return load(region.bench, int(server.stdout.readline()), requests, "--seconds", "5")
    finally:
        server.kill()
        server.wait()


NGINX = """worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/nginx.log; daemon off;
events {{ worker_connections 1024; }}
http {{ access_log off; keepalive_requests 1000000000; client_body_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; location / {{ root {folder}; try_files /page.html =404; }} }} }}
"""


def nginx_server(region, size, requests):
    folder = tempfile.mkdtemp(prefix="zimnik-nginx-")
    os.chmod(folder, 0o755)
    with open(os.path.join(folder, "page.html"), "wb") as file:
        file.write(os.urandom(size))
    port = region.web_port + 1 if region.web_port < 60000 else region.web_port - 1
    with open(os.path.join(folder, "nginx.conf"), "w", encoding="ascii") as file:
        file.write(NGINX.format(folder=folder, port=port))
    server = subprocess.Popen(["nginx", "-c", os.path.join(folder, "nginx.conf")],
                              stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        return load(region.bench, port, requests, "--seconds", "5")
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder)


def the_day(region, requests):
    """All nodes bring their last day, while parents read."""
    written = in_parallel("a day written", region.schools, WORKERS,
                          lambda it: region.write_school(it, "--last-day"))
    print(f"the day was written in {written:.0f} s")
    reading, stop = {}, threading.Event()

    def read_until_brought():
        all_figures = []
        while not stop.is_set():
            all_figures.append(load(region.bench, region.web_port, requests, "--seconds", "5"))
        reading["worst"] = max(all_figures, key=lambda it: it["p99_ms"])

    reader = threading.Thread(target=read_until_brought)
    reader.start()
    seconds = in_parallel("a day brought", region.schools, 8, lambda it: region.node(it).run("sync"))
    stop.set()
    reader.join()
    print(f"{len(region.schools)} nodes brought a day each within {seconds:.1f} s")
    tell("diaries meanwhile, the worst 5 s", reading["worst"])


def soak(region, requests, seconds):
    """The hub's memory, once it has warmed up and at the end."""
    began, first = time.monotonic(), None
    while time.monotonic() - began < seconds:
        load(region.bench, region.web_port, requests, "--seconds", "20")
        first = first or region.resident_kib()
    last = region.resident_kib()
    print(f"memory over {seconds} s of reading: {first / 1024:.0f} MiB after 20 s, "
          f"{last / 1024:.0f} MiB at the end, {last / first:.3f}")


def run(asked, folder):
    region = Region(asked, folder)
    region.serve()
    try:
        in_parallel("schools", region.schools, WORKERS, region.make_school)
        requests = region.all_requests()
        families = sum(1 for _ in open(requests, encoding="ascii"))
        print(f"{asked.schools} schools of {asked.pupils} pupils ({asked.schools * asked.pupils} "
              f"in all), {families} families, {CLIENTS} clients")
        region.hub.stop()
        region.serve()
        first = load(region.bench, region.web_port, requests, "--once", "--seconds", "600")
        again = load(region.bench, region.web_port, requests, "--seconds", str(asked.seconds))
        bare = bare_server(region, int(again["bytes"]), requests)
        tell("diaries, each for the first time", first, bare)
        tell("diaries, again", again, bare)
        tell("nginx, a page of that size", nginx_server(region, int(again["bytes"]), requests), bare)
        tell("bare cpp-httplib, that size", bare)
        print(f"the hub's memory: {region.resident_kib() / 1024:.0f} MiB")
        if asked.day:
            the_day(region, requests)
        if asked.soak:
            soak(region, requests, asked.soak)
    finally:
        region.hub.stop()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--programs", default="build/release/bin")
    parser.add_argument("--schools", type=int, default=308)
    parser.add_argument("--pupils", type=int, default=60)
    parser.add_argument("--families", type=int, default=6, help="of each school")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--soak", type=int, default=0)
    parser.add_argument("--no-day", dest="day", action="store_false",
                        help="in a folder whose nodes have brought theirs")
    parser.add_argument("--folder")
    asked = parser.parse_args()
    if asked.folder:
        os.makedirs(asked.folder, exist_ok=True)
        return run(asked, asked.folder)
    with tempfile.TemporaryDirectory(prefix="zimnik-region-") as folder:
        run(asked, folder)


if __name__ == "__main__":
    main()
