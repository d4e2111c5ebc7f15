/** What the check found, each with its place in the text; a click goes there. */
import { positionOf, type syntaxError } from "../../logic/jsonPosition.ts";
import type { Finding } from "../../logic/policy.ts";
import { plural } from "../../logic/words.ts";
import type { VerificationState } from "./publish.tsx";

interface Props {
  text: string;
  syntax: ReturnType<typeof syntaxError>;
  verification: VerificationState;
  show: (offset: number) => void;
}

export function Findings({ text, syntax, verification, show }: Props) {
  if (syntax) {
    return (
      <section class="findings" aria-label="Findings">
        <p>
          <strong>This isn’t valid JSON:</strong> {syntax.message}.{" "}
          <button type="button" class="as-link" onClick={() => show(syntax.offset)}>
            Line {syntax.line}, column {syntax.column}
          </button>
        </p>
      </section>
    );
  }
  const found = verification.found.value;
  if (!found) return null;
  const { errors, warnings } = found.verification;
  return (
    <section class="findings" aria-label="Findings">
      <p>
        <strong>
          {errors.length === 0 && warnings.length === 0
            ? "Proved: every lead reaches an active human, at every minute of the week."
            : `${plural(errors.length, "error")}, ${plural(warnings.length, "warning")}.`}
        </strong>{" "}
        {found.text !== text && <span class="faint">The text has changed since this check.</span>}
      </p>
      <FindingList kind="Error" list={errors} text={text} show={show} />
      <FindingList kind="Warning" list={warnings} text={text} show={show} />
    </section>
  );
}

interface ListProps {
  kind: "Error" | "Warning";
  list: Finding[];
  text: string;
  show: (offset: number) => void;
}

function FindingList({ kind, list, text, show }: ListProps) {
  if (list.length === 0) return null;
  return (
    <ul class={`finding-list finding-${kind.toLowerCase()}`}>
      {list.map((finding, index) => (
        <li key={index}>
          <span class="chip">{kind}</span> {finding.message}{" "}
          <Where pointer={finding.pointer} text={text} show={show} />
          {finding.code && <code class="faint"> {finding.code}</code>}
        </li>
      ))}
    </ul>
  );
}

function Where({ pointer, text, show }: { pointer: string; text: string; show: (offset: number) => void }) {
  const position = positionOf(text, pointer);
  if (!position) return <code class="faint">{pointer}</code>;
  return (
    <button type="button" class="as-link" onClick={() => show(position.offset)}>
      line {position.line} <span class="faint">{pointer}</span>
    </button>
  );
}
