// The whole of a submission, read into a lead's facts.
import { describe, expect, it } from "vitest";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";

const lead = (fields: Record<string, unknown>, edge = {}) => enrich({ fields, edge });

describe("enrich", () => {
  it("reads fields whatever the form calls them", () => {
    const read = lead({
      "Work E-mail": "ana@acme.example",
      "Full Name": "Ana Díaz",
      company_name: "Acme",
      JobTitle: "VP Sales",
      Tel: "+49 30 901820",
    });
    expect(read).toMatchObject({
      email: "ana@acme.example",
      corporateDomain: "acme.example",
      firstName: "Ana",
      company: "Acme",
      seniority: "vp",
      function: "sales",
      phoneE164: "+4930901820",
    });
    expect(read.custom).toEqual({});
  });

  it("keeps what it does not know as custom fields", () => {
    expect(
      lead({ email: "a@acme.example", employees: 250, tools: ["x", 3], agree: true, nested: {} }).custom,
    ).toEqual({ employees: 250, tools: ["x"], agree: true });
  });

  it("has null, never empty text, for what is absent", () => {
    const empty = lead({ email: "  ", name: "", company: null, title: undefined });
    const texts = Object.entries(empty).filter(
      ([name]) =>
        !["attribution", "custom", "sources", "freeMail", "disposable", "roleAddress"].includes(name),
    );
    expect(texts.filter(([, value]) => value !== null)).toEqual([]);
  });

  it.each([
    ["ana@gmail.com", { freeMail: true, corporateDomain: null }],
    ["ana@gmail.con", { freeMail: true, corporateDomain: null, suggestedDomain: "gmail.com" }],
    ["ana@mailinator.com", { disposable: true, corporateDomain: null }],
    [
      "info@eu.acme.example",
      { roleAddress: true, corporateDomain: "acme.example", emailDomain: "eu.acme.example" },
    ],
    [
      "not an address",
      { email: "not an address", emailNormalized: null, emailDomain: null, corporateDomain: null },
    ],
  ])("%s", (email, facts) => expect(lead({ email })).toMatchObject(facts));

  it("takes the country from the form, then the number, then the network, and says which", () => {
    const edge = { country: "US", city: "Ashburn", timezone: "America/New_York" };
    expect(lead({ country: "Deutschland", phone: "030 901820" }, edge)).toMatchObject({
      country: "DE",
      phoneE164: "+4930901820",
      sources: { country: "form" },
    });
    expect(lead({ phone: "+33 1 44 05 22 22" }, edge)).toMatchObject({
      country: "FR",
      sources: { country: "phone" },
    });
    expect(lead({ phone: "(415) 555-2671" }, edge)).toMatchObject({
      country: "US",
      phoneE164: "+14155552671",
      city: "Ashburn",
      sources: { country: "edge", city: "edge" },
    });
  });

  it("does not believe the network's town and time zone for a lead of another country", () => {
    const read = lead(
      { country: "DE" },
      { country: "US", city: "Ashburn", region: "Virginia", timezone: "America/New_York" },
    );
    expect(read).toMatchObject({ city: null, region: null, timezone: null });
  });

  it("believes the browser's time zone, whatever country was chosen", () => {
    const read = enrich({
      fields: { email: "ana@acme.example", country: "GB" },
      edge: { country: "US", timezone: "America/New_York" },
      page: { timezone: "Europe/London" },
    });
    expect(read).toMatchObject({ country: "GB", timezone: "Europe/London" });
  });

  it("takes a time zone only if it is one", () => {
    expect(lead({ timezone: "Europe/Berlin" }).timezone).toBe("Europe/Berlin");
    expect(lead({ timezone: "Mars/Olympus" }, { timezone: "Europe/Paris" }).timezone).toBe("Europe/Paris");
  });

  it("does not take a page host or free mail for a company's website", () => {
    expect(lead({ website: "https://www.facebook.com/acme" }).websiteDomain).toBeNull();
    expect(lead({ website: "gmail.com" }).websiteDomain).toBeNull();
    expect(lead({ website: "https://shop.acme.example/x" }).websiteDomain).toBe("acme.example");
  });
});
