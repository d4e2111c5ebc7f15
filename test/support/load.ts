/** Load as many visitors make it: kept-alive connections, at a fixed rate whatever comes back, or a fixed number at once. */
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** From sending to the last byte, milliseconds. */
  readonly ms: number;
}

export interface Client {
  post(path: string, body: unknown): Promise<Answer>;
  close(): void;
}

/** Rejects when the connection fails; any status resolves. */
export function client(
  origin: string,
  connections: number,
  headers: Readonly<Record<string, string>> = {},
): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const base = new URL(origin);
  return {
    close: () => agent.destroy(),
    post(path, body) {
      const payload = JSON.stringify(body);
      return new Promise((resolve, reject) => {
        const begin = performance.now();
        const asking = request({
          agent,
          host: "127.0.0.1",
          port: base.port,
          path,
          method: "POST",
          headers: {
            ...headers,
            "content-type": "application/json",
            "content-length": Buffer.byteLength(payload),
          },
        });
        asking.on("error", reject);
        asking.on("response", (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => (text += part));
          response.on("error", reject);
          response.on("end", () =>
            resolve({ status: response.statusCode ?? 0, text, ms: performance.now() - begin }),
          );
        });
        asking.end(payload);
      });
    },
  };
}

/** `rate` a second for so many seconds, none waiting for another. */
export async function openLoop(
  rate: number,
  seconds: number,
  work: (n: number) => Promise<unknown>,
): Promise<void> {
  const begin = performance.now();
  const under: Promise<unknown>[] = [];
  for (let n = 0; n < rate * seconds; n++) {
    const wait = begin + (n * 1000) / rate - performance.now();
    if (wait > 0) await sleep(wait);
    under.push(work(n));
  }
  await Promise.all(under);
}

/** So many at once, each sending its next as soon as it has its answer; resolves to how many were done. */
export async function closedLoop(
  connections: number,
  until: () => boolean,
  work: (n: number) => Promise<unknown>,
): Promise<number> {
  let begun = 0;
  const visitor = async () => {
    while (!until()) await work(begun++);
  };
  await Promise.all(Array.from({ length: connections }, visitor));
  return begun;
}

/** A submission of a person nobody has seen before. `run` keeps runs on one state apart. */
export function visit(run: string, n: number, company = `${run}${n}`) {
  return {
    submissionId: `${run}-${n}`,
    fields: {
      email: `visitor${n}.${run}@${company}.example`,
      name: "Robin Example",
      company: `Company ${company}`,
    },
    consent: true,
    page: { url: "https://www.acme.example/pricing", referrer: "https://search.example/", title: "Pricing" },
    attribution: {
      utm: { source: "newsletter", campaign: "spring" },
      landing: "https://www.acme.example/",
      pageviews: 3,
    },
  };
}
