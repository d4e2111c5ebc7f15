/** Where a deployment's secrets come from when somebody is there to ask (cli/deploy/secrets.ts). */
import { expect, test, vi } from "vitest";
import { chooseSecrets, missingSecrets } from "../../../cli/deploy/secrets.ts";

const ALL = missingSecrets(new Set());

/** Answers in turn, and keeps what was asked. */
function person(...answers: string[]) {
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => {
    asked.push(question.split(",")[0] ?? "");
    return Promise.resolve(answers.shift() ?? "");
  };
  return { asked, ask };
}

test("Enter makes a key, which is shown; the session secret is never asked for or shown", async () => {
  const { asked, ask } = person("", "Acme <leads@acme.example>", "ops@acme.example");
  const { values, announced } = await chooseSecrets(ALL, {}, ask);
  expect(asked).toEqual(["ADMIN_API_KEY", "MAIL_FROM", "ALERT_EMAIL"]);
  expect(announced).toEqual(["ADMIN_API_KEY"]);
  expect(values["ADMIN_API_KEY"]).toMatch(/^lc_[A-Za-z0-9]{32}$/);
  expect(values["AUTH_SECRET"]).toMatch(/^[\w-]{43}$/);
  expect(values["MAIL_FROM"]).toBe("Acme <leads@acme.example>");
});

test("what won't do is asked for again", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  const { asked, ask } = person("", "Acme", "ops@acme", "ops@acme.example");
  const { values } = await chooseSecrets(["MAIL_FROM", "ALERT_EMAIL"], {}, person("", "x@y", "a@b.example", "Ops <a@b.example>", "a@b.example").ask); // prettier-ignore
  expect(values).toEqual({ MAIL_FROM: "a@b.example", ALERT_EMAIL: "a@b.example" });
  await chooseSecrets(["ALERT_EMAIL"], {}, ask);
  expect(asked).toHaveLength(4);
  log.mockRestore();
});

test("the environment answers first, and is checked as well", async () => {
  const { asked, ask } = person();
  const env = {
    ADMIN_API_KEY: "a-key-of-twenty-characters",
    MAIL_FROM: "a@b.example",
    ALERT_EMAIL: "c@d.example",
  };
  const { values, announced } = await chooseSecrets(ALL, env, ask);
  expect(values).toMatchObject(env);
  expect([asked, announced]).toEqual([[], []]);
  await expect(chooseSecrets(ALL, { ...env, ADMIN_API_KEY: "short" }, ask)).rejects.toThrow(
    "ADMIN_API_KEY in the environment must be at least 20 characters",
  );
});

test("only what is missing is settled", async () => {
  const missing = missingSecrets(new Set(["ADMIN_API_KEY", "MAIL_FROM", "ALERT_EMAIL"]));
  expect(Object.keys((await chooseSecrets(missing, {}, null)).values)).toEqual(["AUTH_SECRET"]);
});
