/** What the document commits marketing and sales to, against what was. */
import type { Report } from "../../../schema/wire/reports.ts";
import type { Compiled } from "../../domain/config/compiled.ts";
import type { Ask } from "./ask.ts";

type Commitment = Report["commitments"][number];

const LABELS = {
  mqlsPerWeek: { label: "MQLs a week", kind: "number" },
  requiredFieldsShare: { label: "Required fields given", kind: "share" },
  compliance: { label: "First touch in time", kind: "share" },
} as const;
type Id = keyof typeof LABELS;

const targets = ({ document }: Compiled): Partial<Record<Id, number>> => {
  const { marketing, sales } = document.commitments;
  return Object.fromEntries(
    Object.entries({
      mqlsPerWeek: marketing?.mqlsPerWeek,
      requiredFieldsShare: marketing?.requiredFieldsShare,
      compliance: sales?.firstTouchShare,
    }).filter(([, target]) => typeof target === "number"),
  ) as Partial<Record<Id, number>>;
};

/** What is promised of everybody's leads together. */
const OF_ALL: ReadonlySet<string> = new Set<Id>(["mqlsPerWeek"]);

/** Of those whose figure is known; of some leads only what every part of them owes. */
export const commitmentsFor = (
  { compiled, filters }: Pick<Ask, "compiled" | "filters">,
  totals: Readonly<Record<string, number | null>>,
): Commitment[] =>
  Object.entries(targets(compiled))
    .filter(([id]) => id in totals && (Object.keys(filters).length === 0 || !OF_ALL.has(id)))
    .map(([id, target]) => {
      const actual = totals[id] ?? null;
      return { id, ...LABELS[id as Id], target, actual, met: actual === null ? null : actual >= target };
    });
