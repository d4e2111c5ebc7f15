/**
 * What an e-mail address decides, as one variable: its host, whether that is free mail or a throw-away, and the company
 * domain it stands for. Hosts that conditions name are worked out as capture does; any other host may be of any kind.
 */
import { isDisposable, isFreeMail } from "../../enrichment/freemail.ts";
import { registrableDomain } from "../../enrichment/domain.ts";
import { suggestDomain } from "../../enrichment/misspelt.ts";
import type { Atom } from "./atoms.ts";
import { textAtoms, type Candidate } from "./candidates.ts";
import { tellingTexts } from "./texts.ts";

export const MAIL_FIELDS = [
  "lead.emailDomain",
  "lead.corporateDomain",
  "lead.freeMail",
  "lead.disposable",
] as const;

interface Host {
  host: string | null;
  company: string | null;
  free?: boolean;
  disposable?: boolean;
  /** Stand for hosts and companies that no condition names. */
  open: readonly string[];
}

const HOST = "lead.emailDomain";
const COMPANY = "lead.corporateDomain";
const BOTH = [HOST, COMPANY];

const candidate = ({ host, company, free = false, disposable = false, open }: Host): Candidate => ({
  values: {
    [HOST]: host,
    [COMPANY]: company,
    "lead.freeMail": free,
    "lead.disposable": disposable,
  },
  open,
});

/** As capture reads it. */
const hostFacts = (host: string): Host => {
  const free = isFreeMail(host);
  const disposable = isDisposable(host);
  const personal = free || disposable || suggestDomain(host) !== null;
  return { host, company: personal ? null : registrableDomain(host), free, disposable, open: [] };
};

/** Hosts of every kind for conditions that don't name them; examples first, so that a lead can be made of them. */
const USUAL: readonly Host[] = [
  { host: "northwind.example", company: "northwind.example", open: BOTH },
  { host: "gmail.com", company: null, free: true, open: BOTH },
  { host: "mailinator.com", company: null, disposable: true, open: BOTH },
  { host: null, company: null, open: [] },
];

const KINDS = [{}, { free: true }, { disposable: true }, { free: true, disposable: true }];

/** Null where conditions ask too much of the texts to work it out together. */
export const mailCandidates = (
  hostAtoms: readonly Atom[],
  companyAtoms: readonly Atom[],
): Candidate[] | null => {
  const hosts = textAtoms(hostAtoms);
  const companies = textAtoms(companyAtoms);
  const named = new Set([...hosts.named, ...companies.named]);
  const usual = USUAL.filter(({ host }) => host === null || !named.has(host));
  const openHosts = tellingTexts(hosts.tests, hosts.named);
  const openCompanies = tellingTexts(companies.tests, companies.named);
  if (openHosts === null || openCompanies === null) return null;
  const anyHost = openHosts.flatMap((host) => [
    ...openCompanies.map((company): Host => ({ host, company, open: BOTH })),
    ...KINDS.map((kind): Host => ({ host, company: null, ...kind, open: BOTH })),
  ]);
  const subdomains = companies.named.flatMap((company) =>
    openHosts.map((host): Host => ({ host, company, open: [HOST] })),
  );
  return [...usual, ...[...named].map(hostFacts), ...anyHost, ...subdomains].map(candidate);
};
