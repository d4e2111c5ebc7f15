/** What stands around every page: navigation, who is signed in, theme, the way to docs and inbox. */
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { reachable } from "../api/http.ts";
import { board, connection } from "../api/live.ts";
import { me, session, signOut } from "../api/session.ts";
import { may, type Right } from "../logic/rights.ts";
import { go, place } from "../router.ts";
import { BrakeBanner } from "./brake.tsx";
import { Help } from "./help.tsx";
import { stepRow, useKeys } from "./keys.ts";
import { Segmented } from "./segmented.tsx";
import { setTheme, theme, type Theme } from "./theme.ts";

const PAGES: readonly { path: string; label: string; right?: Right }[] = [
  { path: "/board", label: "Board" },
  { path: "/board/leads", label: "Leads" },
  { path: "/board/tasks", label: "Tasks" },
  { path: "/board/reports", label: "Reports" },
  { path: "/board/people", label: "People" },
  { path: "/board/config", label: "Policy", right: "config.read" },
  { path: "/board/matching", label: "Matching", right: "inspect" },
  { path: "/board/deliveries", label: "Deliveries", right: "deliveries" },
  { path: "/board/imports", label: "Imports", right: "imports" },
];

export function Shell({ path, children }: { path: string; children: ComponentChildren }) {
  const help = useSignal(false);
  useKeys({
    j: () => stepRow(1),
    k: () => stepRow(-1),
    "?": () => (help.value = true),
    "/": () => {
      const search = document.querySelector<HTMLElement>("input[type=search]");
      if (search) search.focus();
      else go("/board/leads");
    },
  });
  return (
    <div class="shell">
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="top">
        <a class="brand" href="/board">
          Leadclock
        </a>
        <nav class="nav" aria-label="Main">
          <ul>
            {PAGES.filter(({ right }) => !right || may(me.value?.role, right)).map((page) => (
              <NavItem key={page.path} {...page} path={path} to={page.path} />
            ))}
          </ul>
        </nav>
        <Link />
        <Menu onHelp={() => (help.value = true)} />
      </header>
      <BrakeBanner />
      <main id="main" class="main" tabIndex={-1}>
        {children}
      </main>
      {help.value && <Help onClose={() => (help.value = false)} />}
    </div>
  );
}

function NavItem({ to, label, path }: { to: string; label: string; path: string }) {
  const here = path === to || (to !== "/board" && path.startsWith(`${to}/`));
  return (
    <li>
      <a href={to} aria-current={here ? (path === to ? "page" : "true") : undefined}>
        {label}
      </a>
    </li>
  );
}

/** Whether what is on show is live. Said in words, since a dot alone tells nobody what to do. */
function Link() {
  const state = !reachable.value ? "offline" : connection.value;
  const words = {
    live: "Live",
    connecting: "Connecting…",
    reconnecting: "Reconnecting…",
    offline: "No connection",
  }[state];
  return (
    <span
      class={`link link-${state}`}
      title={board.value ? `Policy version ${board.value.workspace.version}` : undefined}
    >
      <span class="link-dot" aria-hidden="true" />
      {words}
    </span>
  );
}

function Menu({ onHelp }: { onHelp: () => void }) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => details.current?.removeAttribute("open");
  useEffect(close, [place.value.visit]);
  useEffect(() => {
    const outside = (event: Event) => !details.current?.contains(event.target as Node) && close();
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || !details.current?.open) return;
      close();
      details.current.querySelector("summary")?.focus();
    };
    addEventListener("pointerdown", outside);
    addEventListener("keydown", escape);
    return () => {
      removeEventListener("pointerdown", outside);
      removeEventListener("keydown", escape);
    };
  }, []);
  const person = me.value;
  return (
    <details class="menu" ref={details}>
      <summary>
        <span class="menu-name">{person?.name}</span>
      </summary>
      <div class="menu-box">
        <p>
          <strong>{person?.name}</strong>
          <br />
          <span class="faint">
            {person?.role}, {session.value?.workspace.name}
          </span>
        </p>
        <ThemeChoice />
        <ul>
          <li>
            <a href="/docs">API documentation</a>
          </li>
          {session.value?.local && (
            <>
              <li>
                <a href="/inbox">Inbox (what would have been sent)</a>
              </li>
              <li>
                <a href="/demo">Demo site</a>
              </li>
            </>
          )}
          <li>
            <button
              type="button"
              class="as-link"
              onClick={() => {
                close();
                onHelp();
              }}
            >
              Keyboard
            </button>
          </li>
          <li>
            <button type="button" class="as-link" onClick={() => void signOut().catch(() => undefined)}>
              Sign out
            </button>
          </li>
        </ul>
      </div>
    </details>
  );
}

const THEMES: readonly [Theme, string][] = [
  ["auto", "Auto"],
  ["light", "Light"],
  ["dark", "Dark"],
];

const ThemeChoice = () => <Segmented label="Theme" choices={THEMES} chosen={theme.value} choose={setTheme} />;
