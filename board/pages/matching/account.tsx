/** One account as matching knows it: what the CRM says, what corrections taught, and taking a lesson back. */
import { useSignal } from "@preact/signals";
import type * as z from "zod";
import type { accountView } from "../../../schema/wire/crm.ts";
import { call } from "../../api/http.ts";
import { me } from "../../api/session.ts";
import { useResource } from "../../api/resource.ts";
import { speaker } from "../../api/speaker.ts";
import { may } from "../../logic/rights.ts";
import { actorName } from "../../logic/sentences.ts";
import { humanise } from "../../logic/words.ts";
import { Card } from "../../ui/card.tsx";
import { ConfirmDialog } from "../../ui/confirmDialog.tsx";
import { Facts, type Fact } from "../../ui/facts.tsx";
import { Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Time } from "../../ui/time.tsx";
import { accountPath, ACCOUNTS, Tabs } from "./tabs.tsx";

type Account = z.infer<typeof accountView>;
type Lesson = Account["learned"][number];

export function AccountPage({ id }: { id: string }) {
  const { value, error, reload } = useResource<Account>(`/v1/accounts/${encodeURIComponent(id)}`);
  const account = value.value;
  return (
    <Page title={account?.name ?? "Account"} aside={<Tabs here={ACCOUNTS} />}>
      {error.value && (
        <Failure error={error.value} what="The account didn’t load." retry={() => void reload()} />
      )}
      {account === null && !error.value && <Loading what="the account" />}
      {account && (
        <div class="account-view">
          {account.id !== id && (
            <p>
              The account <strong>{id}</strong> was merged into this one.
            </p>
          )}
          <FromCrm account={account} />
          <Learned account={account} reload={reload} />
        </div>
      )}
    </Page>
  );
}

function FromCrm({ account }: { account: Account }) {
  const { domain, domains, otherNames, parent, employees } = account;
  const further = domains.filter((each) => each !== domain);
  const facts: Fact[] = [
    ["Id", account.id],
    ["Domain", domain ?? <span class="faint">none: found by name only</span>],
    ["Further domains", further.join(", ")],
    ["Also called", otherNames.join(", ")],
    ["Parent", parent && <a href={accountPath(parent.id)}>{parent.name}</a>],
    ["Place", [account.city, account.country].filter(Boolean).join(", ")],
    ["Owner", account.owner],
    ["Lifecycle", account.lifecycle && humanise(account.lifecycle)],
    ["Industry", account.industry],
    ["Employees", employees === null ? null : employees.toLocaleString("en")],
  ];
  return (
    <Card title="From the CRM">
      <Facts of={facts} />
    </Card>
  );
}

function Learned({ account, reload }: { account: Account; reload: () => Promise<void> }) {
  const dropping = useSignal<Lesson | null>(null);
  const { learned } = account;
  const mayDrop = may(me.value?.role, "inspect");
  return (
    <Card title="Learned from corrections">
      {learned.length === 0 ? (
        <p class="faint">
          Nothing yet. Who corrects a lead’s account may say that its mail domain, or the company as it was
          typed, is this account’s too; that stands here then.
        </p>
      ) : (
        <ul class="lessons">
          {learned.map((lesson) => (
            <li key={`${lesson.kind}:${lesson.value}`} class="lesson">
              <strong class="lesson-what">{lesson.value}</strong>
              <span class="chip">{lesson.kind === "domain" ? "domain" : "name"}</span>
              <span class="faint lesson-who">
                taught by {actorName(lesson.by, speaker)}, <Time at={lesson.at} />, with{" "}
                <a href={`/board/leads/${encodeURIComponent(lesson.leadId)}`}>this lead</a>
              </span>
              {mayDrop && (
                <button
                  type="button"
                  class="button"
                  aria-label={`Remove ${lesson.value}`}
                  onClick={() => (dropping.value = lesson)}
                >
                  Remove
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {dropping.value && (
        <DropDialog
          account={account}
          lesson={dropping.value}
          onClose={() => (dropping.value = null)}
          onDone={async () => {
            dropping.value = null;
            await reload();
          }}
        />
      )}
    </Card>
  );
}

interface DropProps {
  account: Account;
  lesson: Lesson;
  onClose: () => void;
  onDone: () => Promise<void>;
}

function DropDialog({ account, lesson: { kind, value }, onClose, onDone }: DropProps) {
  const path = `/v1/accounts/${encodeURIComponent(account.id)}/aliases/${encodeURIComponent(value)}`;
  return (
    <ConfirmDialog
      title={`Remove “${value}”?`}
      submit="Remove it"
      act={() => call(path, { method: "DELETE" })}
      done={`${account.name} no longer goes by ${value}.`}
      onClose={onClose}
      onDone={onDone}
    >
      <p>
        {kind === "domain" ? `Mail from ${value} is no longer` : `“${value}” is no longer`} taken for{" "}
        {account.name}, from the next lead on. Leads that were matched by it keep their account.
      </p>
      <p class="faint">What the CRM itself says of the account isn’t touched.</p>
    </ConfirmDialog>
  );
}
