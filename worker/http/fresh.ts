/** Answers about what changes all the time: no cache keeps them. */
export const NO_STORE = { "cache-control": "no-store" };

export const FRESH = { headers: NO_STORE };
