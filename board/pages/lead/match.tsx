/** Which account the lead was matched to, how sure that is, why, and who else it might have been. */
import { useSignal } from "@preact/signals";
import type { Lead } from "../../../schema/wire/lead.ts";
import { me } from "../../api/session.ts";
import { isClosed } from "../../logic/grouping.ts";
import { may } from "../../logic/rights.ts";
import { METHOD_WORDS } from "../../logic/words.ts";
import { withOwn } from "../../router.ts";
import { Card } from "../../ui/card.tsx";
import { percent } from "../../ui/confidence.tsx";
import { accountPath, INSPECTOR } from "../matching/tabs.tsx";
import { AccountDialog } from "./accountDialog.tsx";

export function Match({ lead, onDone }: { lead: Lead; onDone: () => Promise<void> }) {
  const { match, account } = lead;
  const others = match.candidates.filter(({ accountId }) => accountId !== match.accountId);
  return (
    <Card title="Account">
      {match.accountId === null && !account ? (
        <p>
          {match.corrected ? "It belongs to no account." : "No account matched."}{" "}
          <span class="faint">{noneWords(lead, others.length)}</span>
        </p>
      ) : (
        <p class="match">
          <AccountName id={account?.id ?? match.accountId} name={account?.name ?? null} />{" "}
          <span class="faint">
            {match.corrected ? (
              "said by hand"
            ) : (
              <>
                {METHOD_WORDS[match.method] ?? match.method},{" "}
                <span class="figure">{percent(match.confidence)}</span> sure
              </>
            )}
          </span>
        </p>
      )}
      {match.reasons.length > 0 && (
        <ul class="reasons">
          {match.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {others.length > 0 && (
        <details class="raw">
          <summary>Other candidates ({others.length})</summary>
          <ul class="candidates">
            {others.map((candidate) => (
              <li key={candidate.accountId}>
                {candidate.name}{" "}
                <span class="faint">
                  {METHOD_WORDS[candidate.method] ?? candidate.method},{" "}
                  <span class="figure">{percent(candidate.confidence)}</span>
                  {candidate.reasons.length > 0 ? `: ${candidate.reasons.join("; ")}` : ""}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Doubt lead={lead} onDone={onDone} />
    </Card>
  );
}

/** A link for who may look accounts up. */
function AccountName({ id, name }: { id: string | null; name: string | null }) {
  const words = <strong>{name ?? id}</strong>;
  return id !== null && may(me.value?.role, "inspect") ? <a href={accountPath(id)}>{words}</a> : words;
}

const noneWords = ({ match }: Lead, others: number): string => {
  if (match.corrected) return "Said by hand.";
  return others > 0 ? "The best candidates stand below, and why none was taken." : "Nothing comes close.";
};

const inspectPath = ({ person, facts }: Lead): string => {
  const text = (name: string) => (typeof facts[name] === "string" ? facts[name] : null);
  const { email, company, country } = person;
  return withOwn(INSPECTOR, {
    email,
    company,
    country,
    city: text("city"),
    website: text("website"),
  });
};

/** Who may work the lead may say that it is another account; the server asks whose lead it is. */
function Doubt({ lead, onDone }: { lead: Lead; onDone: () => Promise<void> }) {
  const open = useSignal(false);
  const role = me.value?.role;
  const corrects = may(role, "work") && !isClosed(lead);
  if (!corrects && !may(role, "inspect")) return null;
  return (
    <div class="match-more">
      {corrects && (
        <button type="button" class="button" onClick={() => (open.value = true)}>
          Not right?
        </button>
      )}
      {may(role, "inspect") && <a href={inspectPath(lead)}>Inspect</a>}
      {open.value && (
        <AccountDialog
          lead={lead}
          onClose={() => (open.value = false)}
          onDone={async () => {
            open.value = false;
            await onDone();
          }}
        />
      )}
    </div>
  );
}
