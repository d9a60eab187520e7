/** Sends the newest of many values, one at a time and at least `gapMs` apart: a dragged slider must not flood the room. */
export interface Paced<T> {
  (value: T): void;
  /** Sends this value after whatever is under way and resolves when it was answered. */
  last(value: T): Promise<void>;
}

export function paced<T>(gapMs: number, send: (value: T) => Promise<unknown>): Paced<T> {
  let underWay: Promise<unknown> = Promise.resolve();
  let waiting: { value: T } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const later = (value: T) => {
    waiting = { value };
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!waiting) return;
      const { value: newest } = waiting;
      waiting = null;
      underWay = underWay.then(() => send(newest));
    }, gapMs);
  };
  const last = async (value: T) => {
    clearTimeout(timer);
    timer = undefined;
    waiting = null;
    underWay = underWay.then(() => send(value));
    await underWay;
  };
  return Object.assign(later, { last });
}
