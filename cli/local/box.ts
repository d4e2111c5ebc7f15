/** Keeps the last messages in SQLite, and what each receiver was told to answer. */
import { DurableObject } from "cloudflare:workers";
import type { LocalEnv } from "./env.ts";
import type { KeptMessage, Message, Query } from "./message.ts";

/** A demo or a load test may send for hours; nobody reads further back than this. */
const KEPT = 2_000;
const PRUNE_EVERY = 200;
/** Messages that arrive within this are written in one transaction: each would cost a disk flush of its own. */
const GATHER_MS = 10;
/** A row holds two megabytes; mail of the provider's greatest size would not fit. */
const BODY_LIMIT = 400_000;

/** `?4` is the kind that was asked for. */
const OF_KIND = "(?4 IN ('', 'all') OR kind = ?4 OR (?4 = 'people' AND kind <> 'webhook'))";

interface Row extends Record<string, SqlStorageValue> {
  readonly seq: number;
  readonly at: number;
  readonly message: string;
}

export interface Behaviour {
  readonly status: number;
  /** How many more times. */
  readonly times: number;
}

export class Box extends DurableObject<LocalEnv> {
  readonly #sql: SqlStorage;
  #waiting: Message[] = [];
  #flushed: Promise<void> | null = null;
  #sincePrune = 0;

  constructor(ctx: DurableObjectState, env: LocalEnv) {
    super(ctx, env);
    this.#sql = ctx.storage.sql;
    this.#sql.exec(
      `CREATE TABLE IF NOT EXISTS messages (seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL,
        recipient TEXT NOT NULL, haystack TEXT NOT NULL, message TEXT NOT NULL);
       CREATE TABLE IF NOT EXISTS seen (id TEXT PRIMARY KEY, at INTEGER NOT NULL);
       CREATE TABLE IF NOT EXISTS behaviours (name TEXT PRIMARY KEY, status INTEGER NOT NULL, times INTEGER NOT NULL);`,
    );
  }

  /** Takes a message, or answers the status that this receiver was told to fail with: one call, as load tests send by the thousand. */
  async take(name: string, message: Message): Promise<number | null> {
    const told = this.takeBehaviour(name);
    if (told === null) await this.add(message);
    return told;
  }

  /** Resolves when the message is on disk. */
  async add(message: Message): Promise<void> {
    this.#waiting.push({
      ...message,
      text: message.text.slice(0, BODY_LIMIT),
      html: message.html?.slice(0, BODY_LIMIT) ?? null,
      payload: message.payload?.slice(0, BODY_LIMIT) ?? null,
    });
    this.#flushed ??= new Promise((resolve) => setTimeout(resolve, GATHER_MS)).then(() => this.#flush());
    await this.#flushed;
  }

  #flush(): void {
    const messages = this.#waiting;
    this.#waiting = [];
    this.#flushed = null;
    const at = Date.now();
    for (const message of messages) {
      const haystack = [message.to, message.from, message.subject, message.text].join("\n").toLowerCase();
      this.#sql.exec(
        "INSERT INTO messages (at, kind, recipient, haystack, message) VALUES (?, ?, ?, ?, ?)",
        at,
        message.kind,
        message.to.toLowerCase(),
        haystack,
        JSON.stringify(message),
      );
    }
    this.#sincePrune += messages.length;
    if (this.#sincePrune < PRUNE_EVERY) return;
    this.#sincePrune = 0;
    this.#sql.exec("DELETE FROM messages WHERE seq <= (SELECT max(seq) FROM messages) - ?", KEPT);
    this.#sql.exec("DELETE FROM seen WHERE at < ?", at - 86_400_000);
  }

  list(query: Query): KeptMessage[] {
    const rows = this.#sql
      .exec<Row>(
        `SELECT seq, at, message FROM messages
         WHERE seq > ?1 AND (?2 = '' OR instr(recipient, ?2) > 0) AND (?3 = '' OR instr(haystack, ?3) > 0) AND ${OF_KIND}
         ORDER BY CASE WHEN ?5 THEN seq ELSE -seq END LIMIT ?6`,
        query.after ?? 0,
        (query.to ?? "").toLowerCase(),
        (query.q ?? "").toLowerCase(),
        query.kind ?? "",
        query.after === undefined ? 0 : 1,
        Math.min(query.limit ?? 200, KEPT),
      )
      .toArray();
    return rows.map(parseRow);
  }

  get(seq: number): KeptMessage | null {
    const [row] = this.#sql.exec<Row>("SELECT seq, at, message FROM messages WHERE seq = ?", seq).toArray();
    return row === undefined ? null : parseRow(row);
  }

  /** Every recipient with the number of messages of a kind, the busiest first. */
  recipients(kind = ""): { to: string; count: number }[] {
    return this.#sql
      .exec<{ to: string; count: number }>(
        `SELECT recipient AS 'to', count(*) AS count FROM messages WHERE ${OF_KIND.replaceAll("?4", "?1")}
         GROUP BY recipient ORDER BY count DESC, recipient LIMIT 50`,
        kind,
      )
      .toArray();
  }

  /** How many went to systems. */
  webhooks(): number {
    return this.#sql
      .exec<{ count: number }>("SELECT count(*) AS count FROM messages WHERE kind = 'webhook'")
      .one().count;
  }

  /** Rises with every message kept and with every clearing; a page asks for it to see whether anything is new. */
  revision(): number {
    const row = this.#sql.exec<{ seq: number | null }>("SELECT max(seq) AS seq FROM messages").one();
    return row.seq ?? 0;
  }

  clear(): void {
    this.#sql.exec("DELETE FROM messages");
  }

  /** True the first time an id is seen. */
  firstSeen(id: string): boolean {
    return (
      this.#sql.exec("INSERT OR IGNORE INTO seen (id, at) VALUES (?, ?)", id, Date.now()).rowsWritten > 0
    );
  }

  setBehaviour(name: string, behaviour: Behaviour): void {
    this.#sql.exec(
      "INSERT OR REPLACE INTO behaviours (name, status, times) VALUES (?, ?, ?)",
      name,
      behaviour.status,
      behaviour.times,
    );
  }

  /** The status this receiver was told to fail with, used up by one; null when it is to work. */
  takeBehaviour(name: string): number | null {
    const [row] = this.#sql
      .exec<{ status: number }>("SELECT status FROM behaviours WHERE name = ? AND times > 0", name)
      .toArray();
    // A write, however little it changes, costs a transaction.
    if (row) this.#sql.exec("UPDATE behaviours SET times = times - 1 WHERE name = ?", name);
    return row?.status ?? null;
  }
}

function parseRow({ seq, at, message }: Row): KeptMessage {
  return { seq, at, ...(JSON.parse(message) as Message) };
}
