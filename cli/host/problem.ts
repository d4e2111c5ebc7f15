/** A reason not to start that the person at the terminal can do something about: printed as one line, never as a trace. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}

/** The code of a system error (`EACCES`), or "" for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** One line for any thrown value; a library's message may span many. */
export function oneLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n", 1)[0] ?? message;
}
