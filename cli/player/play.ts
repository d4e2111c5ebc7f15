/**
 * Plays the demo's script through the product's own flows, with a clock that jumps from step to step; timers that fall
 * due in between fire at their time. What comes out is what the product would have made of such a day.
 */
import { capture } from "../../worker/flows/capture.ts";
import { lookUp } from "../../worker/flows/company.ts";
import { countryCode } from "../../worker/domain/enrichment/geo.ts";
import { deliverDue } from "../../worker/flows/deliver.ts";
import type { Deps } from "../../worker/flows/deps.ts";
import { receiptOf } from "../../worker/flows/identity.ts";
import type { Outcome } from "../../worker/flows/hand.ts";
import { bounce } from "../../worker/flows/bounce.ts";
import { dispose } from "../../worker/flows/closing.ts";
import { accept } from "../../worker/flows/lifecycle.ts";
import { release } from "../../worker/flows/move.ts";
import { setAvailability, takeTimeOff } from "../../worker/flows/people.ts";
import { recordTouch } from "../../worker/flows/touch.ts";
import { wake } from "../../worker/flows/wake.ts";
import type { Db } from "../../worker/store/db.ts";
import { demoCompany } from "../demo/companies.ts";
import type { Played, Step } from "../demo/steps.ts";

interface Stage {
  deps: Deps;
  /** Lead by the submission that made or joined it. */
  leads: Map<string, string>;
  clock: { now: number };
  /** Messages of this time went out at its end. */
  outage: { from: number; until: number };
}

interface LeadNow {
  owner_id: string | null;
  steward_id: string | null;
}

/** Effects of the last hour go out for real; what is older was read long ago. */
const DELIVER_WITHIN_MS = 3_600_000;

const stageFor = (db: Db, now: number): Stage => {
  const clock = { now };
  const deps: Deps = {
    db,
    clock: {
      arm: () => Promise.resolve(),
      hold: () => Promise.reject(new Error("The demo's database can't be written")),
    },
    now: () => clock.now,
    uuid: () => crypto.randomUUID(),
    receiptFor: (key) => receiptOf(crypto.randomUUID(), key),
    announce: () => undefined,
    alert: () => undefined,
    defer: (work) => {
      void work.catch(() => undefined);
    },
  };
  return { deps, leads: new Map(), clock, outage: { from: 0, until: 0 } };
};

/** Fires every timer that falls due up to `until`, each at its own time. */
const runTimers = async (stage: Stage, until: number): Promise<number> => {
  const { deps, clock } = stage;
  for (let fired = 0; ; fired++) {
    const next = await deps.db
      .prepare(
        "SELECT id, next_due_at AS due FROM leads WHERE open = 1 AND next_due_at <= ?1 ORDER BY next_due_at LIMIT 1",
      )
      .bind(until)
      .first<{ id: string; due: number }>();
    if (!next) return fired;
    clock.now = Math.max(clock.now, next.due);
    await settleOutbox(stage, clock.now);
    const { errors } = await wake(deps, next.id);
    if (errors.length > 0) throw new Error(`A timer of the demo failed: ${errors.join(", ")}`);
  }
};

const actorFor = async ({ deps }: Stage, leadId: string, by: string): Promise<string | null> => {
  const lead = await deps.db
    .prepare("SELECT owner_id, steward_id FROM leads WHERE id = ?1")
    .bind(leadId)
    .first<LeadNow>();
  if (by === "owner" || by === "manager") return lead?.owner_id ?? lead?.steward_id ?? null;
  return by === "steward" ? (lead?.steward_id ?? lead?.owner_id ?? null) : by;
};

const toActor = (person: string | null): "system" | `person:${string}` =>
  person === null ? "system" : `person:${person}`;

const captureStep = async (
  stage: Stage,
  step: Extract<Step, { do: "capture" }>,
): Promise<Outcome<unknown>> => {
  const { body } = step;
  const result = await capture(stage.deps, {
    formKey: step.formKey,
    source: null,
    submissionId: step.submissionId,
    fields: body.fields,
    consent: body.consent ?? null,
    page: body.page ?? {},
    attribution: body.attribution ?? {},
    edge: step.edge,
  });
  if (result.kind !== "captured" && result.kind !== "repeat")
    return { ok: false, status: 409, detail: result.kind };
  stage.leads.set(step.submissionId, result.answer.leadId);
  await payLookups(stage);
  return { ok: true, value: null };
};

const onLead = async (
  stage: Stage,
  leadId: string,
  step: Exclude<Step, { do: "capture" | "outage" | "away" | "timeOff" }>,
): Promise<Outcome<unknown>> => {
  const { deps } = stage;
  const person = "by" in step ? await actorFor(stage, leadId, step.by) : null;
  const actor = toActor(person);
  const asker = { actor, onlyOwn: null };
  if (step.do === "accept") return accept(deps, leadId, actor, person);
  if (step.do === "release") return release(deps, leadId, asker);
  if (step.do === "bounce")
    return bounce(
      deps,
      leadId,
      { actor: "system", onlyOwn: null },
      { kind: step.kind, reason: step.reason, verified: true },
    );
  if (step.do === "disposition")
    return dispose(deps, leadId, asker, {
      code: step.code,
      note: step.note ?? null,
      nextStep: step.nextStep,
      recycleOn: step.recycleOn ?? null,
      nextActionAt: null,
      suppress: false,
      // The demo closes with the managers' leave: nobody in it makes six attempts.
      by: null,
    });
  const outbound = step.do === "touch";
  return recordTouch(deps, leadId, {
    channel: step.channel,
    direction: outbound ? "outbound" : "inbound",
    personal: true,
    automated: false,
    outcome: outbound ? step.outcome : null,
    body: step.body ?? null,
    actor,
    person: outbound ? person : null,
  });
};

const playStep = async (stage: Stage, step: Step): Promise<Outcome<unknown>> => {
  const { deps } = stage;
  if (step.do === "capture") return captureStep(stage, step);
  if (step.do === "outage") {
    stage.outage = { from: step.at, until: step.until };
    return { ok: true, value: null };
  }
  if (step.do === "away")
    return setAvailability(deps, step.person, `person:${step.person}`, {
      away: true,
      until: step.until,
      reason: step.reason,
    });
  if (step.do === "timeOff")
    return takeTimeOff(deps, step.person, `person:${step.person}`, {
      id: null,
      start: step.from,
      end: step.to,
      reason: step.reason,
      vouched: false,
    });
  const leadId = stage.leads.get(step.submissionId);
  return leadId === undefined
    ? { ok: false, status: 404, detail: `no lead of ${step.submissionId}` }
    : onLead(stage, leadId, step);
};

/** What the data provider of this machine would say; nothing listens yet while the demo is played. */
const lookUpDemo = (deps: Deps, row: Parameters<typeof lookUp>[2]): ReturnType<typeof lookUp> => {
  const known = demoCompany(row.recipient);
  const facts = known && {
    name: known.name,
    employees: known.employees,
    industry: known.industry,
    country: countryCode(known.country),
    city: null,
  };
  const find = () =>
    Promise.resolve(facts ? ({ kind: "found", facts } as const) : ({ kind: "unknown" } as const));
  return lookUp(deps, () => ({ find }), row);
};

const NOWHERE = { deliver: () => Promise.resolve({ ok: true } as const) };

/** What capture owes the data provider is paid at once, at the demo's own time. */
const payLookups = ({ deps }: Stage): Promise<unknown> =>
  deliverDue(
    deps,
    {
      channels: { email: NOWHERE, webhook: NOWHERE },
      lookUp: (row) => lookUpDemo(deps, row),
      origin: null,
      mailFrom: null,
      alertEmail: null,
    },
    "lookup",
    10,
  );

/** What was owed before `now` was delivered then, or when mail went out again: a breach asks whether the owner had been told. */
const settleOutbox = ({ deps, outage }: Stage, now: number): Promise<unknown> =>
  deps.db
    .prepare(
      `UPDATE outbox SET status = 'sent', attempts = 1, sent_at = iif(created_at >= ?2 AND created_at < ?3, ?3, created_at)
       WHERE status = 'pending' AND created_at < ?1 AND NOT (created_at >= ?2 AND created_at < ?3 AND ?1 < ?3)`,
    )
    .bind(now, outage.from, outage.until)
    .run();

/** The last hour's effects are owed again, and go out for real: the inbox shows them. */
const oweAgain = (db: Db, now: number): Promise<unknown> =>
  db
    .prepare(
      "UPDATE outbox SET status = 'pending', sent_at = NULL, attempts = 0 WHERE status = 'sent' AND created_at >= ?1",
    )
    .bind(now - DELIVER_WITHIN_MS)
    .run();

/** Plays all steps up to `now`. Steps must be in order of time. */
export const play = async (db: Db, steps: readonly Step[], now: number): Promise<Played> => {
  const stage = stageFor(db, steps[0]?.at ?? now);
  const refused: string[] = [];
  let timers = 0;
  for (const step of steps) {
    timers += await runTimers(stage, step.at);
    stage.clock.now = step.at;
    const outcome = await playStep(stage, step);
    if (!outcome.ok) refused.push(`${step.do}: ${outcome.detail}`);
  }
  timers += await runTimers(stage, now);
  await settleOutbox(stage, now);
  await oweAgain(db, now);
  return { steps: steps.length, timers, refused };
};
