/**
 * Puts rendered pieces onto an AudioContext, back to back on its sample grid.
 *
 * Frames: context frames (context seconds × 48000, whole numbers). Web Audio starts a source at a sub-sample place unless the time given is at
 * or a hair above a frame; `n / 48000 + 1 ns` lands on frame n exactly (checked bit for bit in Chromium).
 */
import type { Piece } from "./renderer.ts";

export const RATE = 48_000;
/** Added to the time of a frame, it lands on that frame. */
export const HAIR_SECONDS = 1e-9;

/** The part of an AudioContext that the scheduler uses. */
export interface OutputPort {
  readonly currentTime: number;
  createBuffer(channels: number, length: number, sampleRate: number): AudioBuffer;
  createBufferSource(): AudioBufferSourceNode;
}

interface Scheduled {
  readonly startFrame: number;
  endFrame: number;
  readonly piece: Piece;
  readonly source: AudioBufferSourceNode | null;
}

/** Buffers kept to be filled again: fresh memory is dear (workbench.ts). */
const MOST_IDLE = 24;

export class Scheduler {
  private line: Scheduled[] = [];
  private idle: AudioBuffer[] = [];

  constructor(
    private readonly output: OutputPort,
    private readonly destination: AudioNode,
  ) {}

  /** One past the last frame that has something planned; null when nothing has. */
  get endFrame(): number | null {
    return this.line[this.line.length - 1]?.endFrame ?? null;
  }

  get nowFrame(): number {
    return Math.round(this.output.currentTime * RATE);
  }

  /** Plans a piece from a frame on. Silence costs nothing. */
  schedule(startFrame: number, piece: Piece, pcm: readonly [Float32Array, Float32Array] | null): void {
    let source: AudioBufferSourceNode | null = null;
    if (pcm) {
      const buffer = this.bufferOf(piece.frames);
      buffer.copyToChannel(pcm[0] as Float32Array<ArrayBuffer>, 0);
      buffer.copyToChannel(pcm[1] as Float32Array<ArrayBuffer>, 1);
      source = this.output.createBufferSource();
      source.buffer = buffer;
      source.connect(this.destination);
      source.start(startFrame / RATE + HAIR_SECONDS);
    }
    this.line.push({ startFrame, endFrame: startFrame + piece.frames, piece, source });
  }

  private bufferOf(frames: number): AudioBuffer {
    const place = this.idle.findIndex((b) => b.length === frames);
    const [idle] = place < 0 ? [] : this.idle.splice(place, 1);
    return idle ?? this.output.createBuffer(2, frames, RATE);
  }

  /** The source has played its buffer, or will never begin to. */
  private release(s: Scheduled): void {
    if (s.source?.buffer && this.idle.length < MOST_IDLE) this.idle.push(s.source.buffer);
  }

  /** Local server time that a frame sounds, µs, by what is planned; null where nothing is. */
  microsAt(frame: number): number | null {
    // From the last on: where two pieces meet, the frame is the later one's; one past the last is what would follow.
    for (let i = this.line.length - 1; i >= 0; i--) {
      const s = this.line[i] as Scheduled;
      if (frame >= s.startFrame && frame <= s.endFrame) return s.piece.micros + (frame - s.startFrame) * s.piece.microsPerFrame;
    }
    return null;
  }

  /** Rate trim at a frame: µs of music per frame against 1/48000 s, ppm. */
  ratePpmAt(frame: number): number {
    const s = this.line.find((x) => frame >= x.startFrame && frame < x.endFrame);
    return s ? (s.piece.microsPerFrame * (RATE / 1e6) - 1) * 1e6 : 0;
  }

  /** Takes everything from a frame on back. What sounds at the frame stops there, to the sample. */
  cutAt(frame: number): void {
    const keep: Scheduled[] = [];
    for (const s of this.line) {
      if (s.endFrame <= frame) keep.push(s);
      else if (s.startFrame < frame) {
        s.source?.stop(frame / RATE + HAIR_SECONDS);
        s.endFrame = frame;
        keep.push(s);
      } else {
        s.source?.stop();
        s.source?.disconnect();
        if (s.startFrame > this.nowFrame) this.release(s);
      }
    }
    this.line = keep;
  }

  /** Forgets what has been played. */
  tidy(): void {
    const now = this.nowFrame - RATE;
    while (this.line.length > 0 && (this.line[0] as Scheduled).endFrame < now) this.release(this.line.shift() as Scheduled);
  }

  clear(): void {
    this.cutAt(0);
    this.line = [];
  }
}
