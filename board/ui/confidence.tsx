/** How sure a match is, with the marks from which it is shown and from which it is taken. */
import type { MatchAnswer } from "../../schema/wire/match.ts";

export type Thresholds = MatchAnswer["thresholds"];
/** What an account is that is sure enough. */
export type How = "taken" | "suggested";

export const percent = (share: number) => `${Math.round(share * 100)} %`;

export function Confidence({ share, thresholds, how }: { share: number; thresholds: Thresholds; how: How }) {
  const { accept, review } = thresholds;
  const words = `${percent(share)} sure; ${how} from ${percent(accept)}, shown from ${percent(review)}`;
  return (
    <div class="sure">
      <svg class="sure-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={words}>
        <rect class="sure-ground" width="100" height="8" />
        <rect class={share >= accept ? "sure-taken" : "sure-shown"} width={share * 100} height="8" />
        <rect class="sure-mark" x={accept * 100 - 0.4} width="0.8" height="8" />
        <rect class="sure-mark" x={review * 100 - 0.4} width="0.8" height="8" />
      </svg>
      <span class="figure">{percent(share)}</span>
    </div>
  );
}
