/** What a visitor filled in against what the form declares. */
import { describe, expect, test } from "vitest";
import { checkSubmission } from "../../../worker/domain/capture/validate.ts";

describe("a phone number", () => {
  const field = { name: "phone", type: "tel", label: "Phone", required: false } as const;
  const faults = (fields: Record<string, unknown>) =>
    checkSubmission({ fields: [field], consent: null }, fields, null);

  test.each(["+49 30 901820", "1-800-FLOWERS", "ext. 5", "٠٣٠ ١٢٣", "", "   "])("%j is taken", (phone) => {
    expect(faults({ phone })).toEqual([]);
  });

  test.each(["abc", "n/a", "+", "call me"])("%j is none, and refused only where one is required", (phone) => {
    const required = { fields: [{ ...field, required: true }], consent: null };
    expect(checkSubmission(required, { phone }, null)).toEqual([
      { pointer: "/fields/phone", detail: "Phone must be a phone number such as +49 30 901820." },
    ]);
    expect(faults({ phone })).toEqual([]);
    // What the form doesn't declare is kept as it is.
    expect(faults({ mobile: phone })).toEqual([]);
  });
});
