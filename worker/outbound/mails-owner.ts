/** Mails to the person accountable for a lead: what came, why to them, until when, and what to tap. */
import { facts, type Content } from "./layout.ts";
import {
  dueInWords,
  dueShort,
  footer,
  leadActions,
  leadFacts,
  message,
  openLead,
  ownerName,
  whoFromWhere,
  whoIs,
  wrote,
} from "./lead-parts.ts";
import type { Reader, Scene } from "./scene.ts";

export type Template = (scene: Scene, reader: Reader) => Content;

const OWNER = "You get this because the lead is yours.";

const by = (scene: Scene, reader: Reader): string => {
  const due = dueShort(scene, reader);
  return due === null ? "" : ` – reach out by ${due}`;
};

const yours =
  (
    lead: string,
    title: (scene: Scene) => string,
    first: (scene: Scene, reader: Reader) => string,
  ): Template =>
  (scene, reader) => ({
    subject: `${lead}: ${whoFromWhere(scene.lead)}${by(scene, reader)}`,
    title: title(scene),
    paragraphs: [first(scene, reader)],
    facts: leadFacts(scene, reader, { why: true }),
    quote: wrote(scene),
    actions: leadActions(scene),
    footer: footer(scene, OWNER),
  });

const reachOut = (scene: Scene, reader: Reader): string => {
  const due = dueInWords(scene, reader);
  return due === null
    ? "They wait for you to reach out."
    : `They have been told they will hear from you. Reach out by ${due}.`;
};

const assigned = yours("New lead", (scene) => `${whoIs(scene.lead)} is yours`, reachOut);

const CAUSES: Record<string, string> = {
  breach: "It wasn't answered in time and is yours now.",
  away: "Its owner became unavailable; it is yours now.",
  deactivated: "Its owner has left; it is yours now.",
  handoff: "It was handed over to you.",
  reassign: "It was given to you by hand.",
};

const reassigned = yours(
  "Yours now",
  (scene) => `${whoIs(scene.lead)} is yours now`,
  (scene, reader) =>
    `${CAUSES[scene.assignment?.cause ?? ""] ?? "It moved to you."} ${reachOut(scene, reader)}`,
);

const opened = yours(
  "Your hours begin",
  (scene) => `${whoIs(scene.lead)} came in after hours and is yours`,
  (scene, reader) => `Your hours have begun, and with them the clock. ${reachOut(scene, reader)}`,
);

const rerouted = yours("Routed to you", (scene) => `${whoIs(scene.lead)} was routed again, to you`, reachOut);

const joined: Template = (scene, reader) => ({
  subject: `${whoFromWhere(scene.lead)} wrote again`,
  title: `${whoIs(scene.lead)} sent another request`,
  paragraphs: ["It joined the lead that you have already; nobody else was assigned."],
  facts: leadFacts(scene, reader),
  quote: message(scene.submission?.message) ?? wrote(scene),
  actions: leadActions(scene),
  footer: footer(scene, OWNER),
});

const taken: Template = (scene, reader) => ({
  subject: `Moved on: ${whoFromWhere(scene.lead)} is now with ${ownerName(scene)}`,
  title: `${whoIs(scene.lead)} has moved to ${ownerName(scene)}`,
  paragraphs: [
    TAKEN[scene.assignment?.cause ?? ""] ?? "The lead has another owner now.",
    "You don't need to do anything for it any more.",
  ],
  facts: facts([
    ["Why", scene.assignment?.reason],
    ...leadFacts(scene, reader).filter(([label]) => label === "Company"),
  ]),
  actions: openLead(scene),
  footer: footer(scene, "You get this because the lead was yours."),
});

const TAKEN: Record<string, string> = {
  breach: "Its first touch wasn't recorded in time.",
  away: "You became unavailable before it was touched.",
  handoff: "It was handed over.",
  reassign: "It was reassigned by hand.",
};

const reminder =
  (
    subject: (scene: Scene, reader: Reader) => string,
    title: (scene: Scene) => string,
    say: (scene: Scene, reader: Reader) => string,
  ): Template =>
  (scene, reader) => ({
    subject: subject(scene, reader),
    title: title(scene),
    paragraphs: [say(scene, reader)],
    facts: leadFacts(scene, reader),
    quote: wrote(scene),
    actions: leadActions(scene),
    footer: footer(scene, OWNER),
  });

const warning = reminder(
  (scene, reader) => `Due ${dueShort(scene, reader) ?? "soon"}: ${whoFromWhere(scene.lead)} still waits`,
  (scene) => `${whoIs(scene.lead)} still waits for you`,
  (scene, reader) =>
    `No touch is recorded yet. After ${dueInWords(scene, reader) ?? "the deadline"} the lead goes to somebody else.`,
);

const secondTouch = reminder(
  (scene) => `Second touch due: ${whoFromWhere(scene.lead)}`,
  (scene) => `Time to reach out to ${whoIs(scene.lead)} again`,
  () => "The next touch is due now. Another channel than last time works best.",
);

const noReply = reminder(
  (scene) => `No reply yet: ${whoFromWhere(scene.lead)}`,
  (scene) => `${whoIs(scene.lead)} hasn't replied`,
  () => "Reach out again on more than one channel on the next working day.",
);

const escalated = reminder(
  (scene) => `Overdue: ${whoFromWhere(scene.lead)} waits for you alone`,
  (scene) => `${whoIs(scene.lead)} is still waiting, and nobody is left to take over`,
  () => "The first touch is overdue. You will be reminded until it is recorded.",
);

const effort = reminder(
  (scene) => `Next step due: ${whoFromWhere(scene.lead)}`,
  (scene) => `The next step with ${whoIs(scene.lead)} is due`,
  () => "Reach out again, or close the lead with a code if nothing is to be expected any more.",
);

const answered = reminder(
  (scene) => `${whoFromWhere(scene.lead)} replied`,
  (scene) => `${whoIs(scene.lead)} has answered`,
  () => "Nothing waits for a reply any more. What they wait for now is your answer.",
);

const leftAlone = reminder(
  (scene) => `Don't contact: ${whoFromWhere(scene.lead)}`,
  (scene) => `${whoIs(scene.lead)} asked not to be contacted`,
  () => "Don't write and don't call. Close the lead with a code; what is missed on it isn't yours.",
);

const stageAge = reminder(
  (scene) => `Too long in its stage: ${whoFromWhere(scene.lead)}`,
  (scene) => `${whoIs(scene.lead)} has stood in its stage for longer than agreed`,
  () => "Move it on, hand it over, or close it with a code.",
);

export const OWNER_MAILS: Record<string, Template> = {
  "lead.assigned": assigned,
  "lead.reassigned": reassigned,
  "lead.opened": opened,
  "lead.rerouted": rerouted,
  "lead.joined": joined,
  "lead.taken": taken,
  "sla.warning": warning,
  "sla.second_touch": secondTouch,
  "sla.no_reply": noReply,
  "sla.escalated": escalated,
  "sla.effort": effort,
  "sla.stage_age": stageAge,
  "lead.replied": answered,
  "privacy.do_not_contact": leftAlone,
};
