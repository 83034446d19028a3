# SPDX-License-Identifier: Apache-2.0
"""Looks for strings in all that a node could have them in: its memory, its files, and what went over the loopback."""

import base64
import contextlib
import json
import mmap
import os
import pathlib
import re
import socket
import struct
import subprocess
import threading
from urllib.parse import quote_from_bytes

import pytest

ETH_P_ALL, SOL_PACKET, PACKET_STATISTICS, PACKET_OUTGOING, SO_RCVBUFFORCE = 3, 263, 6, 4, 33
PAGE = 4096
MOST = 1 << 30


def forms(needle: bytes) -> dict[str, bytes]:
    """How the needle may be written down."""
    found = {"raw": needle, "hex": needle.hex().encode(), "HEX": needle.hex().upper().encode()}
    for name, encode in (("base64", base64.b64encode), ("base64url", base64.urlsafe_b64encode)):
        for shift in range(3):
            # The characters that depend on nothing but the needle, wherever it begins in a group of three bytes.
            text = encode(bytes(shift) + needle)
            found[f"{name}+{shift}"] = text[(shift * 8 + 5) // 6:(shift + len(needle)) * 8 // 6]
    if found["base64+0"] == found["base64url+0"]:
        del found["base64url+0"]
    with contextlib.suppress(UnicodeDecodeError):
        text = needle.decode()
        found |= {"UTF-16LE": text.encode("utf-16-le"), "UTF-16BE": text.encode("utf-16-be")}
        if not text.isascii():
            found |= {"JSON": json.dumps(text)[1:-1].encode(), "percent": quote_from_bytes(needle).encode()}
    return found


class Canaries:
    """What must be nowhere, by what it is."""

    def __init__(self, **needles: bytes | str):
        self.needles = {}
        for name, needle in needles.items():
            self.plant(name, needle)

    def plant(self, name: str, needle: bytes | str):
        needle = needle.encode() if isinstance(needle, str) else needle
        assert len(needle) >= 12, f"{name} could be anywhere by chance"
        self.needles[name] = needle

    def found_in(self, place: bytes | mmap.mmap) -> set[tuple[str, str]]:
        return {(name, form) for name, needle in self.needles.items() for form, written in forms(needle).items()
                if place.find(written) >= 0}

    def found_in_files(self, *folders: pathlib.Path) -> set[tuple[str, str]]:
        """In contents, and in names."""
        found = set()
        for folder in folders:
            for path in [folder, *folder.rglob("*")] if folder.is_dir() else [folder]:
                found |= self.found_in(str(path).encode())
                if path.is_file() and path.stat().st_size:
                    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                        found |= self.found_in(content)
        return found


def memory_of(pid: int, folder: pathlib.Path) -> bytes:
    """The process's core, without the pages that hold nothing. Skips where nobody may look."""
    dumped = subprocess.run(["gcore", "-o", str(folder / "core"), str(pid)], capture_output=True, text=True)
    path = folder / f"core.{pid}"
    if not path.exists() and re.search("ptrace|not permitted", dumped.stderr + dumped.stdout, re.I):
        pytest.skip("NOT SWEPT: ptrace isn't permitted here, so the node's memory can't be read")
    assert path.exists(), dumped.stderr
    kept, nothing = bytearray(), bytes(PAGE)
    with open(path, "rb") as core:
        while page := core.read(PAGE):
            if page != nothing[:len(page)]:
                kept += page
    path.unlink()
    return bytes(kept)


class Flow:
    """One direction of a TCP connection, as its bytes."""

    def __init__(self):
        self.segments: dict[int, bytes] = {}
        self.first: int | None = None

    def add(self, sequence: int, payload: bytes):
        if self.first is None:
            self.first = sequence
        at = (sequence - self.first) & 0xFFFF_FFFF
        if len(self.segments.get(at, b"")) < len(payload):
            self.segments[at] = payload

    def stream(self) -> bytes:
        whole = bytearray()
        for at, payload in sorted(self.segments.items()):
            if at < len(whole):
                payload = payload[len(whole) - at:]
            whole += payload
        return bytes(whole)


def unmasked(stream: bytes) -> bytes:
    """What a client's WebSocket frames say: on the wire each is under a mask of its own (RFC 6455 §5.3)."""
    head, found, stream = stream.partition(b"\r\n\r\n")
    if not found or b"upgrade: websocket" not in head.lower():
        return b""
    said, at = bytearray(), 0
    while at + 6 <= len(stream):
        length, start = stream[at + 1] & 0x7F, at + 2
        if length >= 126:
            size = 2 if length == 126 else 8
            length, start = int.from_bytes(stream[start:start + size], "big"), start + size
        key, content = stream[start:start + 4], stream[start + 4:start + 4 + length]
        repeated = (key * (len(content) // 4 + 1))[:len(content)]
        said += (int.from_bytes(content, "big") ^ int.from_bytes(repeated, "big")).to_bytes(len(content), "big")
        said += b"\n"
        at = start + 4 + length
    return bytes(said)


class Capture:
    """`with Capture({node.port, …}) as capture:` all that goes to and from these ports over the loopback. Needs root."""

    def __init__(self, ports: set[int]):
        self.ports = ports
        try:
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ETH_P_ALL))
        except PermissionError:
            pytest.skip("NOT SWEPT: only root may capture the loopback")
        self.socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 256 << 20)
        self.socket.bind(("lo", ETH_P_ALL))
        self.socket.settimeout(0.2)
        self.flows: dict[tuple, Flow] = {}
        self.datagrams = bytearray()
        self.size = 0
        self.ending = False
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending = True
        self.thread.join()
        lost = struct.unpack("II", self.socket.getsockopt(SOL_PACKET, PACKET_STATISTICS, 8))[1]
        self.socket.close()
        assert lost == 0, f"{lost} packets were not captured"
        assert self.size < MOST, "more than this sweep can hold"

    def _run(self):
        while not self.ending:
            with contextlib.suppress(TimeoutError):
                packet, address = self.socket.recvfrom(1 << 17)
                if address[2] != PACKET_OUTGOING and self.size < MOST:  # each comes out, and in
                    self._take(packet)

    def _take(self, packet: bytes):
        if packet[0] >> 4 == 4:
            start, protocol, hosts = (packet[0] & 0xF) * 4, packet[9], packet[12:20]
            packet = packet[:int.from_bytes(packet[2:4], "big") or len(packet)]
        else:
            start, protocol, hosts = 40, packet[6], packet[8:40]
        ports = struct.unpack("!HH", packet[start:start + 4])
        if protocol not in (6, 17) or not self.ports.intersection(ports):
            return
        if protocol == 17:
            payload = packet[start + 8:]
            self.datagrams += payload
        else:
            payload = packet[start + (packet[start + 12] >> 4) * 4:]
            sequence = int.from_bytes(packet[start + 4:start + 8], "big")
            if packet[start + 13] & 2:
                self.flows[(hosts, ports)] = Flow()
                return
            if payload:
                self.flows.setdefault((hosts, ports), Flow()).add(sequence, payload)
        self.size += len(payload)

    def content(self) -> bytes:
        """All that was said: streams whole, clients' frames without their masks, datagrams."""
        streams = [flow.stream() for flow in self.flows.values()]
        return b"\n".join([*streams, *map(unmasked, streams), bytes(self.datagrams)])


def ports_of(pid: int) -> set[int]:
    """The TCP and UDP ports that the process has bound."""
    inodes = set()
    for number in os.listdir(f"/proc/{pid}/fd"):
        with contextlib.suppress(OSError):
            inodes |= set(re.findall(r"socket:\[(\d+)\]", os.readlink(f"/proc/{pid}/fd/{number}")))
    found = set()
    for kind in ("tcp", "tcp6", "udp", "udp6"):
        with open(f"/proc/{pid}/net/{kind}") as table:
            for line in table.readlines()[1:]:
                fields = line.split()
                if fields[9] in inodes and (kind.startswith("udp") or fields[3] == "0A"):
                    found.add(int(fields[1].rpartition(":")[2], 16))
    return found
