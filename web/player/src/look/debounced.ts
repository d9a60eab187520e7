/** Calls back once the calls have paused for `waitMs`. `cancel` drops a call that is waiting. */
export function debounced<A extends unknown[]>(waitMs: number, call: (...args: A) => void): ((...args: A) => void) & { cancel(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (...args: A) => {
    clearTimeout(timer);
    timer = setTimeout(() => call(...args), waitMs);
  };
  return Object.assign(run, { cancel: () => clearTimeout(timer) });
}
