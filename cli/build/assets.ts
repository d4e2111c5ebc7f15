/**
 * Packs dist/public into one module that the Worker imports. A router for static files in front of every request costs
 * the API half its speed; this costs it nothing, and text goes out compressed as well as brotli can.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { writeWhole } from "./files.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

const DECLARATION = `/** Written by cli/build.ts: the static files, by path. */
export interface Asset {
  /** Content-Type. */
  readonly type: string;
  /** Strong, with its quotes. */
  readonly etag: string;
  /** True where the path carries a hash of the content: cache for ever. */
  readonly immutable: boolean;
  /** Base64. */
  readonly body: string;
  /** Base64 of the brotli form, for text only and where it is smaller. */
  readonly br: string | null;
}
export declare const ASSETS: Readonly<Record<string, Asset>>;
`;

function isText(type: string): boolean {
  return /^text\/|json|svg|javascript/.test(type);
}

function compress(content: Buffer): string | null {
  const br = brotliCompressSync(content, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    },
  });
  return br.length < content.length ? br.toString("base64") : null;
}

function pack(file: string, path: string) {
  const content = readFileSync(file);
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  return {
    type,
    etag: `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"`,
    immutable: /[-.][A-Za-z0-9_-]{8,}\.\w+$/.test(path),
    body: content.toString("base64"),
    br: isText(type) ? compress(content) : null,
  };
}

export function packAssets(publicDir: string, outFile: string): void {
  const files = existsSync(publicDir) ? readdirSync(publicDir, { recursive: true, withFileTypes: true }) : [];
  const assets = files
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => {
      const path = `/${relative(publicDir, file).split(sep).join("/")}`;
      return [path, pack(file, path)] as const;
    });
  writeWhole(outFile, `export const ASSETS = ${JSON.stringify(Object.fromEntries(assets), null, 1)};\n`);
  writeWhole(outFile.replace(/\.js$/, ".d.ts"), DECLARATION);
}
