/** Whether clocks act or only report: read with the board, so that everybody who may know sees the brake at once. */
import { effect, signal } from "@preact/signals";
import type { EnforcementAnswer } from "../../schema/wire/enforcement.ts";
import { may } from "../logic/rights.ts";
import { call } from "./http.ts";
import { board } from "./live.ts";
import { me } from "./session.ts";

export const enforcement = signal<EnforcementAnswer | null>(null);

/** The board is fetched each minute and after every change; this asks no more often than that. */
export const watchEnforcement = (): (() => void) =>
  effect(() => {
    const fetchedAt = board.value?.now;
    if (fetchedAt === undefined || fetchedAt === seen || !may(me.peek()?.role, "config.read")) return;
    seen = fetchedAt;
    void read();
  });

let seen: string | null = null;

async function read(): Promise<void> {
  // Without an answer what was known stays: the next board asks again.
  const found = await call<EnforcementAnswer>("/v1/enforcement").catch(() => null);
  if (found) enforcement.value = found;
}

export async function setEnforcement(mode: EnforcementAnswer["mode"], reason: string): Promise<void> {
  enforcement.value = await call<EnforcementAnswer>("/v1/enforcement", {
    method: "POST",
    body: { mode, reason },
  });
}
