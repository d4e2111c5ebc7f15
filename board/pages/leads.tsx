/**
 * All leads, filtered and paged; the filters stand in the address, so that a view can be sent to a colleague. What is
 * searched for may name a person: it stands behind the # and goes to the server in the body, so no log keeps it.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import type { Way } from "../../schema/wire/policy.ts";
import { asApiError, call, type ApiError } from "../api/http.ts";
import { board } from "../api/live.ts";
import { speaker } from "../api/speaker.ts";
import { zone } from "../api/session.ts";
import { apiQuery, readFilters, TODAY_WORDS, countedInWords, type Filters } from "../logic/filters.ts";
import { ledgerInWords } from "../logic/ledger.ts";
import { WAY_WORDS } from "../logic/waterfall.ts";
import { humanise, plural } from "../logic/words.ts";
import { go, place, withOwn, withQuery } from "../router.ts";
import { announce } from "../ui/announcer.tsx";
import { Empty, Failure, Loading } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Time } from "../ui/time.tsx";
import { LeadFilters } from "./leadFilters.tsx";
import { LeadTable } from "./leadTable.tsx";

interface Answer {
  leads: LeadSummary[];
  next: string | null;
}

export function LeadsPage() {
  const { query, own } = place.value;
  const filters = readFilters(new URLSearchParams([...query, ...own]));
  const list = useLeadList(filters);
  const set = (next: Filters) => {
    const { q, ...others } = { ...filters, ...next };
    go(withOwn(withQuery("/board/leads", others), { q }), "replace");
  };
  // A link of before, when searches stood in the address that servers see.
  const isOld = query.has("q");
  useEffect(() => {
    if (isOld) set({});
  }, [isOld]);
  const leads = list.leads.value;
  return (
    <Page title="Leads">
      <LeadFilters filters={filters} set={set} segments={segmentsOf(leads ?? [])} />
      <Counted filters={filters} set={set} />
      {list.error.value && (
        <Failure error={list.error.value} what="The list didn’t load." retry={() => void list.first()} />
      )}
      {leads === null && !list.error.value && <Loading what="leads" />}
      {leads !== null && leads.length === 0 && <NoLeads filtered={Object.keys(filters).length > 0} />}
      {leads !== null && leads.length > 0 && <LeadTable leads={leads} />}
      {leads !== null && leads.length > 0 && (
        <p class="more">
          <span class="faint">
            {plural(leads.length, "lead")} shown{list.next.value ? "" : ", that’s all"}
          </span>
          {list.next.value && (
            <button type="button" class="button" disabled={list.busy.value} onClick={() => void list.more()}>
              {list.busy.value ? "Loading…" : "Show more"}
            </button>
          )}
        </p>
      )}
    </Page>
  );
}

const segmentsOf = (leads: LeadSummary[]) =>
  [...new Set(leads.flatMap(({ segment }) => segment ?? []))].sort();

/** Says which figure or net the list counts, with the way back to all. */
function Counted({ filters, set }: { filters: Filters; set: (next: Filters) => void }) {
  const { today, net, rule, since, until, counted: figure, ledger } = filters;
  if (!today && !net && !rule && !since && !until && !figure && !ledger) return null;
  const label = board.value?.nets.find((each) => each.net === net)?.label ?? humanise(net ?? "");
  const counted = figure
    ? countedInWords(figure)
    : today
      ? (TODAY_WORDS[today] ?? humanise(today))
      : net
        ? `in the safety net “${label}”`
        : ledger
          ? ledgerInWords(ledger, { team: teamName, person: speaker.name })
          : cameInWords(filters);
  return (
    <p class="counted">
      Shown: leads {counted}
      {since && (
        <>
          , <Time at={since} /> to {until ? <Time at={until} /> : "now"}
        </>
      )}
      .{" "}
      <button
        type="button"
        class="as-link"
        onClick={() =>
          set({ today: "", net: "", rule: "", way: "", since: "", until: "", counted: "", ledger: "" })
        }
      >
        Show all
      </button>
    </p>
  );
}

const teamName = (id: string): string => board.value?.teams.find((team) => team.id === id)?.name ?? id;

/** As the waterfall says it, with the branch's id: the policy's own pages know its name. */
function cameInWords({ rule, way }: Filters): string {
  if (!rule) return "that came";
  const branch =
    rule === "~default"
      ? "the default chain"
      : rule === "relationship"
        ? "a relationship"
        : `the rule ${rule}`;
  if (way === "observed") return `that ${branch} observed`;
  return `that ${branch} took first${way && way !== "target" ? `, to ${WAY_WORDS[way as Way] ?? way}` : ""}`;
}

function NoLeads({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No lead fits these filters">
        <p>
          <a class="button" href="/board/leads">
            Clear the filters
          </a>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No leads yet">
      <p>Every submission of a form, and every lead sent in through the API, appears here and stays.</p>
      <p>
        <a class="button" href="/demo" target="_blank">
          Send one from the demo site
        </a>
      </p>
    </Empty>
  );
}

const askFor = (query: URLSearchParams): Promise<Answer> =>
  query.has("q")
    ? call<Answer>("/v1/leads/search", { method: "POST", body: Object.fromEntries(query) })
    : call<Answer>(`/v1/leads?${query}`);

function useLeadList(filters: Filters) {
  const leads = useSignal<LeadSummary[] | null>(null);
  const next = useSignal<string | null>(null);
  const error = useSignal<ApiError | null>(null);
  const busy = useSignal(false);
  const query = apiQuery(filters, zone.value, null).toString();
  const latest = useRef(query);
  latest.current = query;

  async function load(after: string | null): Promise<void> {
    busy.value = true;
    try {
      const answer = await askFor(apiQuery(filters, zone.peek(), after));
      // A slow answer to earlier filters must not replace a quick one to later filters.
      if (latest.current !== query) return;
      const known = after === null ? [] : (leads.peek() ?? []);
      const ids = new Set(known.map(({ id }) => id));
      leads.value = [...known, ...answer.leads.filter(({ id }) => !ids.has(id))];
      next.value = answer.next;
      error.value = null;
      announce(`${plural(leads.value.length, "lead")} shown.`);
    } catch (failure) {
      if (latest.current === query) error.value = asApiError(failure);
    } finally {
      if (latest.current === query) busy.value = false;
    }
  }
  useEffect(() => void load(null), [query]);
  return { leads, next, error, busy, first: () => load(null), more: () => load(next.peek()) };
}
