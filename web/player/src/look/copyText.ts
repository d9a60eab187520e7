/** Puts text on the clipboard; on plain HTTP, where the clipboard API is absent, by way of a field that shows the text. */
export async function copyText(text: string, field: HTMLInputElement | undefined): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Refused by a permission: the old way may still work.
    }
  }
  if (!field) return false;
  field.focus();
  field.select();
  return document.execCommand("copy");
}
