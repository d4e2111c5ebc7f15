/** A submission against its form's definition. */
import type { CaptureBody } from "../../schema/wire/capture.ts";
import type { Form } from "../../schema/config/document.ts";
import { checkReachable, checkSubmission, type FieldProblem } from "../domain/capture/validate.ts";
import { HttpProblem } from "./problem.ts";

const refuse = (errors: FieldProblem[]): void => {
  if (errors.length > 0) throw new HttpProblem(422, errors[0]?.detail ?? "Please correct the form.", errors);
};

/** Throws 422 with a pointer for each field; without a definition nothing can be checked. */
export const checkFields = (form: Form | null, body: CaptureBody): void => {
  if (form) refuse(checkSubmission(form, body.fields, body.consent));
};

/** What comes through no form needs a way to answer it. Throws 422. */
export const checkAnswerable = (body: CaptureBody): void => {
  refuse(checkReachable(body.fields));
};
