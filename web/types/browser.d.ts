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

interface RTCRtpScriptTransformer {
    readonly readable: ReadableStream<RTCEncodedVideoFrame | RTCEncodedAudioFrame>;
    readonly writable: WritableStream<RTCEncodedVideoFrame | RTCEncodedAudioFrame>;
    readonly options: unknown;
    generateKeyFrame?(rid?: string): Promise<unknown>;
    sendKeyFrameRequest?(): Promise<void>;
}

interface RTCTransformEvent extends Event {
    readonly transformer: RTCRtpScriptTransformer;
}

declare class RTCRtpScriptTransform {
    constructor(worker: Worker, options?: unknown, transfer?: Transferable[]);
}

interface RTCRtpSender {
    transform: RTCRtpScriptTransform | null;
    setParameters(parameters: RTCRtpSendParameters, options: { encodingOptions: { keyFrame: boolean }[] }): Promise<void>;
}

interface RTCRtpReceiver {
    transform: RTCRtpScriptTransform | null;
}

interface RTCEncodedVideoFrameMetadata {
    mimeType?: string;
    rtpTimestamp?: number;
}

interface RTCEncodedAudioFrameMetadata {
    mimeType?: string;
    rtpTimestamp?: number;
}

declare var trustedTypes: undefined | {
    createPolicy(name: string, rules: { createScriptURL: (input: string) => string }): { createScriptURL(input: string): object };
};

interface WakeLockSentinel extends EventTarget {
    release(): Promise<void>;
}
