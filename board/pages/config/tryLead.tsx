/** Asks the policy in force where a lead would go, and why. Writes nothing. */
import { useSignal } from "@preact/signals";
import { call } from "../../api/http.ts";
import { zone } from "../../api/session.ts";
import { readRoute, type RouteResult } from "../../logic/policy.ts";
import { wallToInstant, zoneCity } from "../../logic/times.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Card, Raw } from "../../ui/card.tsx";
import { Field } from "../../ui/field.tsx";
import { TraceSteps } from "../lead/trace.tsx";

export function TryLead() {
  const action = useAction();
  const result = useSignal<RouteResult | null>(null);
  const error = action.error.value;
  const ask = (values: Record<string, string>) =>
    action.run(async () => {
      const { at: wall, ...lead } = values;
      const at = wall ? wallToInstant(wall, zone.peek()) : null;
      const body = {
        leads: [{ id: "trial", ...lead }],
        ...(at !== null && { at: new Date(at).toISOString() }),
      };
      result.value = readRoute(await call<unknown>("/v1/route", { method: "POST", body }))[0] ?? null;
      if (result.value) announce(outcome(result.value));
    });
  return (
    <Card title="Try a lead">
      <p class="help">Where would the policy in force send it? Nothing is written.</p>
      <ActionForm
        action={action}
        submit="Where does it go?"
        fields={["leads/0/email", "at"]}
        onValues={(values) => void ask(values)}
      >
        <Field label="E-mail" error={error?.field("leads/0/email")}>
          <input name="email" type="email" required autocomplete="off" placeholder="mara@northwind.example" />
        </Field>
        <div class="field-pair">
          <Field label="Company" optional>
            <input name="company" autocomplete="off" />
          </Field>
          <Field label="Country" optional help="Two letters">
            <input name="country" autocomplete="off" maxLength={2} pattern="[A-Za-z]{2}" />
          </Field>
        </div>
        <Field
          label="At"
          optional
          help={`Empty means now. Times are in ${zoneCity(zone.value)}.`}
          error={error?.field("at")}
        >
          <input name="at" type="datetime-local" />
        </Field>
      </ActionForm>
      {result.value && (
        <div class="trial">
          <p>
            <strong>{outcome(result.value)}</strong>
          </p>
          <TraceSteps steps={result.value.trace} />
          <Raw data={result.value.raw} label="The whole answer" />
        </div>
      )}
    </Card>
  );
}

function outcome({ owner, queue, rule }: RouteResult): string {
  const where = queue
    ? `To the queue ${queue}${owner ? `, looked after by ${owner}` : ""}`
    : owner
      ? `To ${owner}`
      : "Decided without naming an owner";
  return `${where}${rule ? `, by the rule ${rule}` : ""}.`;
}
