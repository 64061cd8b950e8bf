/**
 * The building blocks of a draw that anyone can verify, as the server itself uses them. `docs/draws.md` describes every byte.
 */
export * from '@laurelkit/sdk/draws';
