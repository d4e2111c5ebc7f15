/** From what is owed to what is sent: a mail to its readers, or an event for a webhook. */
import type { Notification } from "../../schema/config/document.ts";
import { personIn } from "../domain/enrichment/enrich.ts";
import { addressed, parseAddress } from "./address.ts";
import type { Address, Hook, Mail } from "./channel.ts";
import { subjectOf, toHtml, toText } from "./layout.ts";
import { dueOf } from "./lead-parts.ts";
import { DIGEST_MAILS } from "./mails-digest.ts";
import { genericMail, OTHER_MAILS } from "./mails-others.ts";
import { OWNER_MAILS, type Template } from "./mails-owner.ts";
import { nameOf, personOf, workspaceName, type LeadState, type Reader, type Scene } from "./scene.ts";
import { headerSafe } from "./text.ts";

const MAILS: Readonly<Record<string, Template>> = { ...OWNER_MAILS, ...OTHER_MAILS, ...DIGEST_MAILS };

const templateOf = (kind: string): Template =>
  (Object.hasOwn(MAILS, kind) ? MAILS[kind] : undefined) ?? genericMail;

/** The workspace's own sender, else the deployment's. To visitors it bears the workspace's name. */
const senderOf = (scene: Scene): Address | null => {
  const sender = parseAddress(scene.compiled?.document.workspace.mailFrom) ?? parseAddress(scene.mailFrom);
  if (!sender) return null;
  return scene.owed.recipient === "visitor"
    ? addressed(sender.email, workspaceName(scene))
    : addressed(sender.email, sender.name ?? "Leadclock");
};

/** A visitor answers to the person who owns the lead, once that person is known to be the one; until then to the workspace. */
const replyToOf = (scene: Scene, sender: Address | null): Address | null => {
  if (scene.owed.recipient !== "visitor") return null;
  const { lead } = scene;
  const owner = lead !== null && !lead.provisional ? personOf(scene, lead.ownerId) : null;
  return owner ? addressed(owner.email, owner.name) : sender;
};

/** Several readers share one mail; its times are then told in the first one's zone, which it names. */
export const composeMail = (scene: Scene, readers: readonly [Reader, ...Reader[]]): Mail => {
  const content = templateOf(scene.owed.kind)(scene, readers[0]);
  const from = senderOf(scene);
  return {
    id: scene.owed.id,
    from,
    to: readers.map(({ email, name }) => addressed(email, scene.owed.recipient === "visitor" ? null : name)),
    replyTo: replyToOf(scene, from),
    subject: subjectOf(content),
    text: toText(content),
    html: toHtml(content),
    // Nobody's out-of-office reply should answer a machine. The provider sets Message-ID itself and refuses ours.
    headers: { "Auto-Submitted": "auto-generated", "X-Leadclock-Message-Id": headerSafe(scene.owed.id) },
  };
};

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const ref = (scene: Scene, id: string | null): { id: string; name: string } | null =>
  id === null ? null : { id, name: nameOf(scene, id) ?? id };

/** The lead as it is now; events may arrive late or out of order, this never lies about the present. */
const leadNow = (scene: Scene, lead: LeadState): Record<string, unknown> => {
  const { lead: person } = lead.facts;
  return {
    id: lead.id,
    status: lead.status,
    stage: lead.stage,
    // What machines dial.
    person: { ...personIn(person), phone: person.phoneE164 ?? person.phone },
    owner: ref(scene, lead.ownerId),
    backup: ref(scene, lead.backupId),
    queue: lead.queueId === null ? null : { id: lead.queueId, steward: ref(scene, lead.stewardId) },
    account:
      lead.accountId === null ? null : { id: lead.accountId, name: lead.accountName ?? lead.accountId },
    form: lead.formKey,
    source: lead.source,
    score: lead.score,
    segment: lead.segment,
    tags: lead.tags,
    provisional: lead.provisional,
    sla: lead.slaId,
    reassignments: lead.reassignments,
    createdAt: iso(lead.createdAt),
    assignedAt: iso(lead.assignedAt),
    firstTouchDueAt: iso(lead.firstTouchDueAt),
    firstTouchAt: iso(lead.firstTouchAt),
    promiseAt: iso(lead.promiseAt),
    nextActionAt: iso(lead.nextActionAt),
    dueAt: lead.open ? iso(dueOf(lead)) : null,
    url: scene.origin === null ? null : `${scene.origin}/board/leads/${encodeURIComponent(lead.id)}`,
  };
};

/** `{type, timestamp, data}` as Standard Webhooks has it; the data are the event's own and the lead as it is now. */
export const composeHook = (scene: Scene, notification: Notification): Hook => {
  const { owed, lead } = scene;
  const { type, at, data } = owed.data;
  const isEvent = owed.kind === "event";
  return {
    id: owed.id,
    url: notification.url ?? "",
    secretRef: notification.secretRef ?? null,
    body: JSON.stringify({
      type: isEvent && typeof type === "string" ? type : owed.kind,
      timestamp: iso(typeof at === "number" ? at : owed.createdAt),
      data: {
        ...(isEvent ? (typeof data === "object" ? data : {}) : owed.data),
        ...(lead === null ? {} : { lead: leadNow(scene, lead) }),
      },
    }),
  };
};
