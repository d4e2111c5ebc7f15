/** Fetching what a form needs: its code (once per page) and its definition, both tried again when the network fails. */
import type { PublicForm, StartForm } from "../types.ts";

const DELAYS = [300, 1500, 5000];

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The reason a form can't be had, with the HTTP status when there was an answer (else 0). */
export type Unavailable = Error & { status: number };

const unavailable = (message: string, status: number): Unavailable =>
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

function addScript(url: string, nonce: string): Promise<void> {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.addEventListener("load", () => loaded());
    script.addEventListener("error", () => {
      script.remove();
      failed(unavailable(`${url} did not load`, 0));
    });
    script.async = true;
    script.nonce = nonce;
    script.src = url;
    document.head.append(script);
  });
}

let provided: StartForm | undefined;
let pending: Promise<StartForm> | undefined;

/** The form code reports itself here when it has run. */
export const provide = (start: StartForm): void => void (provided = start);

/** The form code at `url`: any number of calls, one fetch, tried anew after a failure. */
export function fetchCode(url: string, nonce: string): Promise<StartForm> {
  const load = async (): Promise<StartForm> => {
    await persist(() => addScript(url, nonce));
    if (!provided) throw unavailable(`${url} is not the form code`, 0);
    return provided;
  };
  pending ??= load().catch((error: unknown) => {
    pending = undefined;
    throw error;
  });
  return pending;
}

/** @throws {Unavailable} with the status; a refusal that the browser hides (CORS) looks like a network failure: status 0 */
export function fetchDefinition(base: string, form: string): Promise<PublicForm> {
  return persist(async () => {
    const response = await fetch(`${base}v1/forms/${encodeURIComponent(form)}`, {
      credentials: "omit",
    }).catch(() => {
      throw unavailable(`no answer from ${base}, or this site is not among the form's allowed origins`, 0);
    });
    if (!response.ok)
      throw unavailable(`form "${form}" at ${base}: HTTP ${response.status}`, response.status);
    return (await response.json()) as PublicForm;
  });
}
