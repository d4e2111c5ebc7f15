/** Accounts as a CRM has them, loaded through the API. */
import type { Product } from "../test/support/product.ts";

const account = (n: number) => ({
  id: `acc-${n}`,
  name: `Company bench${n}`,
  domain: `bench${n}.example`,
  owner: `rep${(n % 8) + 1}`,
  country: n % 2 === 0 ? "US" : "DE",
  employees: 10 + (n % 5_000),
});

export async function loadAccounts({ origin, apiKey }: Product, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => JSON.stringify(account(n)));
  const answer = await fetch(`${origin}/v1/accounts`, {
    method: "PUT",
    headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/x-ndjson" },
    body: `${lines.join("\n")}\n`,
  });
  const { upserted } = (await answer.json()) as { upserted?: number };
  if (upserted !== count) throw new Error(`${String(upserted)} of ${count} accounts were taken`);
}
