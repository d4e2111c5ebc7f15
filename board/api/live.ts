/** The live board: fetched once, then kept current by a socket, with polling while the socket is away. */
import { signal } from "@preact/signals";
import type { Board, BoardMessage } from "../../schema/wire/board.ts";
import { changesBetween, announcement } from "../logic/grouping.ts";
import { observe } from "./clock.ts";
import { asApiError, call, type ApiError } from "./http.ts";
import { me } from "./session.ts";
import { announce } from "../ui/announcer.tsx";

export type Connection = "connecting" | "live" | "reconnecting";

export const board = signal<Board | null>(null);
export const boardError = signal<ApiError | null>(null);
export const connection = signal<Connection>("connecting");
/** Leads that changed a moment ago: their rows flash. */
export const flashing = signal<ReadonlySet<string>>(new Set());

const POLL_MS = 10_000;
const FIGURES_MS = 8_000;
const SAFETY_MS = 60_000;
const FLASH_MS = 2_400;

let users = 0;
let socket: WebSocket | null = null;
let attempt = 0;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let pollTimer: ReturnType<typeof setTimeout> | undefined;
let fetching: Promise<void> | null = null;
/** Messages that arrive while a fetch is under way may be newer than its answer. */
let held: Extract<BoardMessage, { type: "leads" }>[] = [];

/** Joins the live board for as long as a page shows it; the answer leaves it. */
export function watchBoard(): () => void {
  if (++users === 1) start();
  return () => {
    if (--users === 0) stop();
  };
}

function start(): void {
  void refresh();
  connect();
  addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
}

function stop(): void {
  removeEventListener("online", wake);
  document.removeEventListener("visibilitychange", wake);
  clearTimeout(retryTimer);
  clearTimeout(pollTimer);
  const closing = socket;
  socket = null;
  closing?.close();
  connection.value = "connecting";
}

/** Back from sleep or from being offline: don't wait for a timer. */
function wake(): void {
  if (document.visibilityState === "hidden") return;
  void refresh();
  if (!socket) {
    clearTimeout(retryTimer);
    connect();
  }
}

export function refresh(): Promise<void> {
  fetching ??= load().finally(() => {
    fetching = null;
    schedulePoll();
  });
  return fetching;
}

async function load(): Promise<void> {
  held = [];
  const sentAt = Date.now();
  try {
    const fresh = await call<Board>("/v1/board");
    observe(Date.parse(fresh.now), sentAt, Date.now(), 0);
    boardError.value = null;
    show(held.filter((message) => message.at >= fresh.now).reduce(merge, fresh));
  } catch (error) {
    boardError.value = asApiError(error);
  }
}

function schedulePoll(after = connection.peek() === "live" ? SAFETY_MS : POLL_MS): void {
  clearTimeout(pollTimer);
  if (users > 0) pollTimer = setTimeout(() => void refresh(), after);
}

const merge = (current: Board, message: Extract<BoardMessage, { type: "leads" }>): Board => {
  const replaced = new Map(message.leads.map((lead) => [lead.id, lead]));
  const gone = new Set(message.gone);
  const kept = current.leads.filter((lead) => !replaced.has(lead.id) && !gone.has(lead.id));
  return { ...current, leads: [...kept, ...replaced.values()] };
};

function show(next: Board): void {
  const before = board.peek();
  board.value = next;
  if (!before) return;
  const changes = changesBetween(before.leads, next.leads);
  if (changes.changed.length > 0) flash(changes.changed);
  const words = announcement(changes, me.peek()?.id ?? null);
  if (words) announce(words);
}

function flash(ids: string[]): void {
  flashing.value = new Set([...flashing.peek(), ...ids]);
  setTimeout(() => {
    const rest = new Set(flashing.peek());
    for (const id of ids) rest.delete(id);
    flashing.value = rest;
  }, FLASH_MS);
}

function connect(): void {
  const address = new URL("/v1/board/live", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const opened = new WebSocket(address);
  socket = opened;
  opened.addEventListener("message", ({ data }) => socket === opened && receive(String(data)));
  opened.addEventListener("open", () => {
    if (socket !== opened) return;
    const again = attempt > 0;
    attempt = 0;
    connection.value = "live";
    if (again) void refresh();
    else schedulePoll();
  });
  opened.addEventListener("close", () => socket === opened && lost());
}

/** Half a second first, doubling to half a minute, with jitter so that a restart isn't met by everyone at once. */
function lost(): void {
  socket = null;
  connection.value = "reconnecting";
  const wait = Math.min(30_000, 500 * 2 ** attempt++);
  clearTimeout(retryTimer);
  retryTimer = setTimeout(connect, wait * (0.5 + Math.random()));
  schedulePoll(2_000);
}

function receive(data: string): void {
  let message: BoardMessage;
  try {
    message = JSON.parse(data) as BoardMessage;
  } catch {
    return;
  }
  if (message.type === "refresh") void refresh();
  if (message.type !== "leads") return;
  if (fetching) held.push(message);
  const current = board.peek();
  if (current) show(merge(current, message));
  schedulePoll(FIGURES_MS);
}
