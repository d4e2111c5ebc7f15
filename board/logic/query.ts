/** Addresses with a query, or with what only this browser is to know behind the #; empty values are left out. Pure. */
type Values = Record<string, string | null | undefined>;

function textOf(values: Values): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) if (value) params.set(key, value);
  return params.toString();
}

export function withQuery(path: string, query: Values): string {
  const text = textOf(query);
  return text ? `${path}?${text}` : path;
}

/** No server and no server's log sees it: for what may name a person. */
export function withOwn(path: string, own: Values): string {
  const text = textOf(own);
  return text ? `${path}#${text}` : path;
}
