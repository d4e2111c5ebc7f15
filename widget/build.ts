/** Builds the embed: the form code under a name made of its content, then the loader that knows that name. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

async function bundle(entry: string, define: Record<string, string>): Promise<string> {
  const outputs = (await build({
    configFile: false,
    // The same bytes whoever builds: a test runner's NODE_ENV would make it a development build.
    mode: "production",
    root: here("."),
    logLevel: "error",
    define,
    resolve: { alias: { "widget-jsx/jsx-runtime": here("dom/jsx-runtime.ts") } },
    oxc: { jsx: { runtime: "automatic", importSource: "widget-jsx", development: false } },
    build: {
      write: false,
      target: "es2020",
      // Container queries and logical properties are left as they are: lowering them would only add bytes.
      cssTarget: ["chrome105", "safari16", "firefox110"],
      modulePreload: false,
      lib: { entry: here(entry), formats: ["iife"], name: "leadclock", fileName: "out" },
    },
  })) as Rolldown.RolldownOutput[];
  const code = outputs[0]?.output[0].code;
  if (!code) throw new Error(`building ${entry} gave no code`);
  return code;
}

/**
 * Write `w.js` and `w/form-<hash>.js` into `outDir`, removing form code of earlier builds.
 * @param outDir the folder served at the site's root
 */
export async function buildWidget(outDir: string): Promise<void> {
  const { version } = JSON.parse(readFileSync(here("../package.json"), "utf8")) as { version: string };
  const form = await bundle("form/index.ts", {});
  const name = `form-${createHash("sha256").update(form).digest("hex").slice(0, 12)}.js`;
  const loader = await bundle("loader/index.ts", {
    LEADCLOCK_VERSION: JSON.stringify(version),
    LEADCLOCK_FORM_FILE: JSON.stringify(`w/${name}`),
  });
  await mkdir(`${outDir}/w`, { recursive: true });
  for (const old of await readdir(`${outDir}/w`)) {
    if (old.startsWith("form-") && old !== name) await rm(`${outDir}/w/${old}`);
  }
  await writeFile(`${outDir}/w/${name}`, form);
  await writeFile(`${outDir}/w.js`, loader);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget(here("../dist/public"));
