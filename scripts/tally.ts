/** Prints "<passed> <failed>" from vitest's JSON report, for .ci/run. */
import { readFileSync } from "node:fs";
import { root } from "./run.ts";

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

const report = JSON.parse(readFileSync(new URL("coverage/tests.json", root), "utf8")) as Report;
console.log(`${report.numPassedTests} ${report.numFailedTests}`);
