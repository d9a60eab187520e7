/**
 * An AudioContext's graph as far as sync uses it: buffer sources connected to one destination. Plays nothing by itself; `render` says what
 * stands at given frames. Browsers start a source between two samples unless its time is a frame's, or a hair above it: this one refuses
 * such times, so that a test which runs has proved that all is on the grid. It refuses too that a buffer is filled again while a source may still play it.
 */
const RATE = 48_000;

class FakeBuffer {
  readonly channels: Float32Array[];
  readonly players: FakeSource[] = [];

  constructor(
    private readonly context: FakeContext,
    readonly numberOfChannels: number,
    readonly length: number,
  ) {
    this.channels = Array.from({ length: numberOfChannels }, () => new Float32Array(length));
  }

  copyToChannel(source: Float32Array, channel: number): void {
    const now = this.context.currentTime * RATE;
    if (this.players.some((player) => player.connected && player.endFrame > now)) throw new Error("a buffer is filled while it is played");
    (this.channels[channel] as Float32Array).set(source);
  }
}

function frameOf(seconds: number): number {
  const place = seconds * RATE;
  const frame = Math.floor(place);
  if (place - frame > 1e-4) throw new Error(`${seconds} s lies between two samples`);
  return frame;
}

export class FakeSource {
  constructor(private readonly onStarted: (source: FakeSource) => void = () => undefined) {}

  buffer: FakeBuffer | null = null;
  onended: (() => void) | null = null;
  startFrame: number | null = null;
  stopFrame = Number.POSITIVE_INFINITY;
  connected = false;
  /** What the buffer held when the source was started. */
  channels: readonly Float32Array[] = [];

  connect(): void {
    this.connected = true;
  }

  disconnect(): void {
    this.connected = false;
  }

  start(seconds = 0): void {
    if (this.startFrame !== null) throw new Error("a source can be started once only");
    this.startFrame = frameOf(seconds);
    this.channels = this.buffer?.channels.map((channel) => channel.slice()) ?? [];
    this.buffer?.players.push(this);
    this.onStarted(this);
  }

  stop(seconds = 0): void {
    if (this.startFrame === null) throw new Error("stopped before it was started");
    this.stopFrame = frameOf(seconds);
  }

  get endFrame(): number {
    return Math.min(this.stopFrame, (this.startFrame ?? 0) + (this.buffer?.length ?? 0));
  }
}

export class FakeContext {
  currentTime = 0;
  readonly destination = {} as AudioNode;
  readonly sources: FakeSource[] = [];

  createBuffer(channels: number, length: number, sampleRate: number): AudioBuffer {
    if (sampleRate !== RATE) throw new Error(`sample rate ${sampleRate}`);
    return new FakeBuffer(this, channels, length) as unknown as AudioBuffer;
  }

  createBufferSource(): AudioBufferSourceNode {
    const source = new FakeSource((started) => this.onStarted(started));
    this.sources.push(source);
    return source as unknown as AudioBufferSourceNode;
  }

  /** A source was started. */
  protected onStarted(_source: FakeSource): void {}

  /** The two channels of `count` frames from a frame on. */
  render(from: number, count: number): [Float32Array, Float32Array] {
    const out: [Float32Array, Float32Array] = [new Float32Array(count), new Float32Array(count)];
    for (const source of this.sources) {
      if (!source.connected || source.startFrame === null || !source.buffer) continue;
      const first = Math.max(from, source.startFrame);
      const last = Math.min(from + count, source.endFrame);
      for (const [c, channel] of source.channels.entries()) {
        const to = out[c] as Float32Array;
        for (let f = first; f < last; f++) to[f - from] = (to[f - from] as number) + (channel[f - source.startFrame] as number);
      }
    }
    return out;
  }

  /** Lets go of what ended before a frame. */
  forget(beforeFrame: number): void {
    let kept = 0;
    for (const source of this.sources) {
      if (!(source.connected && source.endFrame < beforeFrame) && (source.connected || source.startFrame === null))
        this.sources[kept++] = source;
    }
    this.sources.length = kept;
  }
}
