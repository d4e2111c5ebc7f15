// Regenerates worker/domain/enrichment/mail-domains.data.ts from the two lists we take from npm
// (see docs/decisions/0010-mail-domain-lists.md): node scripts/mail-domains.ts
// With --check it only says whether the committed file is what the installed packages give.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as z from "zod";

const require = createRequire(import.meta.url);
const target = new URL("../worker/domain/enrichment/mail-domains.data.ts", import.meta.url);

const listOf = (json: unknown): string[] => z.array(z.string()).parse(json);
const disposable = new Set(
  listOf(require("disposable-email-domains-js/dist/dict/disposable_email_blocklist.json")),
);

// Listed upstream, yet their people write from them: treating them as free mail would cost the account match.
const NOT_FREE = new Set([
  "starbucks.com",
  "facebook.com",
  "alibaba.com",
  "unican.es",
  "detik.net.id",
  "nus.edu.sg",
]);

// Providers and internet access companies the upstream list misses. Not those whose own people write from there as well: the
// domain of a provider's own site stays a company's.
const ALSO_FREE = `
  012.net.il 013.net 163.net 1und1.de 9online.fr absamail.co.za adinet.com.uy airtelmail.com aliceadsl.fr
  axtel.net bbox.fr bezeqint.net bredband.net brturbo.com.br brutele.be bsnl.in btopenworld.com cableonda.net
  caiway.nl cantv.net cegetel.net centrin.net.id centurylink.net chello.at ciudad.com.ar clix.pt
  club-internet.fr codetel.net.do comhem.se coqui.net ctemplar.com cytanet.com.cy dataone.in dir.bg disroot.org
  eim.ae emirates.net.ae empal.com entelchile.net etb.net.co euskaltel.net ewe.net ewetel.net fastwebnet.it
  fibertel.com.ar forthnet.gr fsnet.co.uk get2net.dk globo.com hey.com hinet.net hispeed.ch hol.gr htp-tel.de
  hushmail.com iafrica.com ihug.co.nz in.gr indosat.net.id inet.fi infinitum.com.mx infinitummail.com iol.ie
  jazztel.es kabelbw.de kabelmail.de keemail.me kolabnow.com kpnplanet.nl lantic.net lavabit.com lineone.net
  link.net mail.kz mailbox.org meil.ee mnet-online.de movistar.es mozmail.com mtnl.net.in mts.net mweb.co.za
  netcabo.pt netvigator.com netvision.net.il numericable.fr o2mail.de o2online.de ofir.dk omantel.net.om
  online.ee onmail.com ono.com optimum.net orange.net orangemail.sk orcon.net.nz osnanet.de otenet.gr ownit.se
  pacific.net.sg pldtdsl.net plus.net plusnet.com primacom.net privaterelay.appleid.com prodigy.net.mx
  qatar.net.qa quick.cz r7.com racsa.co.cr riseup.net saix.net sasktel.net saudi.net.sa saunalahti.fi
  scarlet.be seed.net.tw simplelogin.com skiff.com slingshot.co.nz so-net.net.tw solnet.ch spectrum.net
  speedy.com.ar starhub.net.sg startmail.com stofanet.dk streamyx.com suddenlink.net sunrise.ch supanet.com
  superig.com.br superonline.com swipnet.se swissonline.ch sympatico.ca t-online.at talktalk.net tdcadsl.dk
  telecolumbus.net teletu.it telkomsa.net telus.net tin.it tiscali.cz tm.net.my tuta.com tuta.io tutamail.com
  tutanota.com tutanota.de une.net.co upcmail.hu versanet.de vivaldi.net vodamail.co.za volny.cz vsnl.com
  vsnl.net vtr.net vtxmail.ch walla.com wanadoo.co.uk webspeed.dk welho.com wo.cn youmail.dk zoznam.sk
`
  .trim()
  .split(/\s+/);

const upstream = listOf(require("free-email-domains/domains.json")).filter((d) => !disposable.has(d));
const free = new Set([...upstream, ...ALSO_FREE].filter((d) => !NOT_FREE.has(d)));

// One line per suffix, its names sorted and front-coded: a base-36 count of the letters shared with the
// name before, then the rest. A third of the plain size, decoded in about 2 ms on first use.
function pack(domains: Iterable<string>): string[] {
  const bySuffix = Map.groupBy(domains, (domain) => domain.slice(domain.indexOf(".") + 1));
  const lines = [...bySuffix].map(([suffix, list]) => [suffix, ...frontCode(list.map(nameOf))].join(" "));
  return lines.toSorted(byCodeUnits);
}

function frontCode(names: readonly string[]): string[] {
  const sorted = names.toSorted(byCodeUnits);
  return sorted.map((name, i) => {
    const previous = sorted[i - 1] ?? "";
    let shared = 0;
    while (shared < Math.min(35, previous.length, name.length) && previous[shared] === name[shared]) shared++;
    return shared.toString(36) + name.slice(shared);
  });
}

function nameOf(domain: string): string {
  return domain.slice(0, domain.indexOf("."));
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function packageFile(name: string, file: string): string {
  return readFileSync(new URL(`../node_modules/${name}/${file}`, import.meta.url), "utf8");
}

function version(name: string): string {
  return z.object({ version: z.string() }).parse(JSON.parse(packageFile(name, "package.json"))).version;
}

const literal = (lines: readonly string[]) => lines.map((line) => `  ${JSON.stringify(line)},\n`).join("");
const licence = packageFile("free-email-domains", "LICENSE.md")
  .trim()
  .replaceAll(/^/gm, "// ")
  .replaceAll(/ +$/gm, "");
const text = `// Generated by scripts/mail-domains.ts: do not edit. Format: decodeDomains in mail-domains.ts.
// Free mail and internet providers: free-email-domains ${version("free-email-domains")}, MIT (below).
// Disposable: disposable-email-domains-js ${version("disposable-email-domains-js")}, CC0-1.0. Both with our own additions and removals.
//
${licence}
// prettier-ignore
export const FREE_DOMAINS: readonly string[] = [
${literal(pack(free))}];
// prettier-ignore
export const DISPOSABLE_DOMAINS: readonly string[] = [
${literal(pack(disposable))}];
`;

if (process.argv.includes("--check")) {
  const same = readFileSync(target, "utf8") === text;
  console.log(
    same ? "mail-domains.data.ts is current" : "mail-domains.data.ts differs: run scripts/mail-domains.ts",
  );
  process.exitCode = same ? 0 : 1;
} else {
  writeFileSync(target, text);
  console.log(`${free.size} free, ${disposable.size} disposable, ${text.length} bytes`);
}
