import { edgeStepPx } from "./edgeScroll.ts";

interface Held {
  readonly rows: HTMLElement;
  readonly scroller: HTMLElement;
  y: number;
}

/** Rows that are moved by their handles: what is moved, and where the pointer is. Held at an edge of the list it scrolls on. Lengths in CSS pixels. */
export class RowDrag<T> {
  lifted = $state.raw<T | null>(null);
  /** How far below the beginning of the rows the pointer is, and was when it began. */
  placePx = $state(0);
  startPx = $state(0);
  readonly #scrollerOf: (rows: HTMLElement) => HTMLElement;
  #held: Held | null = null;
  #frame = 0;

  constructor(scrollerOf: (rows: HTMLElement) => HTMLElement) {
    this.#scrollerOf = scrollerOf;
  }

  /** Begins, by the first button on a handle within a list. */
  lift(event: PointerEvent, what: T): void {
    const handle = event.currentTarget as HTMLElement;
    const rows = handle.closest<HTMLElement>("ol, ul");
    if (event.button !== 0 || !rows) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    this.#held = { rows, scroller: this.#scrollerOf(rows), y: event.clientY };
    this.#look();
    this.startPx = this.placePx;
    this.lifted = what;
  }

  carry(event: PointerEvent): void {
    if (!this.#held) return;
    this.#held.y = event.clientY;
    this.#look();
    if (this.#frame === 0) this.#scroll();
  }

  /** Ends; what was moved, to be put where the pointer is. */
  end(): T | null {
    const what = this.lifted;
    this.lifted = null;
    this.#held = null;
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    return what;
  }

  #look(): void {
    if (!this.#held) return;
    const { rows, scroller, y } = this.#held;
    this.placePx = y - rows.getBoundingClientRect().top + (rows === scroller ? rows.scrollTop : 0);
  }

  #scroll(): void {
    this.#frame = 0;
    if (!this.#held) return;
    const { scroller, y } = this.#held;
    const { top, bottom } = scroller.getBoundingClientRect();
    const before = scroller.scrollTop;
    scroller.scrollTop += edgeStepPx(y, top, bottom);
    if (scroller.scrollTop === before) return;
    this.#look();
    this.#frame = requestAnimationFrame(() => this.#scroll());
  }
}
