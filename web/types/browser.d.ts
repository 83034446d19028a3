// SPDX-License-Identifier: Apache-2.0
// What TypeScript 4.8's DOM library does not know yet. Every member is feature-tested before use.

interface HTMLMediaElement {
    setSinkId?(sinkId: string): Promise<void>;
}

interface MediaDevices {
    selectAudioOutput?(options?: { deviceId?: string }): Promise<MediaDeviceInfo>;
}

interface NetworkInformation extends EventTarget {}

interface Navigator {
    readonly connection?: NetworkInformation;
    readonly wakeLock?: { request(type: "screen"): Promise<WakeLockSentinel> };
}

interface RTCRtpEncodingParameters {
    maxFramerate?: number;
    scalabilityMode?: string;
}


interface WakeLockSentinel extends EventTarget {
    release(): Promise<void>;
}
