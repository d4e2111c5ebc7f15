// What kind of mailbox is it: a person's free mail or internet provider, a throw-away, a role, a company's?
import { domainLabel, hasListedSuffix, registrableDomain } from "./domain.ts";
import { DISPOSABLE_DOMAINS, FREE_DOMAINS } from "./mail-domains.data.ts";
import { decodeDomains } from "./mail-domains.ts";

/** Brands whose every national domain (yahoo.de, hotmail.co.uk) is a free mailbox. */
const FREE_BRANDS = new Set(["yahoo", "hotmail", "outlook", "gmx"]);

/** Many firms' pages live there by path, so the host of such a website says nothing about the firm. */
const PAGE_HOSTS = new Set(
  (
    "facebook.com instagram.com linkedin.com twitter.com x.com youtube.com tiktok.com pinterest.com linktr.ee medium.com " +
    "google.com goo.gl bit.ly t.me wa.me whatsapp.com yelp.com etsy.com ebay.com amazon.com github.com gitlab.com about.me " +
    "notion.site notion.so carrd.co substack.com wordpress.com blogspot.com wixsite.com weebly.com squarespace.com " +
    "vk.com xing.com crunchbase.com behance.net dribbble.com calendly.com eventbrite.com patreon.com"
  ).split(" "),
);

const ROLES = new Set(
  (
    "abuse accounting accounts accountspayable admin administration administrator ap ar bewerbung billing bonjour booking " +
    "bookings buchhaltung careers commercial compras comptabilite comunicacion contact contacto contactus contato customercare " +
    "customerservice customersupport datenschutz dpo einkauf enquiries enquiry feedback finance hallo hello help helpdesk hi " +
    "hola hostmaster hr info infos information inquiries inquiry invoice invoices it jobs kontakt legal mail mailer-daemon " +
    "management marketing media no-reply noreply donotreply do-not-reply office operations orders partners payroll personal " +
    "postmaster poststelle presse press privacy procurement purchasing reception recepcion recruiting recruitment reservations " +
    "returns root rrhh sales security service services shop soporte staff store subscribe sekretariat secretariat support team tech technik " +
    "techsupport test unsubscribe ventas verkauf vertrieb verwaltung web webmaster welcome"
  ).split(" "),
);

let free: Set<string> | undefined;
let disposable: Set<string> | undefined;

/** Free mail or an internet provider's mailbox: the domain says nothing about an employer. Takes an ASCII domain. */
export function isFreeMail(domain: string): boolean {
  free ??= decodeDomains(FREE_DOMAINS);
  return listed(domain, free) || (FREE_BRANDS.has(domainLabel(domain) ?? "") && hasListedSuffix(domain));
}

/** A throw-away mailbox. Takes an ASCII domain. */
export function isDisposable(domain: string): boolean {
  disposable ??= decodeDomains(DISPOSABLE_DOMAINS);
  return listed(domain, disposable);
}

/** "eu.gmail.com" and "foo.mailinator.com" are their parents' mailboxes. */
function listed(domain: string, list: Set<string>): boolean {
  return list.has(domain) || list.has(registrableDomain(domain) ?? "");
}

/** An address of a function, not of a person: info@, sales+web@, no-reply@. */
export function isRoleAddress(local: string): boolean {
  const typed = local.toLowerCase();
  const untagged = typed.split("+", 1)[0] ?? "";
  return ROLES.has(typed) || ROLES.has(untagged.replace(/[._]/g, ""));
}

/** Is a website's host shared by many firms' pages ("facebook.com/acme")? Such a host never identifies a company. */
export function isPageHost(host: string): boolean {
  return PAGE_HOSTS.has(registrableDomain(host) ?? host) || registrableDomain(host) === null;
}
