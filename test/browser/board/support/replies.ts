/** Answers of the fake API: problem documents, summaries, reading requests. */
import type { IncomingMessage } from "node:http";
import type { Lead, LeadSummary } from "../../../../schema/wire/lead.ts";

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: IncomingMessage["headers"];
}
export interface Reply {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A pattern over `METHOD path`, and what answers it; its groups are `id` and `other`. */
export type Route = [RegExp, (call: Call, id: string, other: string) => Reply];

export const ok = (body: unknown): Reply => ({ status: 200, body });

export function problem(
  status: number,
  title: string,
  detail: string,
  errors?: { pointer: string; detail: string }[],
): Reply {
  return { status, body: { type: "about:blank", title, status, detail, ...(errors && { errors }) } };
}

export const invalid = (issues: { path: PropertyKey[]; message: string }[]): Reply =>
  problem(
    422,
    "Can’t be used",
    "Look at the marked fields.",
    issues.map(({ path, message }) => ({ pointer: `/${path.join("/")}`, detail: message })),
  );

export function summary(full: Lead): LeadSummary {
  const {
    match: _,
    fields: __,
    facts: ___,
    attribution: ____,
    trace: _____,
    timers: ______,
    timeline: _______,
    assignments: ________,
    ...rest
  } = full;
  return rest;
}

export async function readBody(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}

export function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
