/** How the board is bundled. Nothing inline: the page is served under a policy that allows only its own files. */
import { fileURLToPath } from "node:url";
import type { InlineConfig } from "vite";

export function boardConfig(outDir: string): InlineConfig {
  return {
    configFile: false,
    root: fileURLToPath(new URL(".", import.meta.url)),
    base: "/",
    logLevel: "warn",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir,
      // Other parts of the product stand in the same folder.
      emptyOutDir: false,
      assetsDir: "app",
      assetsInlineLimit: 0,
      target: "es2022",
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // How long the bundler's own parts took is nothing that whoever starts the product can do anything about.
      rolldownOptions: { checks: { bundlerTimings: false } },
    },
  };
}
