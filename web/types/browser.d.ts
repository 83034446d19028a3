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
}

interface RTCRtpEncodingParameters {
    maxFramerate?: number;
    scalabilityMode?: string;
}

