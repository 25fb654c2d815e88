"""The portal as it is installed: started by its launcher, asked over the network."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection

from bcfportal.launch.server import host_of_url

ROOT = Path(__file__).resolve().parent.parent
HOST = "portal.example.org"
KEY = "a key of tests only, long and never used elsewhere: 0123456789"
# What a deployment sets, and what must not come from the process of the tests.
DEPLOYED = {
    "DEBUG": "",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": HOST,
    "SITE_ADDRESS": f"https://{HOST}",
    "BEHIND_PROXY": "1",
    "PYTHONUNBUFFERED": "1",
}
LEFT_OUT = ("DJANGO_ALLOW_ASYNC_UNSAFE", "BCFPORTAL_OWN_DATABASE", "DATABASE_URL")


@dataclass
class Answer:
    """What came back: its status, headers and text."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self):
        return json.loads(self.text)


@dataclass
class Site:
    """A portal that runs, and a visitor of it who keeps cookies."""

    process: subprocess.Popen
    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def visitor(self) -> "Site":
        """Another visitor of the same portal."""
        return Site(self.process, self.port)

    def ask(self, method, path, body=None, *, proxied=True, **headers) -> Answer:
        """One request, as the proxy in front would send it on."""
        headers = {"Host": HOST, "Cookie": self._cookie()} | headers
        if proxied:
            headers |= {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
        if isinstance(body, dict):
            body = urlencode(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = f"https://{HOST}{path}"
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asked.request(method, path, body, headers)
            answer = asked.getresponse()
            for name, value in answer.getheaders():
                if name == "Set-Cookie":
                    cookie, _, text = value.split(";")[0].partition("=")
                    self.cookies[cookie] = text
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode())
        finally:
            asked.close()

    def get(self, path, **headers) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path, fields, **headers) -> Answer:
        """A form of a page, with the token that its cookie has."""
        token = next(text for name, text in self.cookies.items() if name.endswith("csrftoken"))
        return self.ask("POST", path, {"csrfmiddlewaretoken": token} | fields, **headers)

    def sign_in(self, email, password) -> Answer:
        self.get("/account/sign-in/")
        return self.post("/account/sign-in/", {"username": email, "password": password})

    def _cookie(self) -> str:
        return "; ".join(f"{name}={text}" for name, text in self.cookies.items())


def database_url() -> str:
    """DATABASE_URL of the database that Django uses now."""
    given = connection.settings_dict
    host = given["HOST"]
    host = host_of_url(Path(host)) if host.startswith("/") else host
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{password}@{host}:{given['PORT'] or 5432}/{given['NAME']}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def served(command=None, **variables) -> Iterator[Site]:
    """A block in which the portal runs, by its launcher or by the command that is given."""
    port = free_port()
    environment = {name: text for name, text in os.environ.items() if name not in LEFT_OUT}
    environment |= DEPLOYED | {"HOST": "127.0.0.1", "PORT": str(port)} | variables
    process = start(command, port, environment)
    try:
        yield Site(process, port)
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def start(command, port, environment) -> subprocess.Popen:
    """The process, once the portal answers at the port."""
    process = subprocess.Popen(
        command(port) if command else [sys.executable, "-m", "bcfportal.launcher", "serve"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 120
    site = Site(process, port)
    while time.monotonic() < deadline:
        assert process.poll() is None, "The portal has ended."
        try:
            # The sockets listen before the portal is ready: the answer waits until it is.
            site.ask("GET", "/health/")
        except OSError:
            time.sleep(0.1)
        else:
            return process
    process.kill()
    raise AssertionError("The portal did not start.")
