/** Who is signed in, and the way in and out. */
import { computed, signal } from "@preact/signals";
import { knownZone } from "../logic/times.ts";
import { call, signedOut } from "./http.ts";

export interface Session {
  person: { id: string; name: string; email: string; role: string; timezone: string } | null;
  workspace: { name: string; timezone: string };
  /** True before the first policy is published: there is nobody who could sign in. */
  empty: boolean;
  /** True where this runs on one machine with an inbox that shows what would have been sent. */
  local: boolean;
}

export const session = signal<Session | null>(null);
export const me = computed(() => session.value?.person ?? null);

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
/** The reader's zone: their own setting, else the browser's. */
export const zone = computed(() => knownZone(me.value?.timezone, browserZone));

export async function loadSession(): Promise<Session> {
  const loaded = await call<Session>("/v1/session", { quiet401: true });
  session.value = loaded;
  if (loaded.person) signedOut.value = false;
  return loaded;
}

/** Asks for a one-time link. The answer is the same whether or not the address is known. */
export async function askForLink(email: string, back: string): Promise<void> {
  await call("/api/auth/sign-in/magic-link", {
    method: "POST",
    quiet401: true,
    body: { email, callbackURL: back, errorCallbackURL: "/board/signin" },
  });
}

export async function signOut(): Promise<void> {
  await call("/api/auth/sign-out", { method: "POST", body: {}, quiet401: true });
  const { workspace, local } = session.peek() ?? { workspace: { name: "", timezone: "UTC" }, local: false };
  session.value = { person: null, workspace, empty: false, local };
}
