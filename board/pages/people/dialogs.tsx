/** Going away, time off, capacity for a while, reinstating: each says what it does to the leads that are held. */
import type { BoardPerson } from "../../../schema/wire/board.ts";
import { call } from "../../api/http.ts";
import { board } from "../../api/live.ts";
import { me, zone } from "../../api/session.ts";
import { aheadOf } from "../../logic/grouping.ts";
import { wallToInstant, zoneCity } from "../../logic/times.ts";
import { rehomedInWords } from "../../logic/words.ts";
import { useAction } from "../../ui/action.ts";
import { ActionForm } from "../../ui/actionForm.tsx";
import { announce } from "../../ui/announcer.tsx";
import { ConfirmDialog } from "../../ui/confirmDialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";

export interface PersonDialogProps {
  person: BoardPerson;
  onClose: () => void;
  onDone: () => Promise<void>;
}

export const personPath = (person: BoardPerson, rest: string): string =>
  `/v1/people/${encodeURIComponent(person.id)}/${rest}`;
const isMe = (person: BoardPerson) => person.id === me.value?.id;

function instant(wall: string | undefined): string | null {
  const at = wall ? wallToInstant(wall, zone.peek()) : null;
  return at === null ? null : new Date(at).toISOString();
}

/** What they hold untouched: all of it changes hands, what only waits for an opening too. */
function untouched(person: BoardPerson): { count: number; ahead: number } {
  const ahead = aheadOf(board.value?.leads ?? [], person.id);
  return { count: person.awaiting + ahead, ahead };
}

/** What happens to leads, told before it happens. */
const Rehomed = ({ person }: { person: BoardPerson }) => (
  <p class="help">{rehomedInWords(untouched(person))}</p>
);

export function AwayDialog({ person, onClose, onDone }: PersonDialogProps) {
  const action = useAction();
  const error = action.error.value;
  const go = async (values: Record<string, string>) => {
    const body = { availability: "away", until: instant(values["until"]), reason: values["reason"] ?? null };
    if (!(await action.run(() => call(personPath(person, "availability"), { method: "PUT", body })))) return;
    announce(`${person.name} is away.`);
    await onDone();
  };
  return (
    <Dialog title={isMe(person) ? "Set myself away" : `Set ${person.name} away`} onClose={onClose}>
      <ActionForm
        action={action}
        submit={isMe(person) ? "Set myself away" : "Set away"}
        onCancel={onClose}
        fields={["until", "reason"]}
        onValues={(values) => void go(values)}
      >
        <Rehomed person={person} />
        <Field
          label="Back at"
          optional
          help={`Empty means until changed by hand. Times are in ${zoneCity(zone.value)}.`}
          error={error?.field("until")}
        >
          <input type="datetime-local" name="until" />
        </Field>
        <Field label="Reason" optional error={error?.field("reason")}>
          <input name="reason" maxLength={200} autocomplete="off" placeholder="Lunch, a long meeting" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

export function TimeOffDialog({ person, onClose, onDone }: PersonDialogProps) {
  const action = useAction();
  const error = action.error.value;
  const record = async (values: Record<string, string>) => {
    const body = {
      start: instant(values["start"]),
      end: instant(values["end"]),
      reason: values["reason"] ?? null,
    };
    if (!(await action.run(() => call(personPath(person, "time-off"), { method: "POST", body })))) return;
    announce(`Time off of ${person.name} was recorded.`);
    await onDone();
  };
  return (
    <Dialog title={isMe(person) ? "Your time off" : `Time off of ${person.name}`} onClose={onClose}>
      <ActionForm
        action={action}
        submit="Record it"
        onCancel={onClose}
        fields={["start", "end", "reason"]}
        onValues={(values) => void record(values)}
      >
        <p class="help">
          From its start on no lead is assigned, and those not yet touched ({untouched(person).count} now) go
          to others. Times are in {zoneCity(zone.value)}.
        </p>
        <div class="field-pair">
          <Field label="From" error={error?.field("start")}>
            <input type="datetime-local" name="start" required />
          </Field>
          <Field label="Until" error={error?.field("end")}>
            <input type="datetime-local" name="end" required />
          </Field>
        </div>
        <Field label="Reason" optional error={error?.field("reason")}>
          <input name="reason" maxLength={200} autocomplete="off" />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

export function CapacityDialog({ person, onClose, onDone }: PersonDialogProps) {
  const action = useAction();
  const error = action.error.value;
  const set = async (values: Record<string, string>) => {
    const body = { capacity: Number(values["capacity"]), until: instant(values["until"]) };
    if (!(await action.run(() => call(personPath(person, "capacity"), { method: "POST", body })))) return;
    announce(`Capacity of ${person.name} is ${body.capacity}.`);
    await onDone();
  };
  return (
    <Dialog title={`Capacity of ${person.name}`} onClose={onClose}>
      <ActionForm
        action={action}
        submit="Set it"
        onCancel={onClose}
        fields={["capacity", "until"]}
        onValues={(values) => void set(values)}
      >
        <p class="help">For a spike. It overrides the policy until the time you give.</p>
        <Field label="Most leads awaiting first touch" error={error?.field("capacity")}>
          <input
            type="number"
            name="capacity"
            min={0}
            max={100_000}
            step={1}
            required
            defaultValue={String(person.capacity ?? "")}
            inputmode="numeric"
          />
        </Field>
        <Field label="Until" error={error?.field("until")} help={`Times are in ${zoneCity(zone.value)}.`}>
          <input type="datetime-local" name="until" required />
        </Field>
      </ActionForm>
    </Dialog>
  );
}

export const ReinstateDialog = ({ person, onClose, onDone }: PersonDialogProps) => (
  <ConfirmDialog
    title={`Reinstate ${person.name}`}
    submit="Reinstate"
    act={() => call(personPath(person, "reinstate"), { method: "POST", body: {} })}
    done={`${person.name} gets leads again.`}
    onClose={onClose}
    onDone={onDone}
  >
    <p>
      {person.name} missed the first touch more than once within seven days and gets no new leads. Reinstated,
      they take part in every rotation again from now on.
    </p>
  </ConfirmDialog>
);
