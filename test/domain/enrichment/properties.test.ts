// Whatever a stranger sends: nothing throws, normal forms are stable, and long input costs little.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { enrich } from "../../../worker/domain/enrichment/enrich.ts";
import { parseEmail } from "../../../worker/domain/enrichment/email.ts";
import { registrableDomain, toAsciiHost } from "../../../worker/domain/enrichment/domain.ts";
import { cleanText, foldText } from "../../../worker/domain/enrichment/text.ts";
import { readTitle } from "../../../worker/domain/enrichment/title.ts";

const seed = 20261122;
const run = { seed, numRuns: 300 };
// Any code units, lone surrogates included.
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
);

describe(`enrichment properties, seed ${seed}`, () => {
  it("cleanText is idempotent, bounded and well-formed", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 30 }), fc.boolean(), (text, max, multiline) => {
        const clean = cleanText(text, max, { multiline });
        expect(Array.from(clean).length).toBeLessThanOrEqual(max);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanText(clean, max, { multiline })).toBe(clean);
        expect(/[^\P{Cc}\n\t]/u.test(clean)).toBe(false);
      }),
      run,
    );
  });

  it("cleanText never cuts a pair, and keeps line breaks only where asked", () => {
    expect(cleanText("a😀b", 2)).toBe("a😀");
    expect(cleanText("a\r\nb\u0000\tc", 99)).toBe("a b c");
    expect(cleanText("a\r\nb\u0000\tc", 99, { multiline: true })).toBe("a\nb\tc");
    expect(cleanText("abc\u202egpj.exe", 99)).toBe("abcgpj.exe");
  });

  it("foldText is idempotent and blind to case and compatibility forms", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      run,
    );
    expect(foldText("STRASSE")).toBe(foldText("straße"));
    expect(foldText("ΟΔΟΣ")).toBe(foldText("οδος"));
    expect(foldText("ＡＣＭＥ")).toBe("acme");
  });

  it("a normalised address is its own normal form", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9üÖß]{1,12}$/);
    fc.assert(
      fc.property(part, part, (local, label) => {
        const first = parseEmail(`${local}@${label}.Example`);
        expect(first.ok).toBe(true);
        if (first.ok)
          expect(parseEmail(first.normalized)).toMatchObject({ ok: true, normalized: first.normalized });
      }),
      run,
    );
  });

  it("hosts and registrable domains are stable", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.domain()), (text) => {
        const ascii = toAsciiHost(text);
        if (ascii !== null) expect(toAsciiHost(ascii)).toBe(ascii);
        const domain = registrableDomain(text);
        if (domain !== null) expect(registrableDomain(domain)).toBe(domain);
      }),
      run,
    );
  });

  it("enrich takes anything", () => {
    const fields = fc.dictionary(
      fc.oneof(
        fc.constantFrom("email", "phone", "title", "country", "website", "timezone", "language", "__proto__"),
        anyText,
      ),
      fc.oneof(anyText, fc.anything()),
    );
    fc.assert(
      fc.property(
        fields,
        fc.dictionary(anyText, fc.anything()),
        anyText,
        (all, attribution, url) =>
          void enrich({ fields: all, edge: {}, page: { url, referrer: url }, attribution }),
      ),
      run,
    );
  });

  it.each(["a", "a.", "@", '"', "\\", " ", "(", "%", "assistant to ", "=&", "ü", "-"])(
    "10 kB of %j cost under 100 ms",
    (unit) => {
      const long = unit.repeat(10_000 / unit.length);
      const started = performance.now();
      parseEmail(`${long}@${long}`);
      readTitle(long);
      enrich({
        fields: {
          email: long,
          name: long,
          company: long,
          phone: long,
          title: long,
          country: long,
          website: long,
          message: long,
        },
        edge: {},
        page: { url: `x?${long}` },
      });
      expect(performance.now() - started).toBeLessThan(100);
    },
  );
});
