/** How to reach the person, and what time it is where they are. */
import { useComputed } from "@preact/signals";
import type { Lead } from "../../../schema/wire/lead.ts";
import { now } from "../../api/clock.ts";
import { clockTime, isUnsociable, knownZone, zoneCity } from "../../logic/times.ts";
import { Card } from "../../ui/card.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";

export function Contact({ lead: { person } }: { lead: Lead }) {
  const { email, phone, company, country } = person;
  const timezone = knownZone(person.timezone, "");
  const facts: Fact[] = [
    ["E-mail", <a href={`mailto:${encodeURIComponent(email).replace("%40", "@")}`}>{email}</a>],
    ["Phone", phone && <a href={`tel:${phone.replace(/[^+\d]/g, "")}`}>{phone}</a>],
    ["Company", company],
    ["Country", country && countryName(country)],
    ["Their time", timezone && <TheirTime timezone={timezone} />],
  ];
  return (
    <Card title="Contact">
      <Facts of={facts} />
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
