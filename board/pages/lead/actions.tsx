/** What a rep can do about the lead: the common touches with one tap, the rest in a dialog each. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import type { Lead } from "../../../schema/wire/lead.ts";
import type { Channel } from "../../../schema/config/routing.ts";
import { call } from "../../api/http.ts";
import { me } from "../../api/session.ts";
import { isClosed } from "../../logic/grouping.ts";
import { may, mayAccept } from "../../logic/rights.ts";
import { useAction, freshId } from "../../ui/action.ts";
import { announce } from "../../ui/announcer.tsx";
import { useKeys } from "../../ui/keys.ts";
import { ContactDialog } from "./contactDialog.tsx";
import { BounceDialog, StageDialog } from "./correctionDialogs.tsx";
import { DispositionDialog } from "./dispositionDialog.tsx";
import { HandoffDialog, ReassignDialog } from "./ownerDialogs.tsx";
import { TouchDialog } from "./touchDialog.tsx";

export interface LeadActionProps {
  lead: Lead;
  onConflict: () => void;
  onDone: () => Promise<void>;
}
export interface LeadDialogProps extends LeadActionProps {
  onClose: () => void;
}

type Open = "touch" | "close" | "reassign" | "handoff" | "bounce" | "stage" | "contact";
const DIALOGS: Record<Open, (props: LeadDialogProps) => ComponentChildren> = {
  touch: TouchDialog,
  close: DispositionDialog,
  reassign: ReassignDialog,
  handoff: HandoffDialog,
  bounce: BounceDialog,
  stage: StageDialog,
  contact: ContactDialog,
};

interface Quick {
  label: string;
  channel: Channel;
  outcome: string;
  needsPhone?: boolean;
}
const QUICK: readonly Quick[] = [
  { label: "Called: reached", channel: "call", outcome: "connected", needsPhone: true },
  { label: "Called: voicemail", channel: "call", outcome: "voicemail", needsPhone: true },
  { label: "Called: no answer", channel: "call", outcome: "no_answer", needsPhone: true },
  { label: "E-mailed", channel: "email", outcome: "sent" },
  { label: "Texted", channel: "sms", outcome: "sent", needsPhone: true },
];

export function Actions(props: LeadActionProps) {
  const { lead, onConflict, onDone } = props;
  const open = useSignal<Open | null>(null);
  const said = useSignal<string | null>(null);
  const action = useAction(onConflict);
  const closed = isClosed(lead);
  const accepts = !closed && mayAccept(lead, me.value?.id ?? "");
  const path = `/v1/leads/${encodeURIComponent(lead.id)}`;
  const act = async (words: string, work: () => Promise<unknown>) => {
    said.value = null;
    if (!(await action.run(work))) return;
    announce(words);
    said.value = words;
    await onDone();
  };
  const accept = () =>
    void act("Accepted: the lead is yours.", () => call(`${path}/accept`, { method: "POST", body: {} }));
  const touch = (quick: Quick) => {
    const body = { channel: quick.channel, outcome: quick.outcome, id: freshId() };
    void act(`Logged: ${quick.label.toLowerCase()}.`, () =>
      call(`${path}/touches`, { method: "POST", body }),
    );
  };
  useKeys({
    a: () => accepts && accept(),
    t: () => !closed && (open.value = "touch"),
    d: () => !closed && (open.value = "close"),
  });
  const Dialog = open.value && DIALOGS[open.value];
  return (
    <section class="actions" aria-label="Actions">
      {!closed && (
        <div class="actions-quick">
          {accepts && (
            <button type="button" class="button button-main" disabled={action.busy.value} onClick={accept}>
              Accept
            </button>
          )}
          <Reach lead={lead} />
          <div class="actions-log" role="group" aria-label="Log a touch">
            <span class="actions-label" aria-hidden="true">
              Log
            </span>
            {QUICK.filter(({ needsPhone }) => !needsPhone || lead.person.phone).map((quick) => (
              <button
                type="button"
                key={quick.label}
                class="button"
                disabled={action.busy.value}
                onClick={() => touch(quick)}
              >
                {quick.label}
              </button>
            ))}
            <button type="button" class="button" onClick={() => (open.value = "touch")}>
              Another touch…
            </button>
          </div>
        </div>
      )}
      <More open={(which) => (open.value = which)} closed={closed} />
      {action.error.value && action.error.value.kind !== "conflict" && (
        <p class="form-error" role="alert">
          {action.error.value.message}
        </p>
      )}
      {said.value && <p class="done">{said.value}</p>}
      {Dialog && (
        <Dialog
          {...props}
          onClose={() => (open.value = null)}
          onDone={async () => {
            open.value = null;
            await onDone();
          }}
        />
      )}
    </section>
  );
}

function Reach({ lead: { person } }: { lead: Lead }) {
  return (
    <div class="actions-reach">
      {person.phone && (
        <a class="button" href={`tel:${person.phone.replace(/[^+\d]/g, "")}`}>
          Call
        </a>
      )}
      <a class="button" href={`mailto:${encodeURIComponent(person.email).replace("%40", "@")}`}>
        Write
      </a>
    </div>
  );
}

function More({ open, closed }: { open: (which: Open) => void; closed: boolean }) {
  const choices: [Open, string][] = closed
    ? []
    : [
        ["close", "Close…"],
        ["handoff", "Hand off…"],
        ["stage", "Change stage…"],
        ["contact", "Correct contact data…"],
        ["bounce", "Report a bounce…"],
      ];
  if (may(me.value?.role, "reassign") && !closed) choices.splice(1, 0, ["reassign", "Reassign…"]);
  return (
    <div class="actions-more">
      {choices.map(([which, label]) => (
        <button type="button" key={which} class="button button-quiet" onClick={() => open(which)}>
          {label}
        </button>
      ))}
    </div>
  );
}
