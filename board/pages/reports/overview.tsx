/** All reports, with the scorecard's main figures and how the first touch goes. */
import type { Report } from "../../../schema/wire/reports.ts";
import { me } from "../../api/session.ts";
import { useResource } from "../../api/resource.ts";
import { figureWords, REPORT_CARDS } from "../../logic/reports.ts";
import { Line } from "../../ui/chart/line.tsx";
import { Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Tiles } from "./tiles.tsx";

const SHOWN = [
  "leads",
  "mqlsPerWeek",
  "compliance",
  "medianSeconds",
  "contactRate",
  "mqlToSql",
  "pipelineAmount",
];

export function ReportsPage() {
  const { value, error, reload } = useResource<Report>("/v1/reports/scorecard");
  const report = value.value;
  const rep = me.value?.role === "rep";
  return (
    <Page title="Reports">
      {error.value && (
        <Failure error={error.value} what="The figures didn’t load." retry={() => void reload()} />
      )}
      {!report && !error.value && <Loading what="the figures" />}
      {report && <Month report={report} own={rep} />}
      <ul class="report-cards">
        {REPORT_CARDS.filter(({ everybody }) => !rep || !everybody).map(({ name, title, about }) => (
          <li key={name} class="report-card">
            <a href={`/board/reports/${name}`}>{title}</a>
            <p>{about}</p>
          </li>
        ))}
        <li class="report-card">
          <a href="/board/reports/rotation-ledger">Rotation ledger</a>
          <p>What each rotation owed its members and gave them, and why somebody was passed over.</p>
        </li>
      </ul>
    </Page>
  );
}

function Month({ report, own }: { report: Report; own: boolean }) {
  const { series, totals, period } = report;
  const columns = (series?.columns ?? []).filter(({ key }) => SHOWN.includes(key));
  if (!totals?.["leads"])
    return (
      <p class="report-about">
        No leads yet from {period.from} to {period.to}. Figures appear here as they come in.
      </p>
    );
  const target = report.commitments.find(({ id }) => id === "compliance")?.target ?? null;
  const points = (series?.rows ?? []).map(({ label, values }) => {
    const share = values["compliance"];
    return { label, value: typeof share === "number" ? share : null };
  });
  return (
    <section class="report-part">
      <p class="report-about">
        {own ? "Your leads" : "All leads"} from {period.from} to {period.to}.
      </p>
      <Tiles report={report} columns={columns} />
      <h2>First touch in time</h2>
      <Line
        points={points}
        label="First touch in time"
        words={(value) => figureWords(value, "share")}
        target={target}
      />
    </section>
  );
}
