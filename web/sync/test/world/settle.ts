/** Lets every promise that can go on do so, without any real time passing. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
}
