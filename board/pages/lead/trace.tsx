/**
 * Why it went where it went: the recorded decision, step by step, in words; as data behind a disclosure. What was only
 * asked and did not hold is folded away: the answer to "why here?" is what held, and who could or couldn't take it.
 */
import type { Lead } from "../../../schema/wire/lead.ts";
import { board } from "../../api/live.ts";
import { capital, plural } from "../../logic/words.ts";
import { Card, Raw } from "../../ui/card.tsx";

type Step = Lead["trace"][number];

/** `team:desk` as the board names it; the code itself where nothing of that name is known. */
function targetName(target: string): string {
  const [kind = "", id = ""] = target.split(/:(.*)/s);
  const now = board.value;
  const known: Record<string, string | undefined> = {
    team: now?.teams.find((team) => team.id === id)?.name,
    person: now?.people.find((person) => person.id === id)?.name,
    queue: now?.leads.find((lead) => lead.queue?.id === id)?.queue?.name,
  };
  return known[kind] ?? (id || target);
}

interface Props {
  steps: Lead["trace"];
  rule: Lead["routing"];
  version: number | null;
}

export function Trace({ steps, rule, version }: Props) {
  return (
    <Card
      title="Why it came here"
      aside={version !== null && <span class="faint">policy version {version}</span>}
    >
      <p>
        {rule.ruleId ? (
          <>
            Rule <code>{rule.ruleId}</code> sent it to {targetName(rule.target)}
          </>
        ) : (
          <>It went to {targetName(rule.target)}</>
        )}
        {rule.reason ? `: ${rule.reason}` : ""}
        {/[.!?]$/.test(rule.reason) ? "" : "."}
      </p>
      <TraceSteps steps={steps} />
    </Card>
  );
}

export function TraceSteps({ steps }: { steps: readonly Step[] }) {
  if (steps.length === 0) return <p class="faint">No steps were recorded.</p>;
  const passed = steps.filter(({ outcome }) => outcome === DID_NOT_HOLD);
  const told = steps.filter(({ outcome }) => outcome !== DID_NOT_HOLD);
  return (
    <>
      <Steps steps={told} />
      {passed.length > 0 && (
        <details class="raw">
          <summary>{plural(passed.length, "rule")} before it did not hold</summary>
          <Steps steps={passed} />
        </details>
      )}
      <Raw data={steps} label="The trace as data" />
    </>
  );
}

const DID_NOT_HOLD = "does not hold";

/** A step that goes on keeps its name out of the way: it stands once, where the step begins. */
const Steps = ({ steps }: { steps: readonly Step[] }) => (
  <ol class="trace">
    {steps.map((step, index) => {
      const goesOn = steps[index - 1]?.step === step.step;
      return (
        <li key={index} class={goesOn ? "trace-more" : undefined}>
          <span class="trace-step">{goesOn ? "" : capital(step.step)}</span>
          <span class="trace-outcome">{capital(step.outcome)}</span>
          <span class="trace-detail">{step.detail}</span>
        </li>
      );
    })}
  </ol>
);
