/** The lead by which a finding shows, in words, and the way to see it happen in the dry run. */
import { speaker } from "../../api/speaker.ts";
import { trial } from "../../api/trial.ts";
import { leadInWords, type Counterexample } from "../../logic/counterexample.ts";
import { plural } from "../../logic/words.ts";
import { go } from "../../router.ts";
import { Time } from "../../ui/time.tsx";

interface Props {
  /** What the finding says. */
  finding: string;
  example: Counterexample;
  /** It holds for the text in the editor; else for the version in force. */
  byDraft?: boolean;
}

export function Example({ finding, example, byDraft = false }: Props) {
  const { leads, at, absent, deactivated, path } = example;
  function replay(): void {
    trial.value = { lead: leads[0] ?? {}, at, absent, deactivated, byDraft, finding, ask: true };
    go("/board/config/try");
  }
  return (
    <div class="example">
      <p>
        <span class="faint">For example:</span> {leads.map(leadInWords).join("; then ")}
        {at && (
          <>
            , <Time at={at} />
          </>
        )}
        {deactivated.length > 0 && `, with ${deactivated.map(speaker.name).join(" and ")} gone`}
        {absent.length > 0 &&
          `${deactivated.length > 0 ? " and" : ", with"} ${absent.map(speaker.name).join(" and ")} absent`}
        .
      </p>
      {path.length > 0 && (
        <details>
          <summary>What happens, in {plural(path.length, "step")}</summary>
          <ol class="example-path">
            {path.map((step, index) => (
              <li key={index}>{step}</li>
            ))}
          </ol>
        </details>
      )}
      <button type="button" class="button" onClick={replay}>
        Replay
      </button>
    </div>
  );
}
