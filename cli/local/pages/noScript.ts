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
  { name: "title", label: "Job title", type: "text", autocomplete: "organization-title" },
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
    "Book a demo · Helio Robotics",
    html`<section class="narrow">
      <h1>Book a demo</h1>
      <p class="lead">Tell us where to reach you. A person answers, and we say who and by when.</p>
      <form class="plainform" method="post" action="/v1/forms/demo/submissions">
        <input type="hidden" name="submissionId" value="${submissionId}" />
        ${FIELDS.map(field)}
        <p>
          <label for="message">What should our robots do for you? <span>(optional)</span></label
          ><textarea id="message" name="message" rows="4"></textarea>
        </p>
        <p class="consent">
          <input id="consent" name="consent" type="checkbox" value="yes" /><label for="consent"
            >Helio Robotics may write to me about its products. I can say no at any time.</label
          >
        </p>
        <p><button class="button" type="submit">Book a demo</button></p>
      </form>
    </section>`,
  );
}
