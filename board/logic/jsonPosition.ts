/** From an RFC 6901 pointer to line and column in JSON text, so that an error can be shown where it stands. Pure. */

export interface Position {
  /** Offset of the value (or of the nearest ancestor that exists) in the text. */
  offset: number;
  line: number;
  column: number;
  /** False where the pointer names something missing and its parent is shown instead. */
  exact: boolean;
}

export function positionOf(text: string, pointer: string): Position | null {
  const wanted = pointer === "" ? [] : pointer.replace(/^#?\//, "").split("/").map(unescapePart);
  const scanner = new Scanner(text);
  try {
    const { offset, exact } = scanner.find(wanted);
    return { offset, ...lineColumn(text, offset), exact };
  } catch {
    return null;
  }
}

const unescapePart = (part: string) => {
  const plain = part.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};

export function lineColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

/** Where `JSON.parse` stopped, with its reason in plain words; null where the text is valid. */
export function syntaxError(
  text: string,
): { message: string; offset: number; line: number; column: number } | null {
  try {
    JSON.parse(text);
    return null;
  } catch {
    const scanner = new Scanner(text);
    const message = scanner.diagnose();
    const offset = Math.min(scanner.at, text.length);
    return { message, offset, ...lineColumn(text, offset) };
  }
}

class Syntax extends Error {}

/** A reader that walks JSON without building it: the browser's own parser doesn't tell positions alike everywhere. */
class Scanner {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  find(path: string[]): { offset: number; exact: boolean } {
    this.#space();
    const [head, ...rest] = path;
    const here = this.at;
    if (head === undefined) return { offset: here, exact: true };
    const child = this.#enter(head);
    return child === null ? { offset: here, exact: false } : this.find(rest);
  }

  diagnose(): string {
    try {
      this.#space();
      this.#value();
      this.#space();
      return this.at < this.#text.length ? "nothing may follow the document" : "the document can't be read";
    } catch (error) {
      if (error instanceof Syntax) return error.message;
      throw error;
    }
  }

  /** Moves to the child's value; null (and moved past the end) where there is none. */
  #enter(key: string): number | null {
    const open = this.#text[this.at];
    if (open !== "{" && open !== "[") return null;
    this.at++;
    for (let index = 0; ; index++) {
      this.#space();
      if (this.#text[this.at] === "}" || this.#text[this.at] === "]") return null;
      const name = open === "{" ? this.#key() : String(index);
      this.#space();
      if (name === key) return this.at;
      this.#value();
      this.#space();
      if (this.#text[this.at] === ",") this.at++;
    }
  }

  #key(): string {
    const start = this.at;
    this.#string("a name in double quotes");
    const name = JSON.parse(this.#text.slice(start, this.at)) as string;
    this.#space();
    this.#expect(":", "a colon after the name");
    return name;
  }

  #value(): void {
    const char = this.#text[this.at];
    if (char === "{") return this.#members("}");
    if (char === "[") return this.#members("]");
    if (char === '"') return this.#string("text");
    const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/.exec(
      this.#text.slice(this.at, this.at + 64),
    );
    if (!literal)
      throw new Syntax(char === undefined ? "the document ends too early" : "a value is expected here");
    this.at += literal[0].length;
  }

  #members(close: "}" | "]"): void {
    this.at++;
    this.#space();
    if (this.#text[this.at] === close) return void this.at++;
    for (;;) {
      this.#space();
      if (close === "}") this.#key();
      this.#space();
      this.#value();
      this.#space();
      if (this.#text[this.at] === close) return void this.at++;
      this.#expect(",", `a comma or ${close} is expected here`);
    }
  }

  #string(expected: string): void {
    if (this.#text[this.at] !== '"') {
      throw new Syntax(
        this.at >= this.#text.length ? "the document ends too early" : `${expected} is expected here`,
      );
    }
    const start = this.at++;
    while (this.#text[this.at] !== '"') {
      const char = this.#text[this.at];
      if (char === undefined || char === "\n") {
        this.at = start;
        throw new Syntax("this text has no closing quote");
      }
      if (char < " ") throw new Syntax("this character must be written as an escape");
      this.at += char === "\\" ? this.#escape() : 1;
    }
    this.at++;
  }

  /** The length of the escape that starts here. */
  #escape(): number {
    const found = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.#text.slice(this.at, this.at + 6));
    if (!found) throw new Syntax("this escape isn’t one of JSON’s");
    return found[0].length;
  }

  #expect(char: string, message: string): void {
    if (this.#text[this.at] === char) return void this.at++;
    throw new Syntax(this.at >= this.#text.length ? "the document ends too early" : message);
  }

  #space(): void {
    // JSON knows these four only; the language's own notion of white space is wider.
    while (" \t\n\r".includes(this.#text[this.at] ?? "x")) this.at++;
  }
}
