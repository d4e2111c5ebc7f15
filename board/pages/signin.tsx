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
