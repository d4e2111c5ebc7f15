/** The keys, on `?`. */
import { Dialog } from "./dialog.tsx";
import { Facts } from "./facts.tsx";

const KEYS: readonly [string, string][] = [
  ["j, k", "next, previous lead"],
  ["Enter", "open the lead"],
  ["/", "search leads"],
  ["a", "accept (on a lead’s page)"],
  ["t", "log a touch (on a lead’s page)"],
  ["d", "close with a disposition (on a lead’s page)"],
  ["?", "this list"],
  ["Esc", "close what is open"],
];

export const Help = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="Keyboard" onClose={onClose}>
    <Facts of={KEYS.map(([key, what]) => [<kbd>{key}</kbd>, what])} look="keys" />
    <button type="button" class="button" onClick={onClose}>
      Close
    </button>
  </Dialog>
);
