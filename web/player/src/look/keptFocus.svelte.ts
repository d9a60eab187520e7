/**
 * Keeps the focus within a list of which one entry is in the way of Tab: what has the focus may be taken out of the page or moved in it,
 * and browsers then let it go. To be called while a component is set up.
 */
export function keepFocus(list: () => HTMLElement | undefined, entries: () => unknown): void {
  let had = false;
  $effect.pre(() => {
    entries();
    had = list()?.contains(document.activeElement) ?? false;
  });
  $effect(() => {
    entries();
    if (had && document.activeElement === document.body)
      list()?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
  });
}
