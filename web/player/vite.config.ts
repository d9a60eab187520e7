import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";

/** The server that a development page talks to. */
const server = process.env["TUTTI_SERVER"] ?? "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [svelte(), compressed({ firstPageLimitBytes: 80_000 })],
  resolve: {
    // TUTTI_ENGINE puts another module in the engine's place: the stand-in under test/, for looking at the pages without a server.
    alias: process.env["TUTTI_ENGINE"] ? { "@tutti/sync": fileURLToPath(new URL(process.env["TUTTI_ENGINE"], import.meta.url)) } : {},
  },
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, cssCodeSplit: true },
  server: {
    proxy: {
      "/api": server,
      "/media": server,
      "/ws": { target: server, ws: true },
    },
  },
});
