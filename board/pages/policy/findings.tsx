/** What the check found: all of it, each with its place, an example in words, and the way to see it happen. */
import { draft } from "../../api/draft.ts";
import { me } from "../../api/session.ts";
import { verification } from "../../api/check.ts";
import { positionOf, type syntaxError } from "../../logic/jsonPosition.ts";
import type { Finding, Verification } from "../../logic/policy.ts";
import { pointerOf } from "../../logic/policyItems.ts";
import { may } from "../../logic/rights.ts";
import { humanise, plural } from "../../logic/words.ts";
import { Example } from "./example.tsx";

interface Props {
  text: string;
  syntax: ReturnType<typeof syntaxError>;
  /** Shows a place of the document, by its pointer. */
  show: (pointer: string) => void;
  /** Shows a place of the text. */
  showAt: (offset: number) => void;
}

export function Findings({ text, syntax, show, showAt }: Props) {
  if (syntax) {
    return (
      <section class="findings" aria-label="Findings">
        <p>
          <strong>This isn’t valid JSON:</strong> {syntax.message}.{" "}
          <button type="button" class="as-link" onClick={() => showAt(syntax.offset)}>
            Line {syntax.line}, column {syntax.column}
          </button>
        </p>
      </section>
    );
  }
  const found = verification.found.value;
  if (!found && !may(me.value?.role, "config.write")) return null;
  if (!found)
    return (
      <section class="findings" aria-label="Findings">
        <p class="faint">The proof of this text appears here.</p>
      </section>
    );
  const { errors, warnings, notes, undecided } = found.verification;
  return (
    <section class="findings" aria-label="Findings">
      <Verdict found={found.verification} stale={found.text !== text} />
      <FindingList list={errors} text={text} show={show} />
      <FindingList list={warnings} text={text} show={show} />
      <FindingList list={undecided} text={text} show={show} />
      {notes.length > 0 && (
        <details class="raw">
          <summary>{plural(notes.length, "note")}: usual, and good to know</summary>
          <FindingList list={notes} text={text} show={show} />
        </details>
      )}
    </section>
  );
}

function Verdict({
  found: { errors, warnings, undecided, stats },
  stale,
}: {
  found: Verification;
  stale: boolean;
}) {
  const open = undecided.length > 0 ? `, ${plural(undecided.length, "question")} undecided` : "";
  const clean = errors.length + warnings.length + undecided.length === 0;
  return (
    <div class="verdict">
      <p>
        <strong>
          {clean
            ? "Proved: every lead reaches an active human, at every minute of the week."
            : `${plural(errors.length, "error")}, ${plural(warnings.length, "warning")}${open}.`}
        </strong>{" "}
        {stale && <span class="faint">The text has changed since this check.</span>}
      </p>
      {stats && (
        <p class="faint">
          {stats.proved} of {plural(stats.branches, "branch", "branches")} proved never to end with nobody,
          whoever is absent.
        </p>
      )}
    </div>
  );
}

interface ListProps {
  list: readonly Finding[];
  text: string;
  show: Props["show"];
}

function FindingList({ list, text, show }: ListProps) {
  if (list.length === 0) return null;
  return (
    <ul class={`finding-list finding-${list[0]!.severity}`}>
      {list.map((finding, index) => (
        <li key={index}>
          <p>
            <span class="chip">{humanise(finding.severity)}</span> {finding.message}
          </p>
          <Places finding={finding} text={text} show={show} />
          {finding.counterexample && (
            <Example finding={finding.message} example={finding.counterexample} byDraft />
          )}
        </li>
      ))}
    </ul>
  );
}

/** The line it is about, and each rule that it names. */
function Places({
  finding: { pointer, rules, code },
  text,
  show,
}: { finding: Finding } & Omit<ListProps, "list">) {
  const position = positionOf(text, pointer);
  return (
    <p class="finding-places">
      {position ? (
        <button type="button" class="as-link" onClick={() => show(pointer)}>
          line {position.line} <span class="faint">{pointer}</span>
        </button>
      ) : (
        <code class="faint">{pointer}</code>
      )}
      {rules.map((id) => (
        <RuleLink key={id} id={id} show={show} />
      ))}
      {code && <code class="faint">{code}</code>}
    </p>
  );
}

function RuleLink({ id, show }: { id: string; show: Props["show"] }) {
  const pointer = pointerOf(draft.document.value, id);
  if (!pointer) return <code>{id}</code>;
  return (
    <button type="button" class="as-link" onClick={() => show(pointer)}>
      {id}
    </button>
  );
}
