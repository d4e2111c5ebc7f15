/** Fetching what a form needs: its code (once per page) and its definition, both tried again when the network fails. */
import type { PublicForm, StartForm } from "../shared.ts";

const DELAYS = [300, 1500, 5000];

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The reason a form can't be had, with the HTTP status when there was an answer (else 0). */
export type Unavailable = Error & { status: number };

const unavailable = (message: string, status: number): Unavailable => Object.assign(new Error(message), { status });

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

/** Pages that enforce Trusted Types allow a policy by its name; where none may be made, the plain address is used. */
function trusted(url: string): string {
  try {
    const { trustedTypes } = window as unknown as {
      trustedTypes?: { createPolicy: (name: string, rules: object) => { createScriptURL: (url: string) => string } };
    };
    return trustedTypes?.createPolicy("leadclock", { createScriptURL: (same: string) => same }).createScriptURL(url) ?? url;
  } catch {
    return url;
  }
}

function addScript(url: string, nonce: string): Promise<void> {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.onload = () => loaded();
    script.onerror = () => {
      script.remove();
      failed(unavailable(`${url} did not load`, 0));
    };
    script.async = true;
    script.nonce = nonce;
    script.src = trusted(url);
    document.head.append(script);
  });
}

/** A loader for the form code at `url`: any number of calls, one fetch. */
export function makeCodeLoader(url: string, nonce: string): { get: () => Promise<StartForm>; provide: (start: StartForm) => void } {
  let provided: StartForm | null = null;
  let pending: Promise<StartForm> | null = null;
  const load = async (): Promise<StartForm> => {
    await persist(() => addScript(url, nonce));
    if (!provided) throw unavailable(`${url} is not the form code`, 0);
    return provided;
  };
  const get = (): Promise<StartForm> => {
    pending ??= load().catch((error: unknown) => {
      pending = null;
      throw error;
    });
    return pending;
  };
  return { get, provide: (start) => void (provided = start) };
}

/** @throws {Unavailable} with the status; a refusal that the browser hides (CORS) looks like a network failure: status 0 */
export function fetchDefinition(base: string, form: string): Promise<PublicForm> {
  return persist(async () => {
    const response = await fetch(`${base}v1/forms/${encodeURIComponent(form)}`, { credentials: "omit" }).catch(() => {
      throw unavailable(`no answer from ${base}, or this site is not among the form's allowed origins`, 0);
    });
    if (!response.ok) throw unavailable(`form "${form}" at ${base}: HTTP ${response.status}`, response.status);
    return (await response.json()) as PublicForm;
  });
}
