/** The policy as it runs: branches in the order they are asked, what each took, and where the rest went. */
import { useMemo } from "preact/hooks";
import type { Branch, PolicyFlow } from "../../../schema/wire/policy.ts";
import { now } from "../../api/clock.ts";
import { enforcement } from "../../api/enforcement.ts";
import { useResource } from "../../api/resource.ts";
import { me } from "../../api/session.ts";
import { may } from "../../logic/rights.ts";
import {
  branchInWords,
  KIND_WORDS,
  lastHours,
  leadsOf,
  PERIODS,
  periodOf,
  sectionsOf,
  shareInWords,
  wayInWords,
} from "../../logic/waterfall.ts";
import { plural } from "../../logic/words.ts";
import { go, place, withQuery } from "../../router.ts";
import { Brake } from "../../ui/brake.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { PolicyPage } from "./frame.tsx";

export function WaterfallPage() {
  const days = periodOf(place.value.query);
  // Fixed while the page is open: numbers and the lists behind them must mean the same period.
  const path = useMemo(() => withQuery("/v1/routing/flow", lastHours(days, now.peek())), [days]);
  const flow = useResource<PolicyFlow>(path);
  const found = flow.value.value;
  return (
    <PolicyPage
      title="Policy"
      aside={
        <div class="coverage-bar">
          {enforcement.value?.mode === "enforce" && <Brake />}
          <Period days={days} />
        </div>
      }
    >
      {flow.error.value && (
        <Failure
          error={flow.error.value}
          what="The waterfall didn’t load."
          retry={() => void flow.reload()}
        />
      )}
      {!found && !flow.error.value && <Loading what="the waterfall" />}
      {found && <Waterfall flow={found} />}
    </PolicyPage>
  );
}

function Period({ days }: { days: number }) {
  return (
    <Segmented
      label="Period"
      choices={PERIODS}
      chosen={days}
      choose={(next) => go(withQuery("/board/config", { days: String(next) }), "replace")}
    />
  );
}

function Waterfall({ flow }: { flow: PolicyFlow }) {
  return (
    <>
      <p class="flow-total">
        {flow.total === 0 ? (
          <span class="faint">No lead was routed in this period.</span>
        ) : (
          <a href={withQuery("/board/leads", { since: flow.from, until: flow.to })}>
            <span class="figure">{flow.total.toLocaleString("en-GB")}</span>{" "}
            {flow.total === 1 ? "lead" : "leads"} came
          </a>
        )}{" "}
        <span class="faint">
          Branches are those of version {flow.version}; a lead counts where its first decision took it, under
          the version in force then. Who of a team got what: the{" "}
          <a href="/board/reports/rotation-ledger">rotation ledger</a>.
        </span>
      </p>
      {flow.total === 0 && (
        <Empty title="Nothing has come through yet">
          <p>
            Below are the branches in the order in which they are asked. As leads come in, each shows what it
            took and where the others went; choose a longer period, or try a lead in a dry run.
          </p>
          <p>
            <a class="button" href="/board/config/try">
              Try a lead
            </a>
          </p>
        </Empty>
      )}
      {sectionsOf(flow.branches).map(({ kind, branches }) => (
        <section class="flow" key={kind} aria-labelledby={`flow-${kind}`}>
          <h2 id={`flow-${kind}`}>{KIND_WORDS[kind]}</h2>
          <ol class="flow-list">
            {branches.map((branch) => (
              <BranchRow key={branch.id} branch={branch} flow={flow} />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}

function BranchRow({ branch, flow }: { branch: Branch; flow: PolicyFlow }) {
  const watches = branch.mode === "observe";
  return (
    <li
      class={`branch${watches ? " branch-observe" : ""}${branch.leads + branch.observed === 0 ? " branch-idle" : ""}`}
    >
      <div class="branch-what">
        <h3>
          <Named branch={branch} />
          {watches && <span class="chip">observes</span>}
          {branch.tags.map((tag) => (
            <span class="chip" key={tag}>
              {tag}
            </span>
          ))}
        </h3>
        <p class="branch-when">{branch.when}</p>
        <Facts of={factsOf(branch)} look="branch-facts" />
      </div>
      <Bar branch={branch} total={flow.total} />
      <Numbers branch={branch} flow={flow} />
    </li>
  );
}

/** RevOps goes from a branch to its place in the editor. */
function Named({ branch }: { branch: Branch }) {
  const editable =
    (branch.kind === "rule" || branch.kind === "suppression") && may(me.value?.role, "config.write");
  if (!editable) return <>{branch.name} </>;
  return (
    <>
      <a href={withQuery("/board/config/edit", { rule: branch.id })}>{branch.name}</a>{" "}
    </>
  );
}

const factsOf = ({ to, backup, sla, priority, requires }: Branch): Fact[] => [
  ["To", to],
  ["Backup", backup],
  ["SLA", sla],
  ["Priority", priority > 0 ? priority : null],
  ["Needs", requires],
];

/** Of all leads of the period: those this branch took, and those it let go on to the next. */
function Bar({ branch, total }: { branch: Branch; total: number }) {
  const part = (leads: number) => (total === 0 ? "0%" : `${(leads / total) * 100}%`);
  const took = branch.mode === "observe" ? branch.observed : branch.leads;
  return (
    <div class="branch-bar" role="img" aria-label={branchInWords(branch)}>
      <span class="branch-took" style={{ width: part(took) }} />
      <span class="branch-on" style={{ width: part(Math.max(0, branch.reached - took)) }} />
    </div>
  );
}

function Numbers({ branch, flow }: { branch: Branch; flow: PolicyFlow }) {
  const elsewhere = branch.ways.filter(
    ({ way }) => way !== "target" && !(branch.kind === "default" && way === "defaultChain"),
  );
  const observes = branch.mode === "observe";
  return (
    <div class="branch-numbers">
      {observes ? (
        <p>
          <a href={leadsOf(branch.id, flow, "observed")} class="branch-count">
            <span class="figure">{branch.observed.toLocaleString("en-GB")}</span> would have come here
          </a>
        </p>
      ) : (
        <p>
          <a href={leadsOf(branch.id, flow)} class="branch-count">
            <span class="figure">{branch.leads.toLocaleString("en-GB")}</span>{" "}
            {branch.leads === 1 ? "lead" : "leads"}
          </a>{" "}
          <span class="faint">{shareInWords(branch.share)}</span>
        </p>
      )}
      {elsewhere.length > 0 && (
        <ul class="branch-ways">
          {elsewhere.map(({ way, leads, to }) => (
            <li key={way}>
              <a href={leadsOf(branch.id, flow, way)}>{plural(leads, "lead")}</a>{" "}
              {way === "sun" ? "to " : "fell through to "}
              {wayInWords(way, to)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
