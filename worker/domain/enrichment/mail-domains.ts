// Decodes the packed domain tables of mail-domains.data.ts, once, on first use.

/**
 * Each line is a suffix and its names, front-coded: one base-36 digit says how many letters are shared with
 * the name before it. `"com 0gmail 1mx"` is gmail.com and gmx.com.
 */
export function decodeDomains(lines: readonly string[]): Set<string> {
  const domains = new Set<string>();
  for (const line of lines) {
    const [suffix = "", ...names] = line.split(" ");
    let previous = "";
    for (const coded of names) {
      previous = previous.slice(0, parseInt(coded.charAt(0), 36)) + coded.slice(1);
      domains.add(`${previous}.${suffix}`);
    }
  }
  return domains;
}
