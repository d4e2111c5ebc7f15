/** Which page stands where, and the gate in front: nobody sees a page without a session. */
import { useSignal, useSignalEffect } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { asApiError, signedOut, type ApiError } from "./api/http.ts";
import { watchEnforcement } from "./api/enforcement.ts";
import { watchBoard } from "./api/live.ts";
import { loadSession, me, session } from "./api/session.ts";
import { cardOf } from "./logic/reports.ts";
import { may, type Right } from "./logic/rights.ts";
import { BoardPage } from "./pages/board.tsx";
import { DeliveriesPage } from "./pages/deliveries.tsx";
import { ImportsPage } from "./pages/imports.tsx";
import { LeadPage } from "./pages/lead/page.tsx";
import { LeadsPage } from "./pages/leads.tsx";
import { AccountPage } from "./pages/matching/account.tsx";
import { AccountsPage } from "./pages/matching/accounts.tsx";
import { MatchingPage } from "./pages/matching/inspector.tsx";
import { PeoplePage } from "./pages/people/page.tsx";
import { PolicyArea } from "./pages/policyArea.tsx";
import { TasksPage } from "./pages/tasks.tsx";
import { LedgerPage } from "./pages/reports/ledger.tsx";
import { ReportsPage } from "./pages/reports/overview.tsx";
import { ReportPage } from "./pages/reports/page.tsx";
import { SignInPage } from "./pages/signin.tsx";
import { Forbidden, NotFound } from "./pages/strays.tsx";
import { go, place, withQuery } from "./router.ts";
import { Announcer } from "./ui/announcer.tsx";
import { Failure, Loading } from "./ui/notice.tsx";
import { Shell } from "./ui/shell.tsx";

const SIGN_IN = "/board/signin";

export function App() {
  const error = useSignal<ApiError | null>(null);
  const load = () =>
    loadSession().then(
      () => (error.value = null),
      (failure) => (error.value = asApiError(failure)),
    );
  useEffect(() => void load(), []);
  useSignalEffect(() => {
    const here = place.value;
    const out = signedOut.value || (session.value !== null && !session.value.person);
    if (out && here.path !== SIGN_IN)
      go(withQuery(SIGN_IN, { to: wanted(here.path, here.query) }), "replace");
  });
  return (
    <>
      <Announcer />
      <Gate error={error.value} retry={() => void load()} />
    </>
  );
}

function wanted(path: string, query: URLSearchParams): string | null {
  const text = query.toString();
  const full = text ? `${path}?${text}` : path;
  return full === "/board" ? null : full;
}

function Gate({ error, retry }: { error: ApiError | null; retry: () => void }) {
  const path = place.value.path;
  if (path === SIGN_IN) return <SignInPage />;
  if (error && !session.value) {
    return (
      <main class="lonely">
        <h1>Leadclock</h1>
        <Failure error={error} what="The board didn’t load." retry={retry} />
      </main>
    );
  }
  if (!me.value)
    return (
      <main class="lonely">
        <Loading what="the board" />
      </main>
    );
  return <Inside path={path} />;
}

/** Signed in: the live board is joined once for all pages, so that news reaches the reader wherever they are. */
function Inside({ path }: { path: string }) {
  useEffect(() => watchBoard(), []);
  useEffect(() => watchEnforcement(), []);
  return (
    <Shell path={path}>
      <Route path={path} />
    </Shell>
  );
}

function Route({ path }: { path: string }) {
  if (path === "/board") return <BoardPage />;
  if (path === "/board/leads") return <LeadsPage />;
  const lead = /^\/board\/leads\/([^/]+)$/.exec(path)?.[1];
  if (lead) return <LeadPage key={lead} id={decodeURIComponent(lead)} />;
  if (path === "/board/tasks") return <TasksPage />;
  if (path === "/board/reports") return <ReportsPage />;
  if (path === "/board/reports/rotation-ledger") return <LedgerPage />;
  const report = cardOf(/^\/board\/reports\/([a-z-]+)$/.exec(path)?.[1] ?? "");
  if (report) return <ReportPage key={report.name} card={report} />;
  if (path === "/board/people") return <PeoplePage />;
  if (path === "/board/config" || path.startsWith("/board/config/"))
    return (
      <Guarded right="config.read">
        <PolicyArea path={path} />
      </Guarded>
    );
  if (path === "/board/deliveries")
    return (
      <Guarded right="deliveries">
        <DeliveriesPage />
      </Guarded>
    );
  if (path === "/board/imports")
    return (
      <Guarded right="imports">
        <ImportsPage />
      </Guarded>
    );
  if (path === "/board/matching")
    return (
      <Guarded right="inspect">
        <MatchingPage />
      </Guarded>
    );
  if (path === "/board/matching/accounts")
    return (
      <Guarded right="inspect">
        <AccountsPage />
      </Guarded>
    );
  const account = /^\/board\/matching\/accounts\/([^/]+)$/.exec(path)?.[1];
  if (account)
    return (
      <Guarded right="inspect">
        <AccountPage key={account} id={decodeURIComponent(account)} />
      </Guarded>
    );
  return <NotFound />;
}

function Guarded({ right, children }: { right: Right; children: preact.ComponentChildren }) {
  return may(me.value?.role, right) ? <>{children}</> : <Forbidden />;
}
