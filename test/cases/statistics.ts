/** Known values: normal tails from tables, trend tests and corrections worked out by hand or with R. */

/** Upper tails of the standard normal, to the digits tables print. */
export const TAILS: readonly (readonly [z: number, p: number])[] = [
  [0, 0.5],
  [0.5, 0.308537538725987],
  [1, 0.158655253931457],
  [1.959963984540054, 0.025],
  [2.5758293035489, 0.005],
  [3.5, 2.32629079035525e-4],
  [3, 1.349898031630095e-3],
  [4, 3.16712418331199e-5],
  [5, 2.86651571879194e-7],
  [8, 6.22096057427178e-16],
  [-1, 0.841344746068543],
];

type DoseCase = readonly [of: number, hits: number, value: number];

/** `prop.trend.test(hits, of, value)` of R gives X-squared, which is z squared. */
export const TRENDS: readonly { name: string; doses: readonly DoseCase[]; z: number | null }[] = [
  {
    // Fleiss, smokers among lung patients, R's own example: X-squared = 8.2249.
    name: "smokers, by patient group",
    doses: [
      [86, 83, 1],
      [93, 90, 2],
      [136, 129, 3],
      [82, 70, 4],
    ],
    z: -Math.sqrt(8.2249),
  },
  {
    name: "no trend",
    doses: [
      [10, 5, 0],
      [10, 5, 1],
    ],
    z: 0,
  },
  {
    // Two groups: the pooled two-proportion z, (0.9 - 0.5) / sqrt(0.7 × 0.3 × 2 / 20).
    name: "two groups",
    doses: [
      [20, 10, 10],
      [20, 18, 80],
    ],
    z: 0.4 / Math.sqrt((0.7 * 0.3 * 2) / 20),
  },
  { name: "all of one value", doses: [[30, 10, 5]], z: null },
  {
    name: "everybody touched",
    doses: [
      [10, 10, 0],
      [10, 10, 1],
    ],
    z: null,
  },
  { name: "nobody at all", doses: [], z: null },
];

/** `p.adjust(p, "holm")`. */
export const HOLM: readonly (readonly [ps: readonly number[], adjusted: readonly number[]])[] = [
  [
    [0.01, 0.04, 0.03],
    [0.03, 0.06, 0.06],
  ],
  [
    [0.5, 0.9],
    [1, 1],
  ],
  [[0.001], [0.001]],
  [[], []],
];

/** One-sided p of the permutation test: ways to choose as many that are worth as much or more, of all ways. */
export const PICKS: readonly { name: string; doses: readonly DoseCase[]; p: number; enough: boolean }[] = [
  {
    // The one of four that was reached is the dear one: one way of four. (The normal distribution says 0.0455, two-sided.)
    name: "one of four",
    doses: [
      [3, 0, 10],
      [1, 1, 90],
    ],
    p: 1 / 4,
    enough: false,
  },
  {
    // The normal distribution says 0.0016, two-sided.
    name: "one of ten",
    doses: [
      [9, 0, 10],
      [1, 1, 90],
    ],
    p: 1 / 10,
    enough: false,
  },
  {
    name: "both dear ones of ten and one more: 8 of 120 ways",
    doses: [
      [8, 1, 10],
      [2, 2, 90],
    ],
    p: 8 / 120,
    enough: true,
  },
  {
    name: "the best three of ten",
    doses: [
      [7, 0, 0],
      [3, 3, 55],
    ],
    p: 1 / 120,
    enough: true,
  },
  {
    name: "the worst three of ten: every choice is worth as much or more",
    doses: [
      [3, 3, -20],
      [7, 0, 0],
    ],
    p: 1,
    enough: true,
  },
  {
    name: "all but the two cheapest of nine",
    doses: [
      [2, 0, 0],
      [3, 3, 5],
      [4, 4, 15],
    ],
    p: 1 / 36,
    enough: false,
  },
  {
    // C(20, 9) × C(20, 1) + C(20, 10), of C(40, 10).
    name: "nine of ten from the better half of forty",
    doses: [
      [20, 1, 30],
      [20, 9, 70],
    ],
    p: (167_960 * 20 + 184_756) / 847_660_528,
    enough: true,
  },
];
