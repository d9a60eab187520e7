import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { compressed } from "./build/compressed.ts";

/** The server that a development page talks to. */
const server = process.env["TUTTI_SERVER"] ?? "http://127.0.0.1:3000";

export default defineConfig({
  plugins: [svelte(), compressed({ firstPageLimitBytes: 80_000 })],
  build: { target: "es2022", assetsInlineLimit: 0, modulePreload: { polyfill: false }, cssCodeSplit: true },
  server: {
    proxy: {
      "/api": server,
      "/auth": server,
      "/media": server,
      "/ws": { target: server, ws: true },
    },
  },
});
