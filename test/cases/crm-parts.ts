/** Files as CRMs and spreadsheets write them, for cutting into parts: each must read in parts as it does whole. */

export interface FileCase {
  name: string;
  format: "csv" | "ndjson";
  text: string;
}

const rows = (count: number, row: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => row(n)).join("");

export const FILES: readonly FileCase[] = [
  { name: "plain", format: "csv", text: `id,name\n${rows(40, (n) => `${n},Acme ${n}\n`)}` },
  { name: "no line break at the end", format: "csv", text: `id,name\n${rows(9, (n) => `${n},A\n`)}9,Last` },
  { name: "CRLF", format: "csv", text: `id,name\r\n${rows(40, (n) => `${n},Acme ${n}\r\n`)}` },
  { name: "CR alone", format: "csv", text: `id,name\r${rows(40, (n) => `${n},Acme ${n}\r`)}` },
  {
    name: "semicolons, told",
    format: "csv",
    text: `sep=;\r\nid;name\r\n${rows(20, (n) => `${n};A,${n}\r\n`)}`,
  },
  { name: "tabs", format: "csv", text: `id\tname\n${rows(20, (n) => `${n}\tA, B | ${n}\n`)}` },
  {
    name: "commas in the records of a file of semicolons",
    format: "csv",
    text: `id;name\n${rows(20, (n) => `${n};a,b,c,d,e,f${n}\n`)}`,
  },
  {
    name: "quoted line breaks",
    format: "csv",
    text: `id,name\n${rows(30, (n) => `${n},"Two\nlines, ""${n}"""\n`)}`,
  },
  { name: "quoted CRLF", format: "csv", text: `id,name\r\n${rows(30, (n) => `${n},"Two\r\n\r\n${n}"\r\n`)}` },
  {
    name: "line breaks in the header",
    format: "csv",
    text: `\n\n"id","account\nname",x\n${rows(20, (n) => `${n},A${n},\n`)}`,
  },
  { name: "blank lines", format: "csv", text: `id,name\n${rows(30, (n) => `${n},A${n}\n\n,\n`)}` },
  {
    name: "a quote never closed",
    format: "csv",
    text: `id,name\n1,"open\n${rows(9000, (n) => `${n},Acme ${n}\n`)}`,
  },
  {
    name: "text after a closing quote",
    format: "csv",
    text: `id,name\n${rows(30, (n) => `${n},"A" and B\n`)}`,
  },
  {
    name: "too few columns",
    format: "csv",
    text: `id,name\n${rows(30, (n) => `${n}${n % 3 ? ",A" : ""}\n`)}`,
  },
  {
    name: "a line without end",
    format: "csv",
    text: `id,name\n1,A\n2,${"x".repeat(900_000)}\n3,B\n4,"${"y".repeat(300_000)}"\n5,C\n`,
  },
  {
    name: "a broken line without end",
    format: "csv",
    text: `id,name\n1,"A" ${"x".repeat(500_000)}\n2,B\n`,
  },
  { name: "a header alone", format: "csv", text: "id,name\n" },
  { name: "a header without line break", format: "csv", text: "id,name" },
  { name: "lines", format: "ndjson", text: rows(40, (n) => `{"id":"${n}","name":"Acme ${n}"}\n`) },
  {
    name: "lines with CRLF, blank and broken ones",
    format: "ndjson",
    text: rows(40, (n) => (n % 3 ? `{"id":"${n}","name":"A"}\r\n` : n % 2 ? "\r\n" : "{oops\r\n")),
  },
  {
    name: "a record without end",
    format: "ndjson",
    text: `{"id":"1","name":"A"}\n{"id":"2","name":"${"x".repeat(900_000)}"}\n{"id":"3","name":"B"}`,
  },
];

export const HEADERS: readonly [names: string, file: string, kind: string | null][] = [
  ["Account ID,Account Name,Website,Billing City,Industry,Account Owner", "report1.csv", "accounts"],
  [
    "Record ID,Company name,Company owner,Phone Number,City,Country/Region,Industry",
    "export.csv",
    "accounts",
  ],
  ["Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status", "export.csv", "contacts"],
  ["Contact ID,Full Name,Email Address,Account Name,Account ID", "report2.csv", "contacts"],
  ["Opportunity ID,Account ID,Opportunity Name,Stage,Amount,Close Date", "report3.csv", "opportunities"],
  ["Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount", "export.csv", "opportunities"],
  ["id,name,domain,owner", "x.csv", "accounts"],
  ["id,email", "x.csv", "contacts"],
  ["id,accountId,stage", "x.csv", "opportunities"],
  ["id,name,owner", "accounts.csv", "accounts"],
  ["id,name,owner", "All Deals 2026.csv", "opportunities"],
  ["id,name,owner", "export.csv", null],
  ["id,name,owner", "contacts of accounts.csv", null],
  ["a,b", "people.csv", "contacts"],
];
