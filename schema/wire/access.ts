/** Who is signed in, signing in by a one-time link, and API keys. */
import * as z from "zod";
import { isoTime } from "./common.ts";
import { ROLES } from "../config/people.ts";

export const sessionAnswer = z
  .object({
    /** Null where nobody is signed in (a key is nobody). */
    person: z
      .object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        role: z.enum(ROLES),
        timezone: z.string().meta({ description: "IANA zone of the person's own calendar" }),
      })
      .nullable(),
    workspace: z.object({ name: z.string(), timezone: z.string() }),
    empty: z.boolean().meta({
      description: "True before the first policy is published: nobody can sign in, since people come with it",
    }),
    local: z.boolean().meta({ description: "True where this runs on one machine, with an inbox at /inbox" }),
    scopes: z.array(z.string()).meta({ description: "What this caller may do" }),
  })
  .meta({ id: "Session" });
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** Stays on this site however a browser reads it: `//evil`, `/\evil` and `/<tab>/evil` don't. */
const OWN_PATH = /^\/(?![/\\])[^\\\s\p{Cc}]*$/u;

const ownPath = z.string().max(500).regex(OWN_PATH, "use a path of this site, such as /board");

export const linkRequest = z
  .object({
    email: z.email("enter an e-mail address").max(320),
    callbackURL: ownPath
      .optional()
      .meta({ description: "Where the link leads once signed in", examples: ["/board"] }),
    errorCallbackURL: ownPath.optional().meta({ description: "Where a link leads that no longer works" }),
  })
  .meta({ id: "LinkRequest" });
export type LinkRequest = z.infer<typeof linkRequest>;

export const linkQuery = z.object({
  token: z.string().min(1).max(200),
  callbackURL: ownPath.optional(),
  errorCallbackURL: ownPath.optional(),
});

export const apiKey = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.string()),
    createdBy: z.string().meta({ examples: ["person:ana"] }),
    createdAt: isoTime,
    lastUsedAt: isoTime.nullable().meta({ description: "To the hour" }),
    revokedAt: isoTime.nullable(),
  })
  .meta({ id: "ApiKey" });
export type ApiKey = z.infer<typeof apiKey>;

export const createdKey = apiKey
  .extend({ key: z.string().meta({ description: "The key itself: shown once, kept nowhere" }) })
  .meta({ id: "CreatedKey" });
