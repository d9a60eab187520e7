import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { standInRest } from "./server/rest.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The pages over a stand-in for engine and server, for looking at them: `npm run standin`. Its output is not the product's. */
export default defineConfig({
  root: here("../.."),
  plugins: [svelte(), standInRest()],
  resolve: { alias: { "@tutti/sync": here("./engine.ts") } },
  build: { target: "es2022", outDir: here("../../node_modules/.standin"), assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
