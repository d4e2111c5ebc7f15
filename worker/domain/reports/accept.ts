/** Whether who asks would rather have CSV than JSON, by the `Accept` of RFC 9110. Pure. */

interface Wish {
  type: string;
  q: number;
}

const wishesOf = (accept: string): Wish[] =>
  accept.split(",").map((part) => {
    const [type = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
    const q = Number(parameters.find((each) => each.startsWith("q="))?.slice(2) ?? 1);
    return { type, q: Number.isFinite(q) ? q : 0 };
  });

/** What is named counts, before what a range of types takes in; of two that are wished alike the first named. */
export const prefersCsv = (accept: string): boolean => {
  const wishes = wishesOf(accept);
  const at = (type: string): number => wishes.findIndex((wish) => wish.type === type);
  const csv = wishes[at("text/csv")];
  if (!csv || csv.q <= 0) return false;
  const json = wishes[at("application/json")];
  return !json || csv.q > json.q || (csv.q === json.q && at("text/csv") < at("application/json"));
};
