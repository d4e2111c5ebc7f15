/** How to reach the person, and what time it is where they are. */
import { useComputed } from "@preact/signals";
import type { Lead } from "../../../schema/wire/lead.ts";
import { now } from "../../api/clock.ts";
import { clockTime, isUnsociable, knownZone, zoneCity } from "../../logic/times.ts";
import { Card } from "../../ui/card.tsx";

export function Contact({ lead: { person } }: { lead: Lead }) {
  const timezone = knownZone(person.timezone, "");
  return (
    <Card title="Contact">
      <dl class="facts">
        <dt>E-mail</dt>
        <dd>
          <a href={`mailto:${encodeURIComponent(person.email).replace("%40", "@")}`}>{person.email}</a>
        </dd>
        {person.phone && (
          <>
            <dt>Phone</dt>
            <dd>
              <a href={`tel:${person.phone.replace(/[^+\d]/g, "")}`}>{person.phone}</a>
            </dd>
          </>
        )}
        {person.company && (
          <>
            <dt>Company</dt>
            <dd>{person.company}</dd>
          </>
        )}
        {person.country && (
          <>
            <dt>Country</dt>
            <dd>{countryName(person.country)}</dd>
          </>
        )}
        {timezone && (
          <>
            <dt>Their time</dt>
            <dd>
              <TheirTime timezone={timezone} />
            </dd>
          </>
        )}
      </dl>
    </Card>
  );
}

function TheirTime({ timezone }: { timezone: string }) {
  const text = useComputed(() => clockTime(now.value, timezone));
  const late = useComputed(() => isUnsociable(now.value, timezone));
  return (
    <>
      <span class="figure">{text}</span> in {zoneCity(timezone)}
      {late.value && <span class="faint"> (outside usual hours there)</span>}
    </>
  );
}

const countries = new Intl.DisplayNames(["en"], { type: "region" });

function countryName(code: string): string {
  try {
    return /^[A-Za-z]{2}$/.test(code) ? (countries.of(code.toUpperCase()) ?? code) : code;
  } catch {
    return code;
  }
}
