/** Public: was a well-known mail provider meant? The form asks when an address was typed, and says so; it refuses nothing. */
import * as z from "zod";
import { mailHint } from "../../schema/wire/capture.ts";
import { toAsciiHost } from "../domain/enrichment/domain.ts";
import { suggestDomain } from "../domain/enrichment/misspelt.ts";
import { route, type Route } from "./route.ts";

/** The same for everybody, and for as long as a release lasts. */
const HEADERS = { "access-control-allow-origin": "*", "cache-control": "public, max-age=86400" };

export const mailDomainRoutes: Route[] = [
  route(
    {
      method: "get",
      path: "/v1/mail-domains/:domain",
      operation: "getMailHint",
      summary: "Whether the domain looks like a misspelt mail provider, and which",
      tag: "Visitors",
      scope: null,
      params: z.object({ domain: z.string().max(253) }),
      responses: { 200: { description: "The provider that was probably meant, or null", schema: mailHint } },
    },
    ({ params }) => {
      const domain = toAsciiHost(params.domain);
      const suggestion = domain === null ? null : suggestDomain(domain);
      const message = suggestion && `Did you mean ${suggestion}?`;
      return Promise.resolve(Response.json({ suggestion, message }, { headers: HEADERS }));
    },
  ),
];
