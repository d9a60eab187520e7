/** A sound card on its own crystal: which frame it sounds at which true moment. Plays on whatever the page does. */
interface Stretch {
  readonly fromMs: number;
  readonly frame: number;
  /** 0 while it stands still (underrun, suspended). */
  readonly framesPerMs: number;
}

export class SoundCard {
  private stretches: Stretch[] = [];
  private readonly framesPerMs: number;

  /** @param ppm the card is slower than true time by this much */
  constructor(readonly ppm = 0) {
    this.framesPerMs = 48 / (1 + ppm / 1e6);
  }

  /** Sounds frame 0 (or goes on where it stood) from this moment. */
  run(fromMs: number): void {
    this.push({ fromMs, frame: this.frameAt(fromMs), framesPerMs: this.framesPerMs });
  }

  /** Stands still from this moment: silence. */
  halt(fromMs: number): void {
    this.push({ fromMs, frame: this.frameAt(fromMs), framesPerMs: 0 });
  }

  /** Runs dry for so long. */
  underrun(fromMs: number, lengthMs: number): void {
    this.halt(fromMs);
    this.push({ fromMs: fromMs + lengthMs, frame: this.frameAt(fromMs), framesPerMs: this.framesPerMs });
  }

  private push(stretch: Stretch): void {
    this.stretches.push(stretch);
  }

  private at(ms: number): Stretch | null {
    let found: Stretch | null = null;
    for (const s of this.stretches) if (s.fromMs <= ms) found = s;
    return found;
  }

  stands(ms: number): boolean {
    return (this.at(ms)?.framesPerMs ?? 0) === 0;
  }

  /** Frame (with a fraction) that is heard at a true moment. */
  frameAt(ms: number): number {
    const s = this.at(ms);
    return s ? s.frame + (ms - s.fromMs) * s.framesPerMs : 0;
  }

  /** True moment at which a frame lately heard was heard. */
  heardMs(frame: number, nowMs: number): number {
    for (const s of [...this.stretches].reverse()) {
      if (s.fromMs <= nowMs && s.frame <= frame && s.framesPerMs > 0) return s.fromMs + (frame - s.frame) / s.framesPerMs;
    }
    return nowMs;
  }
}
