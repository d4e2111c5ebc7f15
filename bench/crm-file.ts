/** Accounts as a CRM exports them, invented from a seed, one at a time: a million need no more memory than ten. */
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { inventName, inventWord } from "../test/support/company-names.ts";
import { oneOf, seeded, type Random } from "../test/support/random.ts";

export interface BenchAccount {
  id: string;
  name: string;
  domain: string;
  city: string;
  country: string;
  employees: number;
}

const SEED = 20261122;
const PLACES: readonly (readonly [string, string])[] = [
  ["Berlin", "DE"],
  ["Lyon", "FR"],
  ["Leeds", "GB"],
  ["Austin", "US"],
  ["Porto", "PT"],
  ["Osaka", "JP"],
  ["Pune", "IN"],
  ["Lima", "PE"],
];

function account(random: Random, n: number): BenchAccount {
  const word = inventWord(random);
  const [city, country] = oneOf(random, PLACES);
  return {
    // Ids of a CRM come in no order that a table could profit from.
    id: `001${Math.imul(n + 1, 0x9e3779b1)
      .toString(36)
      .replace("-", "x")}${n.toString(36)}`,
    name: `${word} ${inventName(random)}`,
    domain: `${word.toLowerCase()}-${n.toString(36)}.example`,
    city,
    country,
    employees: Math.floor(random() * 5_000),
  };
}

export function* accounts(count: number): Generator<BenchAccount> {
  const random = seeded(SEED);
  for (let n = 0; n < count; n++) yield account(random, n);
}

export function* inBatches(count: number, size: number): Generator<BenchAccount[]> {
  let batch: BenchAccount[] = [];
  for (const each of accounts(count)) {
    batch.push(each);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A CSV with the columns of a usual export. */
export async function writeCsv(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  out.write("Account ID,Account Name,Website,Billing City,Billing Country,Employees\r\n");
  for (const batch of inBatches(count, 1000)) {
    const lines = batch.map(
      ({ id, name, domain, city, country, employees }) =>
        `${id},"${name}",https://www.${domain}/,${city},${country},${employees}\r\n`,
    );
    if (!out.write(lines.join(""))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}
