/** Mails that sum up: a manager's morning, and the week's scorecard. */
import type { Action, Section } from "./layout.ts";
import { footer } from "./lead-parts.ts";
import type { Template } from "./mails-owner.ts";
import { workspaceName, type Scene } from "./scene.ts";
import { oneLine } from "./text.ts";

const text = (value: unknown): string => (typeof value === "string" ? value : "");

interface Line {
  label?: unknown;
  value?: unknown;
  path?: unknown;
}

/** Only pages of this deployment. */
const hrefOf = ({ origin }: Scene, path: unknown): string | null =>
  origin !== null && typeof path === "string" && path.startsWith("/board") ? `${origin}${path}` : null;

const sectionsOf = (scene: Scene): Section[] => {
  const sections = scene.owed.data["sections"];
  if (!Array.isArray(sections)) return [];
  return (sections as { title?: unknown; none?: unknown; lines?: unknown }[]).map(
    ({ title, none, lines }) => ({
      title: oneLine(text(title)),
      none: text(none),
      lines: (Array.isArray(lines) ? (lines as Line[]) : []).map(({ label, value, path }) => ({
        label: oneLine(text(label)),
        value: oneLine(text(value), 300),
        href: hrefOf(scene, path),
      })),
    }),
  );
};

const STOP = "Don't want it? Whoever keeps the policy can leave you out of its digests.";

const firstTotal = ([first]: readonly Section[]): string => {
  const count = (first?.lines ?? []).reduce((sum, { value }) => sum + (Number.parseInt(value, 10) || 0), 0);
  return count === 0
    ? "no first touch missed"
    : count === 1
      ? "1 first touch missed"
      : `${count} first touches missed`;
};

const days = (from: string, to: string): string => (from === to || from === "" ? to : `${from} to ${to}`);

const page = ({ origin }: Scene, path: string, label: string): Action[] =>
  origin === null ? [] : [{ label, href: `${origin}${path}` }];

const morning: Template = (scene) => {
  const sections = sectionsOf(scene);
  const { from, to } = scene.owed.data;
  return {
    subject: `This morning: ${firstTotal(sections)}`,
    title: `Good morning. ${days(text(from), text(to))} at ${workspaceName(scene)}:`,
    paragraphs: [],
    sections,
    actions: page(scene, "/board", "Open the board"),
    footer: footer(scene, `You get this on mornings you work. ${STOP}`),
  };
};

const weekly: Template = (scene) => {
  const { from, to } = scene.owed.data;
  return {
    subject: `The week ${days(text(from), text(to))}: marketing and sales`,
    title: "The week's scorecard",
    paragraphs: [],
    sections: sectionsOf(scene),
    actions: page(
      scene,
      `/board/reports/scorecard?from=${encodeURIComponent(text(from))}&to=${encodeURIComponent(text(to))}`,
      "Open the scorecard",
    ),
    footer: footer(scene, `You get this once a week. ${STOP}`),
  };
};

export const DIGEST_MAILS: Record<string, Template> = { "digest.morning": morning, "digest.weekly": weekly };
