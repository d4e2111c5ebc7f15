/** Availability: who may get the next lead, who may not and why, and changing it. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../api/http.ts";
import { board, refresh } from "../../api/live.ts";
import { useResource } from "../../api/resource.ts";
import { me } from "../../api/session.ts";
import { may, mayChange } from "../../logic/rights.ts";
import { useAction } from "../../ui/action.ts";
import { announce } from "../../ui/announcer.tsx";
import { Empty, Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Load, LocalTime, State } from "../../ui/personBits.tsx";
import {
  AwayDialog,
  CapacityDialog,
  ReinstateDialog,
  TimeOffDialog,
  type PersonDialogProps,
} from "./dialogs.tsx";
import { DeactivateDialog, ReactivateDialog } from "./deactivate.tsx";
import { Feeds, type Feed } from "./feeds.tsx";
import { Strikes } from "./strikes.tsx";
import { TimeOffList, withTimeOff, type PeopleAnswer, type PersonWithTimeOff } from "./timeOff.tsx";

type Open = keyof typeof DIALOGS;
const DIALOGS = {
  away: AwayDialog,
  timeOff: TimeOffDialog,
  capacity: CapacityDialog,
  reinstate: ReinstateDialog,
  deactivate: DeactivateDialog,
  reactivate: ReactivateDialog,
};

export function PeoplePage() {
  const { value, error, reload } = useResource<PeopleAnswer>("/v1/people");
  const feeds = useResource<{ feeds: Feed[] }>("/v1/time-off-feeds").value;
  const open = useSignal<{ which: Open; person: PersonWithTimeOff } | null>(null);
  // States change by themselves too (a shift ends): what the live board says counts here as well.
  const mark = board.value?.people.map(({ id, state, awaiting }) => id + state + awaiting).join();
  useEffect(() => {
    if (mark !== undefined) void reload();
  }, [mark]);
  const people = value.value && withTimeOff(value.value);
  const mine = people?.find(({ id }) => id === me.value?.id);
  const changed = async () => {
    open.value = null;
    await Promise.all([reload(), refresh()]);
  };
  const Dialog = open.value && DIALOGS[open.value.which];
  const row = (person: PersonWithTimeOff) => (
    <PersonRow
      key={person.id}
      person={person}
      feeds={feeds.value?.feeds ?? null}
      open={(which) => (open.value = { which, person })}
      changed={changed}
    />
  );
  return (
    <Page title="People">
      {error.value && <Failure error={error.value} what="People didn’t load." retry={() => void reload()} />}
      {people === null && !error.value && <Loading what="people" />}
      {people !== null && people.length === 0 && (
        <Empty title="Nobody yet">
          <p>People come from the policy, under “people”. Each then gets a mail with a link to sign in.</p>
        </Empty>
      )}
      {mine && (
        <section aria-labelledby="you">
          <h2 id="you">You</h2>
          <ul class="people">{row(mine)}</ul>
        </section>
      )}
      {people !== null && people.length > 0 && (
        <section aria-labelledby="everyone">
          <h2 id="everyone">{mine ? "Everyone else" : "Everyone"}</h2>
          <ul class="people">{people.filter(({ id }) => id !== mine?.id).map(row)}</ul>
        </section>
      )}
      {Dialog && open.value && (
        <Dialog person={open.value.person} onClose={() => (open.value = null)} onDone={changed} />
      )}
    </Page>
  );
}

interface RowProps {
  person: PersonWithTimeOff;
  /** Null until they are known. */
  feeds: readonly Feed[] | null;
  open: (which: Open) => void;
  changed: PersonDialogProps["onDone"];
}

function PersonRow({ person, feeds, open, changed }: RowProps) {
  const action = useAction();
  const role = me.value?.role ?? "";
  const teams = person.teams.map((team) => board.value?.teams.find(({ id }) => id === team)?.name ?? team);
  const back = async () => {
    const body = { availability: "available" };
    if (
      !(await action.run(() =>
        call(`/v1/people/${encodeURIComponent(person.id)}/availability`, { method: "PUT", body }),
      ))
    )
      return;
    announce(`${person.name} is available.`);
    await changed();
  };
  const changeable = mayChange(role, me.value?.id ?? "", person.id) && person.state !== "deactivated";
  const manages = may(role, "people.others");
  return (
    <li class="person" data-person={person.id}>
      <div class="person-who">
        <strong>{person.name}</strong>
        <span class="faint">{[person.role, ...teams].join(", ")}</span>
      </div>
      <div class="person-facts">
        <State person={person} />
        <Load person={person} />
        <span class="faint">{person.open} open</span>
        <LocalTime timezone={person.timezone} />
      </div>
      <div class="buttons">
        {changeable && person.state === "away" && (
          <button
            type="button"
            class="button button-main"
            disabled={action.busy.value}
            onClick={() => void back()}
          >
            {person.id === me.value?.id ? "I’m back" : "Mark as back"}
          </button>
        )}
        {manages && person.state === "suspended" && (
          <button type="button" class="button button-main" onClick={() => open("reinstate")}>
            Reinstate…
          </button>
        )}
        {changeable && person.state !== "away" && (
          <button type="button" class="button" onClick={() => open("away")}>
            {person.id === me.value?.id ? "Set me away…" : "Set away…"}
          </button>
        )}
        {changeable && (
          <button type="button" class="button" onClick={() => open("timeOff")}>
            Time off…
          </button>
        )}
        {changeable && manages && (
          <button type="button" class="button" onClick={() => open("capacity")}>
            Capacity…
          </button>
        )}
        {changeable && manages && person.id !== me.value?.id && (
          <button type="button" class="button" onClick={() => open("deactivate")}>
            Deactivate…
          </button>
        )}
        {manages && person.state === "deactivated" && (
          <button type="button" class="button" onClick={() => open("reactivate")}>
            Reactivate…
          </button>
        )}
      </div>
      {action.error.value && (
        <p class="form-error" role="alert">
          {action.error.value.message}
        </p>
      )}
      {changeable && <TimeOffList person={person} feeds={feeds} changed={changed} />}
      {changeable && <Feeds person={person} feeds={feeds} />}
      <Strikes name={person.name} strikes={person.strikes} missed={person.deadlinesMissed} />
    </li>
  );
}
