/** Which account the lead was matched to, how sure that is, why, and who else it might have been. */
import type { Lead } from "../../../schema/wire/lead.ts";
import { METHOD_WORDS } from "../../logic/words.ts";
import { Card } from "../../ui/card.tsx";

const percent = (share: number) => `${Math.round(share * 100)} %`;

export function Match({ lead }: { lead: Lead }) {
  const { match, account } = lead;
  const others = match.candidates.filter(({ accountId }) => accountId !== match.accountId);
  return (
    <Card title="Account">
      {match.accountId === null && !account ? (
        <p>
          No account matched.{" "}
          <span class="faint">
            {others.length > 0
              ? "The best candidates stand below; none was sure enough."
              : "Nothing comes close."}
          </span>
        </p>
      ) : (
        <p class="match">
          <strong>{account?.name ?? match.accountId}</strong>{" "}
          <span class="faint">
            {METHOD_WORDS[match.method] ?? match.method},{" "}
            <span class="figure">{percent(match.confidence)}</span> sure
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
    </Card>
  );
}
