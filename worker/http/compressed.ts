/** Small JSON that many ask for, sent as brotli where the caller takes it; compressed once for each isolate. */
import { brotliCompressSync } from "node:zlib";
import { acceptsBrotli } from "./static.ts";

/** By text: a new version of a form is another text. Bounded, the oldest first. */
const known = new Map<string, Uint8Array>();
const KEPT = 100;

const compressed = (text: string): Uint8Array => {
  const kept = known.get(text);
  if (kept) return kept;
  const bytes = new Uint8Array(brotliCompressSync(text));
  known.set(text, bytes);
  const oldest = known.keys().next();
  if (known.size > KEPT && !oldest.done) known.delete(oldest.value);
  return bytes;
};

/** `headers` must name what else the answer varies by. */
export const compressedJson = (
  request: Request,
  value: unknown,
  headers: Record<string, string>,
): Response => {
  const vary = [headers["vary"], "Accept-Encoding"].filter((item) => item !== undefined).join(", ");
  if (!acceptsBrotli(request.headers.get("accept-encoding")))
    return Response.json(value, { headers: { ...headers, vary } });
  const body = compressed(JSON.stringify(value));
  return new Response(body, {
    headers: { ...headers, vary, "content-type": "application/json", "content-encoding": "br" },
    encodeBody: "manual",
  });
};
