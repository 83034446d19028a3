# SPDX-License-Identifier: Apache-2.0
"""Something for a fake microphone to hear."""

import array
import math
import wave


def write_voice(path):
    """Two seconds, to be repeated, of what a speech detector takes for a voice: a buzz whose pitch and loudness move."""
    rate = 48_000
    samples = array.array("h")
    phase = 0.0
    for index in range(2 * rate):
        time = index / rate
        phase += (140 + 30 * math.sin(2 * math.pi * 1.5 * time)) / rate
        syllable = 0.25 + 0.75 * abs(math.sin(2 * math.pi * 2 * time))
        buzz = sum(math.sin(2 * math.pi * phase * n) / n for n in range(1, 8))
        samples.append(int(9_000 * syllable * buzz / 2))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())
