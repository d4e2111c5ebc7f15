/** A long past in a moment: copies of leads that were really captured, at other times, by other people of other companies. */

export interface Copies {
  readonly count: number;
  /** The first copy's time, and from one to the next, in ms. */
  readonly from: number;
  readonly every: number;
  /** First touch so long after; one in `untouched` has none. */
  readonly touchedAfter: number;
  readonly untouched: number;
}

/** Columns that a copy has of its own, by table. */
const own = ({ from, every, touchedAfter, untouched }: Copies): Record<string, Record<string, string>> => {
  const at = `(${from} + n * ${every})`;
  const shifted = (column: string) => `${column} - l.created_at + ${at}`;
  const touched = `(n % ${untouched} <> 0)`;
  return {
    leads: {
      id: "'copy-' || n",
      email_norm: "'robin' || n || '@copies' || n || '.example'",
      corporate_domain: "'copies' || n || '.example'",
      open: "0",
      status: "'qualified'",
      created_at: at,
      updated_at: `${at} + ${2 * touchedAfter}`,
      assigned_at: at,
      clock_starts_at: shifted("l.clock_starts_at"),
      first_touch_due_at: shifted("l.first_touch_due_at"),
      promise_at: shifted("l.promise_at"),
      first_touch_at: `CASE WHEN ${touched} THEN ${at} + ${touchedAfter} END`,
      closed_at: `${at} + ${2 * touchedAfter}`,
      timers: "'[]'",
      next_due_at: "NULL",
    },
    assignments: {
      lead_id: "'copy-' || n",
      at,
      chosen: `json_set(a.chosen, '$.clockStartsAt', ${shifted("(a.chosen ->> 'clockStartsAt')")},
        '$.promiseAt', ${shifted("(a.chosen ->> 'promiseAt')")},
        '$.firstTouchDueAt', ${shifted("(a.chosen ->> 'firstTouchDueAt')")})`,
    },
  };
};

/**
 * Statements that copy the lead `?1` and its first assignment, turn by turn those of the leads in `originals`. `columns` names
 * the columns of each table, generated ones left out.
 */
export function copyStatements(
  columns: { leads: readonly string[]; assignments: readonly string[] },
  originals: readonly string[],
  copies: Copies,
): string[] {
  const set = own(copies);
  const list = originals.map((id, at) => `(${at}, '${id}')`).join(", ");
  const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${copies.count - 1}),
    original (k, id) AS (VALUES ${list})`;
  const from = `FROM numbers JOIN original o ON o.k = n % ${originals.length} JOIN leads l ON l.id = o.id`;
  const select = (table: "leads" | "assignments", alias: string) =>
    columns[table].map((name) => set[table]?.[name] ?? `${alias}.${name}`).join(", ");
  return [
    `${numbers} INSERT INTO leads (${columns.leads.join(", ")}) SELECT ${select("leads", "l")} ${from}`,
    `${numbers} INSERT INTO assignments (${columns.assignments.join(", ")}) SELECT ${select("assignments", "a")} ${from}
     JOIN assignments a ON a.lead_id = l.id AND a.seq = 1`,
  ];
}
