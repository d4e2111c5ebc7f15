/** Answers in CSV: when one is wanted, written at once or piece by piece. */
import { NO_STORE } from "./fresh.ts";
import type { AppContext } from "./route.ts";

const headersOf = (file: string): Record<string, string> => ({
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="${file}"`,
  ...NO_STORE,
});

/** Of what can be had as JSON too, by one address: caches keep them apart. */
export const JSON_OR_CSV = { ...NO_STORE, vary: "accept" };

/** By `format`, else by what the caller would rather have. */
export const wantsCsv = (format: "json" | "csv" | undefined, context: AppContext): boolean =>
  format === "csv" || (format === undefined && /^\s*text\/csv\b/i.test(context.req.header("accept") ?? ""));

/** The CSV of what can be had as JSON too. */
export const csvText = (text: string, file: string): Response =>
  new Response(text, { headers: { ...headersOf(file), ...JSON_OR_CSV } });

/** Written piece by piece, so that a long one takes no memory. */
export const csvAnswer = (pieces: AsyncGenerator<string>, file: string): Response => {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await pieces.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
  });
  return new Response(body, { headers: headersOf(file) });
};
