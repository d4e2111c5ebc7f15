/** Names for actors where events and versions tell ids. */
import { board } from "./live.ts";

export const speaker = {
  name: (id: string) => board.value?.people.find((person) => person.id === id)?.name ?? id,
  time: String,
};
