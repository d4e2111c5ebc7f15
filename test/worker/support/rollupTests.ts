/** What roll-ups must hold over any history; run by reports.test.ts, on the history that its reports tell of. */
import { describe, expect, test, vi } from "vitest";
import { INCIDENT_DIMENSIONS } from "../../../schema/reports.ts";
import { rollUp } from "../../../worker/flows/rollup.ts";
import { forgetRollups } from "../../../worker/store/rollups.ts";
import { event, PLAIN, PLAIN_MISSES } from "./history.ts";
import { deps, get, START, TO } from "./rolled.ts";
import { call, rows, testEnv } from "./workspace.ts";

const NAMES =
  "leads touched speed_ms missed met kept late withdrawn covered own_met own_due attempts contacted fallbacks recycled sql".split(
    " ",
  );

/** Everything the roll-ups hold, without what cancels out. */
const cells = async () => ({
  sums: await rows("SELECT * FROM report_cells WHERE leads <> 0 ORDER BY dimension, grain, period, value"),
  buckets: await rows(
    "SELECT * FROM report_buckets WHERE n <> 0 ORDER BY dimension, sketch, grain, period, value, bucket",
  ),
  leads: await rows("SELECT * FROM report_leads ORDER BY lead_id"),
  incidents: await rows("SELECT * FROM report_incidents ORDER BY lead_id, n"),
  promises: await rows("SELECT * FROM report_promises ORDER BY submission_id"),
});

/** All of the history. */
export const PERIOD = "from=2037-08-20&to=2037-11-09";

export const describeRollups = (): void => {
  describe("roll-ups", () => {
    test("agree with a plain reading of the raw records, by person and in all", async () => {
      const plain = await rows(PLAIN, START, TO);
      const { body } = await get(`/v1/reports/sla-compliance?${PERIOD}`);
      const read = await rows(
        `SELECT value AS person, ${NAMES.map((name) => `sum(${name}) AS ${name}`).join(", ")} FROM report_cells
       WHERE dimension = 'person' AND grain = 0 GROUP BY 1 HAVING sum(leads) > 0 ORDER BY 1`,
      );
      expect(read).toEqual(plain);
      // Every figure has something to count, by everybody.
      for (const row of plain) expect(Object.values(row)).not.toContain(0);
      const misses = await rows(
        "SELECT person, code, count(*) AS n FROM report_incidents WHERE kind = 'missed' GROUP BY 1, 2 ORDER BY 1, 2",
      );
      expect(misses).toEqual(await rows(PLAIN_MISSES));
      expect(misses).toHaveLength(4);
      expect(body.totals?.["leads"]).toBe(120);
      expect(body.totals?.["missed"]).toBe(plain.reduce((sum, row) => sum + Number(row["missed"]), 0));
      for (const row of plain)
        expect(body.rows.find(({ key }) => key === row["person"])?.values).toMatchObject({
          leads: row["leads"],
          met: row["met"],
          missed: row["missed"],
        });
    });

    test("say the same by day and by month, and in every dimension", async () => {
      const sums = await rows(
        `SELECT dimension, grain, ${NAMES.map((name) => `sum(${name}) AS ${name}`).join(", ")} FROM report_cells
       WHERE dimension NOT LIKE '% by %' GROUP BY 1, 2`,
      );
      const { dimension, grain, ...first } = sums[0] ?? {};
      expect([dimension, grain]).toEqual(["all", 0]);
      for (const one of sums) expect(one).toMatchObject(first);
      expect(sums).toHaveLength(18);
    });

    test("of misses, fallbacks and closings are what the incidents say, by each of their columns", async () => {
      for (const by of INCIDENT_DIMENSIONS)
        for (const [grain, period] of [
          "day",
          "strftime('%Y', day * 86400, 'unixepoch') * 12 + strftime('%m', day * 86400, 'unixepoch') - 1",
        ].entries()) {
          const plain = await rows(
            `SELECT kind || ' by ${by}' AS dimension, ${period} AS period, code || char(9) || ${by === "all" ? "''" : by} AS value, count(*) AS n
           FROM report_incidents GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
          );
          const sums = await rows(
            `SELECT dimension, period, value, leads AS n FROM report_cells
           WHERE dimension LIKE '% by ${by}' AND grain = ${grain} AND leads <> 0 ORDER BY 1, 2, 3`,
          );
          expect(plain.length).toBeGreaterThan(5);
          expect(sums).toEqual(plain);
        }
    });

    test("read again from nothing are what they were, and read twice don't change", async () => {
      const before = await cells();
      await rollUp(deps, 60_000);
      expect(await cells()).toEqual(before);
      await forgetRollups(testEnv.DB, Date.now());
      expect(await rows("SELECT * FROM report_leads")).toEqual([]);
      expect((await rollUp(deps, 60_000)).done).toBe(true);
      expect(await cells()).toEqual(before);
    });

    test("two that read at once count nothing twice", async () => {
      const before = await cells();
      await testEnv.DB.batch([event("lead0001a", TO, "lead.corrected", {}, "person:ben")]);
      await Promise.all([rollUp(deps, 60_000), rollUp(deps, 60_000), rollUp(deps, 60_000)]);
      expect((await cells()).sums).toEqual(before.sums);
    });

    test("whoever is always overtaken has figures that aren't complete, and no error", async () => {
      await testEnv.DB.batch([event("lead0001a", TO, "lead.corrected", {}, "person:ben")]);
      let isWriting = false;
      const overtaken = new Proxy(testEnv.DB, {
        get: (target, name) => (given: string & D1PreparedStatement[]) => {
          if (name === "batch")
            return isWriting ? Promise.reject(new Error("ROLLUP_MOVED_ON")) : target.batch(given);
          isWriting ||= given.startsWith("UPDATE report_state");
          return target.prepare(given);
        },
      });
      expect(await rollUp({ ...deps, db: overtaken }, 60_000)).toEqual({ leads: 0, done: false });
    });

    test("a lead that can't be reckoned is named in the log, and the others are counted", async () => {
      await rollUp(deps, 60_000);
      const before = await cells();
      const [lead] = await rows("SELECT id, created_at FROM leads ORDER BY id LIMIT 1");
      const put = async (createdAt: unknown) => {
        await testEnv.DB.batch([
          testEnv.DB.prepare(
            "UPDATE leads SET created_at = ?2, generation = generation + 1 WHERE id = ?1",
          ).bind(lead?.["id"], createdAt),
          event(String(lead?.["id"]), TO, "lead.corrected", {}, "system"),
        ]);
        return rollUp(deps, 60_000);
      };
      const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
      expect(await put(9e15)).toMatchObject({ done: true });
      expect(log).toHaveBeenCalledWith(expect.stringContaining(`"leadId":"${String(lead?.["id"])}"`));
      log.mockRestore();
      expect((await cells()).leads).toHaveLength(before.leads.length - 1);
      await put(lead?.["created_at"]);
      expect((await cells()).sums).toEqual(before.sums);
    });

    test("an opportunity is the doing of the latest lead before it", async () => {
      const [first, second] = await rows<{ id: string }>("SELECT id FROM leads ORDER BY created_at LIMIT 2");
      await testEnv.DB.batch(
        [first, second].map((lead) =>
          testEnv.DB.prepare(
            "UPDATE leads SET account_id = 'acc', generation = generation + 1 WHERE id = ?1",
          ).bind(lead?.id),
        ),
      );
      const one = { accountId: "acc", open: true };
      const opportunities = [
        { ...one, id: "opp", amount: 5000, currency: "eur", createdAt: "2037-11-01T00:00:00Z" },
        { ...one, id: "yen", amount: 5e6, currency: "JPY", CreatedDate: "2037-11-01T00:00:00.000+0000" },
        { ...one, id: "old", amount: 70, currency: "EUR", CreatedDate: "2024-01-01T00:00:00.000+0000" },
        // Of the first import nobody knows when it began, where it doesn't say.
        { ...one, id: "dateless", amount: 900, currency: "EUR" },
      ];
      const answer = await call(
        "PUT",
        "/v1/opportunities",
        opportunities.map((each) => `${JSON.stringify(each)}\n`).join(""),
        { authorization: "Bearer lc_test", "content-type": "application/x-ndjson" },
      );
      expect(answer.body).toMatchObject({ upserted: 4 });
      const pipeline = async () => {
        await rollUp(deps, 60_000);
        return rows(
          "SELECT lead_id AS lead, pipelines AS n, pipelines_apart AS apart, pipeline_amount AS amount FROM report_leads WHERE pipelines > 0",
        );
      };
      // Yen and euros aren't added while nobody says in which of them.
      expect(await pipeline()).toEqual([{ lead: second?.id, n: 2, apart: 2, amount: 0 }]);
      const both = (await get(`/v1/reports/scorecard?${PERIOD}`)).body;
      expect(both.totals?.["pipelineAmount"]).toBeNull();
      expect(both.notes.join()).toContain("2 opportunities in several currencies");
      await testEnv.DB.prepare("DELETE FROM opportunities WHERE id = 'yen'").run();
      expect(await pipeline()).toEqual([{ lead: second?.id, n: 1, apart: 0, amount: 5000 }]);
      const card = (await get(`/v1/reports/scorecard?${PERIOD}`)).body;
      expect(card.rows.find(({ key }) => key === "pipelineAmount")?.label).toBe("Pipeline, EUR");
      const csv = await get<{ text: string }>(`/v1/reports/speed-to-lead?${PERIOD}&section=distribution`, {
        accept: "text/csv",
      });
      expect(csv.body.text.split("\r\n").slice(0, 2)).toEqual([
        expect.stringMatching(/,pipelineAmount,currency$/),
        expect.stringMatching(/,EUR$/),
      ]);
      // Seen after the first day without a date, it began when it was seen.
      await testEnv.DB.batch([
        testEnv.DB.prepare("UPDATE opportunity_first_seen SET at = ?1 WHERE id = 'dateless'").bind(
          TO - 86_400_000,
        ),
        testEnv.DB.prepare("UPDATE opportunity_first_seen SET at = at - 1e11 WHERE id = 'old'"),
        testEnv.DB.prepare("UPDATE opportunities SET amount = 901 WHERE id = 'dateless'"),
      ]);
      expect(await pipeline()).toEqual([{ lead: second?.id, n: 2, apart: 0, amount: 5901 }]);
      await testEnv.DB.prepare("DELETE FROM opportunities WHERE id = 'dateless'").run();
      await rollUp(deps, 60_000);
      const { body } = await get(`/v1/reports/speed-to-lead?${PERIOD}&group=source`);
      expect(
        body.sections[0]?.rows.reduce((sum, { values }) => sum + Number(values["pipelineAmount"]), 0),
      ).toBe(5000);
    });
  });
};
