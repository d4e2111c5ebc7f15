/** The outbox: what is owed to the outside world, what failed, and sending it again. */
import { call } from "../api/http.ts";
import { useResource } from "../api/resource.ts";
import { humanise, plural } from "../logic/words.ts";
import { go, place, withQuery } from "../router.ts";
import { useAction } from "../ui/action.ts";
import { announce } from "../ui/announcer.tsx";
import { LeadLink } from "../ui/leadLink.tsx";
import { Empty, Failure, Loading } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { Time } from "../ui/time.tsx";

interface Delivery {
  id: string;
  kind: string;
  channel: string;
  recipient: string | null;
  leadId: string | null;
  status: "dead" | "pending" | "leased" | "sent" | "obsolete";
  attempts: number;
  lastError: string | null;
  createdAt: string;
  nextAttemptAt: string | null;
  sentAt: string | null;
}

type Tab = "dead" | "pending" | "sent";
const TABS: readonly [Tab, string][] = [
  ["dead", "Failed"],
  ["pending", "Waiting"],
  ["sent", "Sent"],
];

export function DeliveriesPage() {
  const status = TABS.find(([value]) => value === place.value.query.get("status"))?.[0] ?? "dead";
  const { value, error, reload } = useResource<{ deliveries: Delivery[] }>(`/v1/deliveries?status=${status}`);
  const deliveries = value.value?.deliveries ?? null;
  return (
    <Page
      title="Deliveries"
      aside={
        <Segmented
          label="Which deliveries"
          choices={TABS}
          chosen={status}
          choose={(tab) => go(withQuery("/board/deliveries", { status: tab }), "replace")}
        />
      }
    >
      {error.value && (
        <Failure error={error.value} what="Deliveries didn’t load." retry={() => void reload()} />
      )}
      {deliveries === null && !error.value && <Loading what="deliveries" />}
      {deliveries !== null && deliveries.length === 0 && <NoDeliveries status={status} />}
      {deliveries !== null && deliveries.length > 0 && (
        <ul class="deliveries">
          {deliveries.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} reload={reload} />
          ))}
        </ul>
      )}
    </Page>
  );
}

const EMPTY_WORDS: Record<Tab, [string, string]> = {
  dead: [
    "Nothing failed",
    "A message, mail or webhook that couldn’t be delivered after all its attempts appears here, to be sent again.",
  ],
  pending: [
    "Nothing is waiting",
    "What has been decided but not yet delivered appears here, usually for less than a second.",
  ],
  sent: ["Nothing was sent yet", "Every notification, mail and webhook appears here after it was delivered."],
};

function NoDeliveries({ status }: { status: Tab }) {
  const [title, words] = EMPTY_WORDS[status];
  return (
    <Empty title={title}>
      <p>{words}</p>
    </Empty>
  );
}

function DeliveryRow({ delivery, reload }: { delivery: Delivery; reload: () => Promise<void> }) {
  const action = useAction(() => void reload());
  const retry = async () => {
    if (
      !(await action.run(() =>
        call(`/v1/deliveries/${encodeURIComponent(delivery.id)}/retry`, { method: "POST", body: {} }),
      ))
    )
      return;
    announce("It is being sent again.");
    await reload();
  };
  return (
    <li class="delivery">
      <div class="delivery-what">
        <strong>{humanise(delivery.kind)}</strong> <span class="chip">{delivery.channel}</span>
        {delivery.recipient && <span class="delivery-to">to {delivery.recipient}</span>}
        {delivery.leadId && (
          <span>
            about <LeadLink id={delivery.leadId} />
          </span>
        )}
      </div>
      <p class="faint">
        from <Time at={delivery.createdAt} />, {plural(delivery.attempts, "attempt")}
        {delivery.sentAt && (
          <>
            , sent <Time at={delivery.sentAt} />
          </>
        )}
        {delivery.status === "pending" && delivery.nextAttemptAt && (
          <>
            , next attempt <Time at={delivery.nextAttemptAt} />
          </>
        )}
      </p>
      {delivery.lastError && <p class="delivery-error">{delivery.lastError}</p>}
      {action.error.value && (
        <p class="form-error" role="alert">
          {action.error.value.message}
        </p>
      )}
      {(delivery.status === "dead" || delivery.status === "pending") && (
        <button type="button" class="button" disabled={action.busy.value} onClick={() => void retry()}>
          {action.busy.value ? "Sending…" : "Send again"}
        </button>
      )}
    </li>
  );
}
