/** Today's figures and the safety nets: every number leads to the list that it counts. */
import type { Board } from "../../schema/wire/board.ts";
import { duration } from "../logic/countdown.ts";
import { withQuery } from "../router.ts";

export function Figures({ today, nets }: { today: Board["today"]; nets: Board["nets"] }) {
  const median = today.medianSpeedToLeadSeconds;
  const holding = nets.filter(({ count }) => count > 0);
  return (
    <section class="figures" aria-label="Today">
      <ul class="figure-list">
        <Figure label="captured" value={today.captured} to={{ today: "captured" }} />
        <Figure label="touched" value={today.touched} to={{ today: "touched" }} />
        <Figure
          label="median speed-to-lead"
          value={median === null ? "–" : duration(median * 1000)}
          to={{ today: "touched" }}
        />
        <Figure
          label="breached"
          value={today.breached}
          to={{ today: "breached" }}
          missed={today.breached > 0}
        />
        <Figure label="reassigned" value={today.reassigned} to={{ today: "reassigned" }} />
      </ul>
      <div class="nets">
        <h2 class="nets-title">Safety nets</h2>
        {holding.length === 0 ? (
          <p class="faint">
            {nets.length > 0 ? "hold nothing: no lead slipped through." : "are not reported."}
          </p>
        ) : (
          <ul>
            {holding.map(({ net, label, count }) => (
              <li key={net}>
                <a href={withQuery("/board/leads", { net })}>
                  <span class="figure">{count}</span> {label.toLowerCase()}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}

interface FigureProps {
  label: string;
  value: number | string;
  to: Record<string, string>;
  missed?: boolean;
}

const Figure = ({ label, value, to, missed = false }: FigureProps) => (
  <li>
    <a href={withQuery("/board/leads", to)} class={`stat${missed ? " stat-missed" : ""}`}>
      <span class="stat-value">{value}</span>
      <span class="stat-label">{label}</span>
    </a>
  </li>
);
