/** The policy as text: read it, change it, have it proved, publish it; look at old versions; try a lead. */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { call } from "../../api/http.ts";
import { useResource } from "../../api/resource.ts";
import { me } from "../../api/session.ts";
import { syntaxError } from "../../logic/jsonPosition.ts";
import { readConfig } from "../../logic/policy.ts";
import { may } from "../../logic/rights.ts";
import { useAction } from "../../ui/action.ts";
import { Failure, Loading } from "../../ui/notice.tsx";
import { Page } from "../../ui/page.tsx";
import { Editor, type EditorHandle } from "./editor.tsx";
import { Findings } from "./findings.tsx";
import { PublishBar, useVerification } from "./publish.tsx";
import { TryLead } from "./tryLead.tsx";
import { Versions, type Version } from "./versions.tsx";

export function ConfigPage() {
  const fetched = useResource<unknown>("/v1/config");
  const versions = useResource<{ versions: Version[] }>("/v1/config/versions");
  const text = useSignal<string | null>(null);
  const base = useSignal<string>("");
  const editor = useRef<EditorHandle>(null);
  const writes = may(me.value?.role, "config.write");
  const loading = useAction();

  function put(answer: unknown): void {
    base.value = JSON.stringify(readConfig(answer).document, null, 2);
    text.value = base.value;
  }
  useEffect(() => {
    if (fetched.value.value !== null && text.peek() === null) put(fetched.value.value);
  }, [fetched.value.value]);

  const verification = useVerification(text, () => {
    base.value = text.peek() ?? "";
    void versions.reload();
  });
  const dirty = text.value !== null && text.value !== base.value;
  useLeaveGuard(dirty);
  const current = versions.value.value?.versions ?? null;
  const syntax = text.value === null ? null : syntaxError(text.value);
  const load = (version: number) =>
    loading.run(async () => {
      const old = readConfig(await call(`/v1/config?version=${version}`));
      text.value = JSON.stringify(old.document, null, 2);
    });

  return (
    <Page
      title="Policy"
      aside={<Standing version={current?.[0]?.version ?? null} dirty={dirty} writes={writes} />}
    >
      {fetched.error.value && (
        <Failure
          error={fetched.error.value}
          what="The policy didn’t load."
          retry={() => void fetched.reload()}
        />
      )}
      {text.value === null && !fetched.error.value && <Loading what="the policy" />}
      {text.value !== null && (
        <div class="policy">
          <div class="policy-main">
            <Editor
              handle={editor}
              text={text}
              readOnly={!writes}
              marks={verification.marks(text.value, syntax)}
            />
            {writes && (
              <PublishBar
                verification={verification}
                syntax={syntax}
                dirty={dirty}
                newest={current?.[0]?.version ?? null}
              />
            )}
            <Findings
              text={text.value}
              syntax={syntax}
              verification={verification}
              show={(offset) => editor.current?.show(offset)}
            />
          </div>
          <div class="policy-side">
            <TryLead />
            <Versions list={versions} load={writes ? (version) => void load(version) : null} />
            {loading.error.value && <Failure error={loading.error.value} what="That version didn’t load." />}
          </div>
        </div>
      )}
    </Page>
  );
}

function Standing({ version, dirty, writes }: { version: number | null; dirty: boolean; writes: boolean }) {
  return (
    <p class="faint">
      {version === null ? "" : `Version ${version} is in force. `}
      {dirty
        ? "Your changes are not published."
        : writes
          ? ""
          : "You may read it; RevOps and admins may change it."}
    </p>
  );
}

/** The browser asks before an edited policy is lost. */
function useLeaveGuard(dirty: boolean): void {
  useEffect(() => {
    if (!dirty) return undefined;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [dirty]);
}
