/** Signing in by a one-time link. The answer is the same whether or not the address is known. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { asApiError, signedOut } from "../api/http.ts";
import { askForLink, loadSession, session } from "../api/session.ts";
import { go, place } from "../router.ts";
import { ActionForm } from "../ui/actionForm.tsx";
import { useAction } from "../ui/action.ts";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";

/** Only addresses of the board: a link in a mail must never lead elsewhere. */
function wanted(query: URLSearchParams): string {
  const to = query.get("to");
  return to && /^\/board(?:[/?]|$)/.test(to) && !to.startsWith("/board/signin") ? to : "/board";
}

const REASONS: Record<string, string> = {
  EXPIRED_TOKEN: "That link has expired: each works once, for a few minutes.",
  INVALID_TOKEN: "That link was already used, or has expired: each works once, for a few minutes.",
  ATTEMPTS_EXCEEDED: "That link was used too often.",
};
const reason = (code: string) => REASONS[code.toUpperCase()] ?? "That link didn’t sign you in.";

export function SignInPage() {
  const sentTo = useSignal<string | null>(null);
  const query = place.value.query;
  const back = wanted(query);
  // Already signed in (the mail's link was opened in another tab, say): straight on, and look again on return.
  useEffect(() => {
    const look = async () => {
      const found = await loadSession().catch(() => null);
      if (found?.person) go(back, "replace");
    };
    const seen = () => document.visibilityState === "visible" && void look();
    void look();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, []);
  const error = query.get("error");
  if (session.value?.empty) return <NobodyYet />;
  return (
    <main class="lonely signin">
      <p class="brand">Leadclock</p>
      <Page title={sentTo.value ? "Check your mail" : "Sign in"}>
        {error && !sentTo.value && (
          <Notice tone="strong">
            <p>{reason(error)} Ask for a new one below.</p>
          </Notice>
        )}
        {!error && !sentTo.value && signedOut.value && (
          <Notice>
            <p>Your session has ended. Sign in again and you are back where you were.</p>
          </Notice>
        )}
        {sentTo.value ? (
          <Sent email={sentTo.value} again={() => (sentTo.value = null)} />
        ) : (
          <Ask back={back} onSent={(email) => (sentTo.value = email)} />
        )}
      </Page>
    </main>
  );
}

/** Before the first policy there are no people: a form that asks for an address would lead nowhere. */
function NobodyYet() {
  const still = useSignal(false);
  const local = session.value?.local;
  const look = async () => {
    await loadSession().catch(() => null);
    still.value = true;
  };
  return (
    <main class="lonely signin">
      <p class="brand">Leadclock</p>
      <Page title="Nobody can sign in yet">
        <p>
          This workspace is empty. Its people come with the first policy, which is published from a terminal:
        </p>
        <ol class="first-steps">
          <li>
            In the folder of Leadclock, copy a whole policy to begin from:{" "}
            <code class="command">cp test/cases/config-example.json policy.json</code>
          </li>
          <li>
            Give it your people and their e-mail addresses. One of them needs the role <code>revops</code> or{" "}
            <code>admin</code>: who has it edits the policy here from then on.
          </li>
          <li>
            Publish it:{" "}
            <code class="command">npx leadclock policy publish policy.json --to {location.origin}</code>{" "}
            {local
              ? "It takes the key from .dev.vars."
              : "It takes the key, the deployment’s ADMIN_API_KEY, from the environment."}
          </li>
        </ol>
        <p class="faint">
          Then everybody in it signs in here with their address, by a link that comes by mail
          {local && (
            <>
              {" "}
              (here into <a href="/inbox">the inbox</a>)
            </>
          )}
          .
        </p>
        {still.value && <p role="status">Nothing is published yet.</p>}
        <div class="buttons">
          <button type="button" class="button button-main" onClick={() => void look()}>
            It is published
          </button>
        </div>
      </Page>
    </main>
  );
}

function Ask({ back, onSent }: { back: string; onSent: (email: string) => void }) {
  const action = useAction();
  const ask = async ({ email = "" }: Record<string, string>) => {
    const sent = await action.run(() => askForLink(email, back).catch(hideUnknown));
    if (sent) onSent(email);
  };
  return (
    <ActionForm
      action={action}
      submit="Send me a link"
      fields={["email"]}
      onValues={(values) => void ask(values)}
    >
      <Field
        label="Work e-mail"
        error={action.error.value?.field("email")}
        help="You get a link that signs you in once. There is no password."
      >
        <input
          type="email"
          name="email"
          required
          autocomplete="email"
          autocapitalize="none"
          spellcheck={false}
        />
      </Field>
    </ActionForm>
  );
}

/** Whether an address is known is nobody's business: a refusal of the address looks like success. */
function hideUnknown(error: unknown): void {
  const { status } = asApiError(error);
  if (status !== 401 && status !== 403 && status !== 404) throw error;
}

function Sent({ email, again }: { email: string; again: () => void }) {
  return (
    <>
      <p>
        If <strong>{email}</strong> belongs to this workspace, a link is on its way. It works once, for a few
        minutes.
      </p>
      <p class="faint">
        Nothing there? Look into spam, or ask whoever keeps your workspace whether this address is the right
        one.
      </p>
      <div class="buttons">
        {session.value?.local && (
          <a class="button button-main" href="/inbox">
            Open the local inbox
          </a>
        )}
        <button type="button" class="button" onClick={again}>
          Use another address
        </button>
      </div>
    </>
  );
}
