// Hosts and websites, their registrable domains, kinds of mailbox, misspelt providers.
export const REGISTRABLE: readonly (readonly [host: string | null, domain: string | null])[] = [
  [null, null],
  ["", null],
  ["com", null],
  ["CO.UK", null],
  ["acme.example", "acme.example"],
  ["WWW.Acme.CO.UK", "acme.co.uk"],
  ["eu.mail.acme.com.br", "acme.com.br"],
  ["acme.example.", "acme.example"],
  [".acme.example", null],
  ["github.io", null],
  ["acme.github.io", "acme.github.io"],
  ["docs.acme.github.io", "acme.github.io"],
  ["b.c.kobe.jp", "b.c.kobe.jp"],
  ["city.kobe.jp", "city.kobe.jp"],
  ["www.ck", "www.ck"],
  ["www.bücher.de", "xn--bcher-kva.de"],
  ["www.BÜCHER.de", "xn--bcher-kva.de"],
  ["ａｃｍｅ。example", "acme.example"],
  ["10.0.0.1", null],
  ["acme", null],
  ["ac me.example", null],
  [`${"a".repeat(64)}.example`, null],
];

export const WEBSITES: readonly (readonly [typed: string, host: string | null])[] = [
  ["acme.example", "acme.example"],
  ["https://www.Acme.example:8443/a?b#c", "www.acme.example"],
  ["HTTP://acme.example", "acme.example"],
  ["//acme.example/x", "acme.example"],
  ["acme.example:80", "acme.example"],
  ["https://user:pass@acme.example/@x", "acme.example"],
  ["acme.example see also others", "acme.example"],
  ["we have none", null],
  ["localhost:8787", null],
  ["https://[::1]/", null],
  ["", null],
];

export const FREE = [
  "gmail.com",
  "web.de",
  "yahoo.co.nz",
  "hotmail.se",
  "t-online.de",
  "comcast.net",
  "qq.com",
  "proton.me",
  "tutanota.com",
];
export const THROW_AWAY = ["mailinator.com", "box.mailinator.com", "guerrillamail.com"];
export const CORPORATE = [
  "acme.example",
  "yahoo.con",
  "gmail.acme.example",
  "mailinator.example",
  "outlook.github.io",
];

export const ROLES = ["info", "SALES", "sales+web", "no-reply", "no.reply", "customer.service"];
export const PERSONS = ["ana", "ana.diaz", "infoana", "b", "salesman"];

export const MISSPELT: readonly (readonly [typed: string, meant: string | null])[] = [
  ["gmial.com", "gmail.com"],
  ["gmal.com", "gmail.com"],
  ["gmail.con", "gmail.com"],
  ["gmail.co", "gmail.com"],
  ["gmaill.com", "gmail.com"],
  ["hotmial.com", "hotmail.com"],
  ["hotmall.com", "hotmail.com"],
  ["homtial.com", "hotmail.com"],
  ["outlok.com", "outlook.com"],
  ["otlok.com", "outlook.com"],
  ["yaho.com", "yahoo.com"],
  ["iclod.com", "icloud.com"],
  ["t-onlin.de", "t-online.de"],
  ["gmial.con", "gmail.com"],
  ["proton.ai", null],
  ["protn.me", "proton.me"],
  ["hotmial.de", "hotmail.de"],
  ["gmail.com", null],
  ["ymail.com", null],
  ["mail.com", null],
  ["gmx.com", null],
  ["cloud.com", null],
  ["yahoo.de", null],
  ["acme.example", null],
  ["a.b", null],
  ["", null],
];
