// SPDX-License-Identifier: Apache-2.0

// A film of what this person sees and hears, made in their browser. It knows nothing of the meeting: it is given pictures
// and sounds. Whoever uses it has told the others first (recording.js).

/** @typedef {{video: HTMLVideoElement | null, x: number, y: number, width: number, height: number, name: string, letters: string, whole: boolean}} Picture in pixels of the stage; whole: not cropped */
/** @typedef {{width: number, height: number, pictures: Picture[]}} Scene */

const WIDTH = 1280;
const HEIGHT = 720;
const RATE = 15;
/** What is recorded is handed over this often, so that a crash of the encoder loses little. */
const SLICE = 1_000;
const TYPES = ["video/webm;codecs=vp9,opus", "video/webm;codecs=vp8,opus", "video/webm", "video/mp4"];

/** @returns {boolean} whether this browser can make such a film */
export function canRecord() {
    return typeof MediaRecorder !== "undefined" && "captureStream" in HTMLCanvasElement.prototype && typeof AudioContext !== "undefined";
}

export class Recorder {
    #canvas = document.createElement("canvas");
    #context = this.#canvas.getContext("2d", { alpha: false });
    #sound = new AudioContext();
    #mix = this.#sound.createMediaStreamDestination();
    /** @type {Map<MediaStreamTrack, MediaStreamAudioSourceNode>} */
    #sources = new Map();
    /** @type {Blob[]} */
    #parts = [];
    #recorder;
    #timer;
    #scene;

    /** @param {() => Scene} scene what is to be seen, asked for each picture */
    constructor(scene) {
        this.#scene = scene;
        this.#canvas.width = WIDTH;
        this.#canvas.height = HEIGHT;
        const film = new MediaStream([...this.#canvas.captureStream(RATE).getVideoTracks(), ...this.#mix.stream.getAudioTracks()]);
        const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
        this.#recorder = new MediaRecorder(film, mimeType === undefined ? {} : { mimeType });
        this.#recorder.addEventListener("dataavailable", ({ data }) => { if (data.size > 0) this.#parts.push(data); });
        this.#draw();
        this.#timer = setInterval(() => this.#draw(), 1000 / RATE);
        void this.#sound.resume();
        this.#recorder.start(SLICE);
    }

    /** @param {MediaStreamTrack[]} tracks everything that is to be heard now */
    hear(tracks) {
        for (const [track, source] of this.#sources) {
            if (tracks.includes(track)) continue;
            source.disconnect();
            this.#sources.delete(track);
        }
        for (const track of tracks) {
            if (this.#sources.has(track)) continue;
            const source = this.#sound.createMediaStreamSource(new MediaStream([track]));
            source.connect(this.#mix);
            this.#sources.set(track, source);
        }
    }

    /** @returns {Promise<Blob>} the whole film */
    async stop() {
        const recorder = this.#recorder;
        if (recorder.state !== "inactive") {
            await new Promise((resolve) => {
                recorder.addEventListener("stop", resolve, { once: true });
                recorder.stop();
            });
        }
        clearInterval(this.#timer);
        this.hear([]);
        for (const track of recorder.stream.getTracks()) track.stop();
        await this.#sound.close();
        return new Blob(this.#parts, { type: recorder.mimeType.split(";")[0] });
    }

    #draw() {
        const context = this.#context;
        if (context === null) return;
        const { width, height, pictures } = this.#scene();
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.fillStyle = "#090b10";
        context.fillRect(0, 0, WIDTH, HEIGHT);
        if (width < 1 || height < 1) return;
        const scale = Math.min(WIDTH / width, HEIGHT / height);
        context.setTransform(scale, 0, 0, scale, (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2);
        for (const picture of pictures) drawPicture(context, picture);
    }
}

/** @param {CanvasRenderingContext2D} context @param {Picture} picture */
function drawPicture(context, picture) {
    const { video, x, y, width, height, name } = picture;
    context.save();
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    context.fillStyle = "#12151d";
    context.fillRect(x, y, width, height);
    if (video !== null && video.readyState >= 2 && video.videoWidth > 0) drawVideo(context, video, picture);
    else {
        context.fillStyle = "#f8f3ea";
        context.textAlign = "center";
        context.textBaseline = "middle";
        context.font = `${Math.min(width, height) * 0.22}px serif`;
        context.fillText(picture.letters, x + width / 2, y + height / 2);
    }
    const size = Math.max(12, Math.min(18, width / 24));
    context.font = `500 ${size}px sans-serif`;
    context.textAlign = "left";
    context.textBaseline = "middle";
    const plate = Math.min(width - 16, context.measureText(name).width + size * 1.4);
    context.fillStyle = "rgb(9 11 16 / .8)";
    context.fillRect(x + 8, y + height - size * 2.4, plate, size * 1.9);
    context.fillStyle = "#f8f3ea";
    context.fillText(name, x + 8 + size * 0.7, y + height - size * 1.42, plate - size * 1.2);
    context.restore();
}

/**
 * As the stage shows it: faces fill their place, a shared screen is seen whole.
 * @param {CanvasRenderingContext2D} context @param {HTMLVideoElement} video @param {Picture} picture
 */
function drawVideo(context, video, { x, y, width, height, whole }) {
    const fit = whole ? Math.min : Math.max;
    const scale = fit(width / video.videoWidth, height / video.videoHeight);
    const wide = video.videoWidth * scale;
    const high = video.videoHeight * scale;
    context.translate(x + width / 2, y + height / 2);
    context.drawImage(video, -wide / 2, -high / 2, wide, high);
    context.translate(-x - width / 2, -y - height / 2);
}
