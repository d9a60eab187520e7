import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

// Vitest brings a Vite of its own, whose types of the same plug-ins differ.
const plugins = [svelte()] as never[];

export default defineConfig({ plugins, test: { include: ["test/unit/**/*.test.ts"], environment: "node" } });
