import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin, Rollup } from "vite";

const compressible = /\.(html|js|css|svg|json|webmanifest)$/;

/**
 * Writes a `.br` and a `.gz` beside every text file of the build, so that the server never compresses at run time, and fails the
 * build when what a page needs before it can be used (the document, its scripts and styles with all that they import statically,
 * plus the page's own chunk) is larger than the limit after brotli.
 */
export function compressed({ firstPageLimitBytes }: { firstPageLimitBytes: number }): Plugin {
  let bundle: Rollup.OutputBundle = {};
  let folder = "dist";
  return {
    name: "tutti-compressed",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle(_, written) {
      bundle = written as Rollup.OutputBundle;
    },
    async closeBundle() {
      const sizes = await compressAll(folder);
      for (const [page, bytes] of firstPages(bundle, sizes)) {
        console.log(`first page ${page}: ${(bytes / 1000).toFixed(1)} kB after brotli`);
        if (bytes > firstPageLimitBytes) throw new Error(`first page ${page} is over its limit of ${firstPageLimitBytes / 1000} kB`);
      }
    },
  };
}

async function compressAll(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !compressible.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const plain = await readFile(path);
    const brotli = brotliCompressSync(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    });
    await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipSync(plain, { level: 9 }))]);
    sizes.set(path.slice(folder.length + 1), brotli.length);
  }
  return sizes;
}

/**
 * Sums, for each page that the entry loads on demand, everything the browser fetches for it. What else the entry loads on demand counts
 * for every page: some need it, and too much is the safe side.
 */
function* firstPages(bundle: Rollup.OutputBundle, sizes: ReadonlyMap<string, number>): Generator<[string, number]> {
  const entry = Object.values(bundle).find((file) => file.type === "chunk" && file.isEntry);
  if (entry?.type !== "chunk") return;
  const isPage = (name: string) => (bundle[name] as Rollup.OutputChunk | undefined)?.facadeModuleId?.includes("/src/pages/") ?? false;
  const shared = entry.dynamicImports.filter((name) => !isPage(name));
  for (const page of entry.dynamicImports.filter(isPage)) {
    const files = new Set(["index.html", "favicon.svg", "manifest.webmanifest"]);
    for (const chunk of [entry.fileName, page, ...shared]) gather(bundle, chunk, files);
    let total = 0;
    for (const file of files) total += sizes.get(file) ?? 0;
    yield [(bundle[page] as Rollup.OutputChunk).name, total];
  }
}

function gather(bundle: Rollup.OutputBundle, name: string, into: Set<string>): void {
  const chunk = bundle[name];
  if (into.has(name) || chunk?.type !== "chunk") return;
  into.add(name);
  // Vite's note of the styles that belong to the chunk.
  const styles = (chunk as { viteMetadata?: { importedCss: Set<string> } }).viteMetadata?.importedCss ?? [];
  for (const style of styles) into.add(style);
  for (const imported of chunk.imports) gather(bundle, imported, into);
}
