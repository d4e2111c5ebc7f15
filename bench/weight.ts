/** What a visitor downloads, as it comes over the wire: loader, form and one definition, in brotli. */
import { get } from "node:http";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { rootPath } from "../scripts/run.ts";
import type { Product } from "../test/support/product.ts";
import { atMost, info, type Claim } from "./tell.ts";
import { brotliCompressSync } from "node:zlib";

interface Wire {
  readonly bytes: number;
  readonly encoding: string;
}

/** `fetch` would unpack it. The definition is packed here if the server leaves that to the network in front of it. */
function wire(url: string): Promise<Wire> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { "accept-encoding": "br" } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        const body = Buffer.concat(parts);
        const encoding = response.headers["content-encoding"] ?? "identity";
        if (response.statusCode !== 200) return reject(new Error(`${url} answered ${response.statusCode}`));
        return resolve({
          bytes: encoding === "br" ? body.length : brotliCompressSync(body).length,
          encoding,
        });
      });
    }).on("error", reject);
  });
}

export async function weight({ origin }: Product): Promise<Claim[]> {
  const form = readdirSync(join(rootPath, "dist/public/w")).find((name) => /^form-.*\.js$/.test(name));
  const paths = ["/w.js", `/w/${form}`, "/v1/forms/demo"];
  const sizes = await Promise.all(paths.map((path) => wire(origin + path)));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...paths.map((path, index) =>
      info(`weight: ${path}`, `${sizes[index]?.bytes} B (${sizes[index]?.encoding})`),
    ),
    atMost("weight: all three", total / 1000, 12, "kB"),
  ];
}
