/** axe on every page and state in both themes; no page scrolls sideways on the narrowest phone. */
import { expect, test } from "vitest";
import { FakeApi } from "./support/api.ts";
import { makeTask } from "./support/tasks.ts";
import { problem } from "./support/replies.ts";
import { axe, axeInBothThemes, PHONE } from "../../support/chromium.ts";
import { overflows } from "./support/browser.ts";
import { useStage, type Scene } from "./support/stage.ts";

const open = useStage();

interface State {
  name: string;
  path: string;
  me?: string | null;
  empty?: boolean;
  before?: (api: FakeApi) => void;
  act?: (scene: Scene) => Promise<unknown>;
  ready: string;
}

const STATES: State[] = [
  { name: "board", path: "/board", ready: ".row" },
  { name: "board, empty", path: "/board", empty: true, ready: ".empty" },
  {
    name: "board, down",
    path: "/board",
    before: (api) => api.force(/GET \/v1\/board$/, problem(503, "Down", "Submissions are kept.")),
    ready: ".notice",
  },
  {
    name: "menu",
    path: "/board",
    act: ({ page }) => page.locator(".menu summary").click(),
    ready: ".menu-box",
  },
  { name: "leads", path: "/board/leads", ready: "tbody tr" },
  { name: "lead, late", path: "/board/leads/L-late", ready: ".hero" },
  { name: "lead, waiting for opening", path: "/board/leads/L-ahead", ready: ".hero" },
  { name: "lead, closed", path: "/board/leads/L-done-1", ready: ".hero" },
  {
    name: "closing a lead",
    path: "/board/leads/L-due",
    me: "ben",
    act: ({ page }) => page.keyboard.press("d"),
    ready: "dialog form",
  },
  { name: "people", path: "/board/people", ready: ".person" },
  { name: "policy", path: "/board/config", me: "rui", ready: ".branch" },
  { name: "policy, nothing came", path: "/board/config", empty: true, ready: ".empty" },
  { name: "tasks, none", path: "/board/tasks", ready: ".empty" },
  {
    name: "tasks",
    path: "/board/tasks",
    before: (api) => (api.tasks = [makeTask("t1", {}), makeTask("t2", { kind: "handoff", note: "Call" })]),
    ready: ".delivery",
  },
  {
    name: "policy, down",
    path: "/board/config",
    before: (api) => api.force(/GET \/v1\/routing/, problem(503, "Down", "The database is down.")),
    ready: ".notice",
  },
  { name: "coverage", path: "/board/config/coverage", ready: ".heat" },
  { name: "editing, in forms", path: "/board/config/edit", me: "rui", ready: ".finding-list" },
  { name: "a rule's form", path: "/board/config/edit?rule=rest", me: "rui", ready: "dialog form" },
  {
    name: "a form's form",
    path: "/board/config/edit?part=forms",
    me: "rui",
    act: async ({ page }) => {
      await page.getByRole("button", { name: "Change Request a demo" }).click();
      await page.getByRole("button", { name: "Add a field" }).click();
    },
    ready: "dialog .form-field",
  },
  { name: "editing, as text", path: "/board/config/edit?as=text", me: "rui", ready: ".cm-content" },
  {
    name: "dry run",
    path: "/board/config/try",
    me: "rui",
    act: ({ page }) => page.getByRole("button", { name: "Where does it go?" }).click(),
    ready: ".trial-outcome",
  },
  {
    name: "versions",
    path: "/board/config/versions",
    me: "rui",
    act: ({ page }) => page.getByText("What it changed in version 11").click(),
    ready: ".changes",
  },
  {
    name: "back-test",
    path: "/board/config/backtest",
    me: "rui",
    act: ({ page }) => page.getByRole("button", { name: "Start" }).click(),
    ready: ".loads",
  },
  { name: "deliveries", path: "/board/deliveries", ready: ".delivery" },
  { name: "reports", path: "/board/reports", ready: ".tile" },
  { name: "report, chart", path: "/board/reports/speed-to-lead", ready: ".bars" },
  { name: "report, table", path: "/board/reports/safety-nets?view=table", ready: ".report-table" },
  { name: "rotation ledger", path: "/board/reports/rotation-ledger", ready: ".ledger-entries" },
  {
    name: "rotation ledger, nothing picked",
    path: "/board/reports/rotation-ledger",
    empty: true,
    ready: ".empty",
  },
  { name: "imports", path: "/board/imports", me: "rui", ready: ".import" },
  { name: "matching, nothing asked", path: "/board/matching", me: "rui", ready: ".empty" },
  { name: "matching", path: "/board/matching#company=Northwind", me: "rui", ready: ".inspected" },
  { name: "matching, none", path: "/board/matching#company=Else", me: "rui", ready: ".answer" },
  {
    name: "matching, down",
    path: "/board/matching#company=Northwind",
    me: "rui",
    before: (api) => api.force(/POST \/v1\/match$/, problem(503, "Down", "The database is down.")),
    ready: ".notice",
  },
  { name: "accounts", path: "/board/matching/accounts#q=north", me: "rui", ready: ".account" },
  { name: "account", path: "/board/matching/accounts/acc-1", me: "rui", ready: ".lesson" },
  {
    name: "correcting the account",
    path: "/board/leads/L-due",
    me: "ben",
    act: ({ page }) => page.getByRole("button", { name: "Not right?" }).click(),
    ready: "dialog .choice",
  },
  { name: "sign-in, expired", path: "/board/signin?error=EXPIRED_TOKEN", me: null, ready: ".notice" },
  { name: "nothing here", path: "/board/nowhere", ready: "h1" },
];

const show = async ({ path, me = "ana", empty, before, act, ready }: State) => {
  const api = new FakeApi({ me, ...(empty && { leads: () => [] }) });
  before?.(api);
  const scene = await open(path, api);
  await scene.page.locator("h1").first().waitFor();
  if (act) await scene.page.locator(".hero, .row, .trial-page, .version, .item").first().waitFor();
  await act?.(scene);
  await scene.page.locator(ready).first().waitFor();
  return scene.page;
};

/** The narrowest telephone. */
const NARROW = { width: 320, height: 640 };

// One load serves all: these are most of the browser's minutes in CI. Colours don't depend on the width.
test.each(STATES)("axe on a desk and on a telephone, and 320 px wide: $name", async (state) => {
  const page = await show(state);
  expect(await axeInBothThemes(page)).toEqual([]);
  await page.setViewportSize(PHONE);
  expect(await axe(page)).toEqual([]);
  await page.setViewportSize(NARROW);
  expect(await overflows(page)).toEqual([]);
});

test("320 px would find something: a table that can't shrink runs over", async () => {
  const page = await show({ name: "", path: "/board/leads", ready: "tbody tr" });
  await page.setViewportSize(NARROW);
  await page.evaluate(() =>
    document.querySelector<HTMLElement>("main")?.style.setProperty("min-width", "500px"),
  );
  expect((await overflows(page)).length).toBeGreaterThan(0);
});

test("axe would find something: a page without a name for its field fails", async () => {
  const { page } = await open("/board/leads");
  await page.locator("tbody tr").first().waitFor();
  await page.evaluate(() => document.querySelectorAll("label").forEach((label) => label.remove()));
  expect((await axe(page)).length).toBeGreaterThan(0);
});
