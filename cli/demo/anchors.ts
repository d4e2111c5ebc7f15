/**
 * Accounts the demo's story leans on, by hand: owners by every name a CRM may use for them, families, customers, a
 * competitor, and one owner nobody knows.
 */
import type { AccountRow, ContactRow, OpportunityRow } from "./crm-types.ts";

type Anchor = Partial<AccountRow> &
  Pick<AccountRow, "id" | "name" | "domain" | "country" | "city" | "industry" | "employees">;

const anchor = (row: Anchor): AccountRow => ({
  domains: [],
  parentId: null,
  owner: null,
  csm: null,
  lifecycle: "prospect",
  ...row,
});

const place = (country: string, city: string, industry: string, employees: number) => ({
  country,
  city,
  industry,
  employees,
});

export const ANCHOR_ACCOUNTS: readonly AccountRow[] = [
  // The child stands before its parent on purpose: a `parentId` may point forward.
  anchor({
    id: "acc-vantera-de",
    name: "Vantera Deutschland GmbH",
    domain: "vantera-de.example",
    parentId: "acc-vantera",
    owner: "leila.haddanour@heliorobotics.example",
    ...place("DE", "Hamburg", "Logistics", 640),
  }),
  anchor({
    id: "acc-vantera",
    name: "Vantera Logistics Inc.",
    domain: "vantera.example",
    domains: ["vantera-group.example", "vanteralogistics.example"],
    owner: "june",
    ...place("US", "Chicago", "Logistics", 4200),
  }),
  anchor({
    id: "acc-brackmoor",
    name: "Brackmoor Foods Ltd",
    domain: "brackmoor.example",
    owner: "9104",
    ...place("GB", "Leeds", "Food and beverage", 880),
  }),
  anchor({
    id: "acc-tidewell",
    name: "Tidewell Supply Co.",
    domain: "tidewell.example",
    owner: "darnell",
    ...place("US", "Atlanta", "Retail", 310),
  }),
  anchor({
    id: "acc-oakfen",
    name: "Oakfen Furnishings LLC",
    domain: "oakfen.example",
    owner: "005HE0000009103",
    ...place("US", "Columbus", "Manufacturing", 260),
  }),
  anchor({
    id: "acc-solvanta",
    name: "Solvanta Pharma AG",
    domain: "solvanta.example",
    lifecycle: "customer",
    owner: "tomasz",
    csm: "noor",
    ...place("DE", "Köln", "Pharmaceuticals", 1900),
  }),
  anchor({
    id: "acc-merrowline",
    name: "Merrowline Shipping B.V.",
    domain: "merrowline.example",
    lifecycle: "customer",
    owner: "leila",
    csm: "noor.elsaying@heliorobotics.example",
    ...place("DE", "Hamburg", "Logistics", 720),
  }),
  anchor({
    id: "acc-grippium",
    name: "Grippium Automation Inc.",
    domain: "grippium.example",
    lifecycle: "competitor",
    ...place("US", "Denver", "Robotics", 450),
  }),
  anchor({
    id: "acc-castorix",
    name: "Castorix Components SAS",
    domain: "castorix.example",
    owner: "leila",
    ...place("FR", "Lyon", "Automotive", 1300),
  }),
  anchor({
    id: "acc-harbourlux",
    name: "Harbourlux Retail Pty Ltd",
    domain: "harbourlux.example",
    ...place("AU", "Sydney", "Retail", 540),
  }),
  anchor({
    id: "acc-orchidane",
    name: "Orchidane Electronics Pte. Ltd.",
    domain: "orchidane.example",
    ...place("SG", "Singapore", "Electronics", 760),
  }),
  anchor({
    id: "acc-northquarry",
    name: "Northquarry Materials Corp.",
    domain: "northquarry.example",
    ...place("US", "Denver", "Manufacturing", 12_400),
  }),
  anchor({
    id: "acc-elmstride",
    name: "Elmstride Apparel Inc.",
    domain: "elmstride.example",
    ...place("US", "Portland", "Apparel", 5600),
  }),
  anchor({
    id: "acc-pinnabell",
    name: "Pinnabell Hotels LLC",
    domain: "pinnabell.example",
    // Left the company years ago; the CRM never heard.
    owner: "005HE0000000777",
    ...place("US", "Atlanta", "Hospitality", 430),
  }),
  anchor({
    id: "acc-kurenai",
    name: "Kurenai Seiki K.K.",
    domain: "kurenai-seiki.example",
    ...place("JP", "Nagoya", "Automotive", 980),
  }),
];

const contact = (row: Omit<ContactRow, "phone" | "owner"> & Partial<ContactRow>): ContactRow => ({
  phone: null,
  owner: null,
  ...row,
});

export const ANCHOR_CONTACTS: readonly ContactRow[] = [
  contact({
    id: "con-vantera-1",
    email: "marisol.pellgrove@vantera.example",
    accountId: "acc-vantera",
    name: "Marisol Pellgrove",
    title: "Director of Operations",
    owner: "june",
  }),
  // A private address that the CRM knows: free mail that is matched all the same.
  contact({
    id: "con-brackmoor-1",
    email: "isolde.harrowby.brackmoor@gmail.com",
    accountId: "acc-brackmoor",
    name: "Isolde Harrowby",
    title: "Head of Warehousing",
    owner: "9104",
  }),
  contact({
    id: "con-solvanta-1",
    email: "annelie.broich@solvanta.example",
    accountId: "acc-solvanta",
    name: "Annelie Bröichling",
    title: "Leiterin Intralogistik",
    owner: "noor",
  }),
];

export const ANCHOR_OPPORTUNITIES: readonly OpportunityRow[] = [
  {
    id: "opp-castorix-1",
    accountId: "acc-castorix",
    name: "Castorix: 24 Helio pickers, Lyon",
    open: true,
    stage: "proposal",
    amount: 384_000,
    currency: "EUR",
    owner: "leila",
    closeDate: "2027-02-26",
  },
];
