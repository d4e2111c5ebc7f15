/** Capture that can't lose anything: when the database can't be written, the lead's own object keeps the submission. */
import { capture, heldAcknowledgement, type CaptureResult } from "./capture.ts";
import type { CaptureRequest, Deps } from "./deps.ts";
import { contentHashOf, leadIdOf } from "./identity.ts";

export type Submitted = CaptureResult;

const hold = async (deps: Deps, request: CaptureRequest): Promise<Submitted> => {
  const leadId = await leadIdOf(request.formKey, request.submissionId);
  const contentHash = await contentHashOf(request);
  const receipt = await deps.receiptFor(`${leadId}.${contentHash}`);
  const held = await deps.clock.hold(leadId, { request, heldAt: deps.now(), receipt });
  if (held.contentHash !== contentHash) return { kind: "conflict" };
  const acknowledgement = heldAcknowledgement(request.edge.timezone ?? "UTC");
  return { kind: "captured", answer: { leadId, acknowledgement, receipt: held.receipt } };
};

export const submit = async (deps: Deps, request: CaptureRequest): Promise<Submitted> => {
  try {
    return await capture(deps, request);
  } catch (error) {
    deps.alert("A submission could not be written to the database and is held by its own object.", error);
    return hold(deps, request);
  }
};
