// Each enrichment fact against its table.
import { describe, expect, it } from "vitest";
import { COUNTRIES, PHONES, VISITS } from "../../cases/enrichment-visits.ts";
import { ACCEPTED, REFUSED } from "../../cases/enrichment-email.ts";
import {
  CORPORATE,
  FREE,
  MISSPELT,
  PERSONS,
  REGISTRABLE,
  ROLES,
  THROW_AWAY,
  WEBSITES,
} from "../../cases/enrichment-hosts.ts";
import { TITLES } from "../../cases/enrichment-titles.ts";
import { readAttribution } from "../../../worker/domain/enrichment/attribution.ts";
import { hostOf, registrableDomain } from "../../../worker/domain/enrichment/domain.ts";
import { parseEmail } from "../../../worker/domain/enrichment/email.ts";
import { isDisposable, isFreeMail, isRoleAddress } from "../../../worker/domain/enrichment/freemail.ts";
import { countryCode, languageOf } from "../../../worker/domain/enrichment/geo.ts";
import { DISPOSABLE_DOMAINS, FREE_DOMAINS } from "../../../worker/domain/enrichment/mail-domains.data.ts";
import { decodeDomains } from "../../../worker/domain/enrichment/mail-domains.ts";
import { editDistance, suggestDomain } from "../../../worker/domain/enrichment/misspelt.ts";
import { personName } from "../../../worker/domain/enrichment/person-name.ts";
import { normalizePhone } from "../../../worker/domain/enrichment/phone.ts";
import { readTitle } from "../../../worker/domain/enrichment/title.ts";

describe("e-mail", () => {
  it.each(ACCEPTED)("%j is accepted", (typed, normalized) => {
    expect(parseEmail(typed)).toMatchObject({ ok: true, email: typed.trim(), normalized });
  });
  it.each(REFUSED)("%j is refused: %s", (typed, reason) => {
    expect(parseEmail(typed)).toEqual({ ok: false, reason });
  });
});

describe("domains", () => {
  it.each(REGISTRABLE)("%j → %j", (host, domain) => expect(registrableDomain(host)).toBe(domain));
  it.each(WEBSITES)("website %j → %j", (typed, host) => expect(hostOf(typed)).toBe(host));
});

describe("kinds of mailbox", () => {
  it.each(FREE)("%s is free mail", (domain) =>
    expect([isFreeMail(domain), isDisposable(domain)]).toEqual([true, false]),
  );
  it.each(THROW_AWAY)("%s is a throw-away", (domain) => expect(isDisposable(domain)).toBe(true));
  it.each(CORPORATE)("%s is neither", (domain) =>
    expect([isFreeMail(domain), isDisposable(domain)]).toEqual([false, false]),
  );
  it.each(ROLES)("%s@ is a role", (local) => expect(isRoleAddress(local)).toBe(true));
  it.each(PERSONS)("%s@ is a person", (local) => expect(isRoleAddress(local)).toBe(false));
  it.each(MISSPELT)("%j was meant as %j", (typed, meant) => expect(suggestDomain(typed)).toBe(meant));

  it("the packed lists decode to whole, disjoint sets of domains", () => {
    const free = decodeDomains(FREE_DOMAINS);
    const disposable = decodeDomains(DISPOSABLE_DOMAINS);
    expect(free.size).toBeGreaterThan(5000);
    expect(disposable.size).toBeGreaterThan(8000);
    expect([...free].filter((domain) => disposable.has(domain))).toEqual([]);
    expect([...free, ...disposable].filter((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))).toEqual(
      [],
    );
  });

  it("counts a swap of neighbours as one edit, and gives up beyond the limit", () => {
    expect([
      editDistance("abcd", "acbd", 2),
      editDistance("abcd", "abcd", 2),
      editDistance("abcd", "wxyz", 2),
    ]).toEqual([1, 0, 3]);
  });
});

describe("person", () => {
  it.each(TITLES)("%s: %s, %s", (title, seniority, fn) =>
    expect(readTitle(title)).toEqual({ seniority, function: fn }),
  );
  it.each(PHONES)("phone %.40s in %s → %s", (typed, country, e164, of) => {
    const phone = normalizePhone(typed, country);
    expect([phone?.e164 ?? null, phone?.country ?? null]).toEqual([e164, of]);
  });
  it.each([
    ["Ana Díaz Pérez", null, null, "Ana", "Díaz Pérez"],
    ["Dr. Ana Díaz, PhD", null, null, "Ana", "Díaz"],
    ["Díaz, Ana", null, null, "Ana", "Díaz"],
    ["Ana", null, null, "Ana", null],
    [null, "Ana", "Díaz", "Ana", "Díaz"],
    [null, null, null, null, null],
  ])("name %j, %j, %j", (full, first, last, firstName, lastName) => {
    expect(personName(full, first, last)).toMatchObject({ firstName, lastName });
  });
});

describe("place and visit", () => {
  it.each(COUNTRIES)("country %j → %j", (typed, code) => expect(countryCode(typed)).toBe(code));
  it.each([
    ["de-DE,de;q=0.9,en;q=0.8", "de"],
    ["EN", "en"],
    ["*", null],
    ["", null],
    ["german", null],
  ])("language %j → %j", (tag, language) => {
    expect(languageOf(tag)).toBe(language);
  });
  it.each(VISITS)("%s", (_what, attribution, page, channel) => {
    expect(readAttribution(attribution, page).channel).toBe(channel);
  });
  it("reads values from wherever they are, the explicit first", () => {
    const read = readAttribution(
      {
        utm_campaign: "spring",
        landing: "https://acme.example/a?utm_campaign=old&utm_term=robot+arm&gclid=1#x",
      },
      { url: "https://acme.example/b?utm_content=red", referrer: "https://news.globex.example/" },
    );
    expect(read).toEqual({
      source: null,
      medium: null,
      campaign: "spring",
      term: "robot arm",
      content: "red",
      clickIds: { gclid: "1" },
      channel: "paid_search",
      landing: "https://acme.example/a",
      referrerHost: "news.globex.example",
    });
  });
});
