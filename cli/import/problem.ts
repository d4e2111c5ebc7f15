/** Reasons to end an import, each with the exit code that scripts can tell it by (docs/crm.md). */

export const EXIT = {
  done: 0,
  /** All was sent; some lines were refused. */
  refusedLines: 1,
  /** Wrong usage, or a file that can't be read or is no CSV or NDJSON. */
  usage: 2,
  /** The server doesn't take it: key, scope, kind, version. */
  refused: 3,
  /** The server couldn't be reached or kept failing; the same command goes on. */
  unreachable: 4,
  /** Ctrl-C. */
  interrupted: 130,
} as const;

/** Printed as one line, never as a trace. */
export class ImportProblem extends Error {
  override readonly name = "ImportProblem";
  readonly exit: number;

  constructor(exit: keyof typeof EXIT, message: string) {
    super(message);
    this.exit = EXIT[exit];
  }
}
