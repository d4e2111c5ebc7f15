/** One plain shape for every mail, written twice: as text, and as HTML that reads well in light and dark. */
import { bounded, escapeHtml, oneLine, paragraph } from "./text.ts";

export interface Content {
  subject: string;
  title: string;
  paragraphs: string[];
  /** Label and value; lines without a value are left out by `facts`. */
  facts?: [label: string, value: string][];
  /** Tables with a title each. */
  sections?: Section[];
  quote?: { label: string; text: string } | null | undefined;
  /** The first is the main one. */
  actions?: Action[];
  /** Why this mail came. */
  footer: string;
}

export interface Section {
  title: string;
  /** Said where there are no lines. */
  none: string;
  lines: { label: string; value: string; href: string | null }[];
}

export interface Action {
  label: string;
  href: string;
}

const SUBJECT_MAX = 150;

/** Keeps the lines that have something to say. */
export const facts = (lines: readonly (readonly [string, string | null | undefined])[]): [string, string][] =>
  lines.flatMap(([label, value]) => (value ? [[label, oneLine(value, 300)] as [string, string]] : []));

export const subjectOf = (content: Content): string => oneLine(content.subject, SUBJECT_MAX) || "Leadclock";

export const toText = (content: Content): string =>
  [
    content.title,
    ...content.paragraphs,
    (content.facts ?? []).map(([label, value]) => `${label}: ${value}`).join("\n"),
    ...(content.sections ?? []).map(sectionText),
    content.quote ? `${content.quote.label}:\n${quoted(content.quote.text)}` : "",
    (content.actions ?? []).map(({ label, href }) => `${label}: ${href}`).join("\n"),
    `-- \n${content.footer}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n");

const sectionText = ({ title, none, lines }: Section): string =>
  [
    title,
    ...(lines.length === 0
      ? [none]
      : lines.map(({ label, value, href }) => `- ${label}: ${value}${href === null ? "" : `\n  ${href}`}`)),
  ]
    .filter((line) => line !== "")
    .join("\n");

const quoted = (text: string): string =>
  paragraph(text)
    .split("\n")
    .map((line) => `> ${line}`.trimEnd())
    .join("\n");

/** Only what a mail may link to; anything else would be a script or a file. */
const safeHref = (href: string): boolean => /^(https?:\/\/|mailto:|tel:)/i.test(href);

const STYLE = `
:root{color-scheme:light dark;supported-color-schemes:light dark}
body{margin:0;padding:0;background:#f5f6f7;color:#171b20}
.sheet{box-sizing:border-box;max-width:560px;overflow-wrap:anywhere;margin:0 auto;padding:24px 20px 32px;font:400 16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.card{background:#fff;border:1px solid #dfe2e6;border-radius:12px;padding:24px}
h1{margin:0 0 12px;font-size:20px;line-height:1.3}
h2{margin:20px 0 4px;font-size:16px;line-height:1.3}
p{margin:0 0 12px}
table{border-collapse:collapse;width:100%;max-width:100%;margin:8px 0 16px}
td{padding:4px 12px 4px 0;vertical-align:top;font-size:15px}
td.figure{text-align:right;padding-right:0;font-variant-numeric:tabular-nums}
table.lines td{border-top:1px solid #dfe2e6}
td.label{overflow-wrap:normal;color:#5a636e;white-space:nowrap;width:1%}
blockquote{margin:0 0 16px;padding:8px 14px;border-left:3px solid #868f99;white-space:pre-line}
.small{color:#5a636e;font-size:13px}
a{color:#0a6a68}
a.main{display:inline-block;max-width:100%;box-sizing:border-box;padding:10px 18px;border-radius:8px;background:#0a6a68;color:#fff;text-decoration:none;font-weight:600}
a.more{display:inline-block;padding:10px 6px;margin-left:8px}
@media (prefers-color-scheme:dark){
body{background:#101316;color:#e9edf1}
.card{background:#181c20;border-color:#2b3138}
table.lines td{border-top-color:#2b3138}
td.label,.small{color:#98a3ae}
blockquote{border-color:#6d7782}
a{color:#6bc9c3}
a.main{background:#6bc9c3;color:#0b1a1a}
}`.trim();

const row = ([label, value]: [string, string]): string =>
  `<tr><td class="label">${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`;

const lineRow = ({ label, value, href }: Section["lines"][number]): string => {
  const words = escapeHtml(label);
  const named = href !== null && safeHref(href) ? `<a href="${escapeHtml(href)}">${words}</a>` : words;
  return `<tr><td>${named}</td><td class="figure">${escapeHtml(value)}</td></tr>`;
};

const sectionHtml = ({ title, none, lines }: Section): string =>
  `<h2>${escapeHtml(title)}</h2>${
    lines.length === 0
      ? `<p class="small">${escapeHtml(none)}</p>`
      : `<table class="lines">${lines.map(lineRow).join("")}</table>`
  }`;

const link = ({ label, href }: Action, index: number): string =>
  `<a class="${index === 0 ? "main" : "more"}" href="${escapeHtml(href)}">${escapeHtml(label)}</a>`;

export const toHtml = (content: Content): string => {
  const actions = (content.actions ?? []).filter(({ href }) => safeHref(href));
  const rows = content.facts ?? [];
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(subjectOf(content))}</title><style>${STYLE}</style></head>`,
    '<body><div class="sheet"><div class="card">',
    `<h1>${escapeHtml(content.title)}</h1>`,
    ...content.paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`),
    rows.length > 0 ? `<table role="presentation">${rows.map(row).join("")}</table>` : "",
    ...(content.sections ?? []).map(sectionHtml),
    content.quote
      ? `<p class="small">${escapeHtml(content.quote.label)}</p><blockquote>${escapeHtml(paragraph(content.quote.text))}</blockquote>`
      : "",
    actions.length > 0 ? `<p>${actions.map(link).join("")}</p>` : "",
    `</div><p class="small" style="padding:16px 4px 0">${escapeHtml(bounded(content.footer, 500))}</p></div></body></html>`,
  ].join("\n");
};
