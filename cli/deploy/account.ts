/** Who we are on Cloudflare, and on which account. */
import * as z from "zod";
import { DeployProblem } from "./problem.ts";
import type { Ask } from "./secrets.ts";
import { jsonIn, type Wrangler } from "./wrangler.ts";

const Who = z.object({
  loggedIn: z.boolean(),
  accounts: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
});

export type Account = z.infer<typeof Who>["accounts"][number];

const SIGN_IN =
  "wrangler isn't signed in to Cloudflare. Run `npx wrangler login`, or set CLOUDFLARE_API_TOKEN to a token made from " +
  'the template "Edit Cloudflare Workers" with D1: Edit added';

/** The accounts that may be deployed to. Throws DeployProblem when nobody is signed in. */
export async function signedIn(wrangler: Wrangler): Promise<readonly Account[]> {
  const answer = await wrangler.ask("whoami", "--json");
  const who = Who.safeParse(jsonIn(answer.stdout));
  if (who.data?.loggedIn === false) throw new DeployProblem(SIGN_IN);
  if (answer.code !== 0) throw new DeployProblem(answer.reason);
  if (!who.success) throw new DeployProblem("wrangler whoami answered something else than it used to");
  return who.data.accounts;
}

/** Of several accounts one has to be named once; it is then kept in wrangler.toml, beside the database that lives there. */
export async function chooseAccount(accounts: readonly Account[], ask: Ask): Promise<Account> {
  const [only, another] = accounts;
  if (only === undefined) throw new DeployProblem("this sign-in has no Cloudflare account");
  if (another === undefined) return only;
  if (ask === null) {
    const list = accounts.map(({ id, name }) => `${id} (${name})`).join(", ");
    throw new DeployProblem(`this sign-in has several accounts: set CLOUDFLARE_ACCOUNT_ID to one of ${list}`);
  }
  accounts.forEach(({ name, id }, index) => console.log(`  ${index + 1}  ${name}  ${id}`));
  for (;;) {
    const chosen = accounts[Number(await ask(`Which account [1–${accounts.length}]: `)) - 1];
    if (chosen !== undefined) return chosen;
  }
}
