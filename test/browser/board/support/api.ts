/**
 * A faithful in-memory API for the board: answers have the shapes of `schema/wire`, and each is parsed by its schema
 * before it is sent, so that the fake can't drift from the contract unnoticed.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Board, Strike } from "../../../../schema/wire/board.ts";
import { lead as leadSchema, type Lead, type LeadSummary } from "../../../../schema/wire/lead.ts";
import { taskList, type Task } from "../../../../schema/wire/tasks.ts";
import { importList } from "../../../../schema/wire/imports.ts";
import { accountList, accountView } from "../../../../schema/wire/crm.ts";
import { matchAnswer } from "../../../../schema/wire/match.ts";
import { boardAnswer, listAnswer } from "./boardAnswers.ts";
import { actOnLead, correctContact, replanReply } from "./leadActions.ts";
import { fullDay } from "./leads.ts";
import { makeImports } from "./imports.ts";
import { findAccounts, makeAccounts, matchFor } from "./matching.ts";
import { makeFeeds, makePeople, type Feed, type Member } from "./people.ts";
import { peopleNow, peopleRoutes } from "./peopleAnswers.ts";
import { dispositions, makeDeliveries, makeVersions, policyDocument } from "./policy.ts";
import { coverageAnswer, dryRunAnswer, flowAnswer, putConfig, schemaAnswer } from "./policyAnswers.ts";
import { diffAnswer, FakeBacktests } from "./backtests.ts";
import { tasksFor } from "./tasks.ts";
import { makeLedger } from "./ledger.ts";
import { makeReport } from "./reports.ts";
import { ok, problem, readBody, safeJson, summary, type Call, type Reply, type Route } from "./replies.ts";

export class FakeApi {
  /** The server's clock may be off the browser's. */
  skewMs = 0;
  local = true;
  /** Nothing is published yet. */
  empty = false;
  me: string | null;
  /** The session ends with the first request that this matches, whatever polls in the background before it. */
  endsWith: RegExp | null = null;
  leads: Lead[];
  people: Member[];
  feeds: Feed[];
  versions = makeVersions(Date.now());
  strikes: Strike[] = [];
  tasks: Task[] = [];
  deliveries = makeDeliveries(Date.now());
  imports = makeImports(Date.now());
  accounts = makeAccounts(Date.now());
  document: unknown = policyDocument;
  readonly backtests = new FakeBacktests();
  readonly enforcement = { mode: "enforce", since: null, by: null, reason: null };
  readonly calls: Call[] = [];
  /** Answers forced for a while, by a pattern over `METHOD path`. */
  readonly #forced: { pattern: RegExp; reply: Reply | "hang up" }[] = [];

  constructor({
    me = "ana",
    leads,
  }: { me?: string | null; leads?: (people: Member[], now: number) => Lead[] } = {}) {
    const now = Date.now();
    this.me = me;
    this.people = makePeople(now);
    this.feeds = makeFeeds(now);
    this.leads = (leads ?? fullDay)(this.people, now);
  }

  now(): number {
    return Date.now() + this.skewMs;
  }

  force(pattern: RegExp, reply: Reply | "hang up"): () => void {
    const entry = { pattern, reply };
    this.#forced.unshift(entry);
    return () => void this.#forced.splice(this.#forced.indexOf(entry), 1);
  }

  called(pattern: RegExp): Call[] {
    return this.calls.filter(({ method, path }) => pattern.test(`${method} ${path}`));
  }

  lead(id: string): Lead {
    const found = this.leads.find((each) => each.id === id);
    if (!found) throw new Error(`no lead ${id}`);
    return found;
  }

  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const method = request.method ?? "GET";
    const text = await readBody(request);
    const call: Call = {
      method,
      path: url.pathname,
      query: url.searchParams,
      body: text === "" ? null : safeJson(text),
      headers: request.headers,
    };
    this.calls.push(call);
    if (this.endsWith?.test(`${method} ${url.pathname}`)) this.me = null;
    const forced = this.#forced.find(({ pattern }) => pattern.test(`${method} ${url.pathname}`));
    if (forced?.reply === "hang up") return void request.socket.destroy();
    const { status, body, headers } = forced ? forced.reply : this.#answer(call);
    response.writeHead(status, {
      ...headers,
      "content-type": status >= 400 ? "application/problem+json" : "application/json",
      date: new Date(this.now()).toUTCString(),
      "cache-control": "no-store",
    });
    response.end(body === null ? "" : JSON.stringify(body));
  }

  #answer(call: Call): Reply {
    const key = `${call.method} ${call.path}`;
    if (key === "GET /v1/session") return ok(this.#session());
    if (key === "POST /api/auth/sign-in/magic-link") return ok({ status: true });
    if (key === "POST /api/auth/sign-out") {
      this.me = null;
      return ok({ success: true });
    }
    if (this.me === null) return problem(401, "Not signed in", "Sign in first.");
    for (const [pattern, handler] of this.#routes()) {
      const match = pattern.exec(key);
      if (match) return handler(call, decodeURIComponent(match[1] ?? ""), decodeURIComponent(match[2] ?? ""));
    }
    return problem(404, "Not found", "There is nothing at this address.");
  }

  #routes(): Route[] {
    return [
      [/^GET \/v1\/board$/, () => ok(this.board())],
      [/^GET \/v1\/reports\/rotation-ledger$/, ({ query }) => ok(makeLedger(query, this.leads.length === 0))],
      [/^GET \/v1\/reports\/([\w-]+)$/, (_, name) => ok(makeReport(name, this.leads.length === 0))],
      [/^GET \/v1\/leads$/, ({ query }) => listAnswer(this.leads, query)],
      [/^GET \/v1\/leads\/([^/]+)$/, (_, id) => this.#withLead(id, (lead) => ok(leadSchema.parse(lead)))],
      [
        /^POST \/v1\/leads\/search$/,
        ({ body }) => listAnswer(this.leads, new URLSearchParams(body as Record<string, string>)),
      ],
      [/^POST \/v1\/leads\/replan$/, ({ body }) => replanReply(this.leads, body)],
      [
        /^PATCH \/v1\/leads\/([^/]+)$/,
        (call, id) =>
          this.#withLead(id, (lead) => correctContact(lead, call.body, this.leads, this.me, this.now())),
      ],
      [
        /^POST \/v1\/leads\/([^/]+)\/(\w+)$/,
        (call, id, action) =>
          this.#withLead(id, (lead) =>
            actOnLead({ lead, action, body: call.body, me: this.me, people: this.people, now: this.now() }),
          ),
      ],
      [/^GET \/v1\/tasks$/, ({ query }) => ok(taskList.parse(tasksFor(this.tasks, query)))],
      [/^POST \/v1\/tasks\/([^/]+)\/complete$/, (_, id) => ok(this.#completeTask(id))],
      [/^GET \/v1\/dispositions$/, () => ok({ dispositions })],
      ...peopleRoutes(this),
      [/^GET \/v1\/config\/versions$/, () => ok({ versions: this.versions })],
      [/^GET \/v1\/config$/, () => this.#config()],
      [/^GET \/v1\/config\/schema\.json$/, schemaAnswer],
      [/^PUT \/v1\/config$/, (call) => putConfig(this, call, this.now())],
      [/^POST \/v1\/route$/, (call) => dryRunAnswer(call, this.now())],
      [/^GET \/v1\/config\/versions\/(\d+)\/diff$/, (call, id) => diffAnswer(call, Number(id))],
      [/^POST \/v1\/config\/versions\/(\d+)\/restore$/, (call) => this.#restore(call)],
      [/^GET \/v1\/enforcement$/, () => ok(this.enforcement)],
      [
        /^POST \/v1\/enforcement$/,
        ({ body }) => {
          const change = { since: new Date(this.now()).toISOString(), by: `person:${this.me}` };
          Object.assign(this.enforcement, change, body);
          return ok(this.enforcement);
        },
      ],
      [/^GET \/v1\/backtests$/, this.backtests.list],
      [/^POST \/v1\/backtests$/, ({ body }) => this.backtests.start(body, this.now())],
      [/^GET \/v1\/backtests\/([^/]+)$/, (_, id) => this.backtests.one(id)],
      [/^GET \/v1\/backtests\/([^/]+)\/leads$/, this.backtests.leads],
      [/^POST \/v1\/backtests\/([^/]+)\/cancel$/, (_, id) => this.backtests.cancel(id)],
      [/^GET \/v1\/routing\/flow$/, ({ query }) => flowAnswer(query, this.leads.length === 0)],
      [/^GET \/v1\/coverage$/, ({ query }) => coverageAnswer(query, this.leads.length === 0)],
      [
        /^GET \/v1\/deliveries$/,
        (call) =>
          ok({ deliveries: this.deliveries.filter(({ status }) => status === call.query.get("status")) }),
      ],
      [/^POST \/v1\/deliveries\/([^/]+)\/retry$/, (_, id) => this.#retry(id)],
      [
        /^GET \/v1\/accounts$/,
        ({ query }) => ok(accountList.parse({ accounts: findAccounts(query.get("q") ?? "") })),
      ],
      [
        /^GET \/v1\/accounts\/([^/]+)$/,
        (_, id) => this.#withAccount(id, (found) => ok(accountView.parse(found))),
      ],
      [
        /^DELETE \/v1\/accounts\/([^/]+)\/aliases\/([^/]+)$/,
        (_, id, value) =>
          this.#withAccount(id, (found) => {
            found.learned = found.learned.filter((lesson) => lesson.value !== value);
            return { status: 204, body: null };
          }),
      ],
      [/^POST \/v1\/match$/, ({ body }) => ok(matchAnswer.parse(matchFor(body)))],
      [/^GET \/v1\/imports$/, () => ok(importList.parse({ imports: this.imports, next: null }))],
      [/^GET \/v1\/imports\/([^/]+)\/errors$/, () => ok({ lines: [] })],
    ];
  }

  #session() {
    const person = this.people.find(({ id }) => id === this.me);
    return {
      person: person
        ? {
            id: person.id,
            name: person.name,
            email: person.email,
            role: person.role,
            timezone: person.timezone,
          }
        : null,
      workspace: { name: "Acme Robotics", timezone: "America/New_York" },
      empty: this.empty,
      local: this.local,
    };
  }

  onBoard(): LeadSummary[] {
    return this.leads
      .filter((each) => each.disposition === null && (each.queue !== null || each.firstTouchAt === null))
      .map(summary);
  }

  #completeTask(id: string): Task {
    const task = this.tasks.find((each) => each.id === id)!;
    task.doneAt ??= new Date(this.now()).toISOString();
    task.doneHow ??= "completed";
    return task;
  }

  board(): Board {
    const { leads, deliveries, versions } = this;
    return boardAnswer({
      leads,
      deliveries,
      people: peopleNow(this),
      onBoard: this.onBoard(),
      version: versions[0]!.version,
      now: this.now(),
    });
  }

  #withLead(id: string, use: (lead: Lead) => Reply): Reply {
    const lead = this.leads.find((each) => each.id === id);
    return lead ? use(lead) : problem(404, "No such lead", "This lead doesn’t exist, or you may not see it.");
  }

  #withAccount(id: string, use: (account: FakeApi["accounts"][number]) => Reply): Reply {
    const account = this.accounts.find((each) => each.id === id);
    return account ? use(account) : problem(404, "Not found", `There is no account ${id}.`);
  }

  #restore(call: Call): Reply {
    return putConfig(this, { ...call, body: this.document }, this.now());
  }

  #config(): Reply {
    return { ...ok(this.document), headers: { "x-config-version": String(this.versions[0]!.version) } };
  }

  #retry(id: string): Reply {
    const delivery = this.deliveries.find((each) => each.id === id);
    if (!delivery) return problem(404, "No such delivery", "It was removed.");
    delivery.status = "pending";
    return ok(delivery);
  }
}
