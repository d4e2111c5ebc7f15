/** What the visitor sent, verbatim and inert, and where they came from. */
import type { Lead } from "../../../schema/wire/lead.ts";
import { humanise } from "../../logic/words.ts";
import { Card, Raw } from "../../ui/card.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";

/** Text as typed, names with their texts (campaign parameters) in one line, anything else as JSON. Never markup. */
function shown(value: unknown): string {
  if (typeof value === "string") return value;
  const parts =
    typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  const plain = parts.length > 0 && parts.every(([, part]) => typeof part === "string");
  return plain ? parts.map(([name, part]) => `${name} ${part}`).join(", ") : JSON.stringify(value);
}

/** Nothing, in any of the ways nothing is written down. */
const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (typeof value === "object" && Object.keys(value).length === 0);

const factsOf = (sent: Record<string, unknown>): Fact[] =>
  Object.entries(sent).flatMap(([name, value]) => (isEmpty(value) ? [] : [[humanise(name), shown(value)]]));

export function Words({ lead }: { lead: Lead }) {
  const { message, ...rest } = lead.fields;
  return (
    <Card
      title="In their words"
      aside={
        <span class="faint">
          {[lead.form && `form ${lead.form}`, lead.source].filter(Boolean).join(", ")}
        </span>
      }
    >
      {typeof message === "string" && message !== "" && <blockquote class="words">{message}</blockquote>}
      <Facts of={factsOf(rest)} />
      {Object.keys(lead.facts).length > 0 && <Raw data={lead.facts} label="What was worked out from it" />}
    </Card>
  );
}

export function Attribution({ lead }: { lead: Lead }) {
  const facts = factsOf(lead.attribution);
  return (
    <Card title="Where they came from">
      {facts.length === 0 ? <p class="faint">No attribution was collected.</p> : <Facts of={facts} />}
    </Card>
  );
}
