# SPDX-License-Identifier: Apache-2.0
"""`./bench media --janus`: Vigil and Debian's Janus under the same aiortc clients, interleaved in one run."""

import argparse
import asyncio
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "web" / "tests"))

import load
from aiortc import RTCSessionDescription
from janus_room import Janus, Session, publish, subscribe
from server import Server
from vigil_client import VigilClient
from vigil_member import Invitation


async def connected(connections, timeout=30):
    """Waits until every connection is up."""
    async with asyncio.timeout(timeout):
        for connection in connections:
            while connection.connectionState != "connected":
                if connection.connectionState in ("failed", "closed"):
                    raise RuntimeError("a peer connection failed")
                await asyncio.sleep(0.02)


async def run_janus(address, viewers, seconds):
    with Janus(address) as janus:
        sessions, connections = [await Session().open()], []
        publisher = load.BurstPublisher()
        feed = await publish(sessions[0], publisher)
        await connected([publisher.connection])
        for _ in range(viewers):
            sessions.append(await Session().open())
            connections.append(await subscribe(sessions[-1], feed))
        await connected(connections)
        result = await load.measure(janus.pid, publisher, seconds)
        await publisher.stop()
        for connection in connections:
            await connection.close()
        for session in sessions:
            await session.close()
        return result


async def run_vigil(binary, viewers, seconds):
    with Server(binary, options=["--media-threads", "1"]) as server:
        publisher = load.BurstPublisher()
        source = VigilClient(server.signal_url, Invitation.to_new_meeting(server.url), "source")
        await source.enter()
        connection = source.publisher = publisher.connection
        await connection.setLocalDescription(await connection.createOffer())
        await source.send({
            "type": "publish", "request": 1, "sdp": connection.localDescription.sdp,
            "tracks": [{"mid": publisher.transceiver.mid, "source": "camera"}]})
        answer = await source.wait_for(lambda m: m["type"] in ("published", "error"))
        await connection.setRemoteDescription(RTCSessionDescription(answer["sdp"], "answer"))
        await connected([connection])
        clients = [VigilClient(server.signal_url, source.seat.link, f"viewer {n}") for n in range(viewers)]
        for client in clients:
            await client.enter()
            await client.wait_until(lambda: client.subscriber is not None and client.tracks)
        await connected([client.subscriber for client in clients])
        result = await load.measure(server.pid, publisher, seconds)
        for client in clients:
            await client.close()
        await publisher.stop()
        source.publisher = None
        await source.close()
        return result


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--address", required=True, help="the machine's own address, for Janus' candidates")
    parser.add_argument("--viewers", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    load.count_instead_of_decoding()
    rows = {"vigil": [], "janus": []}
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}…", file=sys.stderr)
        rows["vigil"].append(await run_vigil(options.binary, options.viewers, options.seconds))
        rows["janus"].append(await run_janus(options.address, options.viewers, options.seconds))
    medians = {}
    for name, results in rows.items():
        cost = medians[name] = statistics.median(r["cpu_us_per_packet"] for r in results)
        row = {
            "case": f"{name} 1→{options.viewers}, aiortc clients",
            "cpu_us_per_packet": cost,
            "packets_per_second_per_core": round(1e6 / cost),
            "latency_p50_us": None, "latency_p99_us": None, "allocations_per_packet": None,
            "rounds": [r["cpu_us_per_packet"] for r in results],
            "packets_received": sum(r["packets_received"] for r in results),
            "packets_published": sum(r["packets_published"] for r in results),
        }
        print(json.dumps(row, ensure_ascii=False) if options.json else
              "  ".join(f"{key}={value}" for key, value in row.items() if value is not None))
    ratio = {"case": "vigil / janus", "ratio": round(medians["vigil"] / medians["janus"], 3), "mark": 0.35}
    print(json.dumps(ratio) if options.json else f"vigil / janus = {ratio['ratio']} (mark: at most 0.35)")


asyncio.run(main())
