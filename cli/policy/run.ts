/** The three commands: what they ask, what they say, with which code they end. */
import type { z } from "zod";
import type { configAnswer, verification } from "../../schema/wire/config.ts";
import { diffDocuments } from "../../worker/domain/config/diff.ts";
import type { ConfigDocument } from "../../schema/config/document.ts";
import { parseDocument } from "../../worker/domain/verification/parse.ts";
import { counted, grouped } from "../import/progress.ts";
import type { PolicyOptions } from "./args.ts";
import { CannotRun, type PolicyAnswer, type PolicyServer } from "./server.ts";

type Answer = z.infer<typeof configAnswer>;
type Verification = z.infer<typeof verification>;
type Tell = (line: string) => void;

const answerOf = ({ status, body }: PolicyAnswer): Answer => {
  const known = body as Partial<Answer> & { detail?: string };
  if (known.version === undefined || !known.verification)
    throw new CannotRun(known.detail ?? `the server answered ${status}`);
  return { version: known.version, verification: known.verification };
};

const tellFindings = ({ errors, warnings, notes, undecided }: Verification, tell: Tell): void => {
  for (const { severity, pointer, code, message } of [...errors, ...warnings, ...notes])
    tell(`${severity.padEnd(9)} ${pointer || "/"}  ${message}  [${code}]`);
  for (const { pointer, code, message } of undecided)
    tell(`undecided ${pointer || "/"}  ${message}  [${code}]`);
  const counts = [
    counted(errors.length, "error"),
    counted(warnings.length, "warning"),
    counted(notes.length, "note"),
    `${grouped(undecided.length)} undecided`,
  ];
  tell(counts.join(", "));
};

export async function verify(options: PolicyOptions, server: PolicyServer, tell: Tell): Promise<number> {
  const { verification: found } = answerOf(await server.verify(options.document));
  if (options.json) tell(JSON.stringify(found, null, 2));
  else tellFindings(found, tell);
  const against = [...found.errors, ...(options.strict ? [...found.warnings, ...found.undecided] : [])];
  return against.length > 0 ? 1 : 0;
}

export async function publish(options: PolicyOptions, server: PolicyServer, tell: Tell): Promise<number> {
  const response = await server.publish(options.document, options.note, options.version);
  if (response.status === 409 || response.status === 412) {
    tell((response.body as { detail?: string }).detail ?? "Another version is in force by now.");
    return 1;
  }
  const answer = answerOf(response);
  if (options.json) tell(JSON.stringify(answer, null, 2));
  else tellFindings(answer.verification, tell);
  if (response.status !== 200) {
    tell(`Not published; version ${answer.version} stays in force.`);
    return 1;
  }
  tell(`Version ${answer.version} is in force at ${options.origin}.`);
  return 0;
}

const shapeOf = (input: unknown, what: string): ConfigDocument => {
  const { document, errors } = parseDocument(input);
  if (document) return document;
  const [first] = errors;
  throw new CannotRun(`${what} has no shape to compare: ${first?.pointer ?? ""} ${first?.message ?? ""}`);
};

export async function diff(options: PolicyOptions, server: PolicyServer, tell: Tell): Promise<number> {
  const { status, body } = options.other
    ? { status: 200, body: options.other.document }
    : await server.read();
  if (status !== 200)
    throw new CannotRun((body as { detail?: string }).detail ?? `the server answered ${status}`);
  const newer = shapeOf(options.document, "The document");
  const changes = diffDocuments(
    shapeOf(body, options.other ? "The other document" : "What is in force"),
    newer,
  );
  if (options.json) tell(JSON.stringify(changes, null, 2));
  else if (changes.length === 0) tell("No difference.");
  else for (const { kind, pointer, text } of changes) tell(`${kind.padEnd(8)} ${pointer}  ${text}`);
  return changes.length === 0 ? 0 : 1;
}
