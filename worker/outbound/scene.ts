/** Everything known when an effect is delivered: today's people and notifications, the lead as it is now. */
import type { Notification, Person } from "../../schema/config/document.ts";
import { clockCalendar, type Compiled } from "../domain/config/compiled.ts";
import type { EnrichedLead } from "../domain/enrichment/enrich.ts";
import type { Owed, OwedAssignment } from "../domain/owed.ts";
import { zoneOr } from "./times.ts";

export interface LeadState {
  id: string;
  status: string;
  stage: string;
  open: boolean;
  provisional: boolean;
  ownerId: string | null;
  backupId: string | null;
  teamId: string | null;
  queueId: string | null;
  stewardId: string | null;
  assignmentSeq: number;
  accountId: string | null;
  accountName: string | null;
  score: number;
  segment: string | null;
  tags: string[];
  formKey: string | null;
  source: string | null;
  slaId: string;
  createdAt: number;
  assignedAt: number | null;
  firstTouchDueAt: number | null;
  firstTouchAt: number | null;
  secondTouchAt: number | null;
  repliedAt: number | null;
  promiseAt: number | null;
  nextActionAt: number | null;
  reassignments: number;
  routing: { reason: string };
  facts: { lead: EnrichedLead };
}

export interface SubmissionState {
  receipt: string;
  message: string | null;
  acknowledgement: { message: string };
}

export interface Scene {
  owed: Owed;
  /** Null where the effect speaks of none, or it is gone. */
  lead: LeadState | null;
  assignment: OwedAssignment | null;
  previous: OwedAssignment | null;
  submission: SubmissionState | null;
  /** The live configuration; null before the first was published. */
  compiled: Compiled | null;
  /** The one the lead runs under: people who have left the live one are still named from it. */
  past: Compiled | null;
  deactivated: ReadonlySet<string>;
  now: number;
  /** Where this deployment is reached, without a trailing slash; null when unknown, and then links are left out. */
  origin: string | null;
  mailFrom: string | null;
  alertEmail: string | null;
}

/** Who reads a mail. */
export interface Reader {
  name: string | null;
  email: string;
  zone: string;
}

export const personOf = (scene: Scene, id: string | null): Person | null =>
  id === null ? null : (scene.compiled?.people.get(id) ?? scene.past?.people.get(id) ?? null);

export const nameOf = (scene: Scene, id: string | null): string | null => personOf(scene, id)?.name ?? id;

export const workspaceName = (scene: Scene): string => scene.compiled?.document.workspace.name ?? "Leadclock";

export const workspaceZone = (scene: Scene): string => zoneOr(scene.compiled?.document.workspace.timezone);

export const zoneOf = (scene: Scene, person: Person): string => {
  const config = scene.compiled ?? scene.past;
  return config ? clockCalendar(config, person, scene.lead?.teamId ?? null).timezone : workspaceZone(scene);
};

export const readerOf = (scene: Scene, person: Person): Reader => ({
  name: person.name,
  email: person.email,
  zone: zoneOf(scene, person),
});

export const notificationOf = (scene: Scene): Notification | null => {
  const id = scene.owed.recipient.slice("notification:".length);
  return scene.compiled?.document.notifications.find((item) => item.id === id) ?? null;
};
