import { asError } from "../look/said.ts";

/** One answer of the server as a view reads it: nothing yet, the answer, or why there is none. An older answer stays until the newer one is there. */
export class Loaded<T> {
  value = $state.raw<T | null>(null);
  error = $state.raw<Error | null>(null);
  readonly #load: () => Promise<T>;
  #asked = 0;

  constructor(load: () => Promise<T>) {
    this.#load = load;
    this.restart();
  }

  restart(): void {
    const asked = ++this.#asked;
    this.#load().then(
      (value) => {
        if (asked === this.#asked) [this.value, this.error] = [value, null];
      },
      (error: unknown) => {
        if (asked === this.#asked) this.error = asError(error);
      },
    );
  }

  stop(): void {
    this.#asked++;
  }
}
