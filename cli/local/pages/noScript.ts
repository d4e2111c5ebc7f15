/** The same form as plain HTML, for sites and visitors without JavaScript. */
import { type Html, html } from "../respond.ts";
import { site } from "./demo.ts";

interface PlainField {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly autocomplete: string;
}

const FIELDS: readonly PlainField[] = [
  { name: "email", label: "Work e-mail", type: "email", autocomplete: "email" },
  { name: "name", label: "Your name", type: "text", autocomplete: "name" },
  { name: "company", label: "Company", type: "text", autocomplete: "organization" },
  { name: "phone", label: "Phone", type: "tel", autocomplete: "tel" },
];

function field({ name, label, type, autocomplete }: PlainField): Html {
  const required = name === "email";
  return html`<p>
    <label for="${name}">${label}${required ? "" : html` <span>(optional)</span>`}</label>
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      autocomplete="${autocomplete}"
      ${required ? html`required` : ""}
    />
  </p>`;
}

/** `submissionId` is made with the page, so that pressing the button twice sends one submission. */
export function noScriptPage(submissionId: string): Html {
  return site(
    "Book a demo · Quillbrook",
    html`<section class="narrow">
      <h1>Book a demo</h1>
      <p class="lead">Tell us where to reach you. A person answers, and we say who and by when.</p>
      <form class="plainform" method="post" action="/v1/forms/demo/submissions">
        <input type="hidden" name="submissionId" value="${submissionId}" />
        ${FIELDS.map(field)}
        <p>
          <label for="message">What should we look at together? <span>(optional)</span></label
          ><textarea id="message" name="message" rows="4"></textarea>
        </p>
        <p><button class="button" type="submit">Book a demo</button></p>
      </form>
    </section>`,
  );
}
