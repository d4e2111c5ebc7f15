/** A submission against its form's definition. */
import type { CaptureBody } from "../../schema/wire/capture.ts";
import type { Form } from "../../schema/config/document.ts";
import { checkSubmission } from "../domain/capture/validate.ts";
import { HttpProblem } from "./problem.ts";

/** Throws 422 with a pointer for each field; without a definition nothing can be checked. */
export const checkFields = (form: Form | null, body: CaptureBody): void => {
  if (!form) return;
  const errors = checkSubmission(form, body.fields, body.consent);
  if (errors.length > 0) throw new HttpProblem(422, errors[0]?.detail ?? "Please correct the form.", errors);
};
