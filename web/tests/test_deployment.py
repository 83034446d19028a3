# SPDX-License-Identifier: Apache-2.0
"""The samples of deploy/ do what docs/operations.md promises: behind the shipped nginx and through the shipped coturn
people meet, and neither writes down who they are. Only ports, paths, addresses and the secret are adapted, as an
operator would."""

import asyncio
import base64
import concurrent.futures
import hmac
import os
import pathlib
import re
import shutil
import signal
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request

import pytest
from aioice import stun, turn
from aiortc.mediastreams import AudioStreamTrack, VideoStreamTrack
from playwright.sync_api import expect

from aside import run_aside
from meeting_page import INBOUND, Person, wait_until
from server import ROOT, Server, free_port
from vigil_client import VigilClient
from vigil_member import Invitation, alias, from_base64url

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
TURNSERVER = shutil.which("turnserver", path="/usr/sbin:/usr/bin")
SECRET = "a secret that only the node and coturn know"

pytestmark = pytest.mark.skipif(
    not (NGINX and TURNSERVER), reason="the samples of deploy/ are NOT TESTED: nginx or coturn isn't installed")

# Media may go through the TURN server or not at all.
RELAY_ONLY = """
(() => {
    const Real = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Real {
        constructor(configuration) { super({ ...configuration, iceTransportPolicy: "relay" }); }
    };
})();
"""

# For each connected peer connection: what kind of candidate of ours it uses.
USED = """
async () => {
    const kinds = [];
    for (const connection of window.connections) {
        const reports = await connection.getStats();
        for (const report of reports.values())
            if (report.type === "candidate-pair" && report.nominated && report.state === "succeeded")
                kinds.push(reports.get(report.localCandidateId).candidateType);
    }
    return kinds.length >= 2 && kinds;
}
"""


def own_address() -> str:
    """The machine's own IPv4 address: the node offers it for media, and coturn never relays to loopback."""
    words = subprocess.run(["hostname", "-I"], capture_output=True, text=True, check=True).stdout.split()
    found = [word for word in words if "." in word]
    if not found:
        pytest.skip("the samples of deploy/ are NOT TESTED: this machine has no IPv4 address but loopback")
    return found[0]


def adapted(sample: str, changes: dict[str, str]) -> str:
    """A sample with some of its words changed; each must be there."""
    text = (ROOT / "deploy" / sample).read_text()
    for old, new in changes.items():
        assert old in text, f"{sample} has no {old}"
        text = text.replace(old, new)
    return text


def files_written_by(process) -> dict[str, str]:
    """What is in every file that a process or a child of it holds open for writing."""
    children = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True).stdout.split()
    contents = {}
    for number in [str(process.pid), *children]:
        for entry in pathlib.Path(f"/proc/{number}/fd").iterdir():
            flags = re.search(r"flags:\s*(\d+)", pathlib.Path(f"/proc/{number}/fdinfo/{entry.name}").read_text())
            path = pathlib.Path(os.readlink(entry))
            if path.is_file() and int(flags.group(1), 8) & (os.O_WRONLY | os.O_RDWR):
                contents[str(path)] = path.read_bytes().decode("latin-1")
    return contents


def answers(port: int, address: str = "127.0.0.1") -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address, port)) == 0


class Program:
    """One that stays in the foreground; ready when it answers at its port."""

    def __init__(self, command, folder, port, address="127.0.0.1"):
        self.output = folder / f"{pathlib.Path(command[0]).name}.out"
        with open(self.output, "w") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not answers(port, address):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{command[0]} did not start:\n{self.output.read_text()}")
            time.sleep(0.05)

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class Deployment:
    """A node, nginx before it, and coturn beside it."""

    def __init__(self, binary, folder):
        self.folder = folder
        self.address = own_address()
        self.http, self.https, self.turn, self.turns = (free_port() for _ in range(4))
        self.certificate = folder / "fullchain.pem"
        key = folder / "privkey.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=localhost", "-addext", f"subjectAltName=DNS:localhost,IP:{self.address}",
             "-keyout", str(key), "-out", str(self.certificate)], check=True, capture_output=True)
        self.turn_url = f"turn:{self.address}:{self.turn}"
        self.turns_url = f"turns:{self.address}:{self.turns}?transport=tcp"
        # A foreign origin would be refused: people come from the proxy's.
        self.node = Server(
            binary,
            ["--allowed-origins", self.url, "--turn-urls", self.turn_url, "--turn-urls", self.turns_url,
             "--log-level", "trace"],
            {"VIGIL_TURN_SECRET": SECRET}, folder / "node.log").start()

        site = adapted("nginx.conf", {
            "listen 80;": f"listen 127.0.0.1:{self.http};", "    listen [::]:80;\n": "",
            "listen 443 ssl;": f"listen 127.0.0.1:{self.https} ssl;", "    listen [::]:443 ssl;\n": "",
            "meet.example;": "localhost;",
            "/etc/letsencrypt/live/meet.example/fullchain.pem": str(self.certificate),
            "/etc/letsencrypt/live/meet.example/privkey.pem": str(key),
            "https://$host$request_uri": f"https://$host:{self.https}$request_uri",
            "127.0.0.1:8080": f"127.0.0.1:{self.node.port}",
        })
        (folder / "site").write_text(site)
        # Around it what Debian's nginx.conf has: logs of its own that the site must not write to.
        (folder / "nginx.conf").write_text(f"""
            daemon off;
            pid {folder}/nginx.pid;
            error_log {folder}/error.log;
            events {{ worker_connections 768; }}
            http {{
                include /etc/nginx/mime.types;
                access_log {folder}/access.log;
                client_body_temp_path {folder}/body;
                proxy_temp_path {folder}/proxy;
                fastcgi_temp_path {folder}/fastcgi;
                uwsgi_temp_path {folder}/uwsgi;
                scgi_temp_path {folder}/scgi;
                gzip on;
                include {folder}/site;
            }}
        """)
        turnserver = adapted("turnserver.conf", {
            "listening-port=3478": f"listening-ip={self.address}\nrelay-ip={self.address}\nlistening-port={self.turn}",
            "tls-listening-port=443": f"tls-listening-port={self.turns}",
            "REPLACE-WITH-32-RANDOM-BYTES": SECRET,
            "/etc/turnserver/fullchain.pem": str(self.certificate),
            "/etc/turnserver/privkey.pem": str(key),
            "allowed-peer-ip=203.0.113.7": f"allowed-peer-ip={self.address}",
        })
        (folder / "turnserver.conf").write_text(turnserver)
        self.nginx = Program([NGINX, "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")], folder, self.https)
        self.coturn = Program(
            [TURNSERVER, "-c", str(folder / "turnserver.conf"), f"--userdb={folder}/turndb", "--pidfile="], folder,
            self.turn, self.address)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.https}"

    @property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.certificate))

    def written(self) -> dict[str, str]:
        """All that the three have said and written."""
        texts = {"the node's log": self.node.log(), "error.log": (self.folder / "error.log").read_text(),
                 "access.log": (self.folder / "access.log").read_text()}
        for program in (self.nginx, self.coturn):
            texts |= files_written_by(program.process)
            texts[program.output.name] = program.output.read_text()
        return texts

    def stop(self):
        for part in ("coturn", "nginx", "node"):
            if hasattr(self, part):
                getattr(self, part).stop()


@pytest.fixture(scope="module")
def deployment(binary, tmp_path_factory):
    made = Deployment.__new__(Deployment)
    try:
        made.__init__(binary, tmp_path_factory.mktemp("deployment"))
        yield made
    finally:
        made.stop()


def test_the_proxy_adds_tls_and_changes_nothing_else(deployment):
    with urllib.request.urlopen(deployment.node.url) as direct:
        expected, page = dict(direct.headers), direct.read()
    with urllib.request.urlopen(deployment.url, context=deployment.trust) as proxied:
        headers, received = proxied.headers, proxied.read()
    assert received == page
    assert "script-src" in expected["Content-Security-Policy"]
    for name, value in expected.items():
        if name.lower() not in ("date", "connection", "server"):
            assert headers.get_all(name) == [value], name
    assert headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_):
            return None

    with pytest.raises(urllib.error.HTTPError) as answer:
        urllib.request.build_opener(Stay).open(f"http://localhost:{deployment.http}/m")
    assert (answer.value.code, answer.value.headers["Location"]) == (301, f"{deployment.url}/m")


def test_people_meet_behind_the_proxy_through_the_relay_alone(deployment, chromium, monkeypatch):
    # aiortc asks the machine's authorities about the relay's certificate.
    monkeypatch.setenv("SSL_CERT_FILE", str(deployment.certificate))
    names = ("Anastasia Quillfeather", "Benedikt Yarrowgate", "Cornelia Umbersall")
    ana, ben = (Person(chromium, name, ignore_https_errors=True) for name in names[:2])
    try:
        for person in (ana, ben):
            person.page.add_init_script(RELAY_ONLY)
        link = ana.start(deployment.url)
        assert link.startswith(f"{deployment.url}/m#")
        secret = link.split("#")[1]
        public = alias(from_base64url(secret))
        ben.join(link)
        ana.expect_moving(names[1])
        ben.expect_moving(names[0])
        for person in (ana, ben):
            assert set(wait_until(person.page, USED)) == {"relay"}

        inside, seen = concurrent.futures.Future(), concurrent.futures.Future()

        async def third():
            client = VigilClient(f"wss://localhost:{deployment.https}/signal", Invitation.from_link(link), names[2],
                                 ssl=deployment.trust, relay=deployment.turns_url)
            await client.enter()
            await client.wait_until(lambda: names[0] in {p["name"] for p in client.seat.people.values()})
            await client.publish(microphone=AudioStreamTrack(), camera=VideoStreamTrack())
            lines = [line for line in client.publisher.localDescription.sdp.splitlines() if "candidate:" in line]
            assert lines and all(" typ relay" in line for line in lines), lines
            other = next(p for p, person in client.seat.people.items() if person["name"] == names[0])
            await client.wait_until(lambda: (other, "camera") in client.tracks)
            frames = [await asyncio.wait_for(client.tracks[(other, "camera")].recv(), 30) for _ in range(3)]
            assert frames[-1].pts > frames[0].pts
            inside.set_result(None)
            await asyncio.wrap_future(seen)
            await client.leave()

        def story():
            try:
                asyncio.run(asyncio.wait_for(third(), 200))
            except BaseException as error:
                if inside.done():
                    raise
                inside.set_exception(error)

        with concurrent.futures.ThreadPoolExecutor(1) as thread:
            told = thread.submit(story)
            try:
                inside.result()
                expect(ana.tile(names[2])).to_be_visible()
                # aiortc's picture has one colour; that two streams are decoded is proof enough.
                wait_until(ana.page, f"async () => (await ({INBOUND})()).videoStreams === 2")
            finally:
                seen.set_result(None)
            told.result()
        for person in (ana, ben):
            person.expect_no_faults()
    finally:
        for person in (ana, ben):
            person.close()

    # What goes wrong is what a proxy likes to write about: a connection that isn't TLS, a broken request, a refused
    # origin, a path with the alias in it, and (last) a node that is away.
    with socket.create_connection(("127.0.0.1", deployment.https)) as plain:
        plain.sendall(f"GET /{public} HTTP/1.1\r\n\r\n".encode())
        plain.recv(1_000)
    with socket.create_connection(("127.0.0.1", deployment.https)) as plain:
        plain.sendall(os.urandom(400))
        plain.settimeout(5)
        plain.recv(1_000)

    def status(path="/", **headers):
        request = urllib.request.Request(f"{deployment.url}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, context=deployment.trust) as answer:
                return answer.status
        except urllib.error.HTTPError as refused:
            return refused.code

    assert status(f"/{public}") == 404
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
               "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}
    assert status("/signal", Origin="https://elsewhere.example", **upgrade) == 403
    written = deployment.written()
    deployment.node.stop()
    assert status() == 502
    for name, text in (written | deployment.written()).items():
        for fact in (*names, secret, public, public[:8], deployment.address, "127.0.0.1", "::1"):
            assert fact not in text, f"{fact} in {name}"


def test_coturn_relays_to_the_node_and_nowhere_else(deployment):
    """A client with a right password asks for a way to the node, to this machine's inside, and to elsewhere."""
    async def story():
        username = str(int(time.time()) + 3_600)
        password = base64.b64encode(hmac.digest(SECRET.encode(), username.encode(), "sha1")).decode()
        loop = asyncio.get_running_loop()
        _, client = await loop.create_datagram_endpoint(
            lambda: turn.TurnClientUdpProtocol(
                (deployment.address, deployment.turn), username=username, password=password, lifetime=600,
                channel_refresh_time=500),
            remote_addr=(deployment.address, deployment.turn))
        await client.connect()
        for peer, allowed in ((deployment.address, True), ("127.0.0.1", False), ("192.0.2.77", False),
                              ("10.0.0.1", False), ("198.51.100.1", False)):
            request = stun.Message(message_method=stun.Method.CREATE_PERMISSION, message_class=stun.Class.REQUEST)
            request.attributes["XOR-PEER-ADDRESS"] = (peer, 9)
            if allowed:
                await client.request_with_retry(request)
            else:
                with pytest.raises(stun.TransactionFailed) as refused:
                    await client.request_with_retry(request)
                assert refused.value.response.attributes["ERROR-CODE"][0] == 403, peer
        await client.delete()

    run_aside(story(), within=60)
