/** Fetching what a form needs: its code (once per page) and its definition, both tried again when the network fails. */
import type { PublicForm, StartForm } from "../types.ts";

const DELAYS = [300, 1500, 5000];

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The reason a form can't be had, with the HTTP status when there was an answer (else 0). */
export type Unavailable = Error & { status: number };

const unavailable = (message: string, status = 0): Unavailable =>
  Object.assign(new Error(message), { status });

async function persist<T>(attempt: () => Promise<T>): Promise<T> {
  for (const delay of DELAYS) {
    try {
      return await attempt();
    } catch (error) {
      // A definite no (unknown form, origin not allowed) stays a no.
      const { status } = error as Unavailable;
      if (status > 399 && status < 429) throw error;
      await pause(delay * (0.5 + Math.random()));
    }
  }
  return attempt();
}

let provided: StartForm | undefined;
let pending: Promise<StartForm> | undefined;

/** The form code reports itself here when it has run. */
export const provide = (start: StartForm): void => void (provided = start);

function addScript(url: string, nonce: string): Promise<StartForm> {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    const done = (): void => {
      if (provided) return loaded(provided);
      script.remove();
      failed(unavailable(`${url}: no answer`));
    };
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    script.nonce = nonce;
    script.src = url;
    document.head.append(script);
  });
}

/** The form code at `url`: any number of calls, one fetch, tried anew after a failure. */
export function fetchCode(url: string, nonce: string): Promise<StartForm> {
  pending ??= persist(() => addScript(url, nonce)).catch((error: unknown) => {
    pending = undefined;
    throw error;
  });
  return pending;
}

/**
 * A refusal that the browser hides (CORS) looks like no answer at all, until one is asked for that nobody can read. What is
 * there then may still be a server in trouble: it is tried again like any failure.
 * @throws {Unavailable} saying what to do, with the status; 0 where there is no answer that may be read
 */
export function fetchDefinition(base: string, form: string): Promise<PublicForm> {
  const url = `${base}v1/forms/${encodeURIComponent(form)}`;
  const no = (why: string, status?: number): Unavailable => unavailable(`${url}: ${why}`, status);
  return persist(async () => {
    const response = await fetch(url, { credentials: "omit" }).catch(async () => {
      const isThere = await fetch(url, { mode: "no-cors" }).catch(() => false);
      throw no(isThere ? `in trouble, or ${location.origin} is not in its allowedOrigins` : "no answer");
    });
    const { ok, status } = response;
    if (!ok) throw no(status === 404 ? "no such form, check data-form" : `HTTP ${status}`, status);
    return (await response.json()) as PublicForm;
  });
}
