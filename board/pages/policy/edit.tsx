/** The policy, changed in forms or as text, with its proof beside it; published with a word on why. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { verification } from "../../api/check.ts";
import { draft } from "../../api/draft.ts";
import { loadPolicySchema } from "../../api/policySchema.ts";
import { me } from "../../api/session.ts";
import { positionOf, syntaxError } from "../../logic/jsonPosition.ts";
import { sectionOf, type SectionSpec } from "../../logic/policyForms.ts";
import { placeOf, pointerOf, type Place } from "../../logic/policyItems.ts";
import { may } from "../../logic/rights.ts";
import { go, place, withQuery } from "../../router.ts";
import { Failure, Loading } from "../../ui/notice.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { Findings } from "./findings.tsx";
import { Sections } from "./forms/sections.tsx";
import { PolicyPage } from "./frame.tsx";
import { Conflict, PublishBar } from "./publish.tsx";
import { TextEditor, type EditorHandle } from "./textEditor.tsx";

const ADDRESS = "/board/config/edit";

export function EditPage() {
  const writes = may(me.value?.role, "config.write");
  const { query } = place.value;
  const asText = query.get("as") === "text";
  const open = useSignal<Place | null>(null);
  const editor = useRef<EditorHandle>(null);
  /** Where the text is to be shown once its editor is there. */
  const wanted = useRef<number | null>(null);
  const text = draft.text.value;
  const syntax = text === null ? null : syntaxError(text);

  useEffect(() => {
    void loadPolicySchema();
    void start();
    // Checking needs the right to write; who only reads sees the document.
    return writes ? verification.watch() : undefined;
  }, []);

  async function start(): Promise<void> {
    await draft.loadOnce();
    const rule = query.get("rule");
    const pointer = rule === null ? null : pointerOf(draft.document.peek(), rule);
    if (pointer !== null) show(pointer);
  }
  const see = (change: Record<string, string | null>) =>
    go(withQuery(ADDRESS, { as: query.get("as"), part: query.get("part"), ...change }), "replace");
  function showAt(offset: number): void {
    if (editor.current) editor.current.show(offset);
    else wanted.current = offset;
    if (!asText) see({ as: "text" });
  }
  /** Once: who comes back to the text later isn't led there again. */
  function showWanted(): void {
    if (wanted.current !== null) editor.current?.show(wanted.current);
    wanted.current = null;
  }
  /** In the form where it has one, in the text else. */
  function show(pointer: string): void {
    const found = placeOf(pointer);
    const now = draft.text.peek() ?? "";
    if (asText || !found) return showAt(positionOf(now, pointer)?.offset ?? 0);
    see({ part: found.section.key });
    open.value = found;
  }
  const section = sectionOf(query.get("part"));
  return (
    <PolicyPage title="Edit the policy" aside={<How asText={asText} see={(as) => see({ as })} />}>
      {draft.error.value && text === null && (
        <Failure error={draft.error.value} what="The policy didn’t load." retry={() => void draft.load()} />
      )}
      {text === null && !draft.error.value && <Loading what="the policy" />}
      {text !== null && (
        <>
          <Conflict />
          <Standing writes={writes} />
          <div class="policy">
            <div class="policy-main">
              {writes && <PublishBar syntax={syntax} />}
              {asText || draft.document.value === null ? (
                <TextEditor handle={editor} readOnly={!writes} onReady={showWanted} />
              ) : (
                <Sections
                  section={section}
                  choose={(part) => see({ part })}
                  open={open.value}
                  opened={() => (open.value = null)}
                  readOnly={!writes}
                  marks={marksIn(section)}
                />
              )}
            </div>
            <div class="policy-side">
              <Findings text={text} syntax={syntax} show={show} showAt={showAt} />
            </div>
          </div>
        </>
      )}
    </PolicyPage>
  );
}

/** Items of a list that an error or a warning is about. */
function marksIn({ key }: SectionSpec): ReadonlySet<number> {
  const found = verification.found.value?.verification;
  return new Set(
    [...(found?.errors ?? []), ...(found?.warnings ?? [])].flatMap(({ pointer }) => {
      const at = placeOf(pointer);
      return at?.section.key === key ? [at.index] : [];
    }),
  );
}

const HOWS = [
  ["forms", "Forms"],
  ["text", "Text"],
] as const;

function How({ asText, see }: { asText: boolean; see: (as: string | null) => void }) {
  return (
    <Segmented
      label="How to edit"
      choices={HOWS}
      chosen={asText ? "text" : "forms"}
      choose={(how) => see(how === "text" ? how : null)}
    />
  );
}

function Standing({ writes }: { writes: boolean }) {
  return (
    <p class="faint standing">
      {draft.version.value === null ? "" : `From version ${draft.version.value}. `}
      {!writes && "You may read it; RevOps and admins may change it."}
      {writes && draft.dirty.value && (
        <>
          Your changes are not published.{" "}
          <button type="button" class="as-link" onClick={() => (draft.text.value = draft.base.peek())}>
            Drop them
          </button>
        </>
      )}
    </p>
  );
}
