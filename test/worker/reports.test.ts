/** Roll-ups agree with the raw records whatever happened and in whatever order; reports tell them to whoever may know. */
import { beforeAll, describe, expect, test, vi } from "vitest";
import { REPORT_NAMES } from "../../schema/wire/reports.ts";
import type { LeadSummary } from "../../schema/wire/lead.ts";
import type { Deps } from "../../worker/flows/deps.ts";
import { makeReport } from "../../worker/flows/reports/report.ts";
import { parseCounted } from "../../worker/domain/reports/counted.ts";
import { epochDay } from "../../worker/domain/calendar/local.ts";
import { describeRollups, PERIOD } from "./support/rollupTests.ts";
import { deps, get, TO, useHistory } from "./support/rolled.ts";
import { call, rows, testEnv } from "./support/workspace.ts";

beforeAll(useHistory, 120_000);

describeRollups();

describe("reports", () => {
  test.each(REPORT_NAMES)("%s as JSON and as CSV", async (name) => {
    const { status, body } = await get(`/v1/reports/${name}?${PERIOD}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ name, complete: true });
    const csv = await get<{ text: string }>(`/v1/reports/${name}?${PERIOD}`, { accept: "text/csv" });
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const [head, ...lines] = csv.body.text.trimEnd().split("\r\n");
    expect(head).toMatch(/^key,label,/);
    expect(lines).toHaveLength(body.rows.length);
  });

  /** How many incidents a link speaks of, and of how many leads. */
  const incidentsBehind = async (link: string): Promise<[n: unknown, leads: unknown]> => {
    const { of, from, to, where } = parseCounted(link, "UTC");
    const kind = of.kind === "incidents" ? of.incident : "";
    const [found] = await rows(
      `SELECT count(*) AS n, count(DISTINCT lead_id) AS leads FROM report_incidents
       WHERE kind = ? AND day BETWEEN ? AND ?${where.map(([name]) => ` AND ${name} = ?`).join("")}`,
      kind,
      from,
      to,
      ...where.map(([, value]) => value),
    );
    return [found?.["n"], found?.["leads"]];
  };

  test("every figure leads to exactly the leads it counts", async () => {
    for (const path of [
      "sla-compliance?group=person",
      "sla-compliance?group=week&segment=hot",
      "speed-to-lead?group=source&person=ben",
      "promises?group=hour",
      "missed-sla?group=person",
      "missed-sla?group=month&person=ben",
      "missed-sla?group=week&segment=hot",
      "dispositions?person=ben",
      "dispositions?",
      "cherry-picking?",
    ]) {
      const { body } = await get(`/v1/reports/${path}&${PERIOD}`);
      expect(body.rows.length).toBeGreaterThan(0);
      for (const row of body.rows.slice(0, 3))
        for (const { key, measure } of body.columns.filter((column) => column.measure !== null)) {
          const counted = encodeURIComponent(`${measure}${row.counted}`);
          const list = await get<{ leads: LeadSummary[] }>(`/v1/leads?limit=200&counted=${counted}`);
          expect([counted, list.status, list.body]).toMatchObject([counted, 200, {}]);
          const [n, leads] = measure?.startsWith("incident.")
            ? await incidentsBehind(`${measure}${row.counted}`)
            : [row.values[key], row.values[key]];
          expect([path, row.key, key, row.values[key]]).toEqual([path, row.key, key, n]);
          expect([path, row.key, key, list.body.leads.length]).toEqual([path, row.key, key, leads]);
        }
    }
  });

  test("whoever picks the valuable leads is flagged, and says so to whoever asks, corrected over everybody", async () => {
    const day = 20_000;
    const cell = (person: string, score: number, met: number, due: number) =>
      testEnv.DB.prepare(
        `INSERT INTO report_cells (dimension, grain, period, value, leads, met, missed, own_met, own_due)
         VALUES ('person_score', 0, ${day}, ?1 || char(9) || ?2, ?4, ?3, ?4 - ?3, ?3, ?4)`,
      ).bind(person, score, met, due);
    // Ben's best three of ten: one way of 120. Cleo has too few to be judged.
    await testEnv.DB.batch([
      cell("ben", 10, 0, 7),
      cell("ben", 90, 3, 3),
      cell("dan", 10, 4, 8),
      cell("dan", 90, 1, 2),
      cell("cleo", 10, 0, 3),
      cell("cleo", 90, 1, 1),
    ]);
    const asked = async (more: string) =>
      (await get(`/v1/reports/cherry-picking?from=2024-10-04&to=2024-10-04${more}`)).body.rows;
    const all = await asked("");
    expect(all.map(({ key, values }) => [key, values["p"], values["flagged"]])).toEqual([
      ["ben", 0.0167, true],
      ["dan", 0.778, false],
      ["cleo", null, false],
    ]);
    expect(await asked("&person=ben")).toEqual([
      { ...all[0], counted: expect.stringContaining("person=ben") as string },
    ]);
    await testEnv.DB.prepare(`DELETE FROM report_cells WHERE period = ${day}`).run();
  });

  test("whoever gives one code to more than 80 % is flagged, from five closings on", async () => {
    const day = 20_001;
    const cell = (person: string, code: string, n: number) =>
      testEnv.DB.prepare(
        `INSERT INTO report_cells (dimension, grain, period, value, leads) VALUES ('closed by person', 0, ${day}, ?2 || char(9) || ?1, ?3)`,
      ).bind(person, code, n);
    await testEnv.DB.batch([
      cell("ben", "not_a_fit", 9),
      cell("ben", "won", 2),
      cell("cleo", "not_a_fit", 8),
      cell("cleo", "won", 2),
      cell("dan", "won", 4),
    ]);
    const { body } = await get("/v1/reports/dispositions?from=2024-10-05&to=2024-10-05");
    const rows = body.sections[0]?.rows.map(({ key, values }) => [
      key,
      values["topShare"],
      values["flagged"],
    ]);
    expect(rows).toEqual([
      ["ben", 9 / 11, true],
      ["cleo", 0.8, false],
      ["dan", 1, false],
    ]);
    await testEnv.DB.prepare(`DELETE FROM report_cells WHERE period = ${day}`).run();
  });

  test("a promise that passed without a touch is broken, whatever the rows are", async () => {
    const plain = await rows(
      `SELECT f.person AS key, count(*) AS promised, sum(p.late_ms IS NOT NULL AND p.late_ms <= 0) AS kept,
         sum(p.touched_at IS NULL AND p.open = 1 AND p.promise_at < ?1) AS overdue
       FROM report_promises p JOIN report_leads f ON f.lead_id = p.lead_id GROUP BY 1`,
      Date.now(),
    );
    const { body } = await get(`/v1/reports/promises?${PERIOD}&group=person`);
    for (const { key, ...counts } of plain) {
      const row = body.rows.find((each) => each.key === key);
      expect(row?.values).toMatchObject(counts);
    }
    const overdue = plain.reduce((sum, row) => sum + Number(row["overdue"]), 0);
    expect(overdue).toBeGreaterThan(0);
    expect(body.totals).toMatchObject({ overdue });
    for (const group of ["week", "hour", "source"]) {
      const { body: other } = await get(`/v1/reports/promises?${PERIOD}&group=${group}`);
      expect(other.rows.reduce((sum, { values }) => sum + Number(values["overdue"]), 0)).toBe(overdue);
    }
  });

  test("broken promises are listed of the leads that the figures count, whenever they were told", async () => {
    const [late] = await rows("SELECT * FROM report_promises WHERE late_ms > 0 LIMIT 1");
    await testEnv.DB.prepare(
      `INSERT INTO report_promises (submission_id, lead_id, told_at, day, person, promise_at, touched_at, open, late_ms)
       SELECT 'joined', lead_id, ?1, ?2, person, ?1, ?1, open, 60000 FROM report_promises WHERE submission_id = ?3`,
    )
      .bind(TO + 30 * 86_400_000, epochDay("2037-12-10"), late?.["submission_id"])
      .run();
    const listed = async (period: string) =>
      (await get(`/v1/reports/promises?${period}`)).body.sections[0]?.rows.map(({ key }) => key) ?? [];
    expect(await listed(PERIOD)).toContain("joined");
    expect(await listed("from=2037-12-01&to=2037-12-20")).not.toContain("joined");
    await testEnv.DB.prepare("DELETE FROM report_promises WHERE submission_id = 'joined'").run();
  });

  test("a time in a queue, a stage or until acceptance is told beside missed first touches", async () => {
    const passed = (n: number, kind: string, code: string) =>
      testEnv.DB.prepare(
        `INSERT INTO report_incidents (lead_id, n, kind, at, day, person, code, other, team, source, segment, form)
         VALUES ('over', ?1, ?2, 0, ?3, 'mia', ?4, '', '', 'queues', '', '')`,
      ).bind(n, kind, epochDay("2037-09-01"), code);
    await testEnv.DB.batch([
      passed(0, "queueAge", "person"),
      passed(1, "queueAge", "coverage"),
      passed(2, "unaccepted", "person"),
    ]);
    const { body } = await get(`/v1/reports/missed-sla?${PERIOD}&source=queues`);
    expect(body.sections.find(({ id }) => id === "overstayed")?.rows).toMatchObject([
      { label: "Mia", values: { count: 3, queueAge: 2, stageAge: 0, unaccepted: 1, theirs: 2 } },
    ]);
    await testEnv.DB.prepare("DELETE FROM report_incidents WHERE lead_id = 'over'").run();
  });

  test("a filter and a group say what the group alone says", async () => {
    const grouped = await get(`/v1/reports/speed-to-lead?${PERIOD}&group=person`);
    const own = await get(`/v1/reports/speed-to-lead?${PERIOD}&group=team&person=ben`);
    expect(own.body.totals).toEqual(grouped.body.rows.find(({ key }) => key === "ben")?.values);
    const weeks = await get(`/v1/reports/speed-to-lead?${PERIOD}&group=week`);
    expect(weeks.body.rows.reduce((sum, { values }) => sum + Number(values["leads"]), 0)).toBe(120);
    expect(weeks.body.totals?.["medianSeconds"]).toBe(grouped.body.totals?.["medianSeconds"]);
  });

  test("over time every day, week or month of the period has its row, with nothing in it too", async () => {
    const days = "from=2037-11-10&to=2037-12-03";
    for (const name of ["speed-to-lead", "missed-sla"]) {
      const { body } = await get(`/v1/reports/${name}?${days}`);
      expect(body.series?.rows.map(({ key }) => key)).toHaveLength(24);
      expect(body.series?.rows.at(-1)?.key).toBe("2037-12-03");
    }
    const { body } = await get("/v1/reports/speed-to-lead?from=2037-05-15&to=2037-12-03");
    const months = body.series?.rows ?? [];
    expect(months.map(({ key }) => key).slice(0, 2)).toEqual(["2037-05-01", "2037-06-01"]);
    expect(months).toHaveLength(8);
    expect(months[0]?.values).toMatchObject({ leads: 0, contactRate: null });
    const sum = months.reduce((leads, { values }) => leads + Number(values["leads"]), 0);
    expect(sum).toBe(body.totals?.["leads"]);
    const grouped = await get("/v1/reports/speed-to-lead?from=2037-05-15&to=2037-12-03&group=day");
    expect(grouped.body.totals).toMatchObject({ medianSeconds: body.totals?.["medianSeconds"] });
  });

  test("what is counted by the week is divided by the weeks of its own row", async () => {
    const { body } = await get("/v1/reports/scorecard?from=2037-08-26&to=2037-11-09");
    const rows = body.series?.rows.filter(({ values }) => Number(values["leads"]) > 0) ?? [];
    for (const { key, values, counted } of [rows[0], rows[3], rows.at(-1)].flatMap((row) => row ?? [])) {
      const [, from = "", to = ""] = (counted ?? "").split("~");
      const { body: own } = await get(`/v1/reports/scorecard?from=${from}&to=${to}`);
      expect([key, values]).toEqual([
        key,
        expect.objectContaining({ leadsPerWeek: own.totals?.["leadsPerWeek"] }),
      ]);
      expect(values["leadsPerWeek"]).toBeGreaterThan(1);
    }
  });

  test("commitments and the baseline stand beside the figures", async () => {
    const taken = await call("POST", "/v1/reports/baseline", {
      from: "2037-09-01",
      to: "2037-09-30",
      note: "before",
    });
    expect(taken.status).toBe(201);
    expect(taken.body).toMatchObject({ from: "2037-09-01", to: "2037-09-30", takenBy: "key:admin" });
    const { body } = await get(`/v1/reports/sla-compliance?${PERIOD}`);
    expect(body.commitments).toMatchObject([{ id: "compliance", target: 0.99, met: false }]);
    const september = await get("/v1/reports/sla-compliance?from=2037-09-01&to=2037-09-30");
    const asLong = await get("/v1/reports/sla-compliance?from=2037-10-01&to=2037-10-30");
    expect(asLong.body.baseline?.totals).toEqual(september.body.totals);
    // Beside a longer period counts would say nothing.
    expect(body.baseline?.totals).toEqual({ compliance: september.body.totals?.["compliance"] });
    const card = await get(`/v1/reports/scorecard?${PERIOD}`);
    expect(card.body.rows.find(({ key }) => key === "mqlsPerWeek")?.values).toMatchObject({ target: 1 });
    expect(card.body.baseline?.totals).toHaveProperty("mqlsPerWeek");
    expect(card.body.baseline?.totals).not.toHaveProperty("leads");
    const listed = async () =>
      (await get<{ baselines: { id: string }[] }>("/v1/reports/baseline")).body.baselines.map(({ id }) => id);
    const first = taken.body as { id: string };
    // Two clicks are one baseline; a wrong one can be dropped, and the one before it counts again.
    const again = await call<{ id: string }>("POST", "/v1/reports/baseline", {
      from: "2037-09-01",
      to: "2037-09-30",
      note: "before",
    });
    expect([again.status, again.body.id, await listed()]).toEqual([201, first.id, [first.id]]);
    vi.setSystemTime(Date.now() + 1000);
    const wrong = await call<{ id: string }>("POST", "/v1/reports/baseline", { note: "wrong" });
    expect(await listed()).toEqual([wrong.body.id, first.id]);
    expect((await call("DELETE", `/v1/reports/baseline/${wrong.body.id}`)).status).toBe(204);
    expect((await call("DELETE", `/v1/reports/baseline/${wrong.body.id}`)).status).toBe(404);
    expect(await listed()).toEqual([first.id]);
  });

  test("of some leads there is no baseline of all, and no commitment but what each part owes", async () => {
    const asRep = await makeReport(deps as unknown as Deps, "scorecard", {}, "ben");
    const { body: ofSource } = await get(`/v1/reports/scorecard?${PERIOD}&source=email`);
    for (const report of [asRep.ok ? asRep.value : null, ofSource]) {
      expect(report?.baseline).toBeNull();
      expect(report?.commitments.map(({ id }) => id)).toEqual(["compliance"]);
      expect(report?.rows.find(({ key }) => key === "mqlsPerWeek")?.values).toMatchObject({
        target: null,
        baseline: null,
      });
    }
  });

  test("one code for nearly everything is marked, but not what nobody chose to close", async () => {
    const closed = (n: number, person: string, code: string) =>
      testEnv.DB.prepare(
        `INSERT INTO report_incidents (lead_id, n, kind, at, day, person, code, other, team, source, segment, form)
         VALUES ('game', ?1, 'closed', 0, ?2, ?3, ?4, '', '', 'games', '', '')`,
      ).bind(n, epochDay("2037-09-01"), person, code);
    const people: [string, string][] = [
      ["ben", "not_a_fit"],
      ["ben", "erased"],
      ["", "erased"],
    ];
    await testEnv.DB.batch(
      people.flatMap(([person, code], nth) =>
        Array.from({ length: 5 }, (_, n) => closed(nth * 5 + n, person, code)),
      ),
    );
    const { body } = await get(`/v1/reports/dispositions?${PERIOD}&source=games`);
    expect(
      body.sections[0]?.rows.map(({ key, values }) => [key, values["count"], values["flagged"]]),
    ).toEqual([["ben", 5, true]]);
    await testEnv.DB.prepare("DELETE FROM report_incidents WHERE lead_id = 'game'").run();
  });

  test("the sample of a week is the same ten, whoever asks", async () => {
    const one = await get("/v1/reports/qa-sample?to=2037-09-20");
    const two = await get("/v1/reports/qa-sample?to=2037-09-20&from=2037-09-01");
    expect(one.body.period).toMatchObject({ from: "2037-09-14", to: "2037-09-20" });
    expect(one.body.rows.length).toBeGreaterThan(5);
    expect(two.body.rows).toEqual(one.body.rows);
  });

  test.each([
    ["speed-to-lead?group=colour", "/query/group"],
    ["missed-sla?group=hour", "/query/group"],
    ["dispositions?group=person", "/query/group"],
    ["speed-to-lead?from=2037-11-09&to=2037-11-01", "/query/from"],
    ["speed-to-lead?from=2037-02-30", "/query/from"],
    ["speed-to-lead?from=2019-01-01", "/query/from"],
    ["cherry-picking?segment=hot", "/query/segment"],
    ["promises?format=xml", "/query/format"],
    ["promises?format=csv&section=lost", "/query/section"],
  ])("%s is refused, with the place named", async (path, pointer) => {
    const { status, body } = await get<{ errors: { pointer: string }[] }>(`/v1/reports/${path}`);
    expect(status).toBe(422);
    expect(body.errors[0]?.pointer).toBe(pointer);
  });
});
