/** Forms of the live configuration. */
import type { Form } from "../../schema/config/document.ts";
import { lastSeenConfig, recentConfig } from "../store/config.ts";
import type { Deps } from "./deps.ts";

const FRESH_MS = 2000;

/** The form; "unknown" when there is none of that key; null when the database can't be asked and it
 * was never seen (capture goes on without). */
export const formByKey = async (deps: Deps, key: string): Promise<Form | "unknown" | null> => {
  try {
    const now = deps.now();
    const form = (await recentConfig(deps.db, now, FRESH_MS))?.forms.get(key);
    return form ?? (await recentConfig(deps.db, now, -1))?.forms.get(key) ?? "unknown";
  } catch {
    return lastSeenConfig()?.forms.get(key) ?? null;
  }
};
