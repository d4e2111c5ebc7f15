/** What a queue is for: its purpose says so, else (of those that the product knows by their usual names) its id or name. */
import type { Queue } from "../../../schema/config/document.ts";

const USUAL = { data_cleanup: /clean/i, quarantine: /quarantin/i } as const;

export const serves = ({ id, name, purpose }: Queue, wanted: keyof typeof USUAL): boolean =>
  purpose ? purpose === wanted : USUAL[wanted].test(id) || USUAL[wanted].test(name);
