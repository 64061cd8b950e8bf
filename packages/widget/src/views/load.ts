/** What the elements draw when they know something; read while the API is asked. */
export type Views = typeof import('./index.ts');

/** Reads it. */
export const loadViews = (): Promise<Views> => import('./index.ts');
