/** Saying which account a lead belongs to, and what of it holds from the next match on. */
import { useSignal } from "@preact/signals";
import type { Lead } from "../../../schema/wire/lead.ts";
import { useAccountSearch, type FoundAccount } from "../../api/accountSearch.ts";
import { call } from "../../api/http.ts";
import { me } from "../../api/session.ts";
import { may } from "../../logic/rights.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";

type Found = Pick<FoundAccount, "id" | "name"> & Partial<FoundAccount>;

const NONE = "none of them";

const candidatesOf = ({ match }: Lead): Found[] =>
  match.candidates.map(({ accountId: id, name }) => ({ id, name }));

export interface AccountDialogProps {
  lead: Lead;
  onClose: () => void;
  onDone: () => Promise<void>;
}

export function AccountDialog({ lead, onClose, onDone }: AccountDialogProps) {
  const { typed, searching, found } = useAccountSearch();
  const action = useAction();
  const chosen = useSignal(lead.account?.id ?? "");
  const accounts = searching ? (found.value.value?.accounts ?? []) : candidatesOf(lead);
  const error = action.error.value;
  const correct = async (values: Record<string, string>) => {
    const learn = ["domain", "name"].filter((kind) => values[`learn-${kind}`] !== undefined);
    const account = values["account"] === NONE ? null : values["account"];
    const body = {
      account,
      learn: account === null ? [] : learn,
      reason: values["reason"] ?? null,
      reroute: values["reroute"] !== undefined,
    };
    const path = `/v1/leads/${encodeURIComponent(lead.id)}/account`;
    if (!(await action.run(() => call(path, { method: "POST", body })))) return;
    announce("The account was corrected.");
    await onDone();
  };
  return (
    <Dialog title="Which account is it?" onClose={onClose}>
      <ActionForm
        action={action}
        submit="Say so"
        onCancel={onClose}
        fields={["account", "reason"]}
        onValues={(values) => void correct(values)}
      >
        <Field label="Find an account" help="By name, domain or id." error={error?.field("account")}>
          <input
            type="search"
            autocomplete="off"
            maxLength={200}
            onInput={(event) => (typed.value = event.currentTarget.value)}
          />
        </Field>
        <fieldset class="field">
          <legend>{searching ? "Found" : "Candidates of the match"}</legend>
          <div class="choices">
            {accounts.map((each) => (
              <Choice key={each.id} of={each} chosen={chosen.value} onChoose={(id) => (chosen.value = id)} />
            ))}
            <Choice
              of={{ id: NONE, name: "None: it belongs to no account" }}
              chosen={chosen.value}
              onChoose={(id) => (chosen.value = id)}
            />
          </div>
          <p class="help" role="status">
            {searchWords(searching, found, accounts.length)}
          </p>
        </fieldset>
        {chosen.value !== "" && chosen.value !== NONE && may(me.value?.role, "inspect") && (
          <Lessons lead={lead} />
        )}
        {mayReroute(lead) && (
          <label class="check">
            <input type="checkbox" name="reroute" value="yes" /> Route it again: it may get another owner
          </label>
        )}
        <Field label="Why" optional error={error?.field("reason")}>
          <input
            name="reason"
            maxLength={500}
            autocomplete="off"
            placeholder="Their holding writes from there"
          />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

function searchWords(
  searching: boolean,
  { error, loading }: ReturnType<typeof useAccountSearch>["found"],
  count: number,
): string {
  if (!searching) return "";
  if (error.value) return `The search failed: ${error.value.message}`;
  if (loading.value) return "Searching…";
  return count === 0 ? "No account is called so, and none has such a domain." : "";
}

/** The server decides; this hides what it would refuse. */
const mayReroute = (lead: Lead): boolean =>
  lead.firstTouchAt === null && lead.assignments.length === 1 && lead.routing.ruleId !== "relationship";

interface ChoiceProps {
  of: Found;
  chosen: string;
  onChoose: (id: string) => void;
}

function Choice({ of: { id, name, domain, city, country }, chosen, onChoose }: ChoiceProps) {
  const more = [domain, city, country].filter(Boolean).join(", ");
  return (
    <label class="choice">
      <input
        type="radio"
        name="account"
        value={id}
        required
        checked={chosen === id}
        onChange={() => onChoose(id)}
      />
      <span>
        {name} {more && <span class="faint">{more}</span>}
      </span>
    </label>
  );
}

function Lessons({ lead }: { lead: Lead }) {
  const domain = lead.facts["corporateDomain"];
  const { company } = lead.person;
  if (typeof domain !== "string" && !company) return null;
  return (
    <fieldset class="field">
      <legend>From the next lead on</legend>
      {typeof domain === "string" && (
        <label class="check">
          <input type="checkbox" name="learn-domain" value="yes" /> Mail from {domain} is theirs
        </label>
      )}
      {company && (
        <label class="check">
          <input type="checkbox" name="learn-name" value="yes" /> “{company}” is their name, too
        </label>
      )}
    </fieldset>
  );
}
