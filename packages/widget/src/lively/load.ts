/** What makes the elements lively, read when they are on screen. */
export type Lively = typeof import('./index.ts');

/** Reads it. */
export const loadLively = (): Promise<Lively> => import('./index.ts');
