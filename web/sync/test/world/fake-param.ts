/** An AudioParam as far as sync uses it: set values and linear ramps at context times, s; a target is reached at once. */
interface Point {
  readonly atSeconds: number;
  readonly value: number;
  readonly ramp: boolean;
}

export class FakeParam {
  value = 1;
  private points: Point[] = [];

  setTargetAtTime(value: number): void {
    this.value = value;
  }

  cancelScheduledValues(fromSeconds: number): void {
    this.points = this.points.filter((p) => p.atSeconds < fromSeconds);
  }

  setValueAtTime(value: number, atSeconds: number): void {
    this.points.push({ atSeconds, value, ramp: false });
  }

  linearRampToValueAtTime(value: number, atSeconds: number): void {
    this.points.push({ atSeconds, value, ramp: true });
  }

  at(seconds: number): number {
    let value = this.value;
    let since = 0;
    for (const p of this.points) {
      if (p.atSeconds <= seconds) value = p.value;
      else if (p.ramp) return value + ((p.value - value) * Math.max(0, seconds - since)) / (p.atSeconds - since);
      else return value;
      since = p.atSeconds;
    }
    return value;
  }
}
