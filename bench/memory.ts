/** What a process holds at most, and how long it has worked. Linux only: read from /proc. */
import { readFileSync, writeFileSync } from "node:fs";

const status = (pid: number, field: string): number => {
  try {
    const found = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(found?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** Megabytes of resident memory, the most since it began or since `forgetPeak`. */
export const peakOf = (pid: number): number => status(pid, "VmHWM");

export const forgetPeak = (pid: number): void => {
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
};

/** Seconds that its threads have been on a processor: unlike the clock, it hardly tells what else a machine does. */
export const workedFor = (pid: number): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
