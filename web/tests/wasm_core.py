# SPDX-License-Identifier: Apache-2.0
"""The pages' own core, web/crypto/vigil-core.wasm, outside a browser: bytes in, bytes out (docs/wasm.md)."""

import functools
import os
import struct
import threading

from wasmtime import Config, Engine, Func, FuncType, Instance, Module, Store, ValType

from server import ROOT

# WasmCore/Sources/Core/Operation.swift
RING_CREATE, RING_REMOVE, RING_ADD_EPOCH, RING_START_SENDING, RING_REMOVE_EPOCH = 1, 4, 5, 6, 7
RING_HANDLE_TIMEOUT, RING_SEAL, RING_OPEN = 8, 9, 10
IDENTITY_FOUND, MEMBER_CREATE, MEMBER_HANDLE, MEMBER_RELEASE = 32, 33, 34, 35


class CoreRefusal(Exception):
    """The core refused: an answer, not an accident. `reason` names the rule, e.g. "sframe.replayed"."""

    @property
    def reason(self) -> str:
        return self.args[0]


@functools.cache
def compiled() -> tuple[Engine, Module]:
    config = Config()
    # Compiling takes seconds, and each call of the red team is a process of its own.
    config.cache = True
    engine = Engine(config)
    return engine, Module.from_file(engine, str(ROOT / "web" / "crypto" / "vigil-core.wasm"))


def field(value: bytes) -> bytes:
    """A byte string, as calls of the core are spelled."""
    return struct.pack("!I", len(value)) + value


class Core:
    """One instance, for one thread at a time: encoders run on threads of their own."""

    def __init__(self):
        self.lock = threading.RLock()
        engine, module = compiled()
        self.store = Store(engine)
        i32 = ValType.i32()
        provided = {
            "random": Func(self.store, FuncType([i32, i32], []), self._random),
            "log": Func(self.store, FuncType([i32, i32], []), self._log),
            "abort": Func(self.store, FuncType([], []), self._abort),
        }
        instance = Instance(self.store, module, [provided[entry.name] for entry in module.imports])
        self.exports = instance.exports(self.store)
        self.memory = self.exports["memory"]
        self.exports["_initialize"](self.store)

    def call(self, operation: int, arguments: bytes) -> bytes:
        with self.lock:
            return self._call(operation, arguments)

    def _call(self, operation: int, arguments: bytes) -> bytes:
        of = self.exports
        pointer = of["core_alloc"](self.store, len(arguments)) & 0xFFFF_FFFF
        assert pointer, "out of memory"
        self.memory.write(self.store, arguments, pointer)
        status = of["core_call"](self.store, operation, pointer, len(arguments))
        of["core_free"](self.store, pointer, len(arguments))
        start = of["core_result"](self.store) & 0xFFFF_FFFF
        answer = bytes(self.memory.read(self.store, start, start + of["core_result_length"](self.store)))
        of["core_result_clear"](self.store)
        if status != 0:
            raise CoreRefusal(answer.decode())
        return answer

    def _random(self, pointer, count):
        self.memory.write(self.store, os.urandom(count & 0xFFFF_FFFF), pointer & 0xFFFF_FFFF)

    def _log(self, pointer, count):
        pointer &= 0xFFFF_FFFF
        print("core:", bytes(self.memory.read(self.store, pointer, pointer + count)).decode(errors="replace"))

    def _abort(self):
        raise RuntimeError("aborted")
