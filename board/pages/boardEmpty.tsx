/** The board with nothing waiting: says what will appear here and how to make it. */
import { session } from "../api/session.ts";
import type { BoardPerson } from "../../schema/wire/board.ts";
import type { Show } from "../logic/grouping.ts";
import { withQuery } from "../router.ts";
import { Empty } from "../ui/notice.tsx";
import { Idle } from "./boardIdle.tsx";

export function BoardEmpty({ show, idle }: { show: Show; idle: BoardPerson[] }) {
  const whose = { mine: "for you", team: "for your team", all: "" }[show];
  return (
    <>
      <Empty title={`Nobody is waiting ${whose}`.trim()}>
        <p>
          A lead appears here the moment somebody sends one of your forms, under its owner, with the time that
          is left to reach out.
        </p>
        <p class="buttons">
          {show !== "all" && (
            <a class="button" href={withQuery("/board", { show: "all" })}>
              Show everybody’s
            </a>
          )}
          {session.value?.local && (
            <a class="button" href="/demo" target="_blank">
              Send one from the demo site
            </a>
          )}
          <a class="button" href="/board/leads">
            Look at all leads
          </a>
        </p>
      </Empty>
      {idle.length > 0 && <Idle people={idle} />}
    </>
  );
}
