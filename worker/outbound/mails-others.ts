/** Mails to visitors, managers, stewards and operators. */
import { EVENT_TYPES } from "../../schema/events.ts";
import { eventFacts } from "./event-facts.ts";
import { facts, type Content } from "./layout.ts";
import {
  footer,
  leadActions,
  leadFacts,
  openLead,
  ownerName,
  whoFromWhere,
  whoIs,
  wrote,
} from "./lead-parts.ts";
import type { Template } from "./mails-owner.ts";
import { nameOf, workspaceName, type Scene } from "./scene.ts";
import { greetable, humanise, oneLine } from "./text.ts";
import { duration } from "./times.ts";

const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/**
 * Nothing the form's sender wrote is repeated here: the address may be somebody else's, and this mail mustn't become
 * the way to send them a stranger's words.
 */
const acknowledged: Template = (scene) => {
  const name = greetable(scene.lead?.facts.lead.firstName ?? null);
  const { submission, origin } = scene;
  return {
    subject: `We have your request – ${workspaceName(scene)}`,
    title: name === null ? "Hello," : `Hello ${name},`,
    paragraphs: [
      submission?.acknowledgement.message ?? "Thank you. We have your request and will come back to you.",
    ],
    actions:
      submission && origin
        ? [
            {
              label: "See where your request stands",
              href: `${origin}/receipt/${encodeURIComponent(submission.receipt)}`,
            },
          ]
        : [],
    footer: `You get this because this address was given in a form of ${workspaceName(scene)}. If that wasn't you, you need do nothing.`,
  };
};

const MANAGER = "You get this as the manager.";

/** Who let it breach: named by the effect, else the owner the assignment had. */
const breacherOf = ({ owed, assignment }: Scene): string | null =>
  text(owed.data["owner"]) ?? assignment?.personId ?? null;

const ATTRIBUTIONS: Record<string, string> = {
  person: "a strike for them",
  coverage: "no strike: they were unavailable",
  delivery: "no strike: our message to them hadn't arrived",
  system: "no strike: the delay was ours",
};

const breached: Template = (scene, reader) => {
  const id = breacherOf(scene);
  const who = oneLine(nameOf(scene, id) ?? "The owner", 80);
  const silent = scene.owed.data["target"] === "accept";
  const now = scene.lead?.ownerId === id ? `still with ${who}` : `now with ${ownerName(scene)}`;
  return {
    subject: silent
      ? `Not accepted: ${whoFromWhere(scene.lead)} (${who})`
      : `Missed: ${whoFromWhere(scene.lead)} (${who})`,
    title: silent
      ? `${who} hasn't accepted ${whoIs(scene.lead)}`
      : `${who} missed the first touch with ${whoIs(scene.lead)}`,
    paragraphs: [`The lead is ${now}.`],
    facts: facts([
      ["Counted as", ATTRIBUTIONS[text(scene.owed.data["attribution"]) ?? ""]],
      ["Because", text(scene.owed.data["because"])],
      ...leadFacts(scene, reader),
    ]),
    quote: wrote(scene),
    actions: leadActions(scene),
    footer: footer(scene, MANAGER),
  };
};

const untouched: Template = (scene, reader) => ({
  subject: `A day without a touch: ${whoFromWhere(scene.lead)} (${ownerName(scene)})`,
  title: `Nobody has moved ${whoIs(scene.lead)} for a day`,
  paragraphs: [`The next step is with ${ownerName(scene)} and hasn't been taken.`],
  facts: leadFacts(scene, reader),
  actions: leadActions(scene),
  footer: footer(scene, MANAGER),
});

const queueName = ({ compiled, lead }: Scene): string =>
  compiled?.queues.get(lead?.queueId ?? "")?.name ?? "your queue";

const STEWARD = "You get this as a steward of the queue.";

const queued: Template = (scene, reader) => ({
  subject: `In ${queueName(scene)}: ${whoFromWhere(scene.lead)}`,
  title: `${whoIs(scene.lead)} waits in ${queueName(scene)}`,
  paragraphs: ["Look at it and release it, give it to somebody, or close it."],
  facts: facts([["Why here", scene.assignment?.reason], ...leadFacts(scene, reader)]),
  quote: wrote(scene),
  actions: leadActions(scene),
  footer: footer(scene, STEWARD),
});

const aged: Template = (scene, reader) => {
  const since = scene.lead === null ? "" : ` for ${duration(scene.now - scene.lead.createdAt)}`;
  return {
    subject: `Waiting${since}: ${whoFromWhere(scene.lead)} in ${queueName(scene)}`,
    title: `${whoIs(scene.lead)} has waited${since} in ${queueName(scene)}`,
    paragraphs: ["Nobody owns this lead yet. Release it, give it to somebody, or close it."],
    facts: leadFacts(scene, reader),
    quote: wrote(scene),
    actions: leadActions(scene),
    footer: footer(scene, "You get this because the queue's time is over."),
  };
};

const unattended: Template = (scene, reader) => ({
  subject: `Nobody there for ${queueName(scene)}: ${whoFromWhere(scene.lead)}`,
  title: `${whoIs(scene.lead)} came into ${queueName(scene)}, and nobody who keeps it is there`,
  paragraphs: ["Its stewards are away or on time off. Release it, give it to somebody, or close it."],
  facts: facts([["Steward", nameOf(scene, scene.lead?.stewardId ?? null)], ...leadFacts(scene, reader)]),
  quote: wrote(scene),
  actions: leadActions(scene),
  footer: footer(scene, "You get this because you are told when a queue has nobody."),
});

const suspended: Template = (scene) => {
  const id =
    text(scene.owed.data["person"]) ?? text(scene.owed.data["owner"]) ?? scene.assignment?.personId ?? null;
  const who = oneLine(nameOf(scene, id) ?? "Somebody", 80);
  return {
    subject: `${who} gets no new leads until reinstated`,
    title: `${who} was taken out of new assignment`,
    paragraphs: [
      text(scene.owed.data["reason"]) ??
        "Two strikes within seven days. A manager can reinstate them at any time.",
    ],
    actions:
      scene.origin === null ? [] : [{ label: "Open the people", href: `${scene.origin}/board/people` }],
    footer: footer(scene, MANAGER),
  };
};

const paused: Template = (scene) => ({
  subject: "You get no new leads for now",
  title: "You were taken out of new assignment",
  paragraphs: [
    text(scene.owed.data["reason"]) ?? "Two missed first touches within seven days.",
    "What you hold stays yours. Your manager has been told and can put you back at any time. Was a touch made in time and not recorded? Say so: a call or mail that your systems recorded undoes it.",
  ],
  actions: openLead(scene),
  footer: footer(scene, "You get this because it concerns your work."),
});

const strikes: Template = (scene) => {
  const who = oneLine(nameOf(scene, text(scene.owed.data["person"])) ?? "Somebody", 80);
  const team = text(scene.owed.data["team"]) ?? "their team";
  return {
    subject: `Two missed first touches within seven days: ${who}`,
    title: `${who} missed two first touches within seven days`,
    paragraphs: [
      `They still get new leads: without them nobody in ${team} could take any. Talk to them, or give the team somebody else.`,
    ],
    actions:
      scene.origin === null ? [] : [{ label: "Open the people", href: `${scene.origin}/board/people` }],
    footer: footer(scene, MANAGER),
  };
};

const signIn: Template = (scene) => {
  const url = text(scene.owed.data["url"]);
  return {
    subject: `Sign in to ${workspaceName(scene)}`,
    title: "Your sign-in link",
    paragraphs: [
      "It works once and for a short time. If you didn't ask for it, you need do nothing; nobody can sign in without it.",
    ],
    actions: url === null ? [] : [{ label: "Sign in", href: url }],
    footer: `You get this because somebody asked to sign in to Leadclock with this address.`,
  };
};

const alert: Template = (scene) => ({
  subject: `Attention: ${text(scene.owed.data["title"]) ?? "something needs a look"}`,
  title: text(scene.owed.data["title"]) ?? "Something needs a look",
  paragraphs: [text(scene.owed.data["detail"]) ?? ""].filter(Boolean),
  actions: scene.origin === null ? [] : [{ label: "Open Leadclock", href: `${scene.origin}/board` }],
  footer: footer(scene, "You get this because you look after this deployment."),
});

const event: Template = (scene, reader) => {
  const type = text(scene.owed.data["type"]) ?? "event";
  const said = (EVENT_TYPES as Record<string, string>)[type] ?? humanise(type);
  return {
    subject: scene.lead === null ? said : `${humanise(type)}: ${whoFromWhere(scene.lead)}`,
    title: said,
    paragraphs: [],
    facts: [...eventFacts(scene, reader, scene.owed.data["data"]), ...leadFacts(scene, reader)],
    actions: openLead(scene),
    footer: footer(scene, `You get this because a notification subscribes to ${type}.`),
  };
};

/** For kinds that have no mail of their own: nothing that is owed may fail for want of words. */
export const genericMail: Template = (scene, reader): Content => ({
  subject:
    scene.lead === null
      ? humanise(scene.owed.kind)
      : `${humanise(scene.owed.kind)}: ${whoFromWhere(scene.lead)}`,
  title: humanise(scene.owed.kind),
  paragraphs: [],
  facts: [...eventFacts(scene, reader, scene.owed.data), ...leadFacts(scene, reader)],
  actions: leadActions(scene),
  footer: footer(scene, "You get this because it concerns your work."),
});

export const OTHER_MAILS: Record<string, Template> = {
  "visitor.acknowledged": acknowledged,
  "sla.breached": breached,
  "sla.untouched": untouched,
  "lead.queued": queued,
  "queue.aged": aged,
  "queue.unattended": unattended,
  "person.suspended": suspended,
  "person.paused": paused,
  "person.strikes": strikes,
  "signin.link": signIn,
  "ops.alert": alert,
  event,
};
