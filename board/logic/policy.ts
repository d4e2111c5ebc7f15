/** Answers about the configuration document, read with care: a document, or a document in an envelope. Pure. */

export interface Finding {
  pointer: string;
  message: string;
  code: string;
}
export interface Verification {
  errors: Finding[];
  warnings: Finding[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The document and its version from `GET /v1/config`. */
export function readConfig(answer: unknown): { document: unknown; version: number | null } {
  if (!isRecord(answer)) return { document: answer, version: null };
  const version = typeof answer["version"] === "number" ? answer["version"] : null;
  if (isRecord(answer["document"])) return { document: answer["document"], version };
  if (isRecord(answer["config"])) return { document: answer["config"], version };
  return { document: answer, version: null };
}

/** The verification from a dry run, a publication, or the 422 that refused it; problem details become errors too. */
export function readVerification(answer: unknown): Verification | null {
  if (!isRecord(answer)) return null;
  const found = answer["verification"];
  if (isRecord(found)) return { errors: findings(found["errors"]), warnings: findings(found["warnings"]) };
  if (Array.isArray(answer["errors"])) return { errors: findings(answer["errors"]), warnings: [] };
  return null;
}

/** What a server of another version might send as something else is left out rather than shown as `[object Object]`. */
const wordOf = (value: unknown, otherwise = ""): string =>
  typeof value === "string" || typeof value === "number" ? String(value) : otherwise;

function findings(list: unknown): Finding[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).map((item) => ({
    pointer: wordOf(item["pointer"]),
    message: wordOf(item["message"] ?? item["detail"], "no reason given"),
    code: wordOf(item["code"]),
  }));
}

/** One decision of `POST /v1/route`, in words: who, by which rule. */
export interface RouteResult {
  owner: string | null;
  queue: string | null;
  rule: string | null;
  trace: { step: string; outcome: string; detail: string }[];
  raw: unknown;
}

export function readRoute(answer: unknown): RouteResult[] {
  const results = isRecord(answer) && Array.isArray(answer["results"]) ? answer["results"] : [];
  return results.filter(isRecord).map((result) => {
    const decision = isRecord(result["decision"]) ? result["decision"] : result;
    const trace = Array.isArray(result["trace"])
      ? result["trace"]
      : Array.isArray(decision["trace"])
        ? decision["trace"]
        : [];
    const routing = isRecord(decision["routing"]) ? decision["routing"] : decision;
    return {
      owner: nameOf(decision["owner"]),
      queue: nameOf(decision["queue"]),
      rule: typeof routing["ruleId"] === "string" ? routing["ruleId"] : nameOf(decision["rule"]),
      trace: trace.filter(isRecord).map((step) => ({
        ...step,
        step: wordOf(step["step"]),
        outcome: wordOf(step["outcome"]),
        detail: wordOf(step["detail"]),
      })),
      raw: result,
    };
  });
}

function nameOf(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (!isRecord(value)) return null;
  const name = value["name"] ?? value["id"];
  return typeof name === "string" ? name : null;
}
