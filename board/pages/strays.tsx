/** Addresses that lead nowhere, or where the reader's role may not go. */
import { me } from "../api/session.ts";
import { Page } from "../ui/page.tsx";

export function NotFound() {
  return (
    <Page title="Nothing here">
      <p>This address leads nowhere. Perhaps it was cut off when it was copied.</p>
      <p>
        <a href="/board">Go to the board</a>
      </p>
    </Page>
  );
}

export function Forbidden() {
  return (
    <Page title="Not for your role">
      <p>
        You are signed in as {me.value?.name} ({me.value?.role}). Your role may not see this page; ask
        somebody from RevOps if it should.
      </p>
      <p>
        <a href="/board">Go to the board</a>
      </p>
    </Page>
  );
}
