/** Names with what is said under each. */
import type { ComponentChildren } from "preact";

/** Null and "" say nothing: such a pair is left out. */
export type Fact = readonly [name: ComponentChildren, said: ComponentChildren];

export function Facts({ of, look = "facts" }: { of: readonly Fact[]; look?: string }) {
  const told = of.filter(([, said]) => said !== null && said !== "");
  if (told.length === 0) return null;
  return (
    <dl class={look}>
      {told.map(([name, said], index) => (
        <div key={index}>
          <dt>{name}</dt>
          <dd>{said}</dd>
        </div>
      ))}
    </dl>
  );
}
