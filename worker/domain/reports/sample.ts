/** A sample that anybody can draw again: the same week and the same leads give the same ten. Pure. */

/** FNV-1a, 32 bits, finished as MurmurHash3 does so that similar ids lie far apart. */
const hash = (text: string): number => {
  let h = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) h = Math.imul(h ^ text.charCodeAt(at), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** `count` of the ids, every one as likely as any other; in the order drawn. */
export const sample = (ids: readonly string[], seed: string, count: number): string[] =>
  ids
    .map((id) => ({ id, at: hash(`${seed}\n${id}`) }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .slice(0, count)
    .map(({ id }) => id);
