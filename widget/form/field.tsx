/** One field: label, help, control, and a line kept free for what is wrong with it. */
import type { Child } from "../dom/jsx-runtime.ts";
import type { Field, MailHint } from "../types.ts";
import { countryOptions } from "./countries.ts";
import { autocompleteOf, inputHints } from "./hints.ts";
import type { Actions } from "./state.ts";

export interface FieldProps {
  field: Field;
  value: string | boolean | undefined;
  error: string | undefined;
  hint: MailHint | undefined;
  isWide: boolean;
  isLocked: boolean;
  actions: Actions;
}

const language = (): string => document.documentElement.lang || navigator.language;

function Choices({ field }: { field: Field }): Child {
  const options = field.options ?? (field.type === "country" ? countryOptions(language()) : []);
  return (
    <>
      <option value="">{field.placeholder ?? "Choose…"}</option>
      {options.map(({ value, label }) => (
        <option value={value}>{label}</option>
      ))}
    </>
  );
}

const describedBy = (name: string, help: Field["help"] | undefined): string =>
  `${help ? `h-${name} ` : ""}e-${name}`;

function Control({ field, value, error, isLocked, actions }: FieldProps): Child {
  const { name, type } = field;
  const text = typeof value === "string" ? value : "";
  const onInput = (event: { currentTarget: { value: string } }): void =>
    actions.input(name, event.currentTarget.value);
  const common = {
    id: `f-${name}`,
    name,
    "aria-describedby": describedBy(name, field.help),
    "aria-invalid": !!error,
    "aria-required": field.required,
    autocomplete: autocompleteOf(field),
    onBlur: () => actions.blur(name),
    onInput,
  } as const;
  if (type === "select" || type === "country") {
    return (
      <div class="select">
        <select {...common} value={text} aria-disabled={isLocked}>
          <Choices field={field} />
        </select>
      </div>
    );
  }
  const placeholder = field.placeholder ?? undefined;
  if (type === "textarea") {
    return <textarea {...common} rows={3} value={text} placeholder={placeholder} readonly={isLocked} />;
  }
  return (
    <input {...common} {...inputHints(field)} value={text} placeholder={placeholder} readonly={isLocked} />
  );
}

/** Said aloud where advice may come after the visitor has moved on; what is wrong is read with the field. */
const Line = ({
  name,
  live,
  children,
}: {
  name: string;
  live?: string | undefined;
  children: Child;
}): Child => (
  <p class="line" id={`e-${name}`} aria-live={live}>
    {children}
  </p>
);

export interface TickProps {
  name: string;
  label: string;
  help?: string | null | undefined;
  isRequired: boolean;
  isTicked: boolean;
  error: string | undefined;
  isLocked: boolean;
  actions: Actions;
}

/** Addresses in a consent text (the privacy policy's) can be followed. */
function Linked({ text }: { text: string }): Child {
  return (
    <>
      {text.split(/(https?:\/\/[^\s)]*[^\s).,;])/).map((part, at) =>
        at % 2 ? (
          <a href={part} target="_blank" rel="noopener">
            {part.replace(/^https?:\/\//, "")}
          </a>
        ) : (
          part
        ),
      )}
    </>
  );
}

/** A box to tick: the consent, or a checkbox field. */
export function Tick({
  name,
  label,
  help,
  isRequired,
  isTicked,
  error,
  isLocked,
  actions,
}: TickProps): Child {
  return (
    <div class={`field wide${error ? " bad" : ""}`}>
      <label class="tick">
        <input
          type="checkbox"
          id={`f-${name}`}
          name={name}
          checked={isTicked}
          aria-describedby={describedBy(name, help)}
          aria-invalid={!!error}
          aria-required={isRequired}
          aria-disabled={isLocked}
          onClick={(event: Event) => isLocked && event.preventDefault()}
          onChange={(event: { currentTarget: { checked: boolean } }) =>
            actions.input(name, event.currentTarget.checked)
          }
        />
        <span>
          <Linked text={label} />
        </span>
      </label>
      {help && (
        <p class="help" id={`h-${name}`}>
          {help}
        </p>
      )}
      <Line name={name}>{error}</Line>
    </div>
  );
}

export function FieldView(props: FieldProps): Child {
  const { field, error, hint, value, isWide, isLocked, actions } = props;
  const { name, label, help, required } = field;
  if (field.type === "checkbox") {
    return (
      <Tick
        {...props}
        name={name}
        label={label}
        help={help}
        isRequired={required}
        isTicked={value === true}
      />
    );
  }
  return (
    <div class={`field${isWide ? " wide" : ""}${error ? " bad" : ""}`}>
      <label for={`f-${name}`}>
        {label}
        {!required && <span class="optional"> (optional)</span>}
      </label>
      {help && (
        <p class="help" id={`h-${name}`}>
          {help}
        </p>
      )}
      <Control {...props} />
      <Line name={name} live={field.type === "email" ? "polite" : undefined}>
        {error ||
          (hint && !isLocked && (
            <button type="button" class="link" onClick={() => actions.accept(name)}>
              {hint.message}
            </button>
          ))}
      </Line>
    </div>
  );
}
