/**
 * The companies that the demo's data provider knows: invented, each from its domain, so the same question always gets the
 * same answer; every fourth is unknown.
 */
const INDUSTRIES = [
  "logistics and supply chain",
  "industrial automation",
  "food production",
  "medical devices",
  "automotive",
  "electrical/electronic manufacturing",
  "warehousing",
  "packaging and containers",
];
const COUNTRIES = ["united states", "germany", "united kingdom", "france", "canada", "netherlands", "japan"];
const EMPLOYEES = [18, 60, 140, 420, 900, 2600, 12_000];

/** FNV-1a. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (const letter of text) value = Math.imul(value ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return value;
};

const pick = <T>(list: readonly T[], seed: number): T => list[seed % list.length] as T;

const words = (label: string): string =>
  label
    .split(/[-_]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");

export interface DemoCompany {
  /** How sure the provider is, 6 to 9. */
  likelihood: number;
  name: string;
  employees: number;
  industry: string;
  /** In English, lower case, as the provider writes it. */
  country: string;
}

/** Null: unknown. */
export const demoCompany = (domain: string): DemoCompany | null => {
  if (hash(`known ${domain}`) % 4 === 0) return null;
  const seed = hash(domain);
  return {
    likelihood: 6 + (seed % 4),
    name: words(domain.split(".")[0] ?? domain),
    employees: pick(EMPLOYEES, seed >>> 3),
    industry: pick(INDUSTRIES, seed >>> 7),
    country: pick(COUNTRIES, seed >>> 11),
  };
};
