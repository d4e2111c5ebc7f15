/** Marks drawn once: Leadclock's own for the inbox, the demo company's for its site. */
import { raw } from "hono/html";

export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#2456e6"/><path d="M16 7v9l6 4" fill="none" stroke="#fff" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>`;

/** Helio Robotics': two shelves and a robot between them. */
export const companyMark = raw(
  `<svg viewBox="0 0 28 28" width="28" height="28" aria-hidden="true"><path d="M3 4v20M25 4v20" stroke="currentColor" stroke-width="3" stroke-linecap="round"/><rect x="8" y="10" width="12" height="8" rx="2.5" fill="var(--brand)"/><circle cx="11" cy="22" r="2" fill="currentColor"/><circle cx="17" cy="22" r="2" fill="currentColor"/></svg>`,
);

/** The hero's drawing: shelves, a robot on its way, the line it follows. Decorative. */
export const warehouse =
  raw(`<svg viewBox="0 0 560 220" aria-hidden="true" class="scene" preserveAspectRatio="xMidYMax meet">
<g class="shelf"><path d="M24 20v180M164 20v180M24 68h140M24 124h140M24 180h140"/></g>
<g class="shelf"><path d="M396 20v180M536 20v180M396 68h140M396 124h140M396 180h140"/></g>
<g class="box"><rect x="34" y="36" width="36" height="32" rx="3"/><rect x="76" y="44" width="28" height="24" rx="3"/><rect x="44" y="88" width="44" height="36" rx="3"/><rect x="112" y="98" width="36" height="26" rx="3"/><rect x="36" y="150" width="30" height="30" rx="3"/><rect x="74" y="140" width="40" height="40" rx="3"/>
<rect x="410" y="40" width="40" height="28" rx="3"/><rect x="490" y="32" width="34" height="36" rx="3"/><rect x="408" y="94" width="30" height="30" rx="3"/><rect x="446" y="86" width="46" height="38" rx="3"/><rect x="470" y="146" width="52" height="34" rx="3"/></g>
<path class="path" d="M176 204h208"/>
<g class="cart"><rect x="232" y="132" width="40" height="34" rx="4" class="load"/><rect x="276" y="142" width="30" height="24" rx="4" class="load soft"/><rect x="218" y="168" width="104" height="26" rx="9" class="body"/><circle cx="240" cy="198" r="7"/><circle cx="300" cy="198" r="7"/><rect x="308" y="176" width="8" height="6" rx="3" class="eye"/></g>
</svg>`);
