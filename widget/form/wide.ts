/** Which fields take a whole line where there is room for two side by side. */
import type { Field } from "../types.ts";

const isLong = ({ type }: Field): boolean => type === "textarea" || type === "checkbox";

/** Short fields stand in pairs where there is room; one without a partner takes the whole line. */
export function wideFields(fields: Field[]): Field[] {
  let isPaired = false;
  return fields.filter((field, at) => {
    const next = fields[at + 1];
    const isWide = isLong(field) || (!isPaired && (!next || isLong(next)));
    isPaired = !isWide && !isPaired;
    return isWide;
  });
}
