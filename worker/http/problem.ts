/** RFC 9457 problem details: one place where reasons become answers. */
import type { Problem } from "../../schema/wire/common.ts";

const TITLES: Record<number, string> = {
  400: "The request can't be read",
  401: "Sign in or send a key",
  403: "Not allowed",
  404: "Not found",
  405: "Not for this method",
  409: "It has moved on",
  412: "It has moved on",
  413: "Too large",
  415: "Unknown content type",
  422: "Something in it needs correcting",
  429: "Too many requests",
  500: "Something went wrong on our side",
  503: "Not available right now",
};

/** Thrown anywhere below a route, answered as a problem document. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly errors: NonNullable<Problem["errors"]>;
  readonly headers: Record<string, string>;
  /** Members of the document beyond the standard ones. */
  readonly extensions: Record<string, unknown>;

  constructor(
    status: number,
    detail: string,
    errors: NonNullable<Problem["errors"]> = [],
    headers: Record<string, string> = {},
    extensions: Record<string, unknown> = {},
  ) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
    this.extensions = extensions;
  }
}

export const problemResponse = (problem: HttpProblem, extra: Record<string, string> = {}): Response => {
  const body: Problem = {
    ...problem.extensions,
    type: "about:blank",
    title: TITLES[problem.status] ?? "Error",
    status: problem.status,
    detail: problem.message,
    ...(problem.errors.length > 0 ? { errors: problem.errors } : {}),
  };
  return Response.json(body, {
    status: problem.status,
    headers: {
      "content-type": "application/problem+json",
      "cache-control": "no-store",
      ...problem.headers,
      ...extra,
    },
  });
};
