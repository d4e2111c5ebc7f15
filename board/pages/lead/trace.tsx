/** Why it went where it went: the recorded decision, step by step, in words; as data behind a disclosure. */
import type { Lead } from "../../../schema/wire/lead.ts";
import { humanise } from "../../logic/words.ts";
import { Card, Raw } from "../../ui/card.tsx";

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
            Rule <code>{rule.ruleId}</code> sent it to {rule.target}
          </>
        ) : (
          <>It went to {rule.target}</>
        )}
        {rule.reason ? `: ${rule.reason}` : ""}
        {/[.!?]$/.test(rule.reason) ? "" : "."}
      </p>
      <TraceSteps steps={steps} />
    </Card>
  );
}

export function TraceSteps({ steps }: { steps: Lead["trace"] }) {
  if (steps.length === 0) return <p class="faint">No steps were recorded.</p>;
  return (
    <>
      <ol class="trace">
        {steps.map((step, index) => (
          <li key={index}>
            <span class="trace-step">{humanise(step.step)}</span>
            <span class="trace-outcome">{humanise(step.outcome)}</span>
            <span class="trace-detail">{step.detail}</span>
          </li>
        ))}
      </ol>
      <Raw data={steps} label="The trace as data" />
    </>
  );
}
