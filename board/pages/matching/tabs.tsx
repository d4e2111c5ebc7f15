/** The two sides of matching, a lead's and an account's, as one switch in the page's head. */
import { go } from "../../router.ts";
import { Segmented } from "../../ui/segmented.tsx";

export const INSPECTOR = "/board/matching";
export const ACCOUNTS = "/board/matching/accounts";

const TABS = [
  [INSPECTOR, "Leads"],
  [ACCOUNTS, "Accounts"],
] as const;

export const accountPath = (id: string): string => `${ACCOUNTS}/${encodeURIComponent(id)}`;

export function Tabs({ here }: { here: (typeof TABS)[number][0] }) {
  return <Segmented label="Look into" choices={TABS} chosen={here} choose={(path) => go(path)} />;
}
