/** Why a Leadclock didn't answer, in words, with the way out. */
import { errorCode } from "./problem.ts";
import { isLocal, type Reach } from "./reach.ts";

const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? error.cause : error;

/** Nothing listens at that address: no waiting mends a wrong port. */
export const isRefused = (error: unknown): boolean => errorCode(causeOf(error)) === "ECONNREFUSED";

const SAID: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing answers there",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the name can't be looked up",
  ECONNRESET: "the connection broke",
  UND_ERR_SOCKET: "the connection broke",
  ETIMEDOUT: "it doesn't answer",
};

/** What went wrong on the way, for the middle of a sentence. */
export function whyUnanswered(error: unknown): string {
  const cause = causeOf(error);
  return SAID[errorCode(cause)] ?? (cause instanceof Error ? cause.message : String(cause));
}

export const unreached = ({ origin, found }: Reach, why: string): string =>
  `${origin} (${found}) can't be reached: ${why}.`;

export const nobodyAt = ({ origin, found }: Reach): string =>
  `Nothing answers at ${origin} (${found}). Start Leadclock there (npm start), or say where it runs: --to ${isLocal(origin) ? "http://localhost:PORT" : "https://leads.acme.example"}.`;
