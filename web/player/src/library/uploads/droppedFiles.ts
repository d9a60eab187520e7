/** Endings of music files, as the server looks for them in the music folders; held to it by spec/music-names.json. */
const musicEndings =
  "mp3 mp2 flac ogg oga opus spx m4a m4b mp4 aac alac caf wav wave w64 au aif aiff aifc wma asf ape wv tta tak mpc mka webm ac3 dts dsf dff mod xm it s3m".split(
    " ",
  );

/** The same for a field that files are chosen in. */
export const musicAccept = ["audio/*", ...musicEndings.map((ending) => `.${ending}`)].join(",");

export function isMusicName(name: string): boolean {
  return musicEndings.includes(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) && name.includes(".");
}

/**
 * The files that were dropped; of folders all the music that is in them, in the order of its names: covers and notes lie beside it.
 *
 * @param entries what `DataTransferItem.webkitGetAsEntry` gave while the drop was handled: afterwards the browser tells nothing of it
 */
export function filesOf(entries: readonly (FileSystemEntry | null)[]): Promise<readonly File[]> {
  const given = entries.filter((entry) => entry !== null);
  return inOrder(given, (entry) => (isFolder(entry) ? musicBelow(entry) : fileOf(entry)));
}

async function musicBelow(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    // Some at a time, until there are none: an empty answer is the end.
    const some = await new Promise<readonly FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) break;
    found.push(...some);
  }
  found.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  return inOrder(found, async (entry) => {
    if (isFolder(entry)) return musicBelow(entry);
    return isMusicName(entry.name) ? fileOf(entry) : [];
  });
}

async function fileOf(entry: FileSystemEntry): Promise<readonly File[]> {
  return [await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))];
}

async function inOrder(
  entries: readonly FileSystemEntry[],
  files: (entry: FileSystemEntry) => Promise<readonly File[]>,
): Promise<readonly File[]> {
  const all: File[] = [];
  for (const entry of entries) all.push(...(await files(entry)));
  return all;
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
