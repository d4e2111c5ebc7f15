/**
 * Lets others have their turn. Work that asks the database over and over never lets go of a runtime in which both live: its
 * visitors aren't even heard before it ends. A timer, however short, is waited for outside.
 */
export const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
