/** What mails to the team have in common: who the lead is, what they wrote, until when, and what to tap. */
import { zoneName } from "../../schema/wire/told.ts";
import { leadAddress } from "./address.ts";
import { facts, type Action, type Content } from "./layout.ts";
import { nameOf, workspaceName, type LeadState, type Reader, type Scene } from "./scene.ts";
import { oneLine } from "./text.ts";
import { dayAndTime, deadline, inBothZones, zoneOr } from "./times.ts";

/** "Grace Hopper", their address, or "Somebody". */
export const whoIs = (lead: LeadState | null): string =>
  oneLine(lead?.facts.lead.name ?? lead?.facts.lead.email ?? "", 80) || "Somebody";

export const companyOf = (lead: LeadState | null): string | null => {
  const name = lead?.accountName ?? lead?.facts.lead.company ?? lead?.facts.lead.corporateDomain ?? null;
  return name === null ? null : oneLine(name, 80);
};

/** "Grace Hopper, Acme". */
export const whoFromWhere = (lead: LeadState | null): string => {
  const company = companyOf(lead);
  return company === null ? whoIs(lead) : `${whoIs(lead)}, ${company}`;
};

/** By when somebody must reach out next. */
export const dueOf = (lead: LeadState): number | null =>
  lead.firstTouchAt === null ? lead.firstTouchDueAt : lead.nextActionAt;

const visitorZone = (lead: LeadState): string | null =>
  lead.facts.lead.timezone === null ? null : zoneOr(lead.facts.lead.timezone);

export const dueInWords = ({ lead, now }: Scene, reader: Reader): string | null => {
  const due = lead === null ? null : dueOf(lead);
  return lead === null || due === null ? null : inBothZones(due, now, reader.zone, visitorZone(lead));
};

/** Short, for subjects: "14:10:30". */
export const dueShort = ({ lead, now }: Scene, reader: Reader): string | null => {
  const due = lead === null ? null : dueOf(lead);
  return due === null ? null : deadline(due, now, reader.zone);
};

const reasonOf = ({ owed, assignment, lead }: Scene): string | null => {
  const event = owed.data["data"];
  const told =
    typeof event === "object" && event !== null ? (event as Record<string, unknown>)["reason"] : undefined;
  return typeof told === "string" ? told : (assignment?.reason ?? lead?.routing.reason ?? null);
};

/** The lines that let somebody act without opening anything. */
export const leadFacts = (scene: Scene, reader: Reader, more: { why?: boolean } = {}): [string, string][] => {
  const { lead } = scene;
  if (lead === null) return [];
  const person = lead.facts.lead;
  return facts([
    ["Who", [whoIs(lead), person.title].filter(Boolean).join(", ")],
    ["Company", companyOf(lead)],
    ["E-mail", person.email],
    ["Phone", person.phoneE164 ?? person.phone],
    ["Where", [person.city, person.country].filter(Boolean).join(", ")],
    ["Segment", lead.segment],
    ["Why you", more.why ? reasonOf(scene) : null],
    ["Due", dueInWords(scene, reader)],
    ["Their time", theirTime(scene, reader)],
  ]);
};

const theirTime = ({ lead, now }: Scene, reader: Reader): string | null => {
  const zone = lead === null ? null : visitorZone(lead);
  return zone === null || zone === reader.zone
    ? null
    : `${dayAndTime(now, now, zone)} when this was sent (${zoneName(zone)})`;
};

export const openLead = ({ origin, lead }: Scene): Action[] =>
  origin === null || lead === null
    ? []
    : [{ label: "Open the lead", href: `${origin}/board/leads/${encodeURIComponent(lead.id)}` }];

/** One tap each: open, write, call. */
export const leadActions = (scene: Scene): Action[] => {
  const { lead } = scene;
  const email = lead === null ? null : leadAddress(lead.facts.lead);
  const phone = lead?.facts.lead.phoneE164 ?? null;
  const subject = encodeURIComponent(`Your request to ${workspaceName(scene)}`);
  return [
    ...openLead(scene),
    ...(email === null
      ? []
      : [
          {
            label: "Write",
            href: `mailto:${encodeURIComponent(email).replaceAll("%40", "@")}?subject=${subject}`,
          },
        ]),
    ...(phone === null ? [] : [{ label: "Call", href: `tel:${phone}` }]),
  ];
};

export const message = (text: string | null | undefined): Content["quote"] =>
  text ? { label: "What they wrote", text } : null;

export const wrote = ({ lead }: Scene): Content["quote"] => message(lead?.facts.lead.message);

export const ownerName = (scene: Scene): string =>
  oneLine(nameOf(scene, scene.lead?.ownerId ?? null) ?? "nobody", 80);

export const footer = (scene: Scene, why: string): string => `${why} ${workspaceName(scene)} uses Leadclock.`;
