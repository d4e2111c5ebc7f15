import { beforeAll, test } from "vitest";
import { deliverDue } from "../../worker/flows/deliver.ts";
import { DB, deps, leadWithoutDebts, NOW, owe, recorder } from "./support/outbox.ts";
import { document, publish } from "./support/workspace.ts";
beforeAll(async () => { await publish(document()); });
test("speed", async () => {
  const leads: string[] = [];
  for (let n = 0; n < 100; n++) leads.push(await leadWithoutDebts());
  for (let b = 0; b < 30; b++) await owe(...Array.from({ length: 300 }, (_, n) => ({ id: `q${b}.${n}`, kind: "sla.breached", leadId: leads[n % 100]!, seq: 1, recipient: "manager" })));
  const post = recorder();
  let total = 0, batches = 0; const t0 = performance.now();
  for (;;) { const r = await deliverDue(deps(), post, "email", 100); if (r.claimed === 0) break; total += r.sent; batches++; }
  const ms = performance.now() - t0;
  console.log(`SPEED ${total} mails, ${batches} batches, ${(ms / batches).toFixed(1)} ms a batch, ${(total / ms * 1000).toFixed(0)}/s`);
}, 120_000);
