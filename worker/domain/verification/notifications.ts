/** Notifications that can be delivered, safely: a webhook needs an address by TLS and a secret, mail needs somebody to hear. */
import type { Notification } from "../../../schema/config/document.ts";
import { EVENT_TYPE_LIST } from "../../../schema/events.ts";
import type { Check } from "./checks.ts";
import { isNone, pointerOf, type Report } from "./findings.ts";
import { choices } from "./nearest.ts";

const URL_PARTS =
  /^(https?):\/\/(?:([^\s/?#@]*)@)?(\[[0-9a-fA-F:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?(?:[/?#]\S*)?$/i;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|([^.]+\.)+localhost)$/i;

/** What is wrong with a webhook's address; null when nothing is. */
const urlProblem = (url: string): string | null => {
  const [, scheme = "", credentials, host = ""] = URL_PARTS.exec(url) ?? [];
  if (host === "") return `"${url}" is no web address: write one such as https://hooks.acme.example/leads.`;
  if (credentials !== undefined)
    return "An address must not carry a user name or password: sign with secretRef instead.";
  if (scheme.toLowerCase() === "http" && !LOOPBACK.test(host))
    return "Leads must not travel unencrypted: write https:// (http is for this machine itself).";
  return null;
};

const checkWebhook = ({ id, url, secretRef }: Notification, at: number, report: Report): void => {
  if (isNone(url))
    report.error(
      pointerOf(["notifications", at, "url"]),
      "missing",
      `"${id}" is a webhook without a url: add where to post.`,
    );
  else {
    const problem = urlProblem(url);
    if (problem !== null) report.error(pointerOf(["notifications", at, "url"]), "bad_url", problem);
  }
  if (isNone(secretRef)) {
    const message = `"${id}" is a webhook without a secretRef: name the secret that signs it, such as OPS_WEBHOOK_SECRET.`;
    report.error(pointerOf(["notifications", at, "secretRef"]), "missing", message);
  }
};

const checkEvents = ({ id, events }: Notification, at: number, report: Report): void => {
  events.forEach((pattern, index) => {
    const prefix = pattern.endsWith(".*") ? pattern.slice(0, -1) : null;
    const known = EVENT_TYPE_LIST.some((type) =>
      prefix === null ? type === pattern : type.startsWith(prefix),
    );
    if (known || pattern === "*") return;
    const message = `Nothing called "${pattern}" ever happens, so "${id}" won't hear of it: ${choices(pattern, EVENT_TYPE_LIST, "correct or remove it.")}`;
    report.warn(pointerOf(["notifications", at, "events", index]), "unknown_event", message);
  });
};

export const checkNotifications: Check = ({ document: { notifications } }, report) => {
  notifications.forEach((notification, at) => {
    checkEvents(notification, at, report);
    if (notification.channel === "webhook") return checkWebhook(notification, at, report);
    if ((notification.to ?? []).length === 0)
      report.error(
        pointerOf(["notifications", at, "to"]),
        "missing",
        `"${notification.id}" is mail to nobody: add addresses under to.`,
      );
  });
};
