/**
 * What is sent, and its identity. One id belongs to one content: sent again unchanged (a retry, a reload) it keeps the
 * id, so the server can't take it twice; changed content gets a new id. The pending one is kept in sessionStorage.
 */
import { keysOf, recall, remember } from "../loader/storage.ts";
import type { CaptureBody, FormContext, Values } from "../types.ts";
import { CONSENT, fieldsToSend } from "./validate.ts";

export interface Submission {
  id: string;
  /** What makes it the same submission: the answers, not the time or the page they were sent from. */
  content: string;
  /** The request body, verbatim: the same bytes on every attempt. */
  body: string;
  values: Values;
}

const PREFIX = "leadclock:pending:";

/** Pending submissions already taken up by a form on this page: two forms of one key don't resume the same one. */
const claimed = new Set<string>();

/** 128 random bits. Pages served over plain http have no `randomUUID`. */
const newId = (): string => crypto.getRandomValues(new Uint32Array(4)).join("-");

function pageFacts(): NonNullable<CaptureBody["page"]> {
  return {
    url: location.href.slice(0, 2000),
    referrer: document.referrer.slice(0, 2000),
    title: document.title.slice(0, 2000),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language: navigator.language,
  };
}

/** @param previous the last submission of this form: its id is kept while the content is the same */
export function makeSubmission(
  context: FormContext,
  values: Values,
  previous: Submission | null,
): Submission {
  const { definition, attribution } = context;
  const fields = fieldsToSend(definition, values);
  const given = values[CONSENT] === true;
  const content = JSON.stringify([fields, given]);
  if (previous?.content === content) return previous;
  const id = newId();
  const consent = definition.consent
    ? { given, text: definition.consent.label, at: new Date().toISOString() }
    : undefined;
  const body: CaptureBody = {
    submissionId: id,
    fields,
    page: pageFacts(),
    attribution: attribution(),
    consent,
  };
  return { id, content, body: JSON.stringify(body), values: { ...values } };
}

const keyOf = (context: FormContext, id: string): string => `${PREFIX}${context.definition.key}:${id}`;

export function keep(context: FormContext, submission: Submission): void {
  claimed.add(submission.id);
  // Without storage a reload starts over; attempts within this page still share the id.
  remember("sessionStorage", keyOf(context, submission.id), submission);
}

export function forget(context: FormContext, submission: Submission): void {
  remember("sessionStorage", keyOf(context, submission.id), null);
}

/** A submission of this form that a reload or a closed tab interrupted. */
export function findPending(context: FormContext): Submission | null {
  const start = keyOf(context, "");
  const key = keysOf("sessionStorage").find(
    (key) => key.startsWith(start) && !claimed.has(key.slice(start.length)),
  );
  const found = key ? (recall("sessionStorage", key) as Submission | null) : null;
  if (found) claimed.add(found.id);
  return found;
}
