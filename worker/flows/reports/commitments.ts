/** What the document commits marketing and sales to, against what was. */
import type { Report } from "../../../schema/wire/reports.ts";
import type { Compiled } from "../../domain/config/compiled.ts";

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

/** Of those whose figure is known. */
export const commitmentsFor = (
  compiled: Compiled,
  totals: Readonly<Record<string, number | null>>,
): Commitment[] =>
  Object.entries(targets(compiled))
    .filter(([id]) => id in totals)
    .map(([id, target]) => {
      const actual = totals[id] ?? null;
      return { id, ...LABELS[id as Id], target, actual, met: actual === null ? null : actual >= target };
    });
