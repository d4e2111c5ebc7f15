/** Stages in which a lead may stand for ever. */
import type { Policy } from "./policy.ts";

/** What comes after these is closed, or an opportunity, which has its own dates in the CRM. */
const WAITING = new Set(["inquiry", "mql", "sal", "sql"]);

export const checkTimers = ({ document, findings }: Policy): void => {
  document.stages.forEach(({ id, maxAge }, at) => {
    if (!WAITING.has(id) || (maxAge ?? null) !== null) return;
    findings.push({
      severity: "warning",
      pointer: `/stages/${at}/maxAge`,
      code: "no_timer",
      message: `A lead may stay in stage "${id}" for ever: give it a greatest age, such as "P7D".`,
    });
  });
};
