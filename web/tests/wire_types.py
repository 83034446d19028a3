# SPDX-License-Identifier: Apache-2.0
"""Kinds of values in the encoding of RFC 9420 §2.1 (TLS's presentation language), to build tables of.

A type is a pair of functions: one reads a value from a `Reader`, the other appends its bytes to a bytearray.
"""

from typing import Callable, NamedTuple


class Type(NamedTuple):
    read: Callable
    write: Callable


class Reader:
    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    @property
    def is_at_end(self) -> bool:
        return self.at >= len(self.data)

    def take(self, count: int) -> bytes:
        if count > len(self.data) - self.at:
            raise ValueError("cut short")
        self.at += count
        return self.data[self.at - count:self.at]

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self) -> bytes:
        """The content of a vector, whose length stands in front as RFC 9420 §2.1.2 has it."""
        first = self.number(1)
        length = first & 0x3F
        for _ in range((1 << (first >> 6)) - 1):
            length = length << 8 | self.number(1)
        return self.take(length)


def write_vector(out: bytearray, content: bytes):
    length = len(content)
    if length < 1 << 6:
        out += bytes([length])
    elif length < 1 << 14:
        out += (length | 0x4000).to_bytes(2, "big")
    elif length < 1 << 30:
        out += (length | 0x8000_0000).to_bytes(4, "big")
    else:
        raise ValueError("too long")
    out += content


def _number(size: int) -> Type:
    def write(out, value):
        out += value.to_bytes(size, "big")

    return Type(lambda reader: reader.number(size), write)


u8, u16, u32, u64 = (_number(size) for size in (1, 2, 4, 8))
flag = Type(lambda reader: reader.number(1) == 1, lambda out, value: out.append(1 if value else 0))
opaque = Type(lambda reader: reader.vector(), write_vector)
text = Type(lambda reader: reader.vector().decode(), lambda out, value: write_vector(out, value.encode()))
participant = Type(
    lambda reader: f"{reader.number(8):016x}", lambda out, value: out.extend(int(value, 16).to_bytes(8, "big")))


def word(*words: str) -> Type:
    """One of a few, by its number."""
    return Type(lambda reader: words[reader.number(1)], lambda out, value: out.append(words.index(value)))


def bits(*names: str) -> Type:
    """Flags, from the lowest bit on."""
    def read(reader):
        value = reader.number(1)
        return {name: bool(value >> index & 1) for index, name in enumerate(names)}

    return Type(read, lambda out, value: out.append(sum(1 << i for i, name in enumerate(names) if value.get(name))))


def optional(of: Type) -> Type:
    def write(out, value):
        flag.write(out, value is not None)
        if value is not None:
            of.write(out, value)

    return Type(lambda reader: of.read(reader) if flag.read(reader) else None, write)


def several(of: Type) -> Type:
    def read(reader):
        content, values = Reader(reader.vector()), []
        while not content.is_at_end:
            values.append(of.read(content))
        return values

    def write(out, values):
        content = bytearray()
        for value in values:
            of.write(content, value)
        write_vector(out, content)

    return Type(read, write)


def exactly(count: int, of: Type) -> Type:
    def write(out, values):
        assert len(values) == count
        for value in values:
            of.write(out, value)

    return Type(lambda reader: [of.read(reader) for _ in range(count)], write)


def constant(value: int, of: Type) -> Type:
    """Always the same number; `struct` leaves it out of its value."""
    def read(reader):
        if of.read(reader) != value:
            raise ValueError(f"not {value}")

    return Type(read, lambda out, _: of.write(out, value))


def struct(fields: dict[str, Type], constants=()) -> Type:
    def read(reader):
        value = {name: of.read(reader) for name, of in fields.items()}
        for name in constants:
            del value[name]
        return value

    def write(out, value):
        for name, of in fields.items():
            of.write(out, value.get(name) if name in constants else value[name])

    return Type(read, write)


def choice(cases: dict[str, dict[str, Type]]) -> Type:
    """One of several kinds of thing, told by a number in front; `kind` names it."""
    kinds = list(cases)
    types = {kind: struct(fields) for kind, fields in cases.items()}

    def read(reader):
        kind = kinds[reader.number(1)]
        return {"kind": kind, **types[kind].read(reader)}

    def write(out, value):
        out.append(kinds.index(value["kind"]))
        types[value["kind"]].write(out, value)

    return Type(read, write)


def encode(of: Type, value) -> bytes:
    out = bytearray()
    of.write(out, value)
    return bytes(out)


def decode_all(of: Type, data: bytes) -> list:
    reader, values = Reader(data), []
    while not reader.is_at_end:
        values.append(of.read(reader))
    return values
