/** One report: totals, a chart or the table behind it, and what else belongs to it. */
import type { Report, ReportColumn, ReportTable } from "../../../schema/wire/reports.ts";
import { useResource } from "../../api/resource.ts";
import { cellWords, chartable, figureWords, linkOf, type ReportCard } from "../../logic/reports.ts";
import { go, place, withQuery } from "../../router.ts";
import { Bars } from "../../ui/chart/bars.tsx";
import { Line } from "../../ui/chart/line.tsx";
import { Field } from "../../ui/field.tsx";
import { Empty, Failure, Loading, Notice } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Time } from "../../ui/time.tsx";
import { Controls, type Asked } from "./controls.tsx";
import { FigureTable } from "./table.tsx";
import { Tiles } from "./tiles.tsx";

const NAMES = ["from", "to", "group", "view", "figure"] as const;

const readAsked = (query: URLSearchParams): Asked => {
  const asked: Asked = {};
  for (const name of NAMES) {
    const value = query.get(name);
    if (value) asked[name] = value;
  }
  return asked;
};

const apiPath = (name: string, { from, to, group }: Asked, more: Record<string, string> = {}): string =>
  withQuery(`/v1/reports/${name}`, { from, to, group, ...more });

export function ReportPage({ card }: { card: ReportCard }) {
  const asked = readAsked(place.value.query);
  const { value, error, reload } = useResource<Report>(apiPath(card.name, asked));
  const report = value.value;
  const set = (next: Asked) => go(withQuery(`/board/reports/${card.name}`, { ...asked, ...next }), "replace");
  return (
    <Page title={card.title} aside={<a href="/board/reports">All reports</a>}>
      <p class="report-about">{card.about}</p>
      <Controls
        card={card}
        asked={asked}
        period={report?.period ?? null}
        group={report?.group ?? null}
        set={set}
      />
      {error.value && (
        <Failure error={error.value} what="The report didn’t load." retry={() => void reload()} />
      )}
      {!report && !error.value && <Loading what="the report" />}
      {report && <Shown report={report} card={card} asked={asked} set={set} />}
    </Page>
  );
}

interface ShownProps {
  report: Report;
  card: ReportCard;
  asked: Asked;
  set: (next: Asked) => void;
}

const FIRST: Readonly<Record<string, string>> = {
  person: "Person",
  team: "Team",
  source: "Source",
  segment: "Segment",
  form: "Form",
  hour: "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
};

const SECTION_FIRST: Readonly<Record<string, string>> = {
  latest: "Person",
  people: "Person",
  overstayed: "Person",
  broken: "Person",
  distribution: "First touch",
  codes: "Code",
};

const hasNothing = ({ rows, sections }: Report): boolean =>
  rows.every(({ values }) => Object.values(values).every((value) => !value)) &&
  sections.every((section) => section.rows.length === 0);

function Shown({ report, card, asked, set }: ShownProps) {
  if (hasNothing(report) && report.name === "safety-nets")
    return (
      <Empty title="Every net is empty">
        <p>
          They are looked into every five minutes. What one catches appears here, with the leads behind it,
          and stays in the figures after it is let go.
        </p>
      </Empty>
    );
  if (hasNothing(report))
    return (
      <Empty title="Nothing in this period">
        <p>
          Figures appear here as leads come in, are touched and closed. {report.period.from} to{" "}
          {report.period.to} has none.
        </p>
      </Empty>
    );
  const first = FIRST[report.group ?? ""] ?? "";
  return (
    <>
      {!report.complete && (
        <Notice>Older leads are still being counted; the figures grow until that is done.</Notice>
      )}
      <Tiles report={report} />
      <Main report={report} card={card} asked={asked} set={set} first={first} />
      {report.sections.map((section) => (
        <Section key={section.id} section={section} name={report.name} asked={asked} />
      ))}
      {report.baseline && (
        <p class="faint report-note">
          Baseline: {report.baseline.from} to {report.baseline.to}, taken{" "}
          <Time at={report.baseline.takenAt} />.
        </p>
      )}
      {report.notes.map((note) => (
        <p key={note} class="faint report-note">
          {note}
        </p>
      ))}
    </>
  );
}

const VIEWS = [
  ["", "Chart"],
  ["table", "Table"],
] as const;

function Main({ report, card, asked, set, first }: ShownProps & { first: string }) {
  const figures = chartable(report);
  const column =
    figures.find(({ key }) => key === (asked.figure ?? card.figure)) ??
    figures.find(({ kind }) => kind === "count");
  const asTable = asked.view === "table" || !column || report.name === "scorecard";
  return (
    <section class="report-part">
      <div class="report-bar">
        {column && report.name !== "scorecard" && (
          <Segmented
            label="Show as"
            choices={VIEWS}
            chosen={asTable ? "table" : ""}
            choose={(view) => set({ view })}
          />
        )}
        {column && !asTable && <FigureChoice figures={figures} chosen={column} set={set} />}
        <Download href={apiPath(card.name, asked, { format: "excel" })} what={report.title} />
      </div>
      {asTable ? (
        <FigureTable title={report.title} table={report} first={first || "Name"} />
      ) : (
        <Charts report={report} column={column} />
      )}
    </section>
  );
}

const Download = ({ href, what }: { href: string; what: string }) => (
  <a class="button report-download" href={href} download aria-label={`${what} as CSV`}>
    CSV
  </a>
);

function FigureChoice({
  figures,
  chosen,
  set,
}: {
  figures: readonly ReportColumn[];
  chosen: ReportColumn;
  set: (next: Asked) => void;
}) {
  return (
    <Field label="Figure">
      <select
        name="figure"
        value={chosen.key}
        onChange={(event) => set({ figure: event.currentTarget.value })}
      >
        {figures.map(({ key, label }) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

/** More bars than this nobody reads; the table has them all. */
const MOST_BARS = 20;

const barsOf = (table: Pick<ReportTable, "rows">, column: ReportColumn) =>
  table.rows
    .filter(({ values }) => typeof values[column.key] === "number")
    .slice(0, MOST_BARS)
    .map((row) => ({
      key: row.key,
      label: row.label,
      value: Number(row.values[column.key]),
      words: cellWords(row, column),
      href: linkOf(row, column),
    }));

function Charts({ report, column }: { report: Report; column: ReportColumn }) {
  const target = report.commitments.find(({ id }) => id === column.key)?.target ?? null;
  const { series } = report;
  const inSeries = series?.columns.some(({ key }) => key === column.key) === true;
  const points = (series?.rows ?? []).map(({ label, values }) => {
    const value = values[column.key];
    return { label, value: typeof value === "number" ? value : null };
  });
  return (
    <>
      <Bars bars={barsOf(report, column)} label={column.label} target={target} />
      {report.rows.length > MOST_BARS && (
        <p class="faint">
          The first {MOST_BARS}; the table has all {report.rows.length}.
        </p>
      )}
      {inSeries && points.length > 1 && (
        <>
          <h2>{series?.title}</h2>
          <Line
            points={points}
            label={column.label}
            words={(value) => figureWords(value, column.kind)}
            target={target}
          />
        </>
      )}
    </>
  );
}

function Section({ section, name, asked }: { section: ReportTable; name: string; asked: Asked }) {
  const column = section.columns.find(({ key }) => key === "leads");
  return (
    <section class="report-part">
      <div class="report-bar">
        <h2>{section.title}</h2>
        <Download
          href={apiPath(name, asked, { format: "excel", section: section.id })}
          what={section.title}
        />
      </div>
      {section.rows.length === 0 ? (
        <p class="faint">Nothing in this period.</p>
      ) : (
        <>
          {column && <Bars bars={barsOf(section, column)} label={`${section.title}: ${column.label}`} />}
          <FigureTable title={section.title} table={section} first={SECTION_FIRST[section.id] ?? "Name"} />
        </>
      )}
    </section>
  );
}
