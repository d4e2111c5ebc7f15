/** What the stand-in answers to the board and to the list of leads, parsed by their schemas. */
import { board, type Board } from "../../../../schema/wire/board.ts";
import { leadList, type Lead, type LeadSummary } from "../../../../schema/wire/lead.ts";
import type { Member } from "./people.ts";
import { ok, summary, type Reply } from "./replies.ts";

interface Known {
  leads: Lead[];
  people: Member[];
  onBoard: LeadSummary[];
  deliveries: { status: string }[];
  version: number;
  now: number;
}

export const boardAnswer = ({ leads, people, onBoard, deliveries, version, now }: Known): Board =>
  board.parse({
    now: new Date(now).toISOString(),
    workspace: { name: "Acme Robotics", timezone: "America/New_York", version },
    people,
    teams: [
      { id: "smb", name: "SMB", open: true, nextOpening: null },
      { id: "emea", name: "EMEA", open: true, nextOpening: null },
    ],
    leads: onBoard,
    today: {
      captured: leads.length,
      touched: leads.filter(({ firstTouchAt }) => firstTouchAt).length,
      breached: leads.filter(({ breaches }) => breaches > 0).length,
      reassigned: leads.filter(({ reassignments }) => reassignments > 0).length,
      medianSpeedToLeadSeconds: leads.length > 0 ? 187 : null,
    },
    nets: [
      { net: "untouched", label: "Untouched for a day", count: leads.length > 0 ? 2 : 0 },
      {
        net: "undelivered",
        label: "Undelivered",
        count: deliveries.filter(({ status }) => status === "dead").length,
      },
      { net: "clockless", label: "Without a clock", count: 0 },
    ],
  });

/** A page of the leads that some filters leave; the cursor is the place in the list. */
export const listAnswer = (leads: Lead[], query: URLSearchParams): Reply => {
  const q = query.get("q")?.toLowerCase();
  const matching = leads.filter(
    (each) =>
      (!query.get("ids") || query.get("ids")!.split(",").includes(each.id)) &&
      (!query.get("status") || each.status === query.get("status")) &&
      (!query.get("owner") || each.owner?.id === query.get("owner")) &&
      (!query.get("segment") || each.segment === query.get("segment")) &&
      (query.get("today") !== "breached" || each.breaches > 0) &&
      (!q || `${each.person.name} ${each.person.email} ${each.person.company}`.toLowerCase().includes(q)),
  );
  const start = Number(query.get("after") ?? 0);
  const end = start + Number(query.get("limit") ?? 50);
  const next = end < matching.length ? String(end) : null;
  return ok(leadList.parse({ leads: matching.slice(start, end).map(summary), next }));
};
