/** `/docs`: the OpenAPI document as a page for people, made on the server; the browser's own search finds everything. */
import { html, raw } from "hono/html";
import { parameterTable, schemaTable, typeWords, type Parameter, type Schema } from "./docs-schema.ts";
import { DOCS_STYLE } from "./docs-style.ts";
import { currentDocument, type Document } from "./openapi.ts";
import { styleHash } from "./page.ts";
import type { Route } from "./route.ts";

type Html = ReturnType<typeof html>;

interface Media {
  schema?: Schema;
  example?: unknown;
}

interface Operation {
  method: string;
  path: string;
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  security: unknown[];
  parameters: Parameter[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}

const operationsOf = (document: Document): Operation[] =>
  Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Omit<Operation, "method" | "path">>).map(([method, operation]) => ({
      ...operation,
      parameters: operation.parameters ?? [],
      method: method.toUpperCase(),
      path,
    })),
  );

/** Paragraphs and `code`: all that our descriptions use. */
const prose = (text: string): Html =>
  html`${text
    .split(/\n\s*\n/)
    .map(
      (paragraph) =>
        html`<p>
          ${paragraph.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}
        </p>`,
    )}`;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const bodyLines = (operation: Operation): string[] => {
  const content = operation.requestBody?.content;
  const type =
    content &&
    ("application/x-ndjson" in content || !("application/json" in content)
      ? Object.keys(content)[0]
      : "application/json");
  if (!content || type === undefined) return [];
  const example = content[type]?.example;
  const header = `-H 'Content-Type: ${type}'`;
  if (typeof example === "string") return [header, `--data-binary ${quoted(example)}`];
  if (example !== undefined) return [header, `-d ${quoted(JSON.stringify(example, null, 2))}`];
  return [header, type === "application/json" ? "-d @body.json" : "--data-binary @file"];
};

const curl = (operation: Operation, origin: string): string => {
  const { method, path, security } = operation;
  const lines = [
    `curl${method === "GET" ? "" : ` -X ${method}`} ${quoted(origin + path)}`,
    ...(security.length > 0 ? ['-H "Authorization: Bearer $LEADCLOCK_KEY"'] : []),
    ...bodyLines(operation),
  ];
  return lines.join(" \\\n  ");
};

const media = (caption: string, content: Record<string, Media>): Html =>
  html`${Object.entries(content).map(([type, { schema }]) => {
    const words = `${caption}, ${type}`;
    if (!schema) return html`<p><span class="caption">${words}</span></p>`;
    return schema.$ref
      ? html`<p><span class="caption">${words}:</span> ${typeWords(schema)}</p>`
      : schemaTable(words, schema);
  })}`;

const answers = (operation: Operation): Html =>
  html`<h3>Answers</h3>
    <ul class="answers">
      ${Object.entries(operation.responses).map(
        ([status, { description, content }]) =>
          html`<li>
            <span class="status">${status}</span>${description}${
              Number(status) < 400 && content ? html`<div>${media("Body", content)}</div>` : ""
            }
          </li>`,
      )}
    </ul>`;

const operationHtml = (operation: Operation, origin: string): Html => {
  const { method, path, summary, operationId, description, parameters, requestBody } = operation;
  return html`<details>
    <summary>
      <span class="method ${method === "GET" ? "read" : "write"}">${method}</span>
      <span class="path">${path}</span>
      <span class="what">${summary}</span>
    </summary>
    <div class="inside" id="${operationId}">
      ${prose(description)}
      <pre>${curl(operation, origin)}</pre>
      ${parameters.length > 0 ? parameterTable(parameters) : ""}
      ${requestBody ? media("Request body", requestBody.content) : ""} ${answers(operation)}
    </div>
  </details>`;
};

interface Group {
  name: string;
  description: string;
  operations: Operation[];
}

const groupsOf = (document: Document): Group[] => {
  const operations = operationsOf(document);
  return (document.tags ?? []).map(({ name, description }) => ({
    name,
    description: description ?? "",
    operations: operations.filter(({ tags }) => tags.includes(name)),
  }));
};

const contents = (groups: readonly Group[]): Html =>
  html`${groups.map(
      ({ name, operations }) =>
        html`<p class="group"><a href="#tag-${name}">${name}</a></p>
          <ul>
            ${operations.map(({ operationId, summary }) => html`<li><a href="#${operationId}">${firstPart(summary)}</a></li>`)}
          </ul>`,
    )}
    <p class="group"><a href="#schemas">Schemas</a></p>`;

/** What stands before the first comma, semicolon or colon is enough to find it again. */
const firstPart = (summary: string): string => summary.split(/[,;:(]/)[0]?.trim() ?? summary;

const schemasHtml = (document: Document): Html => {
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  return html`<section class="named" aria-labelledby="schemas">
    <h2 id="schemas">Schemas</h2>
    <p>Shapes that several calls share.</p>
    ${schemas.map(
      ([name, schema]) =>
        html`<details>
          <summary><span class="name">${name}</span></summary>
          <div class="inside" id="schema-${name}">
            ${schema.description ? prose(schema.description) : ""} ${schemaTable("Fields", schema)}
          </div>
        </details>`,
    )}
  </section>`;
};

const bodyHtml = (document: Document, origin: string): Html => {
  const groups = groupsOf(document);
  return html`<a class="skip" href="#main">To the calls</a>
    <div class="frame">
      <nav aria-label="Calls">
        <p class="brand">Leadclock API</p>
        <details>
          <summary>Contents</summary>
          <div class="all">${contents(groups)}</div>
        </details>
        <div>${contents(groups)}</div>
      </nav>
      <main id="main">
        <h1>API</h1>
        ${prose(document.info.description ?? "")}
        <p>
          All of this as one file: <a href="/v1/openapi.json">/v1/openapi.json</a> (OpenAPI
          ${document.openapi}). Try it:
        </p>
        <pre>
${`export LEADCLOCK_KEY=lc_…\ncurl ${quoted(`${origin}/v1/board`)} -H "Authorization: Bearer $LEADCLOCK_KEY"`}</pre>
        ${groups.map(
          ({ name, description, operations }) =>
            html`<section aria-labelledby="tag-${name}">
              <h2 id="tag-${name}">${name}</h2>
              <p>${description}</p>
              ${operations.map((operation) => operationHtml(operation, origin))}
            </section>`,
        )}
        ${schemasHtml(document)}
      </main>
    </div>`;
};

const render = async (document: Document, origin: string): Promise<string> => {
  const text = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>Leadclock API</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${DOCS_STYLE}</style>`)}
      </head>
      <body>
        ${bodyHtml(document, origin)}
      </body>
    </html>`;
  return text.toString();
};

let made: { origin: string; text: string; hash: string } | null = null;

/** Made once for each isolate and origin. */
export const docsPage = async (routes: readonly Route[], origin: string): Promise<Response> => {
  if (made?.origin !== origin)
    made = {
      origin,
      text: await render(currentDocument(routes, origin), origin),
      hash: await styleHash(DOCS_STYLE),
    };
  return new Response(made.text, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "public, max-age=300",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${made.hash}'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
      "x-frame-options": "DENY",
    },
  });
};
