/** Who takes a lead over from its owner, where the chain ends, and what who had it before has to do with it. */
import { describe, expect, test } from "vitest";
import { call, capture, document, person, publish, submission } from "./support/workspace.ts";
import { at, kinds, lead, MINUTE, NOON, owner, ring, team, useNoon } from "./support/life.ts";
import type { Lead } from "../../schema/wire/lead.ts";

useNoon();

describe("the end of the chain", () => {
  const ends = async (id: string, minutes: number[]): Promise<string[]> => {
    const owners = [await owner(id)];
    for (const minute of minutes) {
      await ring(id, NOON + minute * MINUTE);
      owners.push(await owner(id));
    }
    return owners;
  };

  test("is somebody whom it concerns: who has it last keeps it, however many others there are", async () => {
    await publish({
      ...document({ people: [...document().people, person("marc", { role: "marketer" })] }),
      teams: team("ben").map((each) => ({ ...each, manager: "last" })),
    });
    const id = (await capture(submission())).body.leadId;
    expect(await ends(id, [10, 20, 30, 40])).toEqual(["ben", "mia", "last", "last", "last"]);
    expect(kinds(await lead(id))).toEqual(["reminder"]);
  });

  test("is its owner too, where the rest of the team has no room", async () => {
    const people = document().people.map((each) => (each.id === "cleo" ? { ...each, activeLeads: 1 } : each));
    await publish({ ...document({ people }), teams: team("ben", "cleo") });
    const hers = (await capture(submission())).body.leadId;
    await call("POST", `/v1/leads/${hers}/reassign`, { to: "cleo" });
    await call("POST", `/v1/leads/${hers}/touches`, { channel: "call", outcome: "connected", by: "cleo" });
    const id = (await capture(submission())).body.leadId;
    expect(await ends(id, [10, 20, 30, 40])).toEqual(["ben", "mia", "last", "last", "last"]);
    expect(kinds(await lead(id))).toEqual(["reminder"]);
  });

  test("isn't who has gone away, while anybody else is there", async () => {
    await publish({ ...document(), teams: team("ben") });
    const id = (await capture(submission())).body.leadId;
    expect(await ends(id, [10, 20])).toEqual(["ben", "mia", "last"]);
    await call("PUT", "/v1/people/last/availability", { availability: "away" });
    expect(await owner(id)).not.toBe("last");
    await call("PUT", "/v1/people/last/availability", { availability: "available" });
  });

  test("isn't somebody absent whom it doesn't concern, where its owner is there", async () => {
    const [ben, mia] = ["ben", "mia"].map((id) => ({ ...person(id), role: "manager" as const }));
    await publish(
      document({
        people: [ben!, mia!],
        teams: team("ben").map((each) => ({ ...each, manager: null })),
        queues: [],
        routing: { ...document().routing, default: ["ben"] },
      }),
    );
    await call("PUT", "/v1/people/mia/availability", { availability: "away" });
    const id = (await capture(submission())).body.leadId;
    expect(await ends(id, [10])).toEqual(["ben", "ben"]);
    expect(kinds(await lead(id))).toEqual(["reminder"]);
    await call("PUT", "/v1/people/mia/availability", { availability: "available" });
  });
});

describe("a touch sent again", () => {
  test("is the same one where its clock knows whole seconds only", async () => {
    at(NOON + 400);
    const id = (await capture(submission())).body.leadId;
    const said = {
      id: "whole-seconds",
      channel: "call",
      outcome: "connected",
      by: "ben",
      at: new Date(NOON).toISOString(),
    };
    at(NOON + MINUTE);
    const send = () => call("POST", `/v1/leads/${id}/touches`, said);
    expect([(await send()).status, (await send()).status]).toEqual([201, 200]);
  });
});

describe("who had it before", () => {
  test("doesn't get a lead back that they let breach, when its next owner goes away", async () => {
    const { body } = await capture(submission());
    const first = (await lead(body.leadId)).owner?.id;
    await ring(body.leadId, NOON + 10 * MINUTE);
    const second = (await lead(body.leadId)).owner?.id ?? "";
    await call("PUT", `/v1/people/${second}/availability`, { availability: "away" });
    const third = (await lead(body.leadId)).owner?.id;
    expect([first, second]).not.toContain(third);
    await call("PUT", `/v1/people/${second}/availability`, { availability: "available" });
  });

  test("leaves it, be they of no team or of another, to the rest of the team that its rule names", async () => {
    const zoe = person("zoe", { manager: "mia" });
    const reserve = { id: "reserve", name: "Reserve", calendar: "always", members: [{ person: "zoe" }] };
    for (const backup of [{ person: "zoe" }, { team: "reserve" }]) {
      await publish(
        document({
          people: [...document().people, zoe],
          teams: [...(document().teams ?? []), reserve],
          routing: { ...document().routing, rules: [{ id: "rest", to: { team: "smb" }, backup }] },
        }),
      );
      const { body } = await capture(submission());
      const first = await lead(body.leadId);
      expect(first.backup?.id ?? null).toBe("person" in backup ? "zoe" : null);
      const owners = [first.owner?.id];
      for (let n = 1; n <= 3; n++) {
        await ring(body.leadId, NOON + n * 10 * MINUTE);
        owners.push((await lead(body.leadId)).owner?.id);
      }
      at(NOON);
      expect([owners[1], owners[3]]).toEqual(["zoe", "mia"]);
      expect(new Set([owners[0], owners[2]])).toEqual(new Set(["ben", "cleo"]));
    }
  });

  test("and a booking before any touch ends the wait for one", async () => {
    await publish(
      document({ dispositions: [{ code: "booked", label: "Meeting booked", outcome: "scheduled" }] }),
    );
    const { body } = await capture(submission());
    await call("POST", `/v1/leads/${body.leadId}/disposition`, { code: "booked", nextStep: "meet" });
    await ring(body.leadId, NOON + 10 * MINUTE);
    const booked = await lead(body.leadId);
    expect(booked).toMatchObject({ status: "scheduled", breaches: 0 });
    expect(booked.firstTouchAt).not.toBeNull();
  });

  test("a lead touched in its queue isn't breached after its release", async () => {
    await publish(
      document({
        routing: {
          rules: [
            { id: "q", to: { queue: "qualification" } },
            { id: "rest", to: { team: "smb" } },
          ],
          default: ["last"],
          defaultSla: "standard",
        },
      }),
    );
    const { body } = await capture(submission());
    await call("POST", `/v1/leads/${body.leadId}/touches`, {
      channel: "call",
      outcome: "connected",
      by: "mia",
    });
    const released = await call<Lead>("POST", `/v1/leads/${body.leadId}/release`);
    expect(["ben", "cleo"]).toContain(released.body.owner?.id);
    await ring(body.leadId, NOON + 10 * MINUTE);
    expect(await lead(body.leadId)).toMatchObject({ breaches: 0, reassignments: 0 });
  });
});
