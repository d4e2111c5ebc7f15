/** Who hears of an effect. People are those of today's configuration; whoever was deactivated hears nothing more. */
import type { Person } from "../../schema/config/document.ts";
import { addressed, leadAddress } from "./address.ts";
import { notificationOf, personOf, readerOf, workspaceZone, type Reader, type Scene } from "./scene.ts";
import { zoneOr } from "./times.ts";

export type Heard =
  | { kind: "readers"; readers: Reader[] }
  /** Nobody needs to hear any more. */
  | { kind: "obsolete"; reason: string }
  /** Somebody should, and can't. */
  | { kind: "unreachable"; reason: string };

const active = (scene: Scene, id: string | null | undefined): Person | null =>
  !id || scene.deactivated.has(id) ? null : personOf(scene, id);

const firstActive = (
  scene: Scene,
  ids: readonly (string | null | undefined)[],
  not: string | null,
): Person | null => {
  for (const id of ids) {
    const person = id === not ? null : active(scene, id);
    if (person) return person;
  }
  return null;
};

const defaultChain = (scene: Scene): string[] => scene.compiled?.document.routing.default ?? [];

const toPerson = (scene: Scene, person: Person | null, reason: string): Heard =>
  person ? { kind: "readers", readers: [readerOf(scene, person)] } : { kind: "unreachable", reason };

/** The manager of the assignment's person, else of its team, else the first of the default chain; never the person. */
const manager = (scene: Scene): Heard => {
  const about = scene.assignment?.personId ?? scene.lead?.ownerId ?? null;
  const teamId = scene.assignment?.teamId ?? scene.lead?.teamId ?? null;
  const team = teamId === null ? undefined : scene.compiled?.teams.get(teamId);
  const ids = [personOf(scene, about)?.manager, team?.manager, ...defaultChain(scene)];
  // Somebody at the end of the chain has nobody above them: they hear of it themselves.
  return toPerson(
    scene,
    firstActive(scene, ids, about) ?? active(scene, about),
    "there is no active manager",
  );
};

const owner = (scene: Scene): Heard => {
  const id = scene.assignment?.personId ?? null;
  if (id === null) return { kind: "obsolete", reason: "the assignment has no owner" };
  return toPerson(scene, active(scene, id), `${id} is not an active person`);
};

const previous = (scene: Scene): Heard => {
  const id = scene.previous?.personId ?? null;
  if (id === null || id === scene.lead?.ownerId)
    return { kind: "obsolete", reason: "there is no former owner to tell" };
  const person = active(scene, id);
  return person
    ? { kind: "readers", readers: [readerOf(scene, person)] }
    : { kind: "obsolete", reason: "the former owner is no longer active" };
};

const stewardIds = (scene: Scene): { steward: string | null; backup: string | null } => {
  const queue = scene.compiled?.queues.get(scene.lead?.queueId ?? "");
  return {
    steward: scene.assignment?.stewardId ?? scene.lead?.stewardId ?? queue?.steward ?? null,
    backup: queue?.backupSteward ?? null,
  };
};

const steward = (scene: Scene): Heard => {
  const { steward: id, backup } = stewardIds(scene);
  return toPerson(
    scene,
    firstActive(scene, [id, backup, ...defaultChain(scene)], null),
    "there is no active steward",
  );
};

const backupSteward = (scene: Scene): Heard => {
  const { steward: id, backup } = stewardIds(scene);
  const person = active(scene, backup);
  return person && backup !== id
    ? { kind: "readers", readers: [readerOf(scene, person)] }
    : { kind: "obsolete", reason: "there is no backup steward" };
};

/** The queue's alert person, else the last of the default chain; never somebody who keeps the queue and hears as such. */
const queueAlert = (scene: Scene): Heard => {
  const queue = scene.compiled?.queues.get(scene.lead?.queueId ?? "");
  const { steward: first, backup } = stewardIds(scene);
  const others = [queue?.alert, ...defaultChain(scene).toReversed()].filter(
    (id) => id !== first && id !== backup,
  );
  const person = firstActive(scene, others, null);
  return person
    ? { kind: "readers", readers: [readerOf(scene, person)] }
    : { kind: "obsolete", reason: "there is nobody to alert who doesn't hear as steward" };
};

const visitor = ({ lead }: Scene): Heard => {
  const email = lead === null ? null : leadAddress(lead.facts.lead);
  if (lead === null || email === null)
    return { kind: "obsolete", reason: "the visitor gave no usable address" };
  return {
    kind: "readers",
    readers: [{ name: lead.facts.lead.name, email, zone: zoneOr(lead.facts.lead.timezone) }],
  };
};

/** Those who keep this deployment running: the workspace's alert address, else the default chain, else the deployment's. */
const operators = (scene: Scene): Heard => {
  const zone = workspaceZone(scene);
  const named = scene.compiled?.document.workspace.alertEmail;
  if (named) return { kind: "readers", readers: [{ name: null, email: named, zone }] };
  const people = defaultChain(scene)
    .map((id) => active(scene, id))
    .filter((person) => person !== null);
  if (people.length > 0)
    return { kind: "readers", readers: people.slice(0, 20).map((person) => readerOf(scene, person)) };
  if (scene.alertEmail) return { kind: "readers", readers: [{ name: null, email: scene.alertEmail, zone }] };
  return { kind: "unreachable", reason: "no alert address is configured" };
};

const subscribers = (scene: Scene): Heard => {
  const to = notificationOf(scene)?.to ?? [];
  const zone = workspaceZone(scene);
  return to.length > 0
    ? { kind: "readers", readers: to.map((email) => ({ name: null, email, zone })) }
    : { kind: "obsolete", reason: "the notification names nobody any more" };
};

const NAMED: Record<string, (scene: Scene) => Heard> = {
  visitor,
  owner,
  previous,
  manager,
  steward,
  backupSteward,
  queueAlert,
  operators,
};

export const whoHears = (scene: Scene): Heard => {
  const { recipient } = scene.owed;
  const named = Object.hasOwn(NAMED, recipient) ? NAMED[recipient] : undefined;
  if (named) return named(scene);
  const colon = recipient.indexOf(":");
  const value = recipient.slice(colon + 1);
  switch (recipient.slice(0, colon)) {
    case "person":
      return toPerson(scene, active(scene, value), `${value} is not an active person`);
    case "notification":
      return subscribers(scene);
    case "address": {
      const { email } = addressed(value.trim(), null);
      return { kind: "readers", readers: [{ name: null, email, zone: workspaceZone(scene) }] };
    }
    default:
      return { kind: "unreachable", reason: "the recipient is of no known kind" };
  }
};
