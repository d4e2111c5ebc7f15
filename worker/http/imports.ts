/** `/v1/imports`: files sent in parts, how far they came, and the lines that were refused. */
import * as z from "zod";
import { problem } from "../../schema/wire/common.ts";
import {
  finishImportBody,
  importId,
  importList,
  importOnWire,
  openImportBody,
  type ImportOnWire,
} from "../../schema/wire/imports.ts";
import {
  errorsAsCsv,
  findImport,
  finishImport,
  openImport,
  pageOfImports,
  type ImportRow,
} from "../flows/imports.ts";
import { iso, isoOrNull } from "../flows/view.ts";
import { csvAnswer } from "./csv-answer.ts";
import { FRESH } from "./fresh.ts";
import { valueOf } from "./outcome.ts";
import { actorOf, route, type Route } from "./route.ts";

/** After this long without news nobody is sending. */
const QUIET_MS = 120_000;

const onWire = (row: ImportRow, now: number): ImportOnWire => {
  const { cursor: _, status, startedAt, updatedAt, finishedAt, ...rest } = row;
  return {
    ...rest,
    status: status === "running" && now - updatedAt > QUIET_MS ? "waiting" : status,
    startedAt: iso(startedAt),
    updatedAt: iso(updatedAt),
    finishedAt: isoOrNull(finishedAt),
  };
};

const query = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/, "use the `next` of the page before")
    .optional(),
  limit: z.coerce.number("use a number").int().min(1).max(200).default(50),
});

const params = z.object({ id: importId });
const notFound = { 404: { description: "No such import", schema: problem } };

const answer = (description: string) => ({ 200: { description, schema: importOnWire } });

export const importRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/imports",
      operation: "listImports",
      summary: "Imports, newest first, and the rebuilding of match keys after a release",
      tag: "CRM",
      scope: "crm:write",
      query,
      responses: { 200: { description: "Imports", schema: importList } },
    },
    async ({ query: { before, limit }, deps }) => {
      const from = before === undefined ? Number.MAX_SAFE_INTEGER : Number(before);
      const { imports, next } = await pageOfImports(deps, from, limit);
      const now = deps.now();
      return Response.json(
        { imports: imports.map((row) => onWire(row, now)), next: next === null ? null : String(next) },
        FRESH,
      );
    },
  ),
  route(
    {
      method: "put",
      path: "/v1/imports/:id",
      operation: "openImport",
      summary: "Begin an import, or ask how far it came: the next part is number `parts`, from `position`",
      tag: "CRM",
      scope: "crm:write",
      params,
      body: openImportBody,
      responses: {
        ...answer("The import"),
        409: { description: "It is one of another kind", schema: problem },
      },
    },
    async ({ params: { id }, body, deps, caller }) => {
      const opening = { id, kind: body.kind, name: body.name, size: body.size ?? null };
      return Response.json(onWire(valueOf(await openImport(deps, opening, actorOf(caller))), deps.now()));
    },
  ),
  route(
    {
      method: "get",
      path: "/v1/imports/:id",
      operation: "getImport",
      summary: "How far an import came",
      tag: "CRM",
      scope: "crm:write",
      params,
      responses: { ...answer("The import"), ...notFound },
    },
    async ({ params: { id }, deps }) =>
      Response.json(onWire(valueOf(await findImport(deps, id)), deps.now()), FRESH),
  ),
  route(
    {
      method: "post",
      path: "/v1/imports/:id/finish",
      operation: "finishImport",
      summary: "All parts were sent",
      tag: "CRM",
      scope: "crm:write",
      params,
      body: finishImportBody,
      responses: {
        ...answer("The import"),
        ...notFound,
        409: { description: "Another number of parts is in", schema: problem },
      },
    },
    async ({ params: { id }, body, deps, caller }) =>
      Response.json(onWire(valueOf(await finishImport(deps, id, body.parts, actorOf(caller))), deps.now())),
  ),
  route(
    {
      method: "get",
      path: "/v1/imports/:id/errors",
      operation: "importErrors",
      summary: "The lines that were refused and why, as CSV; the first 20,000",
      tag: "CRM",
      scope: "crm:write",
      params,
      responses: { 200: { description: "CSV with the columns line and error" }, ...notFound },
    },
    async ({ params: { id }, deps }) => {
      valueOf(await findImport(deps, id));
      return csvAnswer(errorsAsCsv(deps, id), `import-errors-${id}.csv`);
    },
  ),
];
