/** One lead: the time left, who owns it, what was promised, what a rep can do about it, and why it came here. */
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Lead } from "../../../schema/wire/lead.ts";
import { board } from "../../api/live.ts";
import { useResource } from "../../api/resource.ts";
import { me } from "../../api/session.ts";
import { isClosed } from "../../logic/grouping.ts";
import { may } from "../../logic/rights.ts";
import { leadName } from "../../logic/words.ts";
import { Failure, Loading, Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Actions } from "./actions.tsx";
import { Contact } from "./contact.tsx";
import { Hero } from "./hero.tsx";
import { Assignments, Timeline, Timers } from "./history.tsx";
import { Match } from "./match.tsx";
import { Tasks } from "./tasks.tsx";
import { Trace } from "./trace.tsx";
import { Attribution, Words } from "./visitor.tsx";

export function LeadPage({ id }: { id: string }) {
  const { value, error, reload } = useResource<Lead>(`/v1/leads/${encodeURIComponent(id)}`);
  const note = useSignal<string | null>(null);
  const lead = value.value;
  useReloadOnChange(id, lead, reload);
  const onConflict = () => {
    note.value =
      "Somebody else was faster: the lead has changed. The page now shows what is true; look before you act again.";
    void reload();
  };
  if (!lead) {
    return (
      <Page title="Lead">
        {error.value ? (
          <Failure error={error.value} what="The lead didn’t load." retry={() => void reload()} />
        ) : (
          <Loading what="the lead" />
        )}
        <p>
          <a href="/board/leads">All leads</a>
        </p>
      </Page>
    );
  }
  return (
    <Page title={leadName(lead)} lead={<Subtitle lead={lead} />}>
      {note.value && (
        <Notice tone="strong">
          <p>{note.value}</p>
        </Notice>
      )}
      {error.value && (
        <Failure
          error={error.value}
          what="The lead couldn’t be fetched again; shown is what was last known."
          retry={() => void reload()}
        />
      )}
      <Hero lead={lead} />
      {may(me.value?.role, "work") && (
        <Actions
          lead={lead}
          onConflict={onConflict}
          onDone={() => {
            note.value = null;
            return reload();
          }}
        />
      )}
      <div class="lead-columns">
        <div class="lead-main">
          <Tasks lead={lead} onDone={reload} />
          <Words lead={lead} />
        </div>
        <div class="lead-side">
          <Contact lead={lead} />
          <Match lead={lead} onDone={reload} />
          <Timers lead={lead} />
          <Assignments lead={lead} />
          <Attribution lead={lead} />
        </div>
        <div class="lead-main">
          <Timeline lead={lead} />
          <Trace steps={lead.trace} rule={lead.routing} version={lead.policyVersion} />
        </div>
      </div>
    </Page>
  );
}

function Subtitle({ lead }: { lead: Lead }) {
  const text = [lead.person.title, lead.person.company].filter(Boolean).join(", ");
  return text ? <p class="page-lead">{text}</p> : null;
}

/** The live board tells when this lead changed; then it is fetched again, timeline and all. */
function useReloadOnChange(id: string, lead: Lead | null, reload: () => Promise<void>): void {
  const onBoard = board.value?.leads.find((each) => each.id === id);
  const mark = useMemo(() => JSON.stringify(onBoard ?? null), [onBoard]);
  useEffect(() => {
    if (lead && differs(lead, onBoard)) void reload();
  }, [mark]);
}

function differs(
  lead: Lead,
  onBoard:
    { owner: Lead["owner"]; status: string; firstTouchAt: string | null; breaches: number } | undefined,
): boolean {
  if (!onBoard) return lead.firstTouchAt === null && !isClosed(lead);
  return (
    onBoard.owner?.id !== lead.owner?.id ||
    onBoard.status !== lead.status ||
    onBoard.firstTouchAt !== lead.firstTouchAt ||
    onBoard.breaches !== lead.breaches
  );
}
