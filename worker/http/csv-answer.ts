/** Answers in CSV: when one is wanted, written at once or piece by piece. */
import { BYTE_ORDER_MARK } from "../domain/reports/csv.ts";
import { prefersCsv } from "../domain/reports/accept.ts";
import { NO_STORE } from "./fresh.ts";
import type { AppContext } from "./route.ts";

const headersOf = (file: string): Record<string, string> => ({
  "content-type": "text/csv; charset=utf-8",
  "content-disposition": `attachment; filename="${file}"`,
  ...NO_STORE,
});

/** Of what can be had as JSON too, by one address: caches keep them apart. */
export const JSON_OR_CSV = { ...NO_STORE, vary: "accept" };

/** How a table may be asked for; `excel` is CSV too, with the mark by which Excel knows its letters. */
export const FORMATS = ["json", "csv", "excel"] as const;
type Format = (typeof FORMATS)[number] | undefined;

/** By `format`, else by what the caller would rather have. */
export const wantsCsv = (format: Format, context: AppContext): boolean =>
  format === undefined ? prefersCsv(context.req.header("accept") ?? "") : format !== "json";

/** The CSV of what can be had as JSON too. */
export const csvText = (text: string, file: string, format: Format): Response =>
  new Response(format === "excel" ? BYTE_ORDER_MARK + text : text, {
    headers: { ...headersOf(file), ...JSON_OR_CSV },
  });

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
